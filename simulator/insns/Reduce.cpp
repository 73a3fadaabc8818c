// Reduce.cpp: sums, extremes, counts and compaction.
//
// Sums accumulate in f32 in a fixed order (chosen, the reference leaves it open): the elements of a 128-byte row are
// added as a tree, element i and i + half, then the rows in ascending order; the result rounds once to the element
// type.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/Reduce.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/Elements.h"
#include "simulator/insns/Operands.h"
#include "simulator/insns/Simd.h"

#include <algorithm>
#include <cstring>

#include <hwy/highway.h> // once for each instruction set

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

constexpr uint32_t kNone = 0xffffffff;

template <class T> inline constexpr uint64_t kRow = kVectorBytes / sizeof(T);

// Tree sum of up to one row; the lanes that are not there count as -0, which changes no sum.
template <class T> float rowSum(const T *src, uint64_t n) {
  float lanes[kRow<T>];
  if (n == kRow<T>)
    for (uint64_t i = 0; i < kRow<T>; ++i)
      lanes[i] = toFloat(src[i]);
  else
    for (uint64_t i = 0; i < kRow<T>; ++i)
      lanes[i] = i < n ? toFloat(src[i]) : -0.0f;
#pragma clang loop unroll(full)
  for (uint64_t half = kRow<T> / 2; half; half /= 2)
    for (uint64_t i = 0; i < half; ++i)
      lanes[i] += lanes[i + half];
  return lanes[0];
}

template <class T> uint64_t sum(Exec &x, const VsumOps &ops) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const T *src = readElements<T>(x, ops.src, n, "src");
  float total = -0.0f;
  for (uint64_t i = 0; i < n; i += kRow<T>)
    total += rowSum(src + i, std::min(kRow<T>, n - i));
  return toRegister(fromFloat<T>(total));
}

// Chosen: a last row that is not full is summed too; the other elements of dst stay.
template <class T> void sumRows(Exec &x, const VsumRowOps &ops) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const T *src = readElements<T>(x, ops.src, n, "src");
  std::vector<T> sums;
  for (uint64_t i = 0; i < n; i += kRow<T>)
    sums.push_back(fromFloat<T>(rowSum(src + i, std::min(kRow<T>, n - i))));
  for (uint64_t row = 0; row < sums.size(); ++row)
    *writeElements<T>(x, ops.dst + row * kVectorBytes, 1, "dst") = sums[row];
}

// The position of the first element that no other precedes; NaN is skipped. Chosen: all NaN gives element 0.
//
// The extreme value first, a vector at a time, then the first place that has it: of two zeros either is the extreme.
template <class T, class Before> uint64_t extreme(const T *src, uint64_t n, Before before) {
  constexpr uint64_t kLanes = 64;
  const auto better = [&](float candidate, float value) HWY_ATTR {
    return before(candidate, value) || (value != value && candidate == candidate) ? candidate : value;
  };
  float best[kLanes];
  for (uint64_t i = 0; i < kLanes; ++i)
    best[i] = toFloat(src[i < n ? i : 0]);
  uint64_t row = kLanes;
  for (; row + kLanes <= n; row += kLanes)
    for (uint64_t i = 0; i < kLanes; ++i)
      best[i] = better(toFloat(src[row + i]), best[i]);
  for (uint64_t i = row; i < n; ++i)
    best[0] = better(toFloat(src[i]), best[0]);
  float value = best[0];
  for (uint64_t i = 1; i < kLanes; ++i)
    value = better(best[i], value);
  if (value != value)
    return 0;
  for (row = 0; row + kLanes <= n; row += kLanes) {
    bool here = false;
    for (uint64_t i = 0; i < kLanes; ++i)
      here |= toFloat(src[row + i]) == value;
    if (here)
      break;
  }
  while (toFloat(src[row]) != value)
    ++row;
  return row;
}

// The position of the first NaN, n when there is none.
template <class T> uint64_t firstNaN(const T *src, uint64_t n) {
  uint64_t at = 0;
  while (at < n && toFloat(src[at]) == toFloat(src[at]))
    ++at;
  return at;
}

enum class NaN { Skipped, Wins };

