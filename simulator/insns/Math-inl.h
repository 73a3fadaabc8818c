// Math-inl.h: exp, log, sin and their relatives on vectors of f64, once for each instruction set (Highway).
//
// Arguments are exact f32 values; results of f64 have a relative error of some 2^-37 at most, so that their rounding to
// f32 is off by a half unit in the last place and a trace. Only operations that IEEE 754 rounds one by one are used,
// never a fused one: every instruction set gives the same bits. Polynomials interpolate the function at the Chebyshev
// points of its reduced range. NaN arguments give any lane; the caller replaces them.

// Per-target include guard, as Highway asks.
#if defined(OPENBANG_SIMULATOR_INSNS_MATH_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OPENBANG_SIMULATOR_INSNS_MATH_INL_H
#undef OPENBANG_SIMULATOR_INSNS_MATH_INL_H
#else
#define OPENBANG_SIMULATOR_INSNS_MATH_INL_H
#endif

#include "simulator/numeric/Quadrant.h"

#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace math {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::ScalableTag<double>;
using Words = hn::ScalableTag<int64_t>;
using V = hn::Vec<Doubles>;
using W = hn::Vec<Words>;

HWY_API V set(double v) { return hn::Set(Doubles(), v); }
HWY_API W word(int64_t v) { return hn::Set(Words(), v); }
HWY_API W wordsOf(V v) { return hn::BitCast(Words(), v); }
HWY_API V doublesOf(W v) { return hn::BitCast(Doubles(), v); }
HWY_API V copySignOf(V magnitude, V sign) {
  return hn::Or(magnitude, hn::And(sign, doublesOf(word(std::numeric_limits<int64_t>::min()))));
}

// f32 to f64, and back to the nearest.
using Floats = hn::Rebind<float, Doubles>;
HWY_API V promote(hn::Vec<Floats> v) {
#if HWY_TARGET == HWY_EMU128 || HWY_TARGET == HWY_SCALAR
  HWY_ALIGN float from[hn::MaxLanes(Doubles())];
  HWY_ALIGN double to[hn::MaxLanes(Doubles())];
  hn::Store(v, Floats(), from);
  for (size_t i = 0; i < hn::Lanes(Doubles()); ++i)
    to[i] = double(from[i]);
  return hn::Load(Doubles(), to);
#else
  return hn::PromoteTo(Doubles(), v);
#endif
}
HWY_API hn::Vec<Floats> demote(V v) {
#if HWY_TARGET == HWY_EMU128 || HWY_TARGET == HWY_SCALAR
  // Highway limits values to those of f32 here, where hardware gives infinity.
  HWY_ALIGN double from[hn::MaxLanes(Doubles())];
  HWY_ALIGN float to[hn::MaxLanes(Doubles())];
  hn::Store(v, Doubles(), from);
  for (size_t i = 0; i < hn::Lanes(Doubles()); ++i)
    to[i] = float(from[i]);
  return hn::Load(Floats(), to);
#else
  return hn::DemoteTo(Floats(), v);
#endif
}

// c[0] + c[1] x + c[2] x^2 ...
template <size_t N> HWY_API V polynomial(V x, const double (&c)[N]) {
  V sum = set(c[N - 1]);
  for (size_t i = N - 1; i-- > 0;)
    sum = hn::Add(hn::Mul(sum, x), set(c[i]));
  return sum;
}

// Adding this rounds to a whole number, whose bits are then the lowest of the sum.
inline constexpr double kShifter = 0x1.8p52;

// 2^n for the whole number n in the low bits of `shifted`, -1022 <= n <= 1023.
HWY_API V powerOfTwo(V shifted) {
  constexpr int64_t kOne = int64_t{1023} << 52;
  return doublesOf(hn::Add(hn::ShiftLeft<52>(wordsOf(shifted)), word(kOne)));
}

