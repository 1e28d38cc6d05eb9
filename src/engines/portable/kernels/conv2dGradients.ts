import { backend_util } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { dispose, input, view } from './kernel';
import type { Kernel } from './kernel';
import { multiply, multiplyByTransposed, reshaped } from './matrices';
import { addPatches, imagesAtOnce, patchRows } from './patches';
import type { Conv2DInfo } from './patches';

type Quad = [number, number, number, number];

function infoOf(inputShape: number[], filterShape: number[], attrs: NamedAttrMap): Conv2DInfo {
  const { strides, pad, dataFormat, dimRoundingMode } = attrs as {
    strides: number | [number, number];
    pad: 'valid' | 'same' | number;
    dataFormat: 'NHWC' | 'NCHW';
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  if (dataFormat !== 'NHWC') throw new Error(`Convolutions take NHWC here, not ${dataFormat}.`);
  return backend_util.computeConv2DInfo(
    inputShape as Quad,
    filterShape as Quad,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** A copy of the gradient of some images, as a matrix [images · outHeight · outWidth, outChannels]. */
function gradientRows(backend: BackendWasm, dy: TensorInfo, info: Conv2DInfo, first: number, images: number) {
  const positions = info.outHeight * info.outWidth;
  const rows = backend.makeOutput([images * positions, info.outChannels], 'float32');
  const from = first * positions * info.outChannels;
  const values = view(backend, rows);
  values.set(view(backend, dy).subarray(from, from + values.length));
  return rows;
}

/** Gradient of a convolution's filter: patches · gradient, a matrix product. The wasm backend has none. */
export const conv2dBackpropFilter: Kernel = {
  name: 'Conv2DBackpropFilter',
  run(call) {
    const { backend, attrs } = call;
    const x = input(call, 'x');
    const dy = input(call, 'dy');
    const filterShape = attrs['filterShape'] as number[];
    const info = infoOf(x.shape, filterShape, attrs);
    const weights = info.filterHeight * info.filterWidth * info.inChannels;
    const total = backend.makeOutput(filterShape, 'float32');
    view(backend, total).fill(0);
    const step = imagesAtOnce(info);
    for (let first = 0; first < info.batchSize; first += step) {
      const images = Math.min(step, info.batchSize - first);
      const patches = backend.makeOutput([weights, images * info.outHeight * info.outWidth], 'float32');
      patchRows(view(backend, x), view(backend, patches), info, first, images);
      const rows = gradientRows(backend, dy, info, first, images);
      const part = multiply(backend, patches, rows);
      const to = view(backend, total);
      const from = view(backend, part);
      for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
      dispose(backend, patches, rows, part);
    }
    return total;
  },
};

/** Gradient of a convolution's input: gradient · filterᵀ, added back patch by patch. The stock kernel is a naive loop. */
export const conv2dBackpropInput: Kernel = {
  name: 'Conv2DBackpropInput',
  run(call) {
    const { backend, attrs } = call;
    const dy = input(call, 'dy');
    const filter = input(call, 'filter');
    const inputShape = attrs['inputShape'] as number[];
    const info = infoOf(inputShape, filter.shape, attrs);
    const weights = info.filterHeight * info.filterWidth * info.inChannels;
    const dx = backend.makeOutput(inputShape, 'float32');
    view(backend, dx).fill(0);
    const matrix = reshaped(backend, filter, [weights, info.outChannels]);
    const step = imagesAtOnce(info);
    for (let first = 0; first < info.batchSize; first += step) {
      const images = Math.min(step, info.batchSize - first);
      const rows = gradientRows(backend, dy, info, first, images);
      const patches = multiplyByTransposed(backend, rows, matrix);
      addPatches(view(backend, patches), view(backend, dx), info, first, images);
      dispose(backend, rows, patches);
    }
    dispose(backend, matrix);
    return dx;
  },
};
