// Round-inl.h: exact doubles rounded to every element type in all rounding modes, as numeric/Round.h says, for loops
// over lanes: without branches and without 64-bit integers, which no instruction set before AVX-512 converts to.
//
// A double on its way to a 16-bit float passes through an f32 that is rounded to odd: where bits are lost its last bit
// is set, so that no later rounding takes it for a value or a middle it is not.

// Per-target include guard, as Highway asks.
#if defined(OPENBANG_SIMULATOR_INSNS_ROUND_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OPENBANG_SIMULATOR_INSNS_ROUND_INL_H
#undef OPENBANG_SIMULATOR_INSNS_ROUND_INL_H
#else
#define OPENBANG_SIMULATOR_INSNS_ROUND_INL_H
#endif

#include "simulator/insns/Elements.h"
#include "simulator/numeric/Round.h"

#include <algorithm>
#include <limits>

#include <hwy/highway.h> // once for each instruction set

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {

// f32 with the 10 fraction bits of a half, in 32 bits. A source is read in full (chosen: whatever wrote it rounded it).
struct TF32 {
  uint32_t bits;
};

// Whether a magnitude goes to its upper neighbour: `rest` is what it loses, with its middle at `half`.
template <Rounding R, class V> HWY_INLINE bool leavesUpwards(bool negative, bool odd, V rest, V half) {
  if constexpr (R == Rounding::OZ)
    return rest != 0;
  else if constexpr (R == Rounding::UP)
    return rest != 0 && !negative;
  else if constexpr (R == Rounding::DN)
    return rest != 0 && negative;
  else if constexpr (R == Rounding::RD)
    return rest >= half;
  else if constexpr (R == Rounding::RN)
    return rest > half || (rest == half && odd);
  else if constexpr (R == Rounding::RM)
    return rest > half || (rest == half && !negative);
  else
    return false;
}

// A magnitude that is too large stays finite where the mode points toward zero.
template <Rounding R> HWY_INLINE bool staysFinite(bool negative) {
  return R == Rounding::None || R == Rounding::TZ || (R == Rounding::UP && negative) ||
         (R == Rounding::DN && !negative);
}

// V is f32 for integers of up to 16 bits.
template <Rounding R, class T, class V> HWY_INLINE T integerLane(V v) {
  constexpr V kLeast = std::numeric_limits<T>::min(), kMost = std::numeric_limits<T>::max();
  // Limits are whole numbers, so saturating first changes nothing.
  v = v < kLeast ? kLeast : v > kMost ? kMost : v;
  v = v == v ? v : 0;
  const V size = v < 0 ? -v : v;
  constexpr V kNoFraction = V(1ull << (std::numeric_limits<V>::digits - 1));
  const V nearest = size + kNoFraction - kNoFraction; // ties to even
  V whole = nearest;
  if constexpr (R != Rounding::RN) {
    whole = nearest > size ? nearest - 1 : nearest;
    whole = leavesUpwards<R>(v < 0, false, size - whole, V(0.5)) ? whole + 1 : whole;
  }
  whole = v < 0 ? -whole : whole;
  if constexpr (std::is_same_v<T, uint32_t>) {
    const bool large = whole >= 0x1p31;
    return uint32_t(int32_t(large ? whole - 0x1p31 : whole)) ^ uint32_t(large) << 31;
  } else {
    return T(int32_t(whole));
  }
}

template <Rounding R> HWY_INLINE float floatLane(double v) {
  const float nearest = float(v); // ties to even
  const uint32_t bits = std::bit_cast<uint32_t>(nearest);
  const double size = v < 0 ? -v : v, value = nearest < 0 ? -double(nearest) : double(nearest);
  if constexpr (R == Rounding::RN)
    return canonical(nearest);
  // The neighbours toward zero and away from it, whichever of them is `nearest`; both are it where it is exact.
  const bool above = value > size, below = value < size;
  const uint32_t lower = bits - above, upper = lower + (above || below);
  bool away = leavesUpwards<R>(v < 0, false, upper - lower, 1u);
  if constexpr (R == Rounding::RD || R == Rounding::RM) {
    // In f64 the middle of two neighbours is exact; the one behind the largest value is a power of two.
    const double low = std::bit_cast<float>(lower & 0x7fffffff), high = std::bit_cast<float>(upper & 0x7fffffff);
    const double behind = high > std::numeric_limits<float>::max() && low < high ? 0x1p128 : high;
    away = leavesUpwards<R>(v < 0, false, size, (low + behind) / 2);
  }
  return canonical(std::bit_cast<float>(away ? upper : lower));
}

HWY_INLINE float oddLane(double v) {
  const float nearest = float(v);
  const double size = v < 0 ? -v : v, value = nearest < 0 ? -double(nearest) : double(nearest);
  const uint32_t lower = std::bit_cast<uint32_t>(nearest) - (value > size);
  return std::bit_cast<float>(lower | uint32_t(value > size || value < size));
}

// The upper bits of an f32 without its lowest `kDropped`.
template <Rounding R, unsigned kDropped> HWY_INLINE uint32_t shortened(float v) {
  const uint32_t bits = std::bit_cast<uint32_t>(v), magnitude = bits & 0x7fffffff;
  const uint32_t kept = bits >> kDropped, rest = bits & ((1u << kDropped) - 1);
  const bool away = leavesUpwards<R>(bits >> 31, kept & 1, rest, 1u << (kDropped - 1));
  return magnitude > 0x7f800000 ? kFloatNaN >> kDropped : kept + away;
}

template <Rounding R> HWY_INLINE uint16_t halfLane(float v) {
  const uint32_t bits = std::bit_cast<uint32_t>(v), magnitude = bits & 0x7fffffff;
  const bool negative = bits >> 31, subnormal = magnitude < 0x38800000;
  // Subnormal results count steps of 2^-24; a magnitude far below one is as good as any other.
  const uint32_t significand = magnitude ? (magnitude & 0x7fffff) | 0x800000 : 0;
  const uint32_t shift = subnormal ? std::min(126 - (magnitude >> 23), 31u) : 13;
  const uint32_t number = subnormal ? significand : magnitude - ((127 - 15) << 23);
  const uint32_t kept = number >> shift, rest = number << (32 - shift); // rest: as a fraction of 2^32
  const uint32_t result = kept + leavesUpwards<R>(negative, kept & 1, rest, 0x80000000u);
  const uint32_t overflow = magnitude != 0x7f800000 && staysFinite<R>(negative) ? 0x7bff : 0x7c00;
  const uint32_t finite = result < 0x7c00 ? result : overflow;
  return uint16_t(magnitude > 0x7f800000 ? uint32_t(kHalfNaN) : finite | uint32_t(negative) << 15);
}

// One exact value, rounded once.
template <Rounding R, class T> HWY_INLINE T roundLane(double v) {
  if constexpr (std::is_same_v<T, float>)
    return floatLane<R>(v);
  else if constexpr (std::is_same_v<T, Half>)
    return {halfLane<R>(oddLane(v))};
  else if constexpr (std::is_same_v<T, BFloat>)
    return {uint16_t(shortened<R, 16>(oddLane(v)))};
  else if constexpr (std::is_same_v<T, TF32>)
    return {shortened<R, 13>(oddLane(v)) << 13};
  else
    return integerLane<R, T>(v);
}
template <Rounding R, class T> HWY_INLINE T roundLane(float v) {
  if constexpr (std::is_same_v<T, float>)
    return canonical(v);
  else if constexpr (std::is_same_v<T, Half>)
    return {halfLane<R>(v)};
  else if constexpr (std::is_same_v<T, BFloat>)
    return {uint16_t(shortened<R, 16>(v))};
  else if constexpr (std::is_same_v<T, TF32>)
    return {shortened<R, 13>(v) << 13};
  else if constexpr (sizeof(T) <= 2)
    return integerLane<R, T>(v);
  else
    return integerLane<R, T>(double(v));
}

template <Rounding R, class V, class T> void roundLanes(const V *src, T *dst, uint64_t n) {
#pragma clang loop vectorize(assume_safety)
  for (uint64_t i = 0; i < n; ++i)
    dst[i] = roundLane<R, T>(src[i]);
}

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