// (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2.
inline constexpr double kExp[] = {0.5,
                                  0.16666666719088227,
                                  0.04166666671907153,
                                  0.00833329844347989,
                                  0.0013888854009357684,
                                  0.00019899307482115444,
                                  2.4859611730843075e-05};
inline constexpr double kLog2e = 0x1.71547652b82fep+0, kLn2 = 0x1.62e42fefa39efp-1;
inline constexpr double kLn2High = 0x1.62e42fefa2000p-1, kLn2Low = 0x1.9ef35793c7673p-41; // the first has 40 bits

// e^r - 1.
HWY_API V expm1Reduced(V r) { return hn::Add(r, hn::Mul(hn::Mul(r, r), polynomial(r, kExp))); }

struct Reduced {
  V shifted, rest;
};
// x = n ln(2) + rest for |x| up to kExpLimit, where the rounded product with ln(2) is wrong by 2^-44 at most.
inline constexpr double kExpLimit = 700; // beyond, the result is 0 or infinite in f32 too
HWY_API Reduced reduceByLn2(V x) {
  const V shifted = hn::Add(hn::Mul(x, set(kLog2e)), set(kShifter)), n = hn::Sub(shifted, set(kShifter));
  return {shifted, hn::Sub(x, hn::Mul(n, set(kLn2)))};
}

HWY_API V exp(V x) {
  const Reduced by = reduceByLn2(hn::Min(hn::Max(x, set(-kExpLimit)), set(kExpLimit)));
  return hn::Mul(hn::Add(expm1Reduced(by.rest), set(1)), powerOfTwo(by.shifted));
}

// e^x in f32 alone, for twice as many lanes: 1 + r is kept in two parts, so that results are off by 0.7 of a
// unit in the last place at most (measured), 0.8 where they are subnormal.
using FloatLanes = hn::ScalableTag<float>;
using F = hn::Vec<FloatLanes>;
HWY_API F expOfFloats(F x) {
  const FloatLanes d;
  const hn::RebindToSigned<FloatLanes> words;
  const auto constant = [&](float v) HWY_ATTR { return hn::Set(d, v); };
  constexpr float kRounder = 0x1.8p23f, kLeast = -104.0f, kMost = 89.0f; // beyond, the result is 0 or infinite
  constexpr float kHigh = 0x1.62ep-1f, kLow = 0x1.0bfbe8p-15f;           // ln(2), the first part in 12 bits
  constexpr float kPart[] = {0.5f, 0.16666667f, 0.041666465f, 0.008333311f, 0.0013933667f, 0.0001989101f};
  const F limited = hn::Min(hn::Max(x, constant(kLeast)), constant(kMost));
  const F shifted = hn::Add(hn::Mul(limited, constant(0x1.715476p+0f)), constant(kRounder));
  const F n = hn::Sub(shifted, constant(kRounder));
  const F high = hn::Sub(limited, hn::Mul(n, constant(kHigh))), low = hn::Mul(n, constant(-kLow)); // high is exact
  const F r = hn::Add(high, low);
  F part = constant(kPart[5]);
  for (size_t i = 5; i-- > 0;)
    part = hn::Add(hn::Mul(part, r), constant(kPart[i]));
  part = hn::Mul(hn::Mul(r, r), part);
  const F sum = hn::Add(constant(1), high), lost = hn::Sub(high, hn::Sub(sum, constant(1)));
  const F mantissa = hn::Add(sum, hn::Add(hn::Add(lost, low), part));
  // 2^n in two steps, since n reaches from -150 to 128.
  const auto power = hn::Sub(hn::BitCast(words, shifted), hn::BitCast(words, constant(kRounder)));
  const auto half = hn::ShiftRight<1>(power), rest = hn::Sub(power, half), bias = hn::Set(words, 127);
  const F first = hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(half, bias)));
  const F second = hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(rest, bias)));
  return hn::Mul(hn::Mul(mantissa, first), second);
}

