// Number.cpp: formats of elements, exact decoding and correct rounding.
#include "test/Matrix/lib/Number.h"

#include <algorithm>

namespace matrix {

static constexpr Elt kElts[] = {
    {"f16", 16, true, true, 11, 15},
    {"bf16", 16, true, true, 8, 127},
    {"f32", 32, true, true, 24, 127},
    {"tf32", 32, true, true, 11, 127},
    {"f64", 64, true, true, 53, 1023},
    {"i4", 4, false, true},
    {"i8", 8, false, true},
    {"u8", 8, false, false},
    {"i16", 16, false, true},
    {"u16", 16, false, false},
    {"i32", 32, false, true},
    {"u32", 32, false, false},
    {"i64", 64, false, true},
    {"u64", 64, false, false},
    {"b8", 8, false, false},
    {"b16", 16, false, false},
    {"b32", 32, false, false},
};

const Elt *findElt(std::string_view name) {
  for (const Elt &elt : kElts)
    if (elt.name == name)
      return &elt;
  return nullptr;
}

Rounding roundingOf(std::string_view suffix) {
  if (size_t dot = suffix.rfind('.'); dot != suffix.npos)
    suffix = suffix.substr(dot + 1);
  constexpr std::string_view names[] = {"", "tz", "oz", "up", "dn", "rd", "rn", "rm"};
  for (int i = 1; i < 8; ++i)
    if (suffix == names[i])
      return Rounding(i);
  return Rounding::None;
}

double roundToIntegral(double v, Rounding mode) {
  double below = std::floor(v), above = std::ceil(v);
  double toZero = v < 0 ? above : below, fromZero = v < 0 ? below : above;
  double middle = below + 0.5;
  switch (mode) {
  case Rounding::None:
  case Rounding::Tz:
    return std::copysign(toZero, v);
  case Rounding::Oz:
    return std::copysign(fromZero, v);
  case Rounding::Up:
    return std::copysign(above, v);
  case Rounding::Dn:
    return std::copysign(below, v);
  case Rounding::Rd:
    return std::copysign(v == middle ? fromZero : v < middle ? below : above, v);
  case Rounding::Rn:
    return std::copysign(v == middle ? (std::fmod(below, 2) == 0 ? below : above) : v < middle ? below : above, v);
  case Rounding::Rm:
    return std::copysign(v < middle ? below : above, v);
  }
  return v;
}

// Bits of a float format that hold exponent and fraction; tf32 lives in the upper part of a float.
static int storedFraction(const Elt &elt) { return elt.name == "tf32" ? 23 : elt.precision - 1; }
static int exponentBits(const Elt &elt) { return elt.maxExp == 15 ? 5 : elt.maxExp == 1023 ? 11 : 8; }

double decodeFloat(const Elt &elt, uint64_t bits) {
  int fractionBits = storedFraction(elt), expBits = exponentBits(elt);
  bool negative = bits >> (fractionBits + expBits) & 1;
  int64_t exponent = bits >> fractionBits & ((1 << expBits) - 1);
  uint64_t fraction = bits & ((uint64_t(1) << fractionBits) - 1);
  double value;
  if (exponent == (1 << expBits) - 1)
    value = fraction ? NAN : INFINITY;
  else if (exponent == 0)
    value = std::ldexp(double(fraction), 1 - elt.maxExp - fractionBits);
  else
    value = std::ldexp(double(fraction | uint64_t(1) << fractionBits), int(exponent) - elt.maxExp - fractionBits);
  return negative ? -value : value;
}

Int decodeInt(const Elt &elt, uint64_t bits) {
  if (elt.bits < 64)
    bits &= (uint64_t(1) << elt.bits) - 1;
  if (!elt.isSigned)
    return bits;
  Int value = bits;
  return value > elt.high() ? value - (Int(1) << elt.bits) : value;
}

double ulpOf(const Elt &elt, double value) {
  int exponent = value == 0 || !std::isfinite(value) ? 1 - elt.maxExp : std::ilogb(value);
  return std::ldexp(1.0, std::max(exponent, 1 - elt.maxExp) - elt.precision + 1);
}

uint64_t encodeFloat(const Elt &elt, double value, Rounding mode) {
  int fractionBits = storedFraction(elt), expBits = exponentBits(elt);
  uint64_t infinity = uint64_t((1 << expBits) - 1) << fractionBits;
  uint64_t sign = std::signbit(value) ? uint64_t(1) << (fractionBits + expBits) : 0;
  if (std::isnan(value))
    return infinity | uint64_t(1) << (fractionBits - 1);
  if (std::isinf(value))
    return sign | infinity;
  if (value == 0)
    return sign;
  // Count in units in the last place, so that rounding is rounding to an integer.
  double ulp = ulpOf(elt, value);
  double rounded = roundToIntegral(value / ulp, mode) * ulp;
  if (std::fabs(rounded) > elt.largest()) {
    bool outward = mode == Rounding::Oz || mode == Rounding::Rd || mode == Rounding::Rn || mode == Rounding::Rm ||
                   (mode == Rounding::Up && value > 0) || (mode == Rounding::Dn && value < 0);
    if (outward)
      return sign | infinity;
    rounded = std::copysign(elt.largest(), value);
  }
  double size = std::fabs(rounded);
  if (size == 0)
    return sign;
  int exponent = std::max(std::ilogb(size), 1 - elt.maxExp);
  uint64_t significand = uint64_t(std::ldexp(size, fractionBits - exponent));
  bool normal = significand >> fractionBits;
  uint64_t biased = normal ? exponent + elt.maxExp : 0;
  return sign | biased << fractionBits | (significand & ((uint64_t(1) << fractionBits) - 1));
}

uint64_t encodeInt(const Elt &elt, Int value) {
  uint64_t bits = uint64_t(value);
  return elt.bits < 64 ? bits & ((uint64_t(1) << elt.bits) - 1) : bits;
}

} // namespace matrix
