// short_rows.h: rows so short that an instruction per row would mostly wait for itself. A tile of them is turned first:
// then element c of all rows is one vector, and every step of the formula is one instruction for all rows.
//
//   n rows of C  --transpose-->  C rows of n  --fold-->  n numbers, one for each row  --cycle-->  C rows of n  --transpose-->
#ifndef BANGOPS_SHORT_ROWS_H
#define BANGOPS_SHORT_ROWS_H

#include "common/device.h"
#include "rows/rows.h"

namespace bangops {

template <class T> struct ShortRowsStage {
  static constexpr bool kDirect = std::is_same<T, float>::value;
  const RowsPlan &plan;
  const int columns;
  T *in[2], *out[2], *result[2];
  float *mean[2], *factor[2];
  float *wide, *turned, *copy, *a, *b, *scale, *shift;

  __mlu_func__ ShortRowsStage(const RowsPlan &plan) : plan(plan), columns(static_cast<int>(plan.columns)) {
    Cutter cut;
    const int tile = plan.rowsPerTile * columns;
    for (int i = 0; i < 2; ++i) {
      in[i] = cut.take<T>(tile);
      out[i] = cut.take<T>(tile);
      result[i] = cut.take<T>(plan.rowsPerTile);
      mean[i] = cut.take<float>(plan.rowsPerTile);
      factor[i] = cut.take<float>(plan.rowsPerTile);
    }
    wide = cut.take<float>(tile);
    turned = cut.take<float>(tile);
    copy = cut.take<float>(tile);
    a = cut.take<float>(plan.rowsPerTile);
    b = cut.take<float>(plan.rowsPerTile);
    scale = cut.take<float>(columns);
    shift = cut.take<float>(columns);
    if (plan.scale)
      loadColumns(scale, plan.scale);
    if (plan.shift)
      loadColumns(shift, plan.shift);
    __sync();  // the pipeline begins by loading to the same place
  }
  __mlu_func__ void loadColumns(float *to, const void *from) {
    __memcpy(in[0], from, columns * sizeof(T), GDRAM2NRAM);
    widen(to, in[0], columns);
  }

  __mlu_func__ int64_t firstRow(int tile) const {
    return (taskId + static_cast<int64_t>(tile) * taskDim) * plan.rowsPerTile;
  }
  __mlu_func__ int rowCount(int tile) const {
    return static_cast<int>(std::min<int64_t>(plan.rowsPerTile, plan.rows - firstRow(tile)));
  }
  __mlu_func__ void load(int tile) {
    __memcpy_async(in[tile % 2], static_cast<const T *>(plan.x) + firstRow(tile) * columns,
                   rowCount(tile) * columns * sizeof(T), GDRAM2NRAM);
  }

  // Folds C rows of n to one, by halves: the upper part is taken into the lower one until one row is left.
  template <class W, class Fold> static __mlu_func__ void fold(W *x, int rows, int n, Fold take) {
    while (rows > 1) {
      const int half = rows / 2;
      take(x, x + (rows - half) * n, half * n);
      rows -= half;
    }
  }
  __mlu_func__ void sumOf(float *to, const float *x, int n) {
    __bang_move(copy, x, columns * n * sizeof(float));
    fold(copy, columns, n, [](float *x, const float *y, int count) { __bang_add(x, x, y, count); });
    __bang_move(to, copy, n * sizeof(float));
  }
  __mlu_func__ void maximumOf(float *to, const float *x, int n) {
    __bang_move(copy, x, columns * n * sizeof(float));
    fold(copy, columns, n, [](float *x, const float *y, int count) { __bang_maximum(x, x, y, count); });
    __bang_move(to, copy, n * sizeof(float));
  }
  __mlu_func__ void minimumOf(float *to, const float *x, int n) {
    __bang_move(copy, x, columns * n * sizeof(float));
    fold(copy, columns, n, [](float *x, const float *y, int count) { __bang_minimum(x, x, y, count); });
    __bang_move(to, copy, n * sizeof(float));
  }
  __mlu_func__ void squaresOf(float *to, const float *x, int n) {
    __bang_square(copy, x, columns * n);
    fold(copy, columns, n, [](float *x, const float *y, int count) { __bang_add(x, x, y, count); });
    __bang_move(to, copy, n * sizeof(float));
  }

  __mlu_func__ void compute(int tile) {
    const int n = rowCount(tile), all = n * columns, buffer = tile % 2;
    const float share = 1.0f / static_cast<float>(columns);
    if constexpr (std::is_same<T, half>::value)
      if (plan.operation == RowOperation::Softmax) {
        softmaxOfHalf(in[buffer], out[buffer], n, all);
        return;
      }
    float *x = kDirect ? reinterpret_cast<float *>(in[buffer]) : wide;
    if (!kDirect)
      widen(x, in[buffer], all);
    __bang_transpose(turned, x, n, columns);
    switch (plan.operation) {
    case RowOperation::Sum: sumOf(a, turned, n); break;
    case RowOperation::Mean:
      sumOf(a, turned, n);
      __bang_mul_scalar(a, a, share, n);
      break;
    case RowOperation::SumOfSquares: squaresOf(a, turned, n); break;
    case RowOperation::Max: maximumOf(a, turned, n); break;
    case RowOperation::Min: minimumOf(a, turned, n); break;
    case RowOperation::Softmax:
    case RowOperation::LogSoftmax: softmax(n, all); break;
    case RowOperation::Normalise:
      sumOf(a, turned, n);
      __bang_mul_scalar(a, a, share, n);
      __bang_cycle_sub(turned, turned, a, all, n);
      __bang_move(mean[buffer], a, n * sizeof(float));
      squaresOf(b, turned, n);
      normalise(n, all, share, buffer);
      break;
    case RowOperation::RootMeanSquare:
      squaresOf(b, turned, n);
      normalise(n, all, share, buffer);
      break;
    default: break;
    }
    if (!plan.mapped) {
      narrow(result[buffer], a, n);
      return;
    }
    float *y = kDirect ? reinterpret_cast<float *>(out[buffer]) : wide;
    __bang_transpose(y, turned, columns, n);
    if (plan.scale)
      __bang_cycle_mul(y, y, scale, all, columns);
    if (plan.shift)
      __bang_cycle_add(y, y, shift, all, columns);
    if (!kDirect)
      narrow(out[buffer], y, all);
  }
  // In half, where a function takes a quarter of the time and no conversion is needed; only the sum needs float. The
  // largest element and the differences from it lose nothing that the exponential function would keep.
  __mlu_func__ void softmaxOfHalf(half *x, half *y, int n, int all) {
    half *columnsFirst = reinterpret_cast<half *>(turned), *top = reinterpret_cast<half *>(a);
    half *spare = reinterpret_cast<half *>(wide);
    __bang_transpose(columnsFirst, x, n, columns);
    __bang_move(spare, columnsFirst, all * sizeof(half));
    fold(spare, columns, n, [](half *x, const half *y, int count) { __bang_maximum(x, x, y, count); });
    __bang_move(top, spare, n * sizeof(half));
    __bang_cycle_sub(columnsFirst, columnsFirst, top, all, n);
    __bang_active_exp(columnsFirst, columnsFirst, all);
    widen(copy, columnsFirst, all);
    fold(copy, columns, n, [](float *x, const float *y, int count) { __bang_add(x, x, y, count); });
    __bang_recip(b, copy, n);
    narrow(top, b, n);
    __bang_cycle_mul(columnsFirst, columnsFirst, top, all, n);
    __bang_transpose(y, columnsFirst, columns, n);
  }
  __mlu_func__ void softmax(int n, int all) {
    maximumOf(a, turned, n);
    __bang_cycle_sub(turned, turned, a, all, n);
    if (plan.operation == RowOperation::Softmax) {
      __bang_active_exp(turned, turned, all);
      sumOf(b, turned, n);
      __bang_recip(b, b, n);
      __bang_cycle_mul(turned, turned, b, all, n);
    } else {
      __bang_active_exp(copy, turned, all);
      fold(copy, columns, n, [](float *x, const float *y, int count) { __bang_add(x, x, y, count); });
      __bang_active_log(b, copy, n);
      __bang_cycle_sub(turned, turned, b, all, n);
    }
  }
  // turned times 1 / sqrt(b * share + epsilon), b a sum of squares for each row.
  __mlu_func__ void normalise(int n, int all, float share, int buffer) {
    __bang_mul_scalar(b, b, share, n);
    __bang_add_scalar(b, b, plan.numbers[0], n);
    __bang_sqrt(b, b, n);
    __bang_recip(b, b, n);
    __bang_move(factor[buffer], b, n * sizeof(float));
    __bang_cycle_mul(turned, turned, b, all, n);
  }

  __mlu_func__ void store(int tile) {
    const int64_t row = firstRow(tile);
    const int rows = rowCount(tile), buffer = tile % 2;
    if (plan.mapped)
      __memcpy_async(static_cast<T *>(plan.y) + row * columns, out[buffer], rows * columns * sizeof(T), NRAM2GDRAM);
    if (plan.result)
      __memcpy_async(static_cast<T *>(plan.result) + row, result[buffer], rows * sizeof(T), NRAM2GDRAM);
    if (plan.mean)
      __memcpy_async(plan.mean + row, mean[buffer], rows * sizeof(float), NRAM2GDRAM);
    if (plan.factor)
      __memcpy_async(plan.factor + row, factor[buffer], rows * sizeof(float), NRAM2GDRAM);
  }
};

}  // namespace bangops

#endif  // BANGOPS_SHORT_ROWS_H
