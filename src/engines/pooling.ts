import type { backend_util, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { backend_util as util } from '@tensorflow/tfjs-core';

type PoolInfo = backend_util.Conv2DInfo;

/** Geometry of a pooling operation; attributes as tfjs-core passes them to a kernel. */
export function poolInfo(input: TensorInfo, attrs: NamedAttrMap): PoolInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as {
    filterSize: number | [number, number];
    strides: number | [number, number];
    pad: 'valid' | 'same' | number;
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  const shape = input.shape as [number, number, number, number];
  return util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
}

/** The rows and columns of one image inside a window, without padding. */
interface Window {
  image: number;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Visits every window in output order. */
function eachWindow(info: PoolInfo, visit: (window: Window) => void): void {
  for (let image = 0; image < info.batchSize; image++)
    for (let oy = 0; oy < info.outHeight; oy++) {
      const y = oy * info.strideHeight - info.padInfo.top;
      for (let ox = 0; ox < info.outWidth; ox++) {
        const x = ox * info.strideWidth - info.padInfo.left;
        visit({
          image,
          top: Math.max(0, y),
          bottom: Math.min(info.inHeight, y + info.filterHeight),
          left: Math.max(0, x),
          right: Math.min(info.inWidth, x + info.filterWidth),
        });
      }
    }
}

/** Each output's gradient goes to the first largest input of its window. All arrays are NHWC; `dx` is added to. */
export function maxPoolGradient(info: PoolInfo, x: Float32Array, dy: Float32Array, dx: Float32Array): void {
  const { inHeight, inWidth, inChannels } = info;
  let at = 0;
  eachWindow(info, ({ image, top, bottom, left, right }) => {
    for (let channel = 0; channel < inChannels; channel++) {
      let largest = ((image * inHeight + top) * inWidth + left) * inChannels + channel;
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++) {
          const candidate = ((image * inHeight + row) * inWidth + column) * inChannels + channel;
          if (x[candidate]! > x[largest]!) largest = candidate;
        }
      dx[largest]! += dy[at++]!;
    }
  });
}

/** Each output's gradient is split among the inputs of its window; padding is excluded, as it is from the mean. */
export function averagePoolGradient(info: PoolInfo, dy: Float32Array, dx: Float32Array): void {
  const { inHeight, inWidth, inChannels } = info;
  let at = 0;
  eachWindow(info, ({ image, top, bottom, left, right }) => {
    const share = 1 / ((bottom - top) * (right - left));
    for (let row = top; row < bottom; row++)
      for (let column = left; column < right; column++) {
        const to = ((image * inHeight + row) * inWidth + column) * inChannels;
        for (let channel = 0; channel < inChannels; channel++) dx[to + channel]! += share * dy[at + channel]!;
      }
    at += inChannels;
  });
}