template <class T, NaN nan, class Ops, class Before> void storeExtreme(Exec &x, const Ops &ops, Before before) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const T *src = readElements<T>(x, ops.src, n, "src");
  const uint64_t special = nan == NaN::Wins ? firstNaN(src, n) : n;
  const uint64_t at = special < n ? special : extreme(src, n, before);
  const T value = src[at];
  const uint32_t index = uint32_t(at);
  if (ops.dst % sizeof(T))
    x.misaligned("dst", ops.dst, sizeof(T));
  uint8_t *dst = x.write(ops.dst, sizeof(T) + sizeof(index), kInNram, "dst");
  std::memcpy(dst, &value, sizeof(T));
  std::memcpy(dst + sizeof(T), &index, sizeof(index)); // not aligned behind a 16-bit value
}

template <class T> bool isSet(T v) { return load(v) != 0; }

template <class T> uint64_t collect(Exec &x, const VcollectOps &ops) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const T *src = readElements<T>(x, ops.src, n, "src"), *mask = readElements<T>(x, ops.mask, n, "mask");
  std::vector<T> kept;
  for (uint64_t i = 0; i < n; ++i)
    if (isSet(mask[i]))
      kept.push_back(src[i]);
  // Chosen: nothing is written behind the kept elements, although hardware may.
  T *dst = writeElements<T>(x, ops.dst, kept.size(), "dst");
  std::copy(kept.begin(), kept.end(), dst);
  return kept.size();
}

} // namespace

uint64_t execVsum(Exec &x, const VsumOps &ops, Variant v) {
  return withFloat(v.e0, [&](auto t) { return sum<typename decltype(t)::type>(x, ops); });
}

uint64_t execVsumRow(Exec &x, const VsumRowOps &ops, Variant v) {
  withFloat(v.e0, [&](auto t) { sumRows<typename decltype(t)::type>(x, ops); });
  return 0;
}

#undef DLP_ARG
#define DLP_ARG(ROW, COMPARES, NAN_IS)                                                                                 \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    withFloat(v.e0, [&](auto t) {                                                                                      \
      storeExtreme<typename decltype(t)::type, NAN_IS>(x, ops, [](float a, float b) { return a COMPARES b; });         \
    });                                                                                                                \
    return 0;                                                                                                          \
  }

DLP_ARG(Vargmax, >, NaN::Skipped)
DLP_ARG(Vargmin, <, NaN::Skipped)
DLP_ARG(Vargmaxn, >, NaN::Wins)
DLP_ARG(Vargminn, <, NaN::Wins)

uint64_t execVcount(Exec &x, const VcountOps &ops, Variant v) {
  return withNumber(v.e0, [&](auto t) {
    using T = typename decltype(t)::type;
    const uint64_t n = checkCount(x, "n", ops.n);
    const T *src = readElements<T>(x, ops.src, n, "src");
    uint64_t count = 0;
    for (uint64_t i = 0; i < n; ++i)
      count += isSet(src[i]);
    return count;
  });
}

uint64_t execVfirst(Exec &x, const VfirstOps &ops, Variant v) {
  return withNumber(v.e0, [&](auto t) -> uint64_t {
    using T = typename decltype(t)::type;
    const uint64_t n = checkCount(x, "n", ops.n);
    const T *src = readElements<T>(x, ops.src, n, "src");
    for (uint64_t i = 0; i < n; ++i)
      if (isSet(src[i]))
        return i;
    return kNone;
  });
}

uint64_t execVlast(Exec &x, const VlastOps &ops, Variant v) {
  return withNumber(v.e0, [&](auto t) -> uint64_t {
    using T = typename decltype(t)::type;
    const uint64_t n = checkCount(x, "n", ops.n);
    const T *src = readElements<T>(x, ops.src, n, "src");
    for (uint64_t i = n; i-- > 0;)
      if (isSet(src[i]))
        return i;
    return kNone;
  });
}

uint64_t execVcollect(Exec &x, const VcollectOps &ops, Variant v) {
  return withFloat(v.e0, [&](auto t) { return collect<typename decltype(t)::type>(x, ops); });
}

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
DLP_DISPATCH(Vargmax)
DLP_DISPATCH(Vargmin)
DLP_DISPATCH(Vargmaxn)
DLP_DISPATCH(Vargminn)
DLP_DISPATCH(Vsum)
DLP_DISPATCH(VsumRow)
DLP_DISPATCH(Vcount)
DLP_DISPATCH(Vfirst)
DLP_DISPATCH(Vlast)
DLP_DISPATCH(Vcollect)
} // namespace dlp
#endif // HWY_ONCE
