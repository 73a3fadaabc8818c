// SoftFloat.h: exact IEEE 754 arithmetic on bit patterns, for any binary format up to 64 bits, in all RISC-V rounding
// modes, with exception flags.
//
// The scalar unit computes f32 and f64 in the default rounding mode on the host and everything else here.
#ifndef OPENBANG_SIMULATOR_CORE_SOFTFLOAT_H
#define OPENBANG_SIMULATOR_CORE_SOFTFLOAT_H

#include <cstdint>

namespace dlp {

struct FloatFormat {
  unsigned expBits, manBits;
  constexpr unsigned bits() const { return 1 + expBits + manBits; }
  constexpr uint64_t signBit() const { return uint64_t{1} << (expBits + manBits); }
  constexpr uint64_t infinity() const { return ((uint64_t{1} << expBits) - 1) << manBits; }
  constexpr uint64_t canonicalNan() const { return infinity() | uint64_t{1} << (manBits - 1); }
};
inline constexpr FloatFormat kF16{5, 10}, kBf16{8, 7}, kF32{8, 23}, kF64{11, 52};

// Encoded as in an instruction's rm field.
enum class RoundMode : uint8_t { NearestEven = 0, Zero = 1, Down = 2, Up = 3, NearestAway = 4 };

// Bits of fflags.
enum FloatFlag : uint8_t { kInexact = 1, kUnderflow = 2, kOverflow = 4, kDivideByZero = 8, kInvalid = 16 };

struct SoftFloat {
  RoundMode mode = RoundMode::NearestEven;
  uint8_t flags = 0; // accumulates

  uint64_t add(FloatFormat f, uint64_t a, uint64_t b);
  uint64_t sub(FloatFormat f, uint64_t a, uint64_t b) { return add(f, a, b ^ f.signBit()); }
  uint64_t mul(FloatFormat f, uint64_t a, uint64_t b);
  uint64_t div(FloatFormat f, uint64_t a, uint64_t b);
  uint64_t sqrt(FloatFormat f, uint64_t a);
  uint64_t fma(FloatFormat f, uint64_t a, uint64_t b, uint64_t c); // a * b + c, rounded once

  uint64_t convert(FloatFormat to, FloatFormat from, uint64_t a);
  // To an integer of `bits` bits, saturating; NaN gives the largest. Sign-extended to 64 bits.
  uint64_t toInteger(FloatFormat f, uint64_t a, unsigned bits, bool isSigned);
  uint64_t fromInteger(FloatFormat f, uint64_t value, bool isSigned);

  bool equal(FloatFormat f, uint64_t a, uint64_t b);
  bool less(FloatFormat f, uint64_t a, uint64_t b);
  bool lessEqual(FloatFormat f, uint64_t a, uint64_t b);
  uint64_t min(FloatFormat f, uint64_t a, uint64_t b);
  uint64_t max(FloatFormat f, uint64_t a, uint64_t b);
};

// The ten class bits of RISC-V's fclass.
uint64_t classifyFloat(FloatFormat f, uint64_t a);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_SOFTFLOAT_H
