// weights.h: how columns of b come into WRAM in the order in which the matrix unit reads them. Steps 3 to 6 share it.
//
// WRAM is 64 tables that the matrix unit reads side by side, and it wants one row of k values per column of the
// product: row i in table i % 64, at slot i / 64. A copy to WRAM cuts its source in 64 equal pieces and gives piece t to
// table t. So the way of a block of b is:
//
//   GDRAM  k rows of n             a 2-D copy takes kColumns values of each row
//   NRAM   k rows of kColumns      __bang_transpose: one row per column of the product
//   NRAM   kColumns rows of k      __bang_reshape_filter: row i moves to place (i % 64) * (rows / 64) + i / 64
//   NRAM   the same, reordered     a plain copy: piece t holds the rows t, t + 64, ...
//   WRAM   64 tables
#ifndef SAMPLES_GEMM_LADDER_WEIGHTS_H
#define SAMPLES_GEMM_LADDER_WEIGHTS_H

#include "gemm.h"

// bang tune tries other sizes: docs/tuning.md.
#ifndef COLUMNS
#define COLUMNS 128
#endif
#ifndef ROWS
#define ROWS 8
#endif
constexpr int kColumns = COLUMNS;  // of b in WRAM at once
constexpr int kRows = ROWS;        // of a that the matrix unit multiplies at once

// Orders the block in `plain` (k rows of `columns`) and copies it to WRAM. `plain` and `scratch` are NRAM.
__mlu_func__ void orderWeights(half *weights, half *plain, half *scratch, int k, int columns) {
  __bang_transpose(scratch, plain, k, columns);
  __bang_reshape_filter(plain, scratch, columns, 1, 1, k);
  __memcpy(weights, plain, columns * k * sizeof(half), NRAM2WRAM);
}

// Brings the columns first ... first + columns - 1 of b to WRAM.
__mlu_func__ void loadWeights(half *weights, half *plain, half *scratch, const half *b, int k, int n, int first,
                              int columns) {
  // Strides are distances in bytes from start to start; the last operand is the number of rows minus 1.
  __memcpy(plain, b + first, columns * sizeof(half), GDRAM2NRAM, columns * sizeof(half), n * sizeof(half), k - 1);
  orderWeights(weights, plain, scratch, k, columns);
}

#endif  // SAMPLES_GEMM_LADDER_WEIGHTS_H
