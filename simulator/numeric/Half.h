// Half.h: the 16-bit float formats and their conversions to and from f32.
//
// Storage types hold bits only; every computation happens in f32. Widening is exact, narrowing rounds to nearest, ties
// to even. A NaN always becomes the canonical quiet NaN, as in the scalar unit, so that results do not depend on the
// host. All functions are free of branches: loops over them vectorise.
#ifndef OPENBANG_SIMULATOR_NUMERIC_HALF_H
#define OPENBANG_SIMULATOR_NUMERIC_HALF_H

#include <bit>
#include <cstddef>
#include <cstdint>

namespace dlp {

struct Half { // IEEE binary16: 1 sign, 5 exponent, 10 fraction bits
  uint16_t bits = 0;
};
struct BFloat { // the upper half of a binary32
  uint16_t bits = 0;
};

inline constexpr uint16_t kHalfNaN = 0x7e00, kBFloatNaN = 0x7fc0;
inline constexpr uint32_t kFloatNaN = 0x7fc00000;

inline float canonical(float v) { return v == v ? v : std::bit_cast<float>(kFloatNaN); }

inline float toFloat(float v) { return v; }

inline float toFloat(BFloat v) { return canonical(std::bit_cast<float>(uint32_t(v.bits) << 16)); }

inline float toFloat(Half v) {
  uint32_t sign = uint32_t(v.bits & 0x8000) << 16;
  uint32_t magnitude = uint32_t(v.bits & 0x7fff) << 13;
  uint32_t normal = magnitude + ((127 - 15) << 23);
  // Subnormal: put the fraction behind an implicit one of weight 2^-14, then take that one away.
  uint32_t subnormal = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude + 0x38800000u) - 0x1p-14f);
  uint32_t special = magnitude == 0x0f800000u ? 0x7f800000u : kFloatNaN;
  uint32_t finite = magnitude < 0x00800000u ? subnormal : normal;
  bool isNaN = magnitude > 0x0f800000u;
  return std::bit_cast<float>((magnitude < 0x0f800000u ? finite : special) | (isNaN ? 0 : sign));
}

inline Half halfFromFloat(float v) {
  uint32_t bits = std::bit_cast<uint32_t>(v);
  uint32_t sign = (bits >> 16) & 0x8000;
  uint32_t magnitude = bits & 0x7fffffff;
  // Normal results: round at bit 13 by adding just under half, one more when the kept part is odd. A carry runs into
  // the exponent, and from the largest finite value into infinity.
  uint32_t normal = (magnitude - ((127 - 15) << 23) + 0xfff + ((magnitude >> 13) & 1)) >> 13;
  // Subnormal results: the sum with 0.5 has a last place of 2^-24, so the host's addition rounds for us.
  uint32_t subnormal = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude) + 0.5f) - 0x3f000000u;
  uint32_t finite = magnitude < 0x38800000u ? subnormal : normal;
  uint32_t large = magnitude < 0x47800000u ? finite : 0x7c00;
  bool isNaN = magnitude > 0x7f800000u;
  return {uint16_t(isNaN ? kHalfNaN : large | sign)};
}

inline BFloat bfloatFromFloat(float v) {
  uint32_t bits = std::bit_cast<uint32_t>(v);
  uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  bool isNaN = (bits & 0x7fffffff) > 0x7f800000u;
  return {uint16_t(isNaN ? kBFloatNaN : rounded)};
}

// fromFloat<T>: the narrowing of type T by name.
template <class T> T fromFloat(float v);
template <> inline float fromFloat<float>(float v) { return canonical(v); }
template <> inline Half fromFloat<Half>(float v) { return halfFromFloat(v); }
template <> inline BFloat fromFloat<BFloat>(float v) { return bfloatFromFloat(v); }

// Whole arrays, dst and src apart.
void widen(const Half *src, float *dst, size_t n);
void widen(const BFloat *src, float *dst, size_t n);
void narrow(const float *src, Half *dst, size_t n);
void narrow(const float *src, BFloat *dst, size_t n);

// An element nearest to `v`, moved to its neighbour where it lies on the wrong side of `v` for a directed rounding.
// Bits of one sign are ordered as their magnitudes, the step from and to infinity included.
enum class Direction { ToZero, FromZero, Up, Down };
template <Direction D, class Bits, class Value> Bits stepFrom(Bits nearest, Value value, Value v) {
  const Value magnitude = value < 0 ? -value : value, wanted = v < 0 ? -v : v;
  const bool larger = D == Direction::ToZero     ? false
                      : D == Direction::FromZero ? magnitude < wanted
                      : D == Direction::Up       ? (v > 0 && value < v)
                                                 : (v < 0 && value > v);
  const bool smaller = D == Direction::ToZero     ? magnitude > wanted
                       : D == Direction::FromZero ? false
                       : D == Direction::Up       ? (v < 0 && value < v)
                                                  : (v > 0 && value > v);
  return Bits(nearest + larger - smaller);
}
void narrow(const float *src, Half *dst, size_t n, Direction direction);
void narrow(const float *src, BFloat *dst, size_t n, Direction direction);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_NUMERIC_HALF_H
