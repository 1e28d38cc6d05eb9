import { backend_util } from '@tensorflow/tfjs-core';
import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { input, view } from './kernel';
import type { Kernel } from './kernel';
import type { Conv2DInfo } from './patches';

type Quad = [number, number, number, number];

/** Geometry of a depthwise convolution. */
export function depthwiseInfo(inputShape: number[], filterShape: number[], attrs: NamedAttrMap): Conv2DInfo {
  const { strides, dilations, pad, dimRoundingMode } = attrs as {
    strides: number | [number, number];
    dilations: number | [number, number];
    pad: 'valid' | 'same' | number;
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  return backend_util.computeConv2DInfo(
    inputShape as Quad,
    filterShape as Quad,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
}

/**
 * Visits every pair of input pixel and filter position that contributes to an output pixel, with the offsets of their
 * channels.
 */
function eachMeeting(info: Conv2DInfo, visit: (x: number, filter: number, y: number) => void): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  for (let image = 0; image < info.batchSize; image++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++) {
        const out = ((image * outHeight + oy) * outWidth + ox) * outChannels;
        for (let fy = 0; fy < info.filterHeight; fy++) {
          const y = oy * info.strideHeight + fy * info.dilationHeight - padInfo.top;
          if (y < 0 || y >= inHeight) continue;
          for (let fx = 0; fx < info.filterWidth; fx++) {
            const x = ox * info.strideWidth + fx * info.dilationWidth - padInfo.left;
            if (x < 0 || x >= inWidth) continue;
            visit(
              ((image * inHeight + y) * inWidth + x) * inChannels,
              (fy * info.filterWidth + fx) * outChannels,
              out,
            );
          }
        }
      }
}

/** Gradient of a depthwise convolution's filter, [height, width, channels, multiplier]. The wasm backend has none. */
export const depthwiseBackpropFilter: Kernel = {
  name: 'DepthwiseConv2dNativeBackpropFilter',
  run(call) {
    const { backend, attrs } = call;
    const x = input(call, 'x');
    const dy = input(call, 'dy');
    const filterShape = attrs['filterShape'] as number[];
    const info = depthwiseInfo(x.shape, filterShape, attrs);
    const out = backend.makeOutput(filterShape, 'float32');
    const [xs, dys, dw] = [view(backend, x), view(backend, dy), view(backend, out)];
    dw.fill(0);
    const multiplier = info.outChannels / info.inChannels;
    eachMeeting(info, (atX, atFilter, atY) => {
      for (let channel = 0; channel < info.outChannels; channel++)
        dw[atFilter + channel]! += xs[atX + Math.floor(channel / multiplier)]! * dys[atY + channel]!;
    });
    return out;
  },
};

/** Gradient of a depthwise convolution's input, [n, height, width, channels]. The wasm backend has none. */
export const depthwiseBackpropInput: Kernel = {
  name: 'DepthwiseConv2dNativeBackpropInput',
  run(call) {
    const { backend, attrs } = call;
    const dy = input(call, 'dy');
    const filter = input(call, 'filter');
    const inputShape = attrs['inputShape'] as number[];
    const info = depthwiseInfo(inputShape, filter.shape, attrs);
    const out = backend.makeOutput(inputShape, 'float32');
    const [dys, weights, dx] = [view(backend, dy), view(backend, filter), view(backend, out)];
    dx.fill(0);
    const multiplier = info.outChannels / info.inChannels;
    eachMeeting(info, (atX, atFilter, atY) => {
      for (let channel = 0; channel < info.outChannels; channel++)
        dx[atX + Math.floor(channel / multiplier)]! += weights[atFilter + channel]! * dys[atY + channel]!;
    });
    return out;
  },
};
