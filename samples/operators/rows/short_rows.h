// short_rows.h: many rows at once. An instruction for 10 or 100 elements mostly waits for itself, so a tile of rows is
// turned first: then element c of all rows is one vector, and every step of a formula is one instruction for all rows.
// Rows that lie across memory, such as the channels of n, c, h, w, come that way already.
//
//   n rows of C  --transpose-->  C rows of n  --pool-->  n numbers, one for each row  --cycle-->  C rows of n
//   --transpose-->
//
// A tile is computed in the buffer it was loaded to: the IO queue stores it before it loads the next one there.
#ifndef BANGOPS_SHORT_ROWS_H
#define BANGOPS_SHORT_ROWS_H

#include "rows/rows.h"
#include "rows/steps.h"

namespace bangops {

template <class T> struct ShortRowsStage {
  static constexpr bool kDirect = std::is_same<T, float>::value;
  using Exponential = typename ExponentialOf<T>::Type;
  const RowsPlan &plan;
  const int columns;
  const bool across;                                      // element c of neighbouring rows lies together in memory
  T *tile[2], *result[2], *turned, *scale[2], *shift[2];  // scale and shift of the columns, or across of a tile's rows
  int *index[2], *labels[2];
  float *mean[2], *factor[2], *wide, *copy, *spare, *a, *b, *c;
  int numbered = 0;  // rows that `spare` has the numbers of the columns for

  __mlu_func__ ShortRowsStage(const RowsPlan &plan)
      : plan(plan), columns(static_cast<int>(plan.columns)), across(plan.inner > 1) {
    Cutter cut;
    const int rows = plan.rowsPerTile, all = rows * columns;
    for (int i = 0; i < 2; ++i) {
      tile[i] = cut.take<T>(all);
      result[i] = cut.take<T>(rows);
      index[i] = cut.take<int>(rows);
      labels[i] = cut.take<int>(rows);
      mean[i] = cut.take<float>(rows);
      factor[i] = cut.take<float>(rows);
    }
    a = cut.take<float>(rows);
    b = cut.take<float>(rows);
    c = cut.take<float>(rows);
    for (int i = 0; i < 2; ++i) {
      scale[i] = plan.scale ? cut.take<T>(across ? rows : columns) : nullptr;
      shift[i] = plan.shift ? cut.take<T>(across ? rows : columns) : nullptr;
    }
    turned = across ? nullptr : cut.take<T>(all);
    wide = kDirect ? nullptr : cut.take<float>(all);
    copy = cut.take<float>(all + plan.marginColumns * rows);
    spare = plan.needsSpare ? cut.take<float>(all) : nullptr;
    if (!across)
      loadAffine(0, columns, 0);
  }
  __mlu_func__ void loadAffine(int64_t first, int n, int buffer) const {
    if (plan.scale)
      __memcpy_async(scale[buffer], static_cast<const T *>(plan.scale) + first, n * sizeof(T), GDRAM2NRAM);
    if (plan.shift)
      __memcpy_async(shift[buffer], static_cast<const T *>(plan.shift) + first, n * sizeof(T), GDRAM2NRAM);
  }

  // --- tiles: rows of a group of `inner` rows; when rows do not lie across memory, all are one group ---
  struct Place {
    int64_t group, first;
    int count;
  };
  __mlu_func__ Place placeOf(int turn) const {
    const int64_t size = across ? plan.inner : plan.rows, tiles = (size + plan.rowsPerTile - 1) / plan.rowsPerTile;
    const int64_t i = taskId + static_cast<int64_t>(turn) * taskDim, first = i % tiles * plan.rowsPerTile;
    return {i / tiles, first, static_cast<int>(std::min<int64_t>(plan.rowsPerTile, size - first))};
  }
  __mlu_func__ int64_t offset(const Place &p) const {
    return across ? p.group * columns * plan.inner + p.first : p.first * columns;
  }
  __mlu_func__ void load(int turn) {
    const Place p = placeOf(turn);
    const T *from = static_cast<const T *>(plan.x) + offset(p);
    const int line = p.count * static_cast<int>(sizeof(T));
    if (across) {
      __memcpy_async(tile[turn % 2], from, line, GDRAM2NRAM, line, plan.inner * sizeof(T), columns - 1);
      loadAffine(p.first, p.count, turn % 2);
    } else {
      __memcpy_async(tile[turn % 2], from, columns * line, GDRAM2NRAM);
    }
    if (plan.labels)
      __memcpy_async(labels[turn % 2], plan.labels + p.first, p.count * sizeof(int), GDRAM2NRAM);
  }
  __mlu_func__ void store(int turn) {
    const Place p = placeOf(turn);
    const int64_t row = p.group * plan.inner + p.first;
    const int line = p.count * static_cast<int>(sizeof(T)), buffer = turn % 2;
    if (plan.mapped && plan.y) {
      T *to = static_cast<T *>(plan.y) + offset(p);
      if (across)
        __memcpy_async(to, tile[buffer], line, NRAM2GDRAM, plan.inner * sizeof(T), line, columns - 1);
      else
        __memcpy_async(to, tile[buffer], columns * line, NRAM2GDRAM);
    }
    if (plan.result)
      __memcpy_async(static_cast<T *>(plan.result) + row, result[buffer], line, NRAM2GDRAM);
    if (plan.index)
      __memcpy_async(plan.index + row, index[buffer], p.count * sizeof(int), NRAM2GDRAM);
    if (plan.mean)
      __memcpy_async(plan.mean + row, mean[buffer], p.count * sizeof(float), NRAM2GDRAM);
    if (plan.factor)
      __memcpy_async(plan.factor + row, factor[buffer], p.count * sizeof(float), NRAM2GDRAM);
  }

  // --- one number for each of n rows. The unit adds in float and rounds once, whatever the elements are. ---
  template <class W> __mlu_func__ void sumOf(W *to, const W *x, int n) const {
    __bang_sumpool(to, x, n, columns, 1, columns, 1);
  }
  template <class W> __mlu_func__ void meanOf(W *to, const W *x, int n) const {
    __bang_avgpool(to, x, n, columns, 1, columns, 1);
  }
  template <class W> __mlu_func__ void maximumOf(W *to, const W *x, int n) const {
    __bang_maxpool(to, x, n, columns, 1, columns, 1);
  }
  __mlu_func__ void placesOf(int *to, const float *x, int n, bool largest) const {
    uint32_t *places = reinterpret_cast<uint32_t *>(to);
    if (largest)
      __bang_maxpool_index(places, x, n, columns, 1, columns, 1);
    else
      __bang_minpool_index(places, x, n, columns, 1, columns, 1);
  }
  template <class W> __mlu_func__ void placesOf(int *to, const W *x, int n, bool largest) const {
    uint16_t *places = reinterpret_cast<uint16_t *>(a);
    if (largest)
      __bang_maxpool_index(places, x, n, columns, 1, columns, 1);
    else
      __bang_minpool_index(places, x, n, columns, 1, columns, 1);
    __bang_int162int32(to, reinterpret_cast<int16_t *>(places), n, 0, 0);
  }

  // The results of one number that the elements' own type gives.
  __mlu_func__ bool reduce(const T *x, int n, int buffer) const {
    switch (plan.operation) {
    case RowOperation::Sum: sumOf(result[buffer], x, n); return true;
    case RowOperation::Mean: meanOf(result[buffer], x, n); return true;
    case RowOperation::Max: maximumOf(result[buffer], x, n); return true;
    case RowOperation::Min: __bang_minpool(result[buffer], x, n, columns, 1, columns, 1); return true;
    case RowOperation::ArgMax: placesOf(index[buffer], x, n, true); return true;
    case RowOperation::ArgMin: placesOf(index[buffer], x, n, false); return true;
    default: return false;
    }
  }

  __mlu_func__ void compute(int turn) {
    const int n = placeOf(turn).count, all = n * columns, buffer = turn % 2;
    T *x = tile[buffer];
    if (!across) {
      __bang_transpose(turned, x, n, columns);
      x = turned;
    }
    if (reduce(x, n, buffer))
      return;
    switch (plan.operation) {
    case RowOperation::Softmax:
    case RowOperation::LogSoftmax:
    case RowOperation::CrossEntropy: softmax(x, n, all, buffer); break;
    case RowOperation::LocalResponse: localResponse(x, n, all); break;
    default: {
      float *w = worked<float>(x, wide, all);
      normalise(w, n, all, buffer);
      if (plan.mapped)
        narrow(x, w, all);
    }
    }
    if (!plan.mapped)
      return;
    if (!across) {
      __bang_transpose(tile[buffer], turned, columns, n);
      affine(tile[buffer], scale[0], shift[0], all, columns);
    }
  }
  // d = x - maximum, then e^d / sum, or d - log(sum)
  __mlu_func__ void softmax(T *x, int n, int all, int buffer) {
    T *top = reinterpret_cast<T *>(a);
    Exponential *sum = reinterpret_cast<Exponential *>(b);
    maximumOf(top, x, n);
    const float *wideTop = worked<float>(top, c, n);
    Exponential *d = below(x, wide, copy, all, [&](auto *y) {
      if constexpr (std::is_same<decltype(y), T *>::value)
        __bang_cycle_sub(y, y, top, all, n);
      else
        __bang_cycle_sub(y, y, wideTop, all, n);
    });
    if (plan.operation == RowOperation::CrossEntropy) {
      crossEntropy(d, n, all, buffer);
    } else if (plan.operation == RowOperation::Softmax) {
      __bang_active_exp(d, d, all);
      sumOf(sum, d, n);
      __bang_recip(sum, sum, n);
      __bang_cycle_mul(d, d, sum, all, n);
    } else {
      logSoftmax(x, d, n, all);
      return;
    }
    leave(x, d, all);
  }
  template <class W> __mlu_func__ void logSoftmax(T *x, W *d, int n, int all) const {
    W *power = reinterpret_cast<W *>(copy), *sum = reinterpret_cast<W *>(b);
    __bang_active_exp(power, d, all);
    sumOf(sum, power, n);
    __bang_active_log(sum, sum, n);
    if constexpr (std::is_same<T, W>::value) {
      __bang_cycle_sub(x, x, sum, all, n);
    } else {
      // d is still there in float, too.
      leave(c, sum, n);
      __bang_cycle_sub(wide, wide, c, all, n);
      narrow(x, wide, all);
    }
  }
  // spare[c][r] = c for n rows, to be compared with labels: rows 0 to k - 1 plus k are rows k to 2 k - 1.
  __mlu_func__ void numberColumns(int n) {
    Exponential *number = reinterpret_cast<Exponential *>(spare);
    __bang_write_value(number, n, Exponential(0));
    for (int k = 1; k < columns; k *= 2)
      __bang_add_scalar(number + k * n, number, static_cast<Exponential>(k), std::min(k, columns - k) * n);
    numbered = n;
  }

  // loss = log(sum of e^d) - d[label]; d becomes (e^d / sum - one at the label) * numbers[0]. A row whose label is no
  // class counts nothing.
  template <class W> __mlu_func__ void crossEntropy(W *d, int n, int all, int buffer) {
    W *sum = reinterpret_cast<W *>(b), *label = reinterpret_cast<W *>(c), *spent = reinterpret_cast<W *>(a);
    W *chosen = reinterpret_cast<W *>(mean[buffer]), *valid = reinterpret_cast<W *>(factor[buffer]);
    W *mask = reinterpret_cast<W *>(copy);
    if (mask == d)
      mask += all;
    if (n != numbered)
      numberColumns(n);
    __bang_int322float(c, labels[buffer], n, 0);
    leave(label, c, n);
    __bang_cycle_eq(mask, reinterpret_cast<W *>(spare), label, all, n);
    __bang_mul(mask, mask, d, all);
    sumOf(chosen, mask, n);
    __bang_active_exp(d, d, all);
    sumOf(sum, d, n);
    // Labels from 0 to columns - 1: 1, others 0.
    __bang_ge_scalar(valid, label, W(0), n);
    __bang_lt_scalar(spent, label, static_cast<W>(columns), n);
    __bang_mul(valid, valid, spent, n);
    __bang_active_log(spent, sum, n);
    __bang_mul(spent, spent, valid, n);
    __bang_sub(spent, spent, chosen, n);
    leave(result[buffer], spent, n);
    if (!plan.y)
      return;
    __bang_recip(sum, sum, n);
    __bang_mul(sum, sum, valid, n);
    __bang_mul_scalar(sum, sum, static_cast<W>(plan.numbers[0]), n);
    __bang_cycle_mul(d, d, sum, all, n);
    __bang_cycle_eq(mask, reinterpret_cast<W *>(spare), label, all, n);
    __bang_fusion(FUSION_FMA, d, mask, static_cast<W>(-plan.numbers[0]), d, all, all);
  }

  // Sums and means of squares, around zero or the mean; numbers[0] is epsilon.
  __mlu_func__ void normalise(float *x, int n, int all, int buffer) {
    if (plan.operation == RowOperation::Normalise) {
      meanOf(mean[buffer], x, n);
      __bang_cycle_sub(x, x, mean[buffer], all, n);
    }
    __bang_square(copy, x, all);
    if (plan.operation == RowOperation::SumOfSquares) {
      sumOf(a, copy, n);
      leave(result[buffer], a, n);
      return;
    }
    meanOf(b, copy, n);
    __bang_add_scalar(b, b, plan.numbers[0], n);
    __bang_sqrt(b, b, n);
    __bang_recip(factor[buffer], b, n);
    __bang_cycle_mul(x, x, factor[buffer], all, n);
    if (across)
      affine(x, wideOf(a, scale[buffer], n), wideOf(c, shift[buffer], n), all, n);
  }
  __mlu_func__ const float *wideOf(float *place, const T *numbers, int n) const {
    if constexpr (kDirect) {
      return numbers;
    } else if (!numbers) {
      return nullptr;
    } else {
      widen(place, numbers, n);
      return place;
    }
  }

  // x / (k + alpha / size * sum of squares of `size` neighbours)^beta; numbers: size, alpha, beta, k. The squares lie
  // between zeros, so the neighbours of all elements are the same buffer from other rows on. The power is e^(-beta
  // log).
  __mlu_func__ void localResponse(T *x, int n, int all) const {
    const int size = static_cast<int>(plan.numbers[0]), margin = size / 2 * n;
    float *w = worked<float>(x, wide, all), *sum = spare;
    __bang_write_value(copy, margin, 0.0f);
    __bang_square(copy + margin, w, all);
    __bang_write_value(copy + margin + all, margin, 0.0f);
    const float *neighbours = copy;
    if (size > 1) {
      __bang_fusion(FUSION_FAA, sum, copy, copy + n, copy + 2 * n, all, all);
      for (int i = 3; i < size; i += 2)
        __bang_fusion(FUSION_FAA, sum, sum, copy + i * n, copy + (i + 1) * n, all, all);
      neighbours = sum;
    }
    __bang_fusion(FUSION_FMA, sum, neighbours, plan.numbers[1] / plan.numbers[0], plan.numbers[3], all);
    __bang_active_log(sum, sum, all);
    // The logarithm is small whatever the sum is: from here on in the elements' own type.
    T *power = reinterpret_cast<T *>(copy);
    leave(power, sum, all);
    __bang_mul_scalar(power, power, static_cast<T>(-plan.numbers[2]), all);
    __bang_active_exp(power, power, all);
    __bang_mul(x, x, power, all);
  }
};

}  // namespace bangops

#endif  // BANGOPS_SHORT_ROWS_H
