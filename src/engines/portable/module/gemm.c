#include "gemm.h"

INLINE int least(int a, int b) { return a < b ? a : b; }

INLINE void put(f32 *c, v4 x, int isFirst, const f32 *bias, int activation) {
  if (!isFirst) x = add4(load4(c), x);
  if (bias) x = add4(x, load4(bias));
  store4(c, activate(x, activation));
}

/** A tile of C: `a` is a packed panel, the rows of `b` are `strideB` apart. */
INLINE void tile(int depth, const f32 *a, const f32 *b, int strideB, f32 *c, int stride, int isFirst, const f32 *bias,
                 int activation) {
  v4 c00 = zero4(), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  // Unrolled, V8 runs out of registers.
#pragma clang loop unroll(disable)
  for (int k = 0; k < depth; k++, a += TILE_ROWS, b += strideB) {
    v4 b0 = load4(b), b1 = load4(b + 4);
    v4 x = splatAt(a);
    c00 = fma4(x, b0, c00), c01 = fma4(x, b1, c01);
    x = splatAt(a + 1);
    c10 = fma4(x, b0, c10), c11 = fma4(x, b1, c11);
    x = splatAt(a + 2);
    c20 = fma4(x, b0, c20), c21 = fma4(x, b1, c21);
    x = splatAt(a + 3);
    c30 = fma4(x, b0, c30), c31 = fma4(x, b1, c31);
  }
  const f32 *bias1 = bias ? bias + 4 : 0;
  put(c, c00, isFirst, bias, activation), put(c + 4, c01, isFirst, bias1, activation), c += stride;
  put(c, c10, isFirst, bias, activation), put(c + 4, c11, isFirst, bias1, activation), c += stride;
  put(c, c20, isFirst, bias, activation), put(c + 4, c21, isFirst, bias1, activation), c += stride;
  put(c, c30, isFirst, bias, activation), put(c + 4, c31, isFirst, bias1, activation);
}

/** What exists of a tile at the edge, from the whole one. */
static void putEdge(const f32 *whole, int rows, int columns, f32 *c, int stride, int isFirst, const f32 *bias,
                    int activation) {
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      f32 x = whole[i * TILE_COLUMNS + j];
      if (!isFirst) x = c[(long)i * stride + j] + x;
      if (bias) x += bias[j];
      c[(long)i * stride + j] = first(activate(splat(x), activation));
    }
}

static void packA(const f32 *a, int layout, int stride, const Windows *windows, int row, int rows, int k, int depth,
                  const f32 *nothing, f32 *out) {
  for (int i = 0; i < rows; i += TILE_ROWS, out += TILE_ROWS * depth) {
    int count = least(TILE_ROWS, rows - i), at = row + i;
    if (layout == ROWS) packRows(a + (long)at * stride + k, stride, count, depth, TILE_ROWS, nothing, out);
    if (layout == TRANSPOSED) packColumns(a + (long)k * stride + at, stride, count, depth, TILE_ROWS, out);
    if (layout == PATCHES) packPatches(windows, a, at, count, k, depth, nothing, out);
    if (layout == PATCHES_TRANSPOSED) packPatchColumns(windows, a, at, count, k, depth, nothing, out);
  }
}

static void packB(const f32 *b, int layout, int stride, int column, int columns, int k, int depth, const f32 *nothing,
                  f32 *out) {
  for (int j = 0; j < columns; j += TILE_COLUMNS, out += TILE_COLUMNS * depth) {
    int count = least(TILE_COLUMNS, columns - j), at = column + j;
    if (layout == ROWS) packColumns(b + (long)k * stride + at, stride, count, depth, TILE_COLUMNS, out);
    else packRows(b + (long)at * stride + k, stride, count, depth, TILE_COLUMNS, nothing, out);
  }
}

void gemm(int rows, int columns, int depth, const f32 *a, int layoutA, int strideA, const Windows *windows, const f32 *b,
          int layoutB, int strideB, f32 *c, const f32 *bias, int activation, f32 *workspace) {
  f32 *panelsA = workspace, *panelsB = panelsA + BLOCK_DEPTH * BLOCK_ROWS;
  f32 *whole = panelsB + BLOCK_DEPTH * (BLOCK_COLUMNS + TILE_COLUMNS), *nothing = whole + TILE_ROWS * TILE_COLUMNS;
  zeros(nothing, BLOCK_DEPTH);
  if (depth == 0)
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < columns; j++) c[(long)i * columns + j] = first(activate(splat(bias ? bias[j] : 0), activation));
  int direct = rows <= FEW_ROWS && layoutB == ROWS;
  for (int column = 0; column < columns; column += BLOCK_COLUMNS) {
    int width = least(BLOCK_COLUMNS, columns - column);
    // Where B is read directly, only the columns that fill no tile are packed.
    int read = direct ? width - width % TILE_COLUMNS : 0;
    for (int k = 0; k < depth; k += BLOCK_DEPTH) {
      int deep = least(BLOCK_DEPTH, depth - k), isFirst = k == 0, isLast = k + deep == depth;
      packB(b, layoutB, strideB, column + read, width - read, k, deep, nothing, panelsB);
      for (int row = 0; row < rows; row += BLOCK_ROWS) {
        int height = least(BLOCK_ROWS, rows - row);
        packA(a, layoutA, strideA, windows, row, height, k, deep, nothing, panelsA);
        for (int j = 0; j < width; j += TILE_COLUMNS) {
          const f32 *panel = j < read ? b + (long)k * strideB + column + j : panelsB + (j - read) * deep;
          int strideOfPanel = j < read ? strideB : TILE_COLUMNS;
          const f32 *biasHere = isLast && bias ? bias + column + j : 0;
          int activationHere = isLast ? activation : LINEAR;
          for (int i = 0; i < height; i += TILE_ROWS) {
            f32 *to = c + (long)(row + i) * columns + column + j;
            const f32 *panelA = panelsA + i * deep;
            if (i + TILE_ROWS <= height && j + TILE_COLUMNS <= width) {
              tile(deep, panelA, panel, strideOfPanel, to, columns, isFirst, biasHere, activationHere);
            } else {
              tile(deep, panelA, panel, strideOfPanel, whole, TILE_COLUMNS, 1, 0, LINEAR);
              putEdge(whole, least(TILE_ROWS, height - i), least(TILE_COLUMNS, width - j), to, columns, isFirst,
                      biasHere, activationHere);
            }
          }
        }
      }
    }
  }
}

/**
 * Products of matrices one after the other. A step of 0 takes the same matrix each time.
 *
 * @param stepA numbers from one matrix to the next
 */
EXPORT(matMul)(int count, int rows, int columns, int depth, const f32 *a, int stepA, int transposeA, const f32 *b,
               int stepB, int transposeB, f32 *c, const f32 *bias, int activation, f32 *workspace) {
  for (int i = 0; i < count; i++)
    gemm(rows, columns, depth, a + (long)i * stepA, transposeA ? TRANSPOSED : ROWS, transposeA ? rows : depth, 0,
         b + (long)i * stepB, transposeB ? TRANSPOSED : ROWS, transposeB ? depth : columns,
         c + (long)i * rows * columns, bias, activation, workspace);
}

__attribute__((export_name("workspaceSize"))) int workspaceSize(void) { return WORKSPACE; }
