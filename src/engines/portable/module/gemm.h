// Matrix product, C [rows, columns] = A [rows, depth] · B [depth, columns], in the way of Goto and van de Geijn 2008:
// panels that stay in the caches, and an innermost tile that stays in registers.
//
// Each number of C is Σ over blocks of BLOCK_DEPTH of Σ over k within the block, in this order, whatever the other
// dimensions are and wherever in a tile it lies. So a row's bits do not depend on the batch that it comes in: soft targets
// that were computed in other batches are those that a live teacher gives.
#pragma once
#include "patches.h"

// 4 × 8 numbers take 8 of 16 registers; with 6 × 8 V8 spills.
#define TILE_ROWS 4
#define TILE_COLUMNS 8
#define BLOCK_DEPTH 256
#define BLOCK_ROWS 128
#define BLOCK_COLUMNS 1024
// Below, packing B costs as much as multiplying by it: its rows are read where they are.
#define FEW_ROWS 8

/** How an operand lies in memory. */
enum Layout { ROWS, TRANSPOSED, PATCHES, PATCHES_TRANSPOSED };

/** Numbers in `workspace`: panels of A and of B, a tile, and zeros. */
#define WORKSPACE                                                                      \
  (BLOCK_DEPTH * (BLOCK_ROWS + BLOCK_COLUMNS + TILE_COLUMNS) + TILE_ROWS * TILE_COLUMNS + \
   BLOCK_DEPTH)

void gemm(int rows, int columns, int depth, const f32 *a, int layoutA, int strideA, const Windows *windows, const f32 *b,
          int layoutB, int strideB, f32 *c, const f32 *bias, int activation, f32 *workspace);
