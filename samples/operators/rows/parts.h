// parts.h: rows that are too long for NRAM, or too few for all cores. They are cut into parts, which the cores share:
//
//   gather   a part gives one or two numbers of its row                                x        -> partial[part][row]
//   finish   the numbers of a row's parts become the row's numbers, and its results    partial  -> numbers[row]
//   map      a part and the numbers of its row become the part's results               x        -> y
//
// A tensor is outer x columns x inner: element c of a row has its neighbour c + 1 `inner` elements further on. Then a
// part is some columns of `inner` rows, and all numbers are vectors. Items are dealt part by part, so a core mostly
// keeps the scale and shift of its columns.
#ifndef BANGOPS_PARTS_H
#define BANGOPS_PARTS_H

#include "rows/rows.h"
#include "rows/steps.h"

#include <cmath>

namespace bangops {

// What gather and map share: items, their buffers, the loads.
template <class T> struct PartsStage {
  static constexpr bool kDirect = std::is_same<T, float>::value;
  using Exponential = typename ExponentialOf<T>::Type;
  const RowsPlan &plan;
  const int inner;
  int64_t outer, begin, end, step = 1;  // groups of `inner` rows; this core's items
  T *tile[2], *other[2], *narrowNumbers;
  float *wide, *copy;

  __mlu_func__ PartsStage(const RowsPlan &plan, Cutter &cut)
      : plan(plan), inner(static_cast<int>(plan.inner)), outer(plan.rows / plan.inner) {
    const int all = plan.chunk * inner;
    begin = outer * plan.parts * taskId / taskDim;
    end = outer * plan.parts * (taskId + 1) / taskDim;
    for (int i = 0; i < 2; ++i) {
      tile[i] = cut.take<T>(all);
      other[i] = plan.target ? cut.take<T>(all) : nullptr;
    }
    wide = kDirect ? nullptr : cut.take<float>(all);
    copy = cut.take<float>(all);
    narrowNumbers = cut.take<T>(inner + kLineBytes);
  }
  __mlu_func__ int turns() const { return static_cast<int>(end - begin); }

  struct Item {
    int64_t number, part, row, first;  // first of the columns
    int columns, n;                    // elements in all
  };
  __mlu_func__ Item itemOf(int turn) const {
    Item i;
    i.number = begin + turn * step;
    i.part = i.number / outer;
    i.row = i.number % outer * inner;
    i.first = i.part * plan.chunk;
    i.columns = static_cast<int>(std::min<int64_t>(plan.chunk, plan.columns - i.first));
    i.n = i.columns * inner;
    return i;
  }
  __mlu_func__ int64_t offset(const Item &i) const { return i.row * plan.columns + i.first * inner; }
  __mlu_func__ void load(int turn) {
    const Item i = itemOf(turn);
    __memcpy_async(tile[turn % 2], static_cast<const T *>(plan.x) + offset(i), i.n * sizeof(T), GDRAM2NRAM);
    if (plan.target)
      __memcpy_async(other[turn % 2], static_cast<const T *>(plan.target) + offset(i), i.n * sizeof(T), GDRAM2NRAM);
  }

  // Numbers of the rows in the type of x.
  __mlu_func__ const float *as(const float *, const float *numbers) const { return numbers; }
  __mlu_func__ const half *as(const half *, const float *numbers) const {
    narrow(narrowNumbers, numbers, inner);
    return narrowNumbers;
  }
  // to = x - the number of its row
  template <class W> __mlu_func__ void subtract(W *to, const W *x, const float *numbers, int n) const {
    if (inner == 1)
      __bang_sub_scalar(to, x, static_cast<W>(numbers[0]), n);
    else
      __bang_cycle_sub(to, x, as(x, numbers), n, inner);
  }
  __mlu_func__ void multiply(float *x, const float *numbers, int n) const {
    if (inner == 1)
      __bang_mul_scalar(x, x, numbers[0], n);
    else
      __bang_cycle_mul(x, x, numbers, n, inner);
  }
};

template <class T> struct GatherStage : PartsStage<T> {
  using Base = PartsStage<T>;
  using Base::copy, Base::inner, Base::itemOf, Base::narrowNumbers, Base::other, Base::plan, Base::tile, Base::wide;
  using typename Base::Exponential;
  using typename Base::Item;
  float *a[2], *b[2];

  __mlu_func__ GatherStage(const RowsPlan &plan, Cutter &cut) : Base(plan, cut) {
    for (int i = 0; i < 2; ++i) {
      a[i] = cut.take<float>(inner);
      b[i] = cut.take<float>(inner);
    }
  }

  template <class W> __mlu_func__ void sums(float *to, const W *x, const Item &i) const {
    if (inner == 1) {
      to[0] = static_cast<float>(__bang_sum(x, i.n));
    } else if constexpr (std::is_same<W, float>::value) {
      __bang_sumpool(to, x, inner, i.columns, 1, i.columns, 1);
    } else {
      W *narrowSums = reinterpret_cast<W *>(narrowNumbers);
      __bang_sumpool(narrowSums, x, inner, i.columns, 1, i.columns, 1);
      leave(to, narrowSums, inner);
    }
  }
  // The largest or smallest elements, and their columns if they are wanted.
  __mlu_func__ void extremes(float *to, int *places, const T *x, const Item &i, bool largest) const {
    if (inner == 1) {
      to[0] = extreme(narrowNumbers, x, i.n, largest, places);
      places[0] += static_cast<int>(i.first);
      return;
    }
    if (largest)
      __bang_maxpool(narrowNumbers, x, inner, i.columns, 1, i.columns, 1);
    else
      __bang_minpool(narrowNumbers, x, inner, i.columns, 1, i.columns, 1);
    leave(to, narrowNumbers, inner);
  }

  __mlu_func__ void compute(int turn) {
    const Item i = itemOf(turn);
    T *x = tile[turn % 2];
    float *first = a[turn % 2], *second = b[turn % 2];
    switch (plan.operation) {
    case RowOperation::Sum:
    case RowOperation::Mean: sums(first, worked<float>(x, wide, i.n), i); break;
    case RowOperation::SumOfSquares:
    case RowOperation::RootMeanSquare:
      __bang_square(copy, worked<float>(x, wide, i.n), i.n);
      sums(first, copy, i);
      break;
    case RowOperation::MeanSquaredError: {
      float *w = worked<float>(x, wide, i.n), *target = copy;
      leave(target, other[turn % 2], i.n);
      __bang_sub(w, w, target, i.n);
      __bang_square(w, w, i.n);
      sums(first, w, i);
      break;
    }
    case RowOperation::Max:
    case RowOperation::ArgMax: extremes(first, reinterpret_cast<int *>(second), x, i, true); break;
    case RowOperation::Min:
    case RowOperation::ArgMin: extremes(first, reinterpret_cast<int *>(second), x, i, false); break;
    case RowOperation::Normalise: {
      // The mean of the part, and the squares around it.
      float *w = worked<float>(x, wide, i.n);
      sums(first, w, i);
      __bang_mul_scalar(first, first, 1.0f / static_cast<float>(i.columns), inner);
      this->subtract(copy, w, first, i.n);
      __bang_square(copy, copy, i.n);
      sums(second, copy, i);
      break;
    }
    default: {
      // Softmax: the maximum, and the exponential functions of what is below it.
      extremes(first, reinterpret_cast<int *>(second), x, i, true);
      Exponential *w = powersOf(x, first, i);
      __bang_active_exp(w, w, i.n);
      sums(second, w, i);
    }
    }
  }
  // x - maximum: in x, where a team scales its exponential functions; a log softmax needs x itself again.
  __mlu_func__ Exponential *powersOf(T *x, const float *top, const Item &i) const {
    if constexpr (std::is_same<T, Exponential>::value) {
      T *to = plan.operation == RowOperation::LogSoftmax ? reinterpret_cast<T *>(copy) : x;
      this->subtract(to, x, top, i.n);
      return to;
    } else {
      return below(x, wide, copy, i.n, [&](auto *y) { this->subtract(y, y, top, i.n); });
    }
  }
  __mlu_func__ void store(int turn) {
    const Item i = itemOf(turn);
    float *to = plan.partial + i.number * inner;
    __memcpy_async(to, a[turn % 2], inner * sizeof(float), NRAM2GDRAM);
    __memcpy_async(to + plan.rows * plan.parts, b[turn % 2], inner * sizeof(float), NRAM2GDRAM);
  }
};

// One row of numbers for each part becomes one row of numbers. A core takes a slice of them at a time.
template <class T> struct Finish {
  const RowsPlan &plan;
  const int64_t count;  // numbers
  const int parts,
      last;  // rows of partial numbers; so many at the end are of the last part, which may have fewer columns
  float *a, *b, *mean, *factor, *shift, *spare, *scales, *shifts;
  T *narrowNumbers;
  int64_t loaded = -1;  // channel that scales and shifts begin with
  int loadedNumbers = 0;

  __mlu_func__ Finish(const RowsPlan &plan, Cutter &cut)
      : plan(plan), count(plan.numberCount), parts(static_cast<int>(plan.rows / plan.numberCount * plan.parts)),
        last(static_cast<int>(plan.rows / plan.numberCount)) {
    a = cut.take<float>(parts * plan.slice);
    b = cut.take<float>(parts * plan.slice);
    mean = cut.take<float>(plan.slice);
    factor = cut.take<float>(plan.slice);
    shift = cut.take<float>(plan.slice);
    spare = cut.take<float>(plan.slice);
    scales = cut.take<float>(plan.slice);
    shifts = cut.take<float>(plan.slice);
    narrowNumbers = cut.take<T>(plan.slice);
  }

  // A slice does not leave a period of scale and shift.
  __mlu_func__ void run() {
    const int64_t period = plan.affineRows ? plan.affineRows : count, each = (period + plan.slice - 1) / plan.slice;
    for (int64_t s = taskId; s < count / period * each; s += taskDim) {
      const int64_t inside = s % each * plan.slice;
      finish(s / each * period + inside, inside, static_cast<int>(std::min<int64_t>(plan.slice, period - inside)));
    }
  }

  __mlu_func__ void loadPartial(float *to, const float *from, int n) const {
    const int line = n * static_cast<int>(sizeof(float));
    __memcpy(to, from, line, GDRAM2NRAM, line, count * sizeof(float), parts - 1);
  }
  __mlu_func__ void sumOf(float *to, const float *x, int n) const { __bang_sumpool(to, x, n, parts, 1, parts, 1); }
  // Numbers first, ..., first + n - 1; their scale and shift begin at `channel`.
  __mlu_func__ void finish(int64_t first, int64_t channel, int n) {
    if (plan.operation != RowOperation::NormaliseGiven) {
      loadPartial(a, plan.partial + first, n);
      loadPartial(b, plan.partial + plan.rows * plan.parts + first, n);
    }
    combine(first, channel, n);
  }
  // The same when the partial numbers are in a and b.
  __mlu_func__ void combine(int64_t first, int64_t channel, int n) {
    const float columns = static_cast<float>(plan.columns * last);
    switch (plan.operation) {
    case RowOperation::Sum:
    case RowOperation::SumOfSquares: sumOf(mean, a, n); break;
    case RowOperation::Mean:
    case RowOperation::MeanSquaredError:
    case RowOperation::RootMeanSquare:
      sumOf(mean, a, n);
      __bang_mul_scalar(mean, mean, 1.0f / columns, n);
      break;
    case RowOperation::Max: __bang_maxpool(mean, a, n, parts, 1, parts, 1); break;
    case RowOperation::Min: __bang_minpool(mean, a, n, parts, 1, parts, 1); break;
    case RowOperation::ArgMax:
    case RowOperation::ArgMin: places(first, n); return;
    case RowOperation::Normalise: moments(columns, n); break;
    case RowOperation::NormaliseGiven:
      __memcpy(mean, plan.givenMean + first, n * sizeof(float), GDRAM2NRAM);
      __memcpy(factor, plan.givenVariance + first, n * sizeof(float), GDRAM2NRAM);
      break;
    default: exponentials(n);
    }
    const bool square = plan.operation == RowOperation::RootMeanSquare;
    if (square || plan.operation == RowOperation::Normalise || plan.operation == RowOperation::NormaliseGiven) {
      if (plan.runningMean)
        updateRunning(columns, first, n);
      __bang_add_scalar(factor, square ? mean : factor, plan.numbers[0], n);
      __bang_sqrt(factor, factor, n);
      __bang_recip(factor, factor, n);
      store(plan.mean, mean, first, n);
      store(plan.factor, factor, first, n);
      scaleAndShift(channel, n);
    }
    if (plan.operation == RowOperation::CrossEntropy)
      losses(first, n);
    if (plan.found) {
      store(plan.found, mean, first, n);
      store(plan.found + count, factor, first, n);
      store(plan.found + 2 * count, shift, first, n);
    }
    if (plan.result && plan.operation != RowOperation::CrossEntropy) {
      T *result = inType(mean, n);
      store(static_cast<T *>(plan.result), result, first, n);
    }
  }
  template <class N> __mlu_func__ void store(N *to, const N *from, int64_t first, int n) const {
    if (to)
      __memcpy(to + first, from, n * sizeof(N), NRAM2GDRAM);
  }
  __mlu_func__ T *inType(float *x, int n) const {
    if constexpr (std::is_same<T, float>::value) {
      return x;
    } else {
      narrow(narrowNumbers, x, n);
      return narrowNumbers;
    }
  }

  // The parts' best places are known, so only the best part is looked for.
  __mlu_func__ void places(int64_t first, int n) {
    uint32_t *best = reinterpret_cast<uint32_t *>(mean);
    int *found = reinterpret_cast<int *>(factor);
    if (plan.operation == RowOperation::ArgMax)
      __bang_maxpool_index(best, a, n, parts, 1, parts, 1);
    else
      __bang_minpool_index(best, a, n, parts, 1, parts, 1);
    for (int j = 0; j < n; ++j)
      found[j] = reinterpret_cast<const int *>(b)[static_cast<int>(best[j]) * n + j];
    store(plan.index, found, first, n);
  }

  // The sum over all parts of a number times the columns of the part. All have `chunk` columns, only the last one may
  // have fewer.
  __mlu_func__ void weighedSum(float *to, const float *x, int n) const {
    const int64_t missing = plan.parts * plan.chunk - plan.columns;
    sumOf(to, x, n);
    __bang_sumpool(spare, x + (parts - last) * n, n, last, 1, last, 1);
    __bang_mul_scalar(to, to, static_cast<float>(plan.chunk), n);
    __bang_fusion(FUSION_FMA, to, spare, -static_cast<float>(missing), to, n, n);
  }
  // a: means of the parts, b: squares around them. The squares around the common mean are those, and for each element
  // of a part the square of the way from one mean to the other. Leaves mean and variance.
  __mlu_func__ void moments(float columns, int n) {
    weighedSum(mean, a, n);
    __bang_mul_scalar(mean, mean, 1.0f / columns, n);
    __bang_cycle_sub(a, a, mean, parts * n, n);
    __bang_square(a, a, parts * n);
    weighedSum(factor, a, n);
    sumOf(shift, b, n);
    __bang_fusion(FUSION_FAM, factor, factor, shift, 1.0f / columns, n, n);
  }
  __mlu_func__ void updateRunning(float columns, int64_t first, int n) {
    const float unbiased = columns > 1 ? columns / (columns - 1) : 1.0f;
    update(plan.runningMean + first, mean, 1.0f, n);
    update(plan.runningVariance + first, factor, unbiased, n);
  }
  __mlu_func__ void update(float *running, const float *found, float scale, int n) {
    __memcpy(spare, running, n * sizeof(float), GDRAM2NRAM);
    __bang_mul_scalar(spare, spare, 1.0f - plan.numbers[1], n);
    __bang_fusion(FUSION_FMA, spare, found, plan.numbers[1] * scale, spare, n, n);
    __memcpy(running, spare, n * sizeof(float), NRAM2GDRAM);
  }
  // Scale and shift of channels become part of the numbers. They are loaded only when the channels are others.
  __mlu_func__ void scaleAndShift(int64_t channel, int n) {
    if (plan.affineRows == 0) {
      __bang_write_value(shift, n, 0.0f);
      return;
    }
    if (channel != loaded || n != loadedNumbers) {
      loadChannels(scales, plan.scale, channel, n, 1.0f);
      loadChannels(shifts, plan.shift, channel, n, 0.0f);
      loaded = channel;
      loadedNumbers = n;
    }
    __bang_mul(factor, factor, scales, n);
    __bang_move(shift, shifts, n * sizeof(float));
  }
  __mlu_func__ void loadChannels(float *to, const void *from, int64_t channel, int n, float otherwise) const {
    if (!from) {
      __bang_write_value(to, n, otherwise);
      return;
    }
    __memcpy(narrowNumbers, static_cast<const T *>(from) + channel, n * sizeof(T), GDRAM2NRAM);
    leave(to, narrowNumbers, n);
    __sync_compute();  // the next ones come to the same place
  }

  // a: maxima of the parts, b: sums of e^(x - maximum). Leaves the maximum in mean, 1 / sum in factor, log(sum) in
  // shift.
  __mlu_func__ void exponentials(int n) {
    __bang_maxpool(mean, a, n, parts, 1, parts, 1);
    __bang_cycle_sub(a, a, mean, parts * n, n);
    __bang_active_exp(a, a, parts * n);
    __bang_mul(b, b, a, parts * n);
    sumOf(factor, b, n);
    __bang_active_log(shift, factor, n);
    __bang_recip(factor, factor, n);
    if (plan.operation == RowOperation::LogSoftmax)
      __bang_add(mean, mean, shift, n);
  }
  // log(sum) + maximum - x[label]; a row whose label is no class counts nothing.
  __mlu_func__ void losses(int64_t first, int n) {
    for (int j = 0; j < n; ++j) {
      const int64_t row = first + j, label = plan.labels[row];
      const bool counts = label >= 0 && label < plan.columns;
      narrowNumbers[j] = static_cast<T>(
          counts ? shift[j] + mean[j] - static_cast<float>(static_cast<const T *>(plan.x)[row * plan.columns + label])
                 : 0.0f);
      factor[j] = counts ? factor[j] * plan.numbers[0] : 0.0f;
    }
    store(static_cast<T *>(plan.result), narrowNumbers, first, n);
  }
};

template <class T> struct MapStage : GatherStage<T> {
  using Base = GatherStage<T>;
  using Base::copy, Base::inner, Base::itemOf, Base::plan, Base::tile, Base::wide;
  using typename Base::Exponential;
  using typename Base::Item;
  float *first[2], *factor[2], *shift[2];  // of the rows of an item
  T *columnScale[2], *columnShift[2];
  int64_t loaded = -1;  // part whose scale and shift are there or on their way

  __mlu_func__ MapStage(const RowsPlan &plan, Cutter &cut) : Base(plan, cut) {
    for (int i = 0; i < 2; ++i) {
      first[i] = cut.take<float>(inner);
      factor[i] = cut.take<float>(inner);
      shift[i] = cut.take<float>(inner);
      columnScale[i] = perColumn() && plan.scale ? cut.take<T>(plan.chunk) : nullptr;
      columnShift[i] = perColumn() && plan.shift ? cut.take<T>(plan.chunk) : nullptr;
    }
  }
  __mlu_func__ bool perColumn() const { return plan.affineRows == 0; }

  __mlu_func__ void load(int turn) {
    Base::load(turn);
    const Item i = itemOf(turn);
    const float *numbers = plan.found + i.row % plan.numberCount;
    __memcpy_async(first[turn % 2], numbers, inner * sizeof(float), GDRAM2NRAM);
    __memcpy_async(factor[turn % 2], numbers + plan.numberCount, inner * sizeof(float), GDRAM2NRAM);
    __memcpy_async(shift[turn % 2], numbers + 2 * plan.numberCount, inner * sizeof(float), GDRAM2NRAM);
    loadColumns(i);
  }
  // Scale and shift of the columns of a part.
  __mlu_func__ void loadColumns(const Item &i) {
    if (!perColumn() || i.part == loaded)
      return;
    loaded = i.part;
    if (plan.scale)
      __memcpy_async(columnScale[i.part % 2], static_cast<const T *>(plan.scale) + i.first, i.n * sizeof(T),
                     GDRAM2NRAM);
    if (plan.shift)
      __memcpy_async(columnShift[i.part % 2], static_cast<const T *>(plan.shift) + i.first, i.n * sizeof(T),
                     GDRAM2NRAM);
  }

  __mlu_func__ void compute(int turn) { map(turn, first[turn % 2], factor[turn % 2], shift[turn % 2]); }
  __mlu_func__ void map(int turn, const float *number, const float *by, const float *more) {
    const Item i = itemOf(turn);
    T *x = tile[turn % 2];
    switch (plan.operation) {
    case RowOperation::Softmax:
    case RowOperation::CrossEntropy: {
      Exponential *w = below(x, wide, copy, i.n, [&](auto *y) { this->subtract(y, y, number, i.n); });
      __bang_active_exp(w, w, i.n);
      // In float, because 1 / sum may be too small for a half.
      float *y = worked<float>(w, wide, i.n);
      this->multiply(y, by, i.n);
      if (plan.operation == RowOperation::CrossEntropy)
        subtractLabel(y, i);
      narrow(x, y, i.n);
      return;
    }
    case RowOperation::LogSoftmax: {
      float *w = worked<float>(x, wide, i.n);
      this->subtract(w, w, number, i.n);
      narrow(x, w, i.n);
      return;
    }
    default: {
      float *w = worked<float>(x, wide, i.n);
      if (plan.operation == RowOperation::RootMeanSquare) {
        this->multiply(w, by, i.n);
      } else if (inner == 1) {
        __bang_fusion(FUSION_FSM, w, w, number[0], by[0], i.n);
        __bang_add_scalar(w, w, more[0], i.n);
      } else {
        __bang_cycle_sub(w, w, number, i.n, inner);
        __bang_fusion(FUSION_FMA, w, w, by, more, i.n, inner);
      }
      narrow(x, w, i.n);
      if (perColumn())
        affine(x, columnScale[i.part % 2], columnShift[i.part % 2], i.n, i.n);
    }
    }
  }
  __mlu_func__ void subtractLabel(float *y, const Item &i) const {
    const int64_t label = plan.labels[i.row], place = label - i.first;
    if (label < 0 || label >= plan.columns || place < 0 || place >= i.columns)
      return;
    y[place] -= plan.numbers[0];
  }
  __mlu_func__ void store(int turn) {
    const Item i = itemOf(turn);
    __memcpy_async(static_cast<T *>(plan.y) + this->offset(i), tile[turn % 2], i.n * sizeof(T), NRAM2GDRAM);
  }
};

}  // namespace bangops

#endif  // BANGOPS_PARTS_H