HWY_API V exp2(V x) {
  constexpr double kLimit = 1000;
  const V limited = hn::Min(hn::Max(x, set(-kLimit)), set(kLimit));
  const V shifted = hn::Add(limited, set(kShifter)), rest = hn::Sub(limited, hn::Sub(shifted, set(kShifter)));
  return hn::Mul(hn::Add(expm1Reduced(hn::Mul(rest, set(kLn2))), set(1)), powerOfTwo(shifted));
}

HWY_API V sigmoid(V x) { return hn::Div(set(1), hn::Add(set(1), exp(hn::Neg(x)))); }

HWY_API V tanh(V x) {
  constexpr double kSaturated = 60; // tanh(30) is 1 in f64
  const Reduced by = reduceByLn2(hn::Min(hn::Mul(hn::Abs(x), set(2)), set(kSaturated)));
  const V scale = powerOfTwo(by.shifted);
  const V em = hn::Add(hn::Mul(expm1Reduced(by.rest), scale), hn::Sub(scale, set(1))); // e^2|x| - 1
  return copySignOf(hn::Div(em, hn::Add(em, set(2))), x);
}

// atanh(s) / s as a function of s^2: for log up to (3 - 2 sqrt(2))^2, for log(1 + x) up to 1/9.
inline constexpr double kLog[] = {1.0000000000000002,  0.33333333333276427, 0.20000000030885484, 0.14285708008158043,
                                  0.11111717448303399, 0.09060961414100757, 0.08418901690579617};
inline constexpr double kLog1p[] = {1.0000000000000016,  0.33333333333091286, 0.2000000005790726,
                                    0.14285708967377525, 0.11111354877359586, 0.09084666995946904,
                                    0.0778535360074072,  0.05872488909779737, 0.09379009800523844};

struct Logarithm {
  V exponent, ofFraction; // log(x) = exponent * ln(2) + ofFraction
};
HWY_API Logarithm split(V x) {
  constexpr int64_t kRootHalf = 0x3fe6a09e667f3bcd;
  const W bits = wordsOf(x), n = hn::ShiftRight<52>(hn::Sub(bits, word(kRootHalf)));
  const V m = doublesOf(hn::Sub(bits, hn::ShiftLeft<52>(n))); // sqrt(1/2) to sqrt(2)
  const V exponent = hn::Sub(doublesOf(hn::Add(wordsOf(set(kShifter)), n)), set(kShifter));
  const V s = hn::Div(hn::Sub(m, set(1)), hn::Add(m, set(1)));
  return {exponent, hn::Mul(hn::Add(s, s), polynomial(hn::Mul(s, s), kLog))};
}
// Zero, infinity and what has no logarithm.
HWY_API V withLimits(V x, V log) {
  const V kInfinity = set(std::numeric_limits<double>::infinity());
  const V positive = hn::IfThenElse(hn::Eq(x, kInfinity), kInfinity, log);
  const V real = hn::IfThenElse(hn::Eq(x, set(0)), hn::Neg(kInfinity), positive);
  return hn::IfThenElse(hn::Lt(x, set(0)), set(std::numeric_limits<double>::quiet_NaN()), real);
}

HWY_API V log(V x) {
  const Logarithm by = split(x);
  const V low = hn::Add(by.ofFraction, hn::Mul(by.exponent, set(kLn2Low)));
  return withLimits(x, hn::Add(hn::Mul(by.exponent, set(kLn2High)), low));
}

HWY_API V log2(V x) {
  const Logarithm by = split(x);
  return withLimits(x, hn::Add(by.exponent, hn::Mul(by.ofFraction, set(kLog2e))));
}

// log(1 + e^x) = max(x, 0) + log(1 + e^-|x|).
HWY_API V softplus(V x) {
  const V t = exp(hn::Neg(hn::Abs(x))), s = hn::Div(t, hn::Add(t, set(2)));
  return hn::Add(hn::Max(x, set(0)), hn::Mul(hn::Add(s, s), polynomial(hn::Mul(s, s), kLog1p)));
}

