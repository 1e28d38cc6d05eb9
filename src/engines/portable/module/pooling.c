// Pooling, four channels at a time. What is outside the image is not among a window's numbers.
#include "windows.h"

INLINE int least(int a, int b) { return a < b ? a : b; }
INLINE int most(int a, int b) { return a > b ? a : b; }

/** Where in an image the numbers of a window lie. */
typedef struct {
  int top, bottom, left, right;
} View;

INLINE View viewAt(const Windows *w, int oy, int ox) {
  int y = oy * w->strideHeight - w->top, x = ox * w->strideWidth - w->left;
  View v = {most(0, y), least(w->height, y + w->filterHeight), most(0, x), least(w->width, x + w->filterWidth)};
  return v;
}

INLINE v4 loadUpTo4(const f32 *p, int count) { return count >= 4 ? load4(p) : loadSome(p, count); }
INLINE void storeUpTo4(f32 *p, v4 x, int count) {
  if (count >= 4) store4(p, x);
  else storeSome(p, x, count);
}

/** Where the first of the largest is, as y · width + x of the image. */
INLINE v4 largest(const Windows *w, const f32 *image, View v, int channel, int count, v4 *place) {
  v4 best = splat(-__builtin_inff());
  // The first counts even where it is no number, or −∞.
  int isFirst = 1;
  for (int y = v.top; y < v.bottom; y++)
    for (int x = v.left; x < v.right; x++, isFirst = 0) {
      int at = y * w->width + x;
      v4 here = loadUpTo4(image + (long)at * w->channels + channel, count);
      v4 better = isFirst ? wasm_i32x4_const_splat(-1) : wasm_f32x4_gt(here, best);
      best = wasm_v128_bitselect(here, best, better);
      *place = wasm_v128_bitselect(wasm_i32x4_splat(at), *place, better);
    }
  return best;
}

/**
 * @param x [images, height, width, channels]
 * @param y [images, outHeight, outWidth, channels]
 */
EXPORT(maxPool)(const Windows *w, const f32 *x, f32 *y) {
  long pixels = (long)w->height * w->width * w->channels;
  for (int image = 0; image < w->images; image++, x += pixels)
    for (int oy = 0; oy < w->outHeight; oy++)
      for (int ox = 0; ox < w->outWidth; ox++, y += w->channels) {
        View v = viewAt(w, oy, ox);
        for (int c = 0; c < w->channels; c += 4) {
          v4 place = zero4();
          storeUpTo4(y + c, largest(w, x, v, c, w->channels - c, &place), w->channels - c);
        }
      }
}

/** Each output's gradient goes to the first largest input of its window. */
EXPORT(maxPoolGradient)(const Windows *w, const f32 *x, const f32 *dy, f32 *dx) {
  long pixels = (long)w->height * w->width * w->channels;
  for (int image = 0; image < w->images; image++, x += pixels, dx += pixels) {
    zeros(dx, pixels);
    for (int oy = 0; oy < w->outHeight; oy++)
      for (int ox = 0; ox < w->outWidth; ox++, dy += w->channels) {
        View v = viewAt(w, oy, ox);
        for (int c = 0; c < w->channels; c += 4) {
          int count = w->channels - c;
          v4 place = zero4(), share = loadUpTo4(dy + c, count);
          largest(w, x, v, c, count, &place);
          for (int row = v.top; row < v.bottom; row++)
            for (int column = v.left; column < v.right; column++) {
              int at = row * w->width + column;
              f32 *to = dx + (long)at * w->channels + c;
              v4 here = wasm_v128_and(share, wasm_i32x4_eq(place, wasm_i32x4_splat(at)));
              storeUpTo4(to, add4(loadUpTo4(to, count), here), count);
            }
        }
      }
  }
}

/** Each output's gradient is shared by the inputs of its window. */
EXPORT(averagePoolGradient)(const Windows *w, const f32 *dy, f32 *dx) {
  long pixels = (long)w->height * w->width * w->channels;
  for (int image = 0; image < w->images; image++, dx += pixels) {
    zeros(dx, pixels);
    for (int oy = 0; oy < w->outHeight; oy++)
      for (int ox = 0; ox < w->outWidth; ox++, dy += w->channels) {
        View v = viewAt(w, oy, ox);
        v4 share = splat(1.0f / ((v.bottom - v.top) * (v.right - v.left)));
        for (int row = v.top; row < v.bottom; row++)
          for (int column = v.left; column < v.right; column++)
            for (int c = 0; c < w->channels; c += 4) {
              int count = w->channels - c;
              f32 *to = dx + ((long)row * w->width + column) * w->channels + c;
              storeUpTo4(to, add4(loadUpTo4(to, count), mul4(share, loadUpTo4(dy + c, count))), count);
            }
      }
  }
}
