// SoftFloatTest.cpp: software arithmetic against the host's, results and flags, in every mode the host has.
#include "simulator/core/SoftFloat.h"

#include <gtest/gtest.h>

#include <bit>
#include <cfenv>
#include <cmath>
#include <random>

#pragma STDC FENV_ACCESS ON

using namespace dlp;

namespace {

constexpr int kRounds = 200000;

// Patterns around the interesting exponents, not only uniform ones.
template <typename Bits> Bits randomPattern(std::mt19937_64 &rng, FloatFormat f) {
  uint64_t bits = rng();
  switch (rng() % 8) {
  case 0:
    bits &= f.signBit() | 7;
    break; // zeros and tiny subnormals
  case 1:
    bits = (bits & f.signBit()) | (f.infinity() - (bits & 3));
    break; // largest and infinity
  case 2:
    bits = (bits & f.signBit()) | f.infinity() | (bits & 7) << (f.manBits - 3);
    break; // NaNs
  case 3:  // near one, few bits
    bits = (bits & f.signBit()) | (f.infinity() >> 1 & f.infinity()) | (bits & 15) << (f.manBits - 4);
    break;
  case 4:
    bits = (bits & ~f.infinity()) | (uint64_t(rng() % (f.manBits + 3)) << f.manBits);
    break; // near subnormals
  default:
    break;
  }
  return Bits(bits);
}

struct HostMode {
  int host;
  RoundMode mode;
};
constexpr HostMode kModes[] = {{FE_TONEAREST, RoundMode::NearestEven},
                               {FE_TOWARDZERO, RoundMode::Zero},
                               {FE_DOWNWARD, RoundMode::Down},
                               {FE_UPWARD, RoundMode::Up}};

uint8_t hostFlags() {
  int s = std::fetestexcept(FE_ALL_EXCEPT);
  return uint8_t((s & FE_INVALID ? kInvalid : 0) | (s & FE_DIVBYZERO ? kDivideByZero : 0) |
                 (s & FE_OVERFLOW ? kOverflow : 0) | (s & FE_UNDERFLOW ? kUnderflow : 0) |
                 (s & FE_INEXACT ? kInexact : 0));
}

// Runs `host` and `soft` on random operands in all modes; both return bit patterns.
template <typename T, typename Bits, typename Host, typename Soft>
void compare(FloatFormat f, const char *what, Host host, Soft soft) {
  std::mt19937_64 rng(12345);
  for (HostMode m : kModes) {
    for (int i = 0; i < kRounds; ++i) {
      volatile T a = std::bit_cast<T>(randomPattern<Bits>(rng, f)), b = std::bit_cast<T>(randomPattern<Bits>(rng, f)),
                 c = std::bit_cast<T>(randomPattern<Bits>(rng, f));
      std::fesetround(m.host);
      std::feclearexcept(FE_ALL_EXCEPT);
      volatile T r = host(a, b, c);
      uint8_t flags = hostFlags();
      std::fesetround(FE_TONEAREST);
      T result = r;
      uint64_t expected = std::isnan(result) ? f.canonicalNan() : uint64_t(std::bit_cast<Bits>(result));
      SoftFloat s{m.mode, 0};
      T aa = a, bb = b, cc = c;
      uint64_t ra = std::bit_cast<Bits>(aa), rb = std::bit_cast<Bits>(bb), rc = std::bit_cast<Bits>(cc);
      uint64_t actual = soft(s, ra, rb, rc);
      ASSERT_EQ(actual, expected) << what << std::hex << " a=" << ra << " b=" << rb << " c=" << rc << " mode "
                                  << int(m.mode);
      // 0 * infinity + quiet NaN: RISC-V raises invalid, the host may not.
      bool hostMayDiffer = std::isnan(cc);
      if (!hostMayDiffer)
        ASSERT_EQ(int(s.flags), int(flags))
            << what << std::hex << " a=" << ra << " b=" << rb << " c=" << rc << " mode " << int(m.mode);
    }
  }
}

template <typename T, typename Bits> void compareAll(FloatFormat f) {
  compare<T, Bits>(
      f, "add", [](T a, T b, T) { return a + b; },
      [=](SoftFloat &s, uint64_t a, uint64_t b, uint64_t) { return s.add(f, a, b); });
  compare<T, Bits>(
      f, "sub", [](T a, T b, T) { return a - b; },
      [=](SoftFloat &s, uint64_t a, uint64_t b, uint64_t) { return s.sub(f, a, b); });
  compare<T, Bits>(
      f, "mul", [](T a, T b, T) { return a * b; },
      [=](SoftFloat &s, uint64_t a, uint64_t b, uint64_t) { return s.mul(f, a, b); });
  compare<T, Bits>(
      f, "div", [](T a, T b, T) { return a / b; },
      [=](SoftFloat &s, uint64_t a, uint64_t b, uint64_t) { return s.div(f, a, b); });
  compare<T, Bits>(
      f, "sqrt", [](T a, T, T) { return std::sqrt(a); },
      [=](SoftFloat &s, uint64_t a, uint64_t, uint64_t) { return s.sqrt(f, a); });
  compare<T, Bits>(
      f, "fma", [](T a, T b, T c) { return std::fma(a, b, c); },
      [=](SoftFloat &s, uint64_t a, uint64_t b, uint64_t c) { return s.fma(f, a, b, c); });
}

TEST(SoftFloat, f32MatchesHost) { compareAll<float, uint32_t>(kF32); }
TEST(SoftFloat, f64MatchesHost) { compareAll<double, uint64_t>(kF64); }

TEST(SoftFloat, narrowingMatchesHost) {
  compare<double, uint64_t>(
      kF64, "f64 to f32",
      [](double a, double, double) {
        volatile float r = float(a);
        return double(r);
      },
      [](SoftFloat &s, uint64_t a, uint64_t, uint64_t) {
        uint64_t narrow = s.convert(kF32, kF64, a);
        SoftFloat exact;
        return exact.convert(kF64, kF32, narrow);
      });
}

TEST(SoftFloat, everyHalfConvertsToFloatAndBack) {
  for (uint32_t h = 0; h < 0x10000; ++h) {
    SoftFloat s;
    uint64_t wide = s.convert(kF32, kF16, h);
    float value = std::bit_cast<float>(uint32_t(wide));
    bool nan = (h & 0x7c00) == 0x7c00 && (h & 0x3ff);
    if (nan) {
      EXPECT_TRUE(std::isnan(value));
      continue;
    }
    int exp = (h >> 10) & 31;
    float magnitude = exp == 31  ? INFINITY
                      : exp == 0 ? std::ldexp(float(h & 0x3ff), -24)
                                 : std::ldexp(float(0x400 | (h & 0x3ff)), exp - 25);
    EXPECT_EQ(value, h & 0x8000 ? -magnitude : magnitude) << h;
    EXPECT_EQ(s.convert(kF16, kF32, wide), h);
    EXPECT_EQ(s.flags, 0);
  }
}

// f64 holds every f16 sum, difference and product exactly, so rounding it once gives the right f16.
TEST(SoftFloat, halfArithmeticMatchesExactDoubles) {
  std::mt19937_64 rng(7);
  for (int i = 0; i < kRounds; ++i) {
    uint64_t a = randomPattern<uint16_t>(rng, kF16), b = randomPattern<uint16_t>(rng, kF16);
    for (unsigned mode = 0; mode < 5; ++mode) {
      SoftFloat direct{RoundMode(mode), 0}, viaDouble{RoundMode(mode), 0};
      uint64_t da = viaDouble.convert(kF64, kF16, a), db = viaDouble.convert(kF64, kF16, b);
      uint64_t sum = viaDouble.convert(kF16, kF64, viaDouble.add(kF64, da, db));
      EXPECT_EQ(direct.add(kF16, a, b), sum) << std::hex << a << " " << b << " mode " << mode;
      EXPECT_EQ(direct.flags, viaDouble.flags);
      uint64_t product = viaDouble.convert(kF16, kF64, viaDouble.mul(kF64, da, db));
      EXPECT_EQ(direct.mul(kF16, a, b), product) << std::hex << a << " " << b << " mode " << mode;
      EXPECT_EQ(direct.flags, viaDouble.flags);
    }
  }
}

TEST(SoftFloat, tiesGoAwayFromZeroInModeFour) {
  SoftFloat even, away{RoundMode::NearestAway, 0};
  // 1 + half a unit in the last place
  uint64_t one = 0x3f800000, halfUlp = 0x33800000;
  EXPECT_EQ(even.add(kF32, one, halfUlp), 0x3f800000u);
  EXPECT_EQ(away.add(kF32, one, halfUlp), 0x3f800001u);
  EXPECT_EQ(away.add(kF32, one | 1u << 31, halfUlp | 1u << 31), 0xbf800001u);
  EXPECT_EQ(away.toInteger(kF32, 0x40200000, 32, true), 3u); // 2.5
  EXPECT_EQ(even.toInteger(kF32, 0x40200000, 32, true), 2u);
}

TEST(SoftFloat, integersSaturate) {
  SoftFloat s;
  auto f64 = [](double d) { return std::bit_cast<uint64_t>(d); };
  EXPECT_EQ(int64_t(s.toInteger(kF64, f64(3e9), 32, true)), 0x7fffffff);
  EXPECT_EQ(int64_t(s.toInteger(kF64, f64(-3e9), 32, true)), -0x80000000ll);
  EXPECT_EQ(int64_t(s.toInteger(kF64, f64(5e9), 32, false)), -1); // 0xffffffff, sign-extended
  EXPECT_EQ(s.toInteger(kF64, f64(-1), 64, false), 0u);
  EXPECT_EQ(s.toInteger(kF64, kF64.canonicalNan(), 64, true), 0x7fffffffffffffffu);
  EXPECT_EQ(s.toInteger(kF64, f64(-9223372036854775808.0), 64, true), 0x8000000000000000u);
  EXPECT_EQ(s.flags, kInvalid);
  SoftFloat fraction;
  EXPECT_EQ(fraction.toInteger(kF64, f64(-0.5), 64, false), 0u);
  EXPECT_EQ(fraction.flags, kInexact);
}

TEST(SoftFloat, integersConvertBackAndForth) {
  std::mt19937_64 rng(3);
  for (int i = 0; i < kRounds; ++i) {
    uint64_t v = rng() >> (rng() % 64);
    SoftFloat s;
    EXPECT_EQ(s.fromInteger(kF64, v, true), std::bit_cast<uint64_t>(double(int64_t(v))));
    EXPECT_EQ(s.fromInteger(kF64, v, false), std::bit_cast<uint64_t>(double(v)));
    EXPECT_EQ(s.fromInteger(kF32, v, true), std::bit_cast<uint32_t>(float(int64_t(v))));
    double small = double(int64_t(v >> 12)) / 16;
    EXPECT_EQ(int64_t(s.toInteger(kF64, std::bit_cast<uint64_t>(small), 64, true)), std::llrint(small));
  }
}

TEST(SoftFloat, comparisonsOrderZerosAndRefuseNans) {
  SoftFloat s;
  uint64_t plus = 0, minus = 0x80000000, one = 0x3f800000, nan = kF32.canonicalNan();
  EXPECT_TRUE(s.equal(kF32, plus, minus));
  EXPECT_FALSE(s.less(kF32, minus, plus));
  EXPECT_TRUE(s.lessEqual(kF32, minus, plus));
  EXPECT_EQ(s.min(kF32, plus, minus), minus);
  EXPECT_EQ(s.max(kF32, minus, plus), plus);
  EXPECT_FALSE(s.equal(kF32, nan, nan));
  EXPECT_EQ(s.flags, 0);
  EXPECT_FALSE(s.less(kF32, nan, one));
  EXPECT_EQ(s.flags, kInvalid);
  EXPECT_EQ(s.min(kF32, nan, one), one);
  EXPECT_EQ(s.max(kF32, nan, nan), nan);
  SoftFloat quiet, signaling;
  uint64_t signalingNan = 0x7f800001;
  EXPECT_EQ(quiet.max(kF32, nan, one), one);
  EXPECT_EQ(quiet.flags, 0);
  EXPECT_EQ(signaling.min(kF32, one, signalingNan), one);
  EXPECT_EQ(signaling.flags, kInvalid);
}

TEST(SoftFloat, classesAreOneHot) {
  EXPECT_EQ(classifyFloat(kF16, 0xfc00), 1u << 0);
  EXPECT_EQ(classifyFloat(kF16, 0xbc00), 1u << 1);
  EXPECT_EQ(classifyFloat(kF16, 0x8001), 1u << 2);
  EXPECT_EQ(classifyFloat(kF16, 0x8000), 1u << 3);
  EXPECT_EQ(classifyFloat(kF16, 0x0000), 1u << 4);
  EXPECT_EQ(classifyFloat(kF16, 0x0001), 1u << 5);
  EXPECT_EQ(classifyFloat(kF16, 0x3c00), 1u << 6);
  EXPECT_EQ(classifyFloat(kF16, 0x7c00), 1u << 7);
  EXPECT_EQ(classifyFloat(kF16, 0x7c01), 1u << 8);
  EXPECT_EQ(classifyFloat(kF16, 0x7e00), 1u << 9);
}

} // namespace
