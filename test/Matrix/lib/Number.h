// Number.h: elements as numbers for oracles: exact decoding, correct rounding on encoding. Shares no code with the
// simulator.
#ifndef OPENBANG_TEST_MATRIX_NUMBER_H
#define OPENBANG_TEST_MATRIX_NUMBER_H

#include <cmath>
#include <cstdint>
#include <string_view>

namespace matrix {

using Int = __int128;

// Suffixes of conversions; None is a name without one, which rounds toward zero.
enum class Rounding { None, Tz, Oz, Up, Dn, Rd, Rn, Rm };
Rounding roundingOf(std::string_view suffix); // ".rn" or "rn"; anything else: None

// An element type: a float format or an integer of some bits.
struct Elt {
  std::string_view name;
  int bits; // in memory
  bool isFloat;
  bool isSigned;     // of integers
  int precision = 0; // of floats: significant bits with the hidden one
  int maxExp = 0;    // of floats: largest exponent of a finite value

  double bytes() const { return bits / 8.0; }
  double largest() const { return std::ldexp(2 - std::ldexp(1.0, 1 - precision), maxExp); }
  Int low() const { return isSigned ? -(Int(1) << (bits - 1)) : 0; }
  Int high() const { return (Int(1) << (isSigned ? bits - 1 : bits)) - 1; }
};
const Elt *findElt(std::string_view name); // nullptr when unknown

double decodeFloat(const Elt &elt, uint64_t bits);
Int decodeInt(const Elt &elt, uint64_t bits);

// Correctly rounded; the default is to nearest, ties to even.
uint64_t encodeFloat(const Elt &elt, double value, Rounding mode = Rounding::Rn);
uint64_t encodeInt(const Elt &elt, Int value); // wraps

double roundToIntegral(double value, Rounding mode);

// Distance of neighbours of the format around a value.
double ulpOf(const Elt &elt, double value);

} // namespace matrix

#endif // OPENBANG_TEST_MATRIX_NUMBER_H
