// whole_rows.h: rows that fit into NRAM, several to a tile. Each is computed by itself, in the place it was loaded to:
// the IO queue stores a tile before it loads the next one there.
#ifndef BANGOPS_WHOLE_ROWS_H
#define BANGOPS_WHOLE_ROWS_H

#include "rows/rows.h"
#include "rows/steps.h"

#include <cmath>

namespace bangops {

template <class T> struct WholeRowsStage {
  static constexpr bool kDirect = std::is_same<T, float>::value;
  using Exponential = typename ExponentialOf<T>::Type;
  const RowsPlan &plan;
  const int columns;
  T *tile[2], *result[2], *scale, *shift, *best;
  int *index[2];
  float *mean[2], *factor[2], *wide, *copy;
  float *channelMean, *channelScale, *channelShift;  // of rows that belong to a channel

  __mlu_func__ WholeRowsStage(const RowsPlan &plan) : plan(plan), columns(static_cast<int>(plan.columns)) {
    Cutter cut;
    const int rows = plan.rowsPerTile;
    for (int b = 0; b < 2; ++b) {
      tile[b] = cut.take<T>(rows * columns);
      result[b] = cut.take<T>(rows);
      index[b] = cut.take<int>(rows);
      mean[b] = cut.take<float>(rows);
      factor[b] = cut.take<float>(rows);
    }
    best = cut.take<T>(kLineBytes);
    wide = kDirect ? nullptr : cut.take<float>(columns);
    copy = cut.take<float>(columns);
    scale = loadColumns(plan.scale, cut);
    shift = loadColumns(plan.shift, cut);
    if (plan.affineRows != 0)
      loadChannels(cut);
  }
  __mlu_func__ T *loadColumns(const void *from, Cutter &cut) const {
    if (!from || plan.affineRows != 0)
      return nullptr;
    T *to = cut.take<T>(columns);
    __memcpy_async(to, from, columns * sizeof(T), GDRAM2NRAM);
    return to;
  }

  // Mean, scale and shift of the channels: as they were found, or from what the caller gives, with 1 / sqrt(variance +
  // epsilon) in the scale.
  __mlu_func__ void loadChannels(Cutter &cut) {
    const int n = static_cast<int>(plan.affineRows);
    channelMean = cut.take<float>(n);
    channelScale = cut.take<float>(n);
    channelShift = cut.take<float>(n);
    T *given = cut.take<T>(n);
    const int bytes = n * static_cast<int>(sizeof(float));
    if (plan.found) {
      __memcpy(channelMean, plan.found, bytes, GDRAM2NRAM);
      __memcpy(channelScale, plan.found + n, bytes, GDRAM2NRAM);
      __memcpy(channelShift, plan.found + 2 * n, bytes, GDRAM2NRAM);
      return;
    }
    __bang_write_value(channelScale, n, 1.0f);
    if (plan.scale) {
      __memcpy(given, plan.scale, n * sizeof(T), GDRAM2NRAM);
      leave(channelScale, given, n);
    }
    if (plan.givenMean) {
      __memcpy(channelMean, plan.givenMean, bytes, GDRAM2NRAM);
      __memcpy(channelShift, plan.givenVariance, bytes, GDRAM2NRAM);
      __bang_add_scalar(channelShift, channelShift, plan.numbers[0], n);
      __bang_sqrt(channelShift, channelShift, n);
      __bang_div(channelScale, channelScale, channelShift, n);
    }
    __bang_write_value(channelShift, n, 0.0f);
    if (plan.shift) {
      __memcpy(given, plan.shift, n * sizeof(T), GDRAM2NRAM);
      leave(channelShift, given, n);
    }
  }

  __mlu_func__ int64_t firstRow(int turn) const {
    return (taskId + static_cast<int64_t>(turn) * taskDim) * plan.rowsPerTile;
  }
  __mlu_func__ int rowCount(int turn) const {
    return static_cast<int>(std::min<int64_t>(plan.rowsPerTile, plan.rows - firstRow(turn)));
  }
  __mlu_func__ void load(int turn) {
    __memcpy_async(tile[turn % 2], static_cast<const T *>(plan.x) + firstRow(turn) * columns,
                   rowCount(turn) * columns * sizeof(T), GDRAM2NRAM);
  }
  __mlu_func__ void store(int turn) {
    const int64_t row = firstRow(turn);
    const int rows = rowCount(turn), buffer = turn % 2;
    if (plan.mapped && plan.y)
      __memcpy_async(static_cast<T *>(plan.y) + row * columns, tile[buffer], rows * columns * sizeof(T), NRAM2GDRAM);
    if (plan.result)
      __memcpy_async(static_cast<T *>(plan.result) + row, result[buffer], rows * sizeof(T), NRAM2GDRAM);
    if (plan.index)
      __memcpy_async(plan.index + row, index[buffer], rows * sizeof(int), NRAM2GDRAM);
    if (plan.mean)
      __memcpy_async(plan.mean + row, mean[buffer], rows * sizeof(float), NRAM2GDRAM);
    if (plan.factor)
      __memcpy_async(plan.factor + row, factor[buffer], rows * sizeof(float), NRAM2GDRAM);
  }

  __mlu_func__ void compute(int turn) {
    for (int r = 0; r < rowCount(turn); ++r)
      computeRow(tile[turn % 2] + r * columns, firstRow(turn) + r, turn % 2, r);
  }
  __mlu_func__ void computeRow(T *x, int64_t row, int buffer, int place) {
    const int n = columns;
    const float share = 1.0f / static_cast<float>(n);
    switch (plan.operation) {
    case RowOperation::Sum: result[buffer][place] = static_cast<T>(sumOf(worked<float>(x, wide, n))); break;
    case RowOperation::Mean: result[buffer][place] = static_cast<T>(sumOf(worked<float>(x, wide, n)) * share); break;
    case RowOperation::SumOfSquares:
      result[buffer][place] = static_cast<T>(squaresOf(worked<float>(x, wide, n)));
      break;
    case RowOperation::Max: result[buffer][place] = static_cast<T>(extreme(best, x, n, true)); break;
    case RowOperation::Min: result[buffer][place] = static_cast<T>(extreme(best, x, n, false)); break;
    case RowOperation::ArgMax: extreme(best, x, n, true, index[buffer] + place); break;
    case RowOperation::ArgMin: extreme(best, x, n, false, index[buffer] + place); break;
    case RowOperation::Softmax:
    case RowOperation::LogSoftmax:
    case RowOperation::CrossEntropy: softmax(x, row, buffer, place); break;
    case RowOperation::Normalise: {
      float *w = worked<float>(x, wide, n);
      const float middle = sumOf(w) * share;
      __bang_sub_scalar(copy, w, middle, n);
      const float variance = squaresOf(copy) * share, by = 1.0f / std::sqrt(variance + plan.numbers[0]);
      mean[buffer][place] = middle;
      factor[buffer][place] = by;
      updateRunning(row, middle, variance);
      normalise(x, w, middle, by, row);
      break;
    }
    case RowOperation::Moments: {
      float *w = worked<float>(x, wide, n);
      mean[buffer][place] = sumOf(w) * share;
      __bang_sub_scalar(copy, w, mean[buffer][place], n);
      factor[buffer][place] = squaresOf(copy);
      break;
    }
    case RowOperation::NormaliseGiven:
      normalise(x, worked<float>(x, wide, n), channelMean[row % plan.affineRows], 1.0f, row);
      break;
    default: {  // root mean square
      float *w = worked<float>(x, wide, n);
      normalise(x, w, 0, 1.0f / std::sqrt(squaresOf(w) * share + plan.numbers[0]), row);
    }
    }
  }
  __mlu_func__ float sumOf(const float *x) const { return __bang_sum(x, columns); }
  __mlu_func__ float squaresOf(const float *x) const {
    __bang_square(copy, x, columns);
    return sumOf(copy);
  }

  // x = (w - mean) * factor * scale + shift
  __mlu_func__ void normalise(T *x, float *w, float middle, float by, int64_t row) const {
    if (plan.affineRows != 0) {
      const int64_t channel = row % plan.affineRows;
      __bang_fusion(FUSION_FSM, w, w, middle, by * channelScale[channel], columns);
      __bang_add_scalar(w, w, channelShift[channel], columns);
    } else {
      __bang_fusion(FUSION_FSM, w, w, middle, by, columns);
    }
    narrow(x, w, columns);
    affine(x, scale, shift, columns, columns);
  }
  __mlu_func__ void updateRunning(int64_t row, float middle, float variance) const {
    if (!plan.runningMean)
      return;
    const float keep = 1.0f - plan.numbers[1], count = static_cast<float>(columns);
    const float unbiased = columns > 1 ? variance * (count / (count - 1)) : variance;
    plan.runningMean[row] = keep * plan.runningMean[row] + plan.numbers[1] * middle;
    plan.runningVariance[row] = keep * plan.runningVariance[row] + plan.numbers[1] * unbiased;
  }

  // With d = x - maximum and s = sum of e^d: e^d / s, d - log(s), or (e^d / s - one at the label) * numbers[0] and the
  // loss log(s) - d[label]. A row whose label is no class counts nothing.
  __mlu_func__ void softmax(T *x, int64_t row, int buffer, int place) {
    const int n = columns;
    const float top = extreme(best, x, n, true);
    if (plan.operation == RowOperation::LogSoftmax) {
      logSoftmax(x, top);
      return;
    }
    Exponential *d = below(x, wide, copy, n, [&](auto *y) { subtract(y, top); });
    const int64_t label = plan.labels ? plan.labels[row] : 0;
    const bool counts = label >= 0 && label < n;
    const float chosen = plan.labels && counts ? static_cast<float>(d[label]) : 0.0f;
    __bang_active_exp(d, d, n);
    const float sum = static_cast<float>(__bang_sum(d, n));
    if (plan.labels)
      result[buffer][place] = static_cast<T>(counts ? std::log(sum) - chosen : 0.0f);
    if (!plan.y)
      return;
    const float by = plan.labels ? plan.numbers[0] : 1.0f;
    // In float, because 1 / sum may be too small for a half.
    float *y = worked<float>(d, wide, n);
    __bang_mul_scalar(y, y, counts ? by / sum : 0.0f, n);
    if (plan.labels && counts)
      y[label] -= by;
    narrow(x, y, n);
  }
  template <class W> __mlu_func__ void subtract(W *y, float value) const {
    __bang_sub_scalar(y, y, static_cast<W>(value), columns);
  }
  // x - (top + log(s)); the powers leave x as it is.
  __mlu_func__ void logSoftmax(T *x, float top) {
    const int n = columns;
    Exponential *power = reinterpret_cast<Exponential *>(copy);
    if constexpr (std::is_same<T, bfloat16_t>::value) {
      below(x, wide, copy, n, [&](auto *y) { subtract(y, top); });
    } else {
      __bang_sub_scalar(power, x, static_cast<T>(top), n);
    }
    __bang_active_exp(power, power, n);
    const float sum = static_cast<float>(__bang_sum(power, n));
    float *y = worked<float>(x, wide, n);
    subtract(y, top + std::log(sum));
    narrow(x, y, n);
  }
};

}  // namespace bangops

#endif  // BANGOPS_WHOLE_ROWS_H
