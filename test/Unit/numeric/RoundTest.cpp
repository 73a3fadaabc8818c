// RoundTest.cpp: every rounding mode, to floats and to saturating integers.
#include "simulator/numeric/Round.h"
#include "Reference.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <vector>

using namespace dlp;
using namespace dlp::test;

namespace {

template <class T> void checkFloat(double v) {
  for (Rounding mode : kModes) {
    ASSERT_EQ(patternOf(roundTo<T>(v, mode)), referenceBits<T>(rounded<T>(APFloat(v), mode)))
        << std::hexfloat << v << " mode " << int(mode);
  }
  ASSERT_EQ(patternOf(roundTo<T>(v, Rounding::None)), patternOf(roundTo<T>(v, Rounding::TZ)));
}

template <class T> void roundsAroundEveryValue() {
  for (uint32_t bits = 0; bits < 0x10000; bits += 1) {
    const double at = toFloat(T{uint16_t(bits)}), next = toFloat(T{uint16_t(bits + 1)});
    if (!std::isfinite(at) || !std::isfinite(next))
      continue;
    checkFloat<T>(at);
    const double middle = at + (next - at) / 2;
    checkFloat<T>(middle);
    checkFloat<T>(std::nextafter(middle, bits & 1 ? INFINITY : -INFINITY));
  }
}

TEST(Round, HalfAroundEveryValue) { roundsAroundEveryValue<Half>(); }
TEST(Round, BFloatAroundEveryValue) { roundsAroundEveryValue<BFloat>(); }

std::vector<double> awkwardDoubles() {
  std::vector<double> values = {0.0,        -0.0,     INFINITY,       -INFINITY,      NAN,       65504.0,  65519.0,
                                65520.0,    65536.0,  0x1p-24,        0x1p-25,        0x1.8p-25, 0x1p-149, 0x1p-150,
                                0x1.8p-150, 0x1p-151, 0x1.fffffep127, 0x1.ffffffp127, 0x1p128,   5e-324,   0x1p-1022,
                                0x1p-300,   0x1p300,  1.7e308};
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    values.push_back(std::bit_cast<double>(random()));
    const double small = std::ldexp(double(int64_t(random() >> 20)), int(random() % 320) - 200);
    values.push_back(small);
    values.push_back(double(std::bit_cast<float>(uint32_t(random()))));
  }
  for (size_t i = 0, n = values.size(); i < n; ++i)
    values.push_back(-values[i]);
  return values;
}

TEST(Round, FloatsFromAwkwardDoubles) {
  for (double v : awkwardDoubles()) {
    checkFloat<float>(v);
    checkFloat<Half>(v);
    checkFloat<BFloat>(v);
    if (HasFatalFailure())
      return;
  }
}

TEST(Round, FastNarrowingAgrees) {
  for (double v : awkwardDoubles()) {
    const float f = float(v);
    ASSERT_EQ(halfFromFloat(f).bits, roundTo<Half>(f, Rounding::RN).bits) << f;
    ASSERT_EQ(bfloatFromFloat(f).bits, roundTo<BFloat>(f, Rounding::RN).bits) << f;
  }
}

template <class T> void directedArraysAgree() {
  std::vector<float> values;
  for (double v : awkwardDoubles())
    values.push_back(float(v));
  std::vector<T> narrowed(values.size());
  for (auto [direction, mode] : {std::pair{Direction::ToZero, Rounding::TZ},
                                 {Direction::FromZero, Rounding::OZ},
                                 {Direction::Up, Rounding::UP},
                                 {Direction::Down, Rounding::DN}}) {
    narrow(values.data(), narrowed.data(), values.size(), direction);
    for (size_t i = 0; i < values.size(); ++i)
      ASSERT_EQ(narrowed[i].bits, roundTo<T>(values[i], mode).bits) << std::hexfloat << values[i] << " " << int(mode);
  }
}

TEST(Round, DirectedHalfArraysAgree) { directedArraysAgree<Half>(); }
TEST(Round, DirectedBFloatArraysAgree) { directedArraysAgree<BFloat>(); }

TEST(Round, DirectedOverflow) {
  EXPECT_EQ(roundTo<Half>(1e6, Rounding::TZ).bits, 0x7bff);
  EXPECT_EQ(roundTo<Half>(1e6, Rounding::OZ).bits, 0x7c00);
  EXPECT_EQ(roundTo<Half>(1e6, Rounding::DN).bits, 0x7bff);
  EXPECT_EQ(roundTo<Half>(-1e6, Rounding::UP).bits, 0xfbff);
  EXPECT_EQ(roundTo<Half>(-1e6, Rounding::DN).bits, 0xfc00);
  EXPECT_EQ(roundTo<Half>(INFINITY, Rounding::TZ).bits, 0x7c00) << "an infinity is exact";
}

template <class T> void checkInteger(double v) {
  for (Rounding mode : kModes) {
    int64_t expected;
    if (std::isnan(v)) {
      expected = 0;
    } else {
      double whole;
      switch (mode) {
      case Rounding::TZ:
        whole = std::trunc(v);
        break;
      case Rounding::OZ:
        whole = v < 0 ? std::floor(v) : std::ceil(v);
        break;
      case Rounding::UP:
        whole = std::ceil(v);
        break;
      case Rounding::DN:
        whole = std::floor(v);
        break;
      case Rounding::RD:
        whole = std::round(v);
        break;
      case Rounding::RN:
        whole = std::nearbyint(v);
        break;
      default:
        whole = v - std::floor(v) >= 0.5 ? std::ceil(v) : std::floor(v);
      }
      const double low = std::numeric_limits<T>::min(), high = std::numeric_limits<T>::max();
      expected = int64_t(whole < low ? low : whole > high ? high : whole);
    }
    ASSERT_EQ(int64_t(roundTo<T>(v, mode)), expected) << std::hexfloat << v << " mode " << int(mode);
  }
}

template <class T> void integersFromEveryHalf() {
  for (uint32_t bits = 0; bits < 0x10000; ++bits)
    ASSERT_NO_FATAL_FAILURE(checkInteger<T>(toFloat(Half{uint16_t(bits)})));
}

TEST(Round, Int8FromEveryHalf) { integersFromEveryHalf<int8_t>(); }
TEST(Round, Int16FromEveryHalf) { integersFromEveryHalf<int16_t>(); }
TEST(Round, Int32FromEveryHalf) { integersFromEveryHalf<int32_t>(); }
TEST(Round, Uint8FromEveryHalf) { integersFromEveryHalf<uint8_t>(); }

TEST(Round, IntegersFromAwkwardDoubles) {
  std::vector<double> values = awkwardDoubles();
  for (double edge : {-2147483649.0,
                      -2147483648.5,
                      -2147483648.0,
                      2147483646.5,
                      2147483647.0,
                      2147483647.5,
                      4294967295.0,
                      4294967295.5,
                      4294967296.0,
                      127.5,
                      128.5,
                      -128.5,
                      255.5,
                      32767.5,
                      -0.5,
                      0.5,
                      0.49999999999999994,
                      -0.49999999999999994,
                      1.5,
                      2.5,
                      -1.5,
                      -2.5})
    values.push_back(edge);
  for (double v : values) {
    ASSERT_NO_FATAL_FAILURE(checkInteger<int32_t>(v));
    ASSERT_NO_FATAL_FAILURE(checkInteger<uint32_t>(v));
    ASSERT_NO_FATAL_FAILURE(checkInteger<int16_t>(v));
  }
}

} // namespace
