import type { backend_util } from '@tensorflow/tfjs-core';

export type Conv2DInfo = backend_util.Conv2DInfo;

/** Largest size of a patch matrix, in numbers: 8 MB of float32. */
const CHUNK = 2_000_000;

/** Images per patch matrix, so that its memory stays bounded. */
export function imagesAtOnce(info: Conv2DInfo): number {
  const { outHeight, outWidth, filterHeight, filterWidth, inChannels, batchSize } = info;
  const perImage = outHeight * outWidth * filterHeight * filterWidth * inChannels;
  return Math.max(1, Math.min(batchSize, Math.floor(CHUNK / perImage)));
}

/**
 * Writes the patch matrix: row (fy, fx, channel), column (image, oy, ox). Its product with the output's gradient is the
 * gradient of the filter.
 *
 * @param x images, [n, height, width, channels]
 * @param out [filterHeight · filterWidth · channels, images · outHeight · outWidth]
 */
export function patchRows(
  x: Float32Array,
  out: Float32Array,
  info: Conv2DInfo,
  first: number,
  images: number,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth, padInfo } = info;
  let at = 0;
  for (let fy = 0; fy < info.filterHeight; fy++)
    for (let fx = 0; fx < info.filterWidth; fx++)
      for (let channel = 0; channel < inChannels; channel++)
        for (let image = first; image < first + images; image++)
          for (let oy = 0; oy < outHeight; oy++) {
            const y = oy * strideHeight + fy - padInfo.top;
            const row = (image * inHeight + y) * inWidth;
            const inside = y >= 0 && y < inHeight;
            for (let ox = 0; ox < outWidth; ox++) {
              const column = ox * strideWidth + fx - padInfo.left;
              out[at++] =
                inside && column >= 0 && column < inWidth ? x[(row + column) * inChannels + channel]! : 0;
            }
          }
}

/**
 * Adds each patch's gradient to the pixels that it was cut from.
 *
 * @param patches [images · outHeight · outWidth, filterHeight · filterWidth · channels]
 * @param dx gradient of the images, [n, height, width, channels]; added to
 */
export function addPatches(
  patches: Float32Array,
  dx: Float32Array,
  info: Conv2DInfo,
  first: number,
  images: number,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth, padInfo } = info;
  let at = 0;
  for (let image = first; image < first + images; image++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++)
        for (let fy = 0; fy < info.filterHeight; fy++) {
          const y = oy * strideHeight + fy - padInfo.top;
          for (let fx = 0; fx < info.filterWidth; fx++) {
            const column = ox * strideWidth + fx - padInfo.left;
            if (y >= 0 && y < inHeight && column >= 0 && column < inWidth) {
              const to = ((image * inHeight + y) * inWidth + column) * inChannels;
              for (let channel = 0; channel < inChannels; channel++)
                dx[to + channel]! += patches[at + channel]!;
            }
            at += inChannels;
          }
        }
}
