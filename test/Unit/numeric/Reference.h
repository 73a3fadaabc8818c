// Reference.h: the same formats in LLVM's APFloat, the judge of these tests.
#ifndef OPENBANG_TEST_NUMERIC_REFERENCE_H
#define OPENBANG_TEST_NUMERIC_REFERENCE_H

#include "codegen/isa/Insn.h"
#include "simulator/numeric/Half.h"

#include <llvm/ADT/APFloat.h>
#include <llvm/ADT/APSInt.h>

namespace dlp::test {

using llvm::APFloat;

template <class T> const llvm::fltSemantics &semantics();
template <> inline const llvm::fltSemantics &semantics<Half>() { return APFloat::IEEEhalf(); }
template <> inline const llvm::fltSemantics &semantics<BFloat>() { return APFloat::BFloat(); }
template <> inline const llvm::fltSemantics &semantics<float>() { return APFloat::IEEEsingle(); }

template <class T> uint32_t patternOf(T v) {
  if constexpr (std::is_same_v<T, float>)
    return std::bit_cast<uint32_t>(v);
  else
    return v.bits;
}
template <class T> APFloat exact(T v) { return APFloat(semantics<T>(), llvm::APInt(sizeof(T) * 8, patternOf(v))); }

template <class T> constexpr uint32_t nanOf() {
  return std::is_same_v<T, Half> ? kHalfNaN : std::is_same_v<T, BFloat> ? kBFloatNaN : kFloatNaN;
}
template <class T> uint32_t referenceBits(const APFloat &v) {
  return v.isNaN() ? nanOf<T>() : uint32_t(v.bitcastToAPInt().getZExtValue());
}

inline APFloat::roundingMode llvmMode(Rounding mode, bool negative) {
  switch (mode) {
  case Rounding::OZ:
    return negative ? APFloat::rmTowardNegative : APFloat::rmTowardPositive;
  case Rounding::UP:
    return APFloat::rmTowardPositive;
  case Rounding::DN:
    return APFloat::rmTowardNegative;
  case Rounding::RD:
    return APFloat::rmNearestTiesToAway;
  case Rounding::RN:
    return APFloat::rmNearestTiesToEven;
  default:
    return APFloat::rmTowardZero;
  }
}

// The value in the format of T. APFloat has no "ties toward +inf": of the two neighbours the nearer one wins, the upper
// one where both are equally near. An infinite neighbour counts as the power of two it stands for.
template <class T> APFloat rounded(const APFloat &value, Rounding mode) {
  const auto in = [](APFloat v, const llvm::fltSemantics &format, APFloat::roundingMode how) {
    bool lost;
    v.convert(format, how, &lost);
    return v;
  };
  if (mode != Rounding::RM || !value.isFinite())
    return in(value, semantics<T>(), llvmMode(mode, value.isNegative()));
  const APFloat up = in(value, semantics<T>(), APFloat::rmTowardPositive);
  const APFloat down = in(value, semantics<T>(), APFloat::rmTowardNegative);
  if (up.isInfinity() && down.isInfinity())
    return up;
  const auto wide = [&](const APFloat &v) { return in(v, APFloat::IEEEquad(), APFloat::rmNearestTiesToEven); };
  APFloat upper = wide(up), lower = wide(down);
  const APFloat beyond = scalbn(wide(APFloat(1.0)), std::is_same_v<T, Half> ? 16 : 128, APFloat::rmTowardZero);
  if (upper.isInfinity())
    upper = beyond;
  if (lower.isInfinity())
    lower = -beyond;
  const APFloat exactValue = wide(value);
  const auto order = (upper - exactValue).compare(exactValue - lower);
  return order == APFloat::cmpGreaterThan ? down : up;
}

inline constexpr Rounding kModes[] = {Rounding::TZ, Rounding::OZ, Rounding::UP, Rounding::DN,
                                      Rounding::RD, Rounding::RN, Rounding::RM};

} // namespace dlp::test

#endif // OPENBANG_TEST_NUMERIC_REFERENCE_H
