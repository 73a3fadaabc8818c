// Round.h: rounding of an exact double to every narrower type, in all rounding modes of BANG.
//
// Every element type of the vector unit (f16, bf16, f32, integers up to 32 bits), also scaled by 2^-254..2^254, is an
// exact double, so conversions round once. Floats overflow as IEEE 754 says for the mode; integers saturate, NaN gives
// 0 (chosen: the reference is silent, RISC-V and later parts saturate too).
#ifndef OPENBANG_SIMULATOR_NUMERIC_ROUND_H
#define OPENBANG_SIMULATOR_NUMERIC_ROUND_H

#include "codegen/isa/Insn.h"
#include "simulator/numeric/Half.h"

#include <algorithm>
#include <limits>

namespace dlp {

// Whether a magnitude with a discarded part goes to its upper neighbour; `odd` says that its kept part is.
inline bool roundsAway(Rounding mode, bool negative, bool odd, bool inexact, bool atLeastHalf, bool exactlyHalf) {
  switch (mode) {
  case Rounding::None: // chosen: unsuffixed conversions round toward zero
  case Rounding::TZ:
    return false;
  case Rounding::OZ:
    return inexact;
  case Rounding::UP:
    return inexact && !negative;
  case Rounding::DN:
    return inexact && negative;
  case Rounding::RD:
    return atLeastHalf;
  case Rounding::RN:
    return atLeastHalf && (!exactlyHalf || odd);
  case Rounding::RM:
    return atLeastHalf && (!exactlyHalf || !negative); // chosen: ties toward +inf, as ROUND_HALF_UP
  }
  return false;
}

// The bits of `v` rounded to a binary format with `fractionBits` stored fraction bits and exponents
// [1 - maxExp, maxExp].
inline uint32_t roundToFormat(double v, Rounding mode, int fractionBits, int maxExp) {
  constexpr uint64_t kInfinity = 0x7ffull << 52;
  const int minExp = 1 - maxExp;
  const uint64_t infinity = uint64_t(maxExp - minExp + 2) << fractionBits;
  const uint64_t bits = std::bit_cast<uint64_t>(v);
  const bool negative = bits >> 63;
  const uint64_t magnitude = bits & ~(1ull << 63);
  const uint64_t sign = uint64_t(negative) << (std::bit_width(infinity));
  if (magnitude > kInfinity)
    return uint32_t(infinity | 1ull << (fractionBits - 1));
  if (magnitude == kInfinity || magnitude == 0)
    return uint32_t(sign | (magnitude ? infinity : 0));

  // Value = significand * 2^(exp - 52); subnormal doubles lie far below every format and only need to be non-zero.
  const bool normalDouble = magnitude >> 52;
  const int exp = normalDouble ? int(magnitude >> 52) - 1023 : -1022;
  const uint64_t significand = (magnitude & ((1ull << 52) - 1)) | uint64_t(normalDouble) << 52;
  const bool subnormal = exp < minExp;
  const int shift = std::min(52 - fractionBits + (subnormal ? minExp - exp : 0), 63);
  uint64_t kept = significand >> shift;
  const uint64_t rest = significand & ((1ull << shift) - 1);
  const uint64_t half = 1ull << (shift - 1);
  kept += roundsAway(mode, negative, kept & 1, rest != 0, rest >= half, rest == half);

  // The leading one of a normal significand adds one to the exponent field below it.
  uint64_t result = kept + (subnormal ? 0 : uint64_t(exp - minExp) << fractionBits);
  if (result >= infinity) {
    const bool staysFinite = mode == Rounding::None || mode == Rounding::TZ || (mode == Rounding::UP && negative) ||
                             (mode == Rounding::DN && !negative);
    result = staysFinite ? infinity - 1 : infinity;
  }
  return uint32_t(sign | result);
}

// A whole number near `v`, saturated far outside every integer type; NaN gives 0.
inline int64_t roundToInteger(double v, Rounding mode) {
  constexpr double kLimit = 0x1p40;
  v = v == v ? std::clamp(v, -kLimit, kLimit) : 0.0;
  const int64_t whole = int64_t(v);
  const double rest = v - double(whole);
  const double size = rest < 0 ? -rest : rest;
  const bool away = roundsAway(mode, rest < 0, whole & 1, rest != 0, size >= 0.5, size == 0.5);
  return whole + (away ? (rest < 0 ? -1 : 1) : 0);
}

template <class T> T roundTo(double v, Rounding mode) {
  const int64_t whole = roundToInteger(v, mode);
  return T(std::clamp<int64_t>(whole, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
}
template <> inline Half roundTo<Half>(double v, Rounding mode) { return {uint16_t(roundToFormat(v, mode, 10, 15))}; }
template <> inline BFloat roundTo<BFloat>(double v, Rounding mode) {
  return {uint16_t(roundToFormat(v, mode, 7, 127))};
}
// The host rounds to nearest even; directed modes step from there.
template <> inline float roundTo<float>(double v, Rounding mode) {
  const float nearest = canonical(float(v));
  const auto step = [&]<Direction D>() {
    return std::bit_cast<float>(stepFrom<D>(std::bit_cast<uint32_t>(nearest), double(nearest), v));
  };
  switch (mode) {
  case Rounding::None:
  case Rounding::TZ:
    return step.template operator()<Direction::ToZero>();
  case Rounding::OZ:
    return step.template operator()<Direction::FromZero>();
  case Rounding::UP:
    return step.template operator()<Direction::Up>();
  case Rounding::DN:
    return step.template operator()<Direction::Down>();
  case Rounding::RN:
    return nearest;
  case Rounding::RD:
  case Rounding::RM:
    break;
  }
  return std::bit_cast<float>(roundToFormat(v, mode, 23, 127));
}

// The exact value of an element.
template <class T> double toDouble(T v) { return double(v); }
template <> inline double toDouble<Half>(Half v) { return toFloat(v); }
template <> inline double toDouble<BFloat>(BFloat v) { return toFloat(v); }

} // namespace dlp

#endif // OPENBANG_SIMULATOR_NUMERIC_ROUND_H