// x / 2 (1 + tanh(u)) = x / (1 + e^-2u) with u = sqrt(2 / pi) (x + 0.044715 x^3); the limit at -inf is -0.
HWY_API V tanhGelu(V x) {
  constexpr double kTwice = -2 * 0.79788456080286535588;
  const V cube = hn::Mul(hn::Mul(x, x), x), u = hn::Add(x, hn::Mul(cube, set(0.044715)));
  const V result = hn::Div(x, hn::Add(set(1), exp(hn::Mul(u, set(kTwice)))));
  return hn::IfThenElse(hn::Eq(x, set(-std::numeric_limits<double>::infinity())), set(-0.0), result);
}

// sin(r) = r + r^3 s(r^2) and cos(r) = 1 + r^2 c(r^2) for |r| <= pi / 4: Taylor's series.
inline constexpr double kSin[] = {-1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800, 1.0 / 6227020800.0};
inline constexpr double kCos[] = {-1.0 / 2,       1.0 / 24,          -1.0 / 720,          1.0 / 40320,
                                  -1.0 / 3628800, 1.0 / 479001600.0, -1.0 / 87178291200.0};

// sin(r + quadrant * pi / 2).
HWY_API V sinOfQuadrant(V r, W quadrant) {
  const V square = hn::Mul(r, r);
  const V sine = hn::Add(r, hn::Mul(hn::Mul(r, square), polynomial(square, kSin)));
  const V cosine = hn::Add(set(1), hn::Mul(square, polynomial(square, kCos)));
  const V chosen = hn::IfThenElse(hn::RebindMask(Doubles(), hn::Eq(hn::And(quadrant, word(1)), word(1))), cosine, sine);
  // The second bit of the quadrant becomes the sign.
  return hn::Xor(chosen, doublesOf(hn::ShiftLeft<62>(hn::And(quadrant, word(2)))));
}

// For |x| below kLargeAngle: n times the first two parts of pi / 2 is exact.
HWY_API V sinShifted(V x, int64_t quarters) {
  const V shifted = hn::Add(hn::Mul(x, set(0x1.45f306dc9c883p-1)), set(kShifter)), n = hn::Sub(shifted, set(kShifter));
  V r = hn::Sub(x, hn::Mul(n, set(0x1.921fb54000000p+0)));
  r = hn::Sub(r, hn::Mul(n, set(0x1.10b4610000000p-30)));
  r = hn::Sub(r, hn::Mul(n, set(0x1.a62633145c06ep-58)));
  return sinOfQuadrant(r, hn::Add(wordsOf(shifted), word(quarters)));
}

// Any angle; `quarters` of a turn are added, 1 for a cosine. Infinite ones have no sine.
HWY_API V sinOf(V x, int64_t quarters) {
  const Doubles d;
  const auto isLarge = hn::Not(hn::Lt(hn::Abs(x), set(kLargeAngle)));
  const V usual = sinShifted(hn::IfThenElse(isLarge, set(0), x), quarters);
  if (HWY_LIKELY(hn::AllFalse(d, isLarge)))
    return usual;
  HWY_ALIGN double angles[hn::MaxLanes(Doubles())];
  HWY_ALIGN int64_t quadrants[hn::MaxLanes(Doubles())];
  hn::Store(x, d, angles);
  for (size_t i = 0; i < hn::Lanes(d); ++i) {
    quadrants[i] = quarters;
    const bool large = std::fabs(angles[i]) >= kLargeAngle && std::fabs(angles[i]) <= std::numeric_limits<float>::max();
    angles[i] = large ? reduceLargeAngle(float(angles[i]), quadrants[i]) : std::numeric_limits<double>::quiet_NaN();
  }
  return hn::IfThenElse(isLarge, sinOfQuadrant(hn::Load(d, angles), hn::Load(Words(), quadrants)), usual);
}
HWY_API V sin(V x) { return sinOf(x, 0); }
HWY_API V cos(V x) { return sinOf(x, 1); }

} // namespace math
} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
