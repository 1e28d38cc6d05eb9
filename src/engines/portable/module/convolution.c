// Convolutions as matrix products of patches.
#include "gemm.h"

/**
 * @param x [images, height, width, channels]
 * @param filter [filterHeight, filterWidth, channels, outChannels]
 * @param y [images, outHeight, outWidth, outChannels]
 */
EXPORT(conv2d)(const Windows *w, const f32 *x, const f32 *filter, int outChannels, f32 *y, const f32 *bias,
               int activation, f32 *workspace) {
  gemm(w->images * places(w), outChannels, patchSize(w), x, PATCHES, 0, w, filter, ROWS, outChannels, y, bias,
       activation, workspace);
}

/** Gradient of the filter: patchesᵀ · dy. */
EXPORT(conv2dFilterGradient)(const Windows *w, const f32 *x, const f32 *dy, int outChannels, f32 *dFilter,
                             f32 *workspace) {
  gemm(patchSize(w), outChannels, w->images * places(w), x, PATCHES_TRANSPOSED, 0, w, dy, ROWS, outChannels, dFilter, 0,
       LINEAR, workspace);
}

/** Turned by half a turn, and with inputs and outputs exchanged: [filterHeight, filterWidth, outChannels, channels]. */
static void turn(const Windows *w, const f32 *filter, int outChannels, f32 *turned) {
  int size = w->filterHeight * w->filterWidth, channels = w->channels;
  for (int at = 0; at < size; at++)
    for (int out = 0; out < outChannels; out++)
      for (int channel = 0; channel < channels; channel++)
        turned[((long)(size - 1 - at) * outChannels + out) * channels + channel] =
            filter[((long)at * channels + channel) * outChannels + out];
}

/**
 * Gradient of the images at strides of 1: a convolution of dy with the turned filter.
 *
 * @param back the windows of that convolution, over dy
 * @param turned room for the turned filter
 */
EXPORT(conv2dInputGradient)(const Windows *w, const Windows *back, const f32 *dy, const f32 *filter, f32 *dx,
                            f32 *turned, f32 *workspace) {
  turn(w, filter, back->channels, turned);
  gemm(w->images * w->height * w->width, w->channels, patchSize(back), dy, PATCHES, 0, back, turned, ROWS, w->channels,
       dx, 0, LINEAR, workspace);
}

static void addPatches(const Windows *w, const f32 *patches, f32 *dx) {
  for (int place = 0; place < places(w); place++) {
    int top = place / w->outWidth * w->strideHeight - w->top, left = place % w->outWidth * w->strideWidth - w->left;
    for (int fy = 0; fy < w->filterHeight; fy++)
      for (int fx = 0; fx < w->filterWidth; fx++, patches += w->channels) {
        int y = top + fy, x = left + fx;
        if ((unsigned)y < (unsigned)w->height && (unsigned)x < (unsigned)w->width)
          addTo(dx + ((long)y * w->width + x) * w->channels, patches, w->channels);
      }
  }
}

/**
 * The same at any stride: dy · filterᵀ, each patch added to the pixels that it was cut from, image by image so that the
 * patches stay in the cache.
 *
 * @param patches room for the patches of one image
 */
EXPORT(conv2dInputGradientStrided)(const Windows *w, const f32 *dy, const f32 *filter, int outChannels, f32 *dx,
                                   f32 *patches, f32 *workspace) {
  long pixels = (long)w->height * w->width * w->channels;
  for (int image = 0; image < w->images; image++, dx += pixels, dy += (long)places(w) * outChannels) {
    gemm(places(w), patchSize(w), outChannels, dy, ROWS, outChannels, 0, filter, TRANSPOSED, outChannels, patches, 0,
         LINEAR, workspace);
    zeros(dx, pixels);
    addPatches(w, patches, dx);
  }
}
