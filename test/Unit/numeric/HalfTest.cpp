// HalfTest.cpp: widening, narrowing and arithmetic of the 16-bit floats.
#include "Reference.h"

#include <gtest/gtest.h>
#include <random>
#include <vector>

using namespace dlp;
using namespace dlp::test;

namespace {

template <class T> void widensEveryValue() {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    APFloat reference = exact(T{uint16_t(bits)});
    bool lost;
    reference.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven, &lost);
    ASSERT_EQ(patternOf(toFloat(T{uint16_t(bits)})), referenceBits<float>(reference)) << std::hex << bits;
  }
}

TEST(Half, WidensEveryValue) { widensEveryValue<Half>(); }
TEST(BFloat, WidensEveryValue) { widensEveryValue<BFloat>(); }

// Floats around every value of T and around every midpoint, and random bits.
template <class T> std::vector<float> interestingFloats() {
  std::vector<float> values;
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    const uint32_t at = patternOf(toFloat(T{uint16_t(bits)}));
    const uint32_t middle = (at + patternOf(toFloat(T{uint16_t(bits + 1)}))) / 2;
    for (uint32_t v : {at - 1, at, at + 1, middle - 1, middle, middle + 1})
      values.push_back(std::bit_cast<float>(v));
  }
  std::mt19937 random(1);
  for (int i = 0; i < 200000; ++i)
    values.push_back(std::bit_cast<float>(uint32_t(random())));
  for (uint32_t v : {0x477fefffu, 0x477ff000u, 0x477ff001u, 0x7f7fffffu, 0x33000000u, 0x33000001u, 0x32ffffffu, 1u})
    values.insert(values.end(), {std::bit_cast<float>(v), std::bit_cast<float>(v | 0x80000000)});
  return values;
}

template <class T> void narrowsToNearestEven() {
  for (float v : interestingFloats<T>()) {
    APFloat reference(v);
    bool lost;
    reference.convert(semantics<T>(), APFloat::rmNearestTiesToEven, &lost);
    ASSERT_EQ(fromFloat<T>(v).bits, referenceBits<T>(reference)) << std::hex << patternOf(v);
  }
}

TEST(Half, NarrowsToNearestEven) { narrowsToNearestEven<Half>(); }
TEST(BFloat, NarrowsToNearestEven) { narrowsToNearestEven<BFloat>(); }

TEST(Half, KnownValues) {
  EXPECT_EQ(halfFromFloat(1.0f).bits, 0x3c00);
  EXPECT_EQ(halfFromFloat(-2.0f).bits, 0xc000);
  EXPECT_EQ(halfFromFloat(65504.0f).bits, 0x7bff);
  EXPECT_EQ(halfFromFloat(65519.996f).bits, 0x7bff);
  EXPECT_EQ(halfFromFloat(65520.0f).bits, 0x7c00);
  EXPECT_EQ(halfFromFloat(0x1p-25f).bits, 0x0000) << "half of the smallest subnormal ties to even";
  EXPECT_EQ(halfFromFloat(0x1.8p-25f).bits, 0x0001);
  EXPECT_EQ(halfFromFloat(-0.0f).bits, 0x8000);
  EXPECT_EQ(halfFromFloat(std::bit_cast<float>(0xffc12345u)).bits, kHalfNaN);
}

template <class T> void arraysAgreeWithElements() {
  const std::vector<float> values = interestingFloats<T>();
  for (size_t n : {size_t(1), size_t(7), size_t(64), size_t(65), values.size()}) {
    std::vector<T> narrowed(n + 1, T{0x1234});
    narrow(values.data(), narrowed.data(), n);
    ASSERT_EQ(narrowed[n].bits, 0x1234);
    std::vector<float> widened(n + 1, 42.0f);
    widen(narrowed.data(), widened.data(), n);
    ASSERT_EQ(widened[n], 42.0f);
    for (size_t i = 0; i < n; ++i) {
      ASSERT_EQ(narrowed[i].bits, fromFloat<T>(values[i]).bits);
      ASSERT_EQ(patternOf(widened[i]), patternOf(toFloat(narrowed[i])));
    }
  }
}

TEST(Half, ArraysAgreeWithElements) { arraysAgreeWithElements<Half>(); }
TEST(BFloat, ArraysAgreeWithElements) { arraysAgreeWithElements<BFloat>(); }

// Rounding a result from f32 a second time must be innocuous, or our 16-bit arithmetic would be wrong.
template <class T> void arithmeticRoundsOnce() {
  std::mt19937 random(2);
  const uint16_t corners[] = {0,      0x8000, 1,      0x8001, 0x03ff, 0x0400, 0x7bff, 0x7c00,
                              0xfc00, 0x7e00, 0x3c00, 0x0080, 0x007f, 0x7f7f, 0x7f80, 0x3f80};
  for (int i = 0; i < 400000; ++i) {
    uint32_t bits = random();
    if (i < 256)
      bits = corners[i / 16] << 16 | corners[i % 16];
    else if (i % 4 == 0) // neighbours in exponent, so that sums cancel and quotients are near one
      bits = (bits & 0xffff) << 16 | ((bits & 0xffff) ^ (random() & 0x83ff));
    const T a{uint16_t(bits >> 16)}, b{uint16_t(bits)};
    const float x = toFloat(a), y = toFloat(b);
    const float results[] = {x + y, x - y, x * y, x / y};
    for (int op = 0; op < 4; ++op) {
      APFloat reference = exact(a);
      const APFloat other = exact(b);
      constexpr auto kNearest = APFloat::rmNearestTiesToEven;
      op == 0   ? reference.add(other, kNearest)
      : op == 1 ? reference.subtract(other, kNearest)
      : op == 2 ? reference.multiply(other, kNearest)
                : reference.divide(other, kNearest);
      ASSERT_EQ(fromFloat<T>(results[op]).bits, referenceBits<T>(reference)) << std::hex << bits << " op " << op;
    }
  }
}

TEST(Half, ArithmeticRoundsOnce) { arithmeticRoundsOnce<Half>(); }
TEST(BFloat, ArithmeticRoundsOnce) { arithmeticRoundsOnce<BFloat>(); }

} // namespace
