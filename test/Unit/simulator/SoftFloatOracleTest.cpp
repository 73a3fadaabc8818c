// SoftFloatOracleTest.cpp: the scalar unit's arithmetic in every format and all five rounding modes against LLVM's
// APFloat, results and flags: every pair of edges, and random operands. SoftFloatTest.cpp has the host as its judge,
// which knows neither f16 nor ties away from zero.
#include "simulator/core/SoftFloat.h"

#include <gtest/gtest.h>
#include <llvm/ADT/APFloat.h>
#include <llvm/ADT/APSInt.h>

#include <array>
#include <random>
#include <vector>

using namespace dlp;
using llvm::APFloat;

namespace {

struct Format {
  const char *name;
  FloatFormat ours;
  const llvm::fltSemantics &theirs;
};
const Format kFormats[] = {{"f16", kF16, APFloat::IEEEhalf()},
                           {"bf16", kBf16, APFloat::BFloat()},
                           {"f32", kF32, APFloat::IEEEsingle()},
                           {"f64", kF64, APFloat::IEEEdouble()}};
constexpr APFloat::roundingMode kModes[] = {APFloat::rmNearestTiesToEven, APFloat::rmTowardZero,
                                            APFloat::rmTowardNegative, APFloat::rmTowardPositive,
                                            APFloat::rmNearestTiesToAway};

APFloat valueOf(const Format &f, uint64_t bits) { return APFloat(f.theirs, llvm::APInt(f.ours.bits(), bits)); }
uint64_t bitsOf(const Format &f, const APFloat &v) {
  return v.isNaN() ? f.ours.canonicalNan() : v.bitcastToAPInt().getZExtValue();
}

uint8_t flagsOf(unsigned status) {
  return uint8_t((status & APFloat::opInvalidOp ? kInvalid : 0) | (status & APFloat::opDivByZero ? kDivideByZero : 0) |
                 (status & APFloat::opOverflow ? kOverflow : 0) | (status & APFloat::opUnderflow ? kUnderflow : 0) |
                 (status & APFloat::opInexact ? kInexact : 0));
}

// The flags that APFloat tells as RISC-V does. It differs where a result rounds up to the least normal number (RISC-V
// asks whether it would be below with more exponents) and where one too large stays finite; SoftFloatTest.cpp has both.
uint8_t comparable(const Format &f, uint64_t result) {
  const uint64_t magnitude = result & ~f.ours.signBit();
  return uint8_t(~(magnitude == uint64_t{1} << f.ours.manBits ? kUnderflow : 0) &
                 ~(magnitude == f.ours.infinity() - 1 ? kOverflow : 0));
}

std::vector<uint64_t> edges(const Format &f) {
  const uint64_t infinity = f.ours.infinity(), least = uint64_t{1} << f.ours.manBits, one = infinity >> 1 & infinity;
  std::vector<uint64_t> bits;
  for (uint64_t magnitude :
       {uint64_t{0}, uint64_t{1}, uint64_t{3}, least / 2, least - 1, least, least + 1, one - 1, one, one + 1,
        one + least / 2, one + least, infinity - 1, infinity, infinity + 1, infinity + least / 2, infinity + least - 1})
    for (uint64_t sign : {uint64_t{0}, f.ours.signBit()})
      bits.push_back(magnitude | sign);
  return bits;
}

// Triples: all pairs of edges with a third one, then random patterns of exponents that meet.
std::vector<std::array<uint64_t, 3>> operands(const Format &f) {
  std::vector<std::array<uint64_t, 3>> all;
  const auto corner = edges(f);
  std::mt19937_64 random(11);
  for (uint64_t a : corner)
    for (uint64_t b : corner)
      all.push_back({a, b, corner[random() % corner.size()]});
  const uint64_t mask = f.ours.signBit() * 2 - 1, middle = f.ours.infinity() >> 1 & f.ours.infinity();
  constexpr int kRandom = 20000;
  for (int i = 0; i < kRandom; ++i) {
    std::array<uint64_t, 3> bits{random() & mask, random() & mask, random() & mask};
    if (i % 2)
      for (uint64_t &each : bits)
        each = (each & ~f.ours.infinity()) | (middle + ((random() % 8) << f.ours.manBits));
    if (i % 4 == 1)
      bits[0] = (bits[0] & ~f.ours.infinity()) | (random() % 3 << f.ours.manBits);
    all.push_back(bits);
  }
  return all;
}

// `ours(s, a, b, c)` gives bits, `theirs(a, b, c, mode)` changes a and gives its status.
template <class Ours, class Theirs> void compare(const char *what, Ours ours, Theirs theirs) {
  for (const Format &f : kFormats)
    for (unsigned mode = 0; mode < std::size(kModes); ++mode)
      for (const auto &[a, b, c] : operands(f)) {
        SoftFloat s{RoundMode(mode), 0};
        const uint64_t got = ours(s, f.ours, a, b, c);
        APFloat result = valueOf(f, a);
        const uint8_t flags = flagsOf(theirs(result, valueOf(f, b), valueOf(f, c), kModes[mode]));
        const uint64_t expected = bitsOf(f, result);
        ASSERT_EQ(got, expected) << f.name << " " << what << std::hex << " of " << a << ", " << b << ", " << c
                                 << " mode " << mode;
        const uint8_t known = comparable(f, expected);
        const bool quiet = result.isNaN(); // APFloat says nothing of signalling operands of some operations
        if (!quiet)
          ASSERT_EQ(s.flags & known, flags & known) << f.name << " flags of " << what << std::hex << " of " << a << ", "
                                                    << b << ", " << c << " mode " << mode;
      }
}

TEST(SoftFloatOracle, Add) {
  compare(
      "add", [](SoftFloat &s, FloatFormat f, uint64_t a, uint64_t b, uint64_t) { return s.add(f, a, b); },
      [](APFloat &a, const APFloat &b, const APFloat &, APFloat::roundingMode m) { return a.add(b, m); });
}
TEST(SoftFloatOracle, Subtract) {
  compare(
      "sub", [](SoftFloat &s, FloatFormat f, uint64_t a, uint64_t b, uint64_t) { return s.sub(f, a, b); },
      [](APFloat &a, const APFloat &b, const APFloat &, APFloat::roundingMode m) { return a.subtract(b, m); });
}
TEST(SoftFloatOracle, Multiply) {
  compare(
      "mul", [](SoftFloat &s, FloatFormat f, uint64_t a, uint64_t b, uint64_t) { return s.mul(f, a, b); },
      [](APFloat &a, const APFloat &b, const APFloat &, APFloat::roundingMode m) { return a.multiply(b, m); });
}
TEST(SoftFloatOracle, Divide) {
  compare(
      "div", [](SoftFloat &s, FloatFormat f, uint64_t a, uint64_t b, uint64_t) { return s.div(f, a, b); },
      [](APFloat &a, const APFloat &b, const APFloat &, APFloat::roundingMode m) { return a.divide(b, m); });
}
TEST(SoftFloatOracle, MultiplyAndAdd) {
  compare(
      "fma", [](SoftFloat &s, FloatFormat f, uint64_t a, uint64_t b, uint64_t c) { return s.fma(f, a, b, c); },
      [](APFloat &a, const APFloat &b, const APFloat &c, APFloat::roundingMode m) {
        return a.fusedMultiplyAdd(b, c, m);
      });
}

// The square of what lies on the wrong side of the root; exact in quad.
TEST(SoftFloatOracle, Root) {
  const auto quad = [](APFloat v) {
    bool lost;
    v.convert(APFloat::IEEEquad(), APFloat::rmNearestTiesToEven, &lost);
    return v;
  };
  for (const Format &f : kFormats)
    for (unsigned mode = 0; mode < std::size(kModes); ++mode)
      for (const auto &[a, b, c] : operands(f)) {
        const APFloat of = valueOf(f, a);
        SoftFloat s{RoundMode(mode), 0};
        const uint64_t bits = s.sqrt(f.ours, a);
        if (of.isNaN() || of.isZero() || of.isNegative() || of.isInfinity()) {
          ASSERT_EQ(bits, of.isZero() || (of.isInfinity() && !of.isNegative()) ? a : f.ours.canonicalNan());
          continue;
        }
        const APFloat root = valueOf(f, bits);
        // The bounds between which an exact root becomes `root`.
        APFloat below = root, above = root;
        below.next(true);
        above.next(false);
        const auto half = [](const APFloat &v) { return scalbn(v, -1, APFloat::rmNearestTiesToEven); };
        const bool nearest = mode == 0 || mode == 4, up = mode == 3;
        const APFloat low = nearest ? half(quad(root) + quad(below)) : quad(up ? below : root);
        const APFloat high = nearest ? half(quad(root) + quad(above)) : quad(up ? root : above);
        const auto left = (low * low).compare(quad(of)), right = quad(of).compare(high * high);
        const bool atLow = left == APFloat::cmpEqual, atHigh = right == APFloat::cmpEqual;
        const bool odd = bits & 1;
        const bool mayLow = nearest ? (mode == 4 || !odd) : !up, mayHigh = nearest ? (mode == 0 && !odd) : up;
        ASSERT_TRUE((left == APFloat::cmpLessThan || (atLow && mayLow)) &&
                    (right == APFloat::cmpLessThan || (atHigh && mayHigh)))
            << f.name << std::hex << " root of " << a << " is " << bits << " mode " << mode;
      }
}

TEST(SoftFloatOracle, ConversionsBetweenFormats) {
  for (const Format &from : kFormats)
    for (const Format &to : kFormats)
      for (unsigned mode = 0; mode < std::size(kModes); ++mode)
        for (const auto &[a, b, c] : operands(from)) {
          SoftFloat s{RoundMode(mode), 0};
          const uint64_t got = s.convert(to.ours, from.ours, a);
          APFloat value = valueOf(from, a);
          bool lost;
          const uint8_t flags = flagsOf(value.convert(to.theirs, kModes[mode], &lost));
          ASSERT_EQ(got, bitsOf(to, value))
              << from.name << " to " << to.name << std::hex << " " << a << " mode " << mode;
          const uint8_t known = comparable(to, got);
          if (!value.isNaN())
            ASSERT_EQ(s.flags & known, flags & known)
                << from.name << " to " << to.name << std::hex << " flags of " << a << " mode " << mode;
        }
}

TEST(SoftFloatOracle, Integers) {
  for (const Format &f : kFormats)
    for (unsigned mode = 0; mode < std::size(kModes); ++mode)
      for (bool isSigned : {true, false})
        for (const auto &[a, b, c] : operands(f)) {
          APFloat value(f.theirs);
          const uint64_t number = a * 0x9e3779b97f4a7c15 >> (b & 63); // of every size
          value.convertFromAPInt(llvm::APInt(64, number), isSigned, kModes[mode]);
          SoftFloat from{RoundMode(mode), 0};
          ASSERT_EQ(from.fromInteger(f.ours, number, isSigned), bitsOf(f, value)) << f.name << " from " << number;
          for (unsigned width : {32u, 64u}) {
            SoftFloat to{RoundMode(mode), 0};
            const uint64_t got = to.toInteger(f.ours, a, width, isSigned);
            const APFloat of = valueOf(f, a);
            llvm::APSInt whole(width, !isSigned);
            bool isExact;
            const uint8_t flags = flagsOf(of.convertToInteger(whole, kModes[mode], &isExact));
            if (of.isNaN()) // the largest
              whole = llvm::APSInt::getMaxValue(width, !isSigned);
            ASSERT_EQ(got, llvm::APInt(whole).sextOrTrunc(64).getZExtValue()) // sign-extended, also u32
                << f.name << " to " << width << (isSigned ? " signed" : " unsigned") << std::hex << " of " << a
                << " mode " << mode;
            ASSERT_EQ(to.flags, flags) << f.name << std::hex << " flags of " << a << " mode " << mode;
          }
        }
}

} // namespace
