// ReduceTest.cpp: sums in their documented order, extremes, counts, compaction.
#include "Bench.h"

using namespace dlp;
using namespace dlp::test;

namespace {

// The documented order, written recursively: element i and i + half of a 128-byte row, missing ones left out.
template <class T> float treeSum(const std::vector<T> &v, size_t base, size_t width, size_t stride, bool &any) {
  if (width == 1) {
    any = base < v.size();
    return any ? toFloat(v[base]) : 0;
  }
  bool anyLow, anyHigh;
  const float low = treeSum(v, base, width / 2, stride * 2, anyLow);
  const float high = treeSum(v, base + stride, width / 2, stride * 2, anyHigh);
  any = anyLow || anyHigh;
  return anyLow && anyHigh ? low + high : anyLow ? low : high;
}

template <class T> float rowSum(const std::vector<T> &values, size_t first) {
  const size_t width = 128 / sizeof(T);
  std::vector<T> row(values.begin() + first, values.begin() + std::min(values.size(), first + width));
  bool any;
  return treeSum(row, 0, width, 1, any);
}

template <class T> class Reduce : public ::testing::Test {};
TYPED_TEST_SUITE(Reduce, FloatTypes, TypeNames);

TYPED_TEST(Reduce, SumInDocumentedOrder) {
  using T = TypeParam;
  std::mt19937 random(51);
  for (size_t n : {1, 2, 5, 31, 32, 33, 64, 100, 1000}) {
    std::vector<T> values(n);
    for (T &v : values)
      v = roundTo<T>(std::ldexp(double(random() % 4001) - 2000, int(random() % 12) - 14), Rounding::RN);
    Bench m;
    m.put(kA, values);
    float total = rowSum(values, 0);
    for (size_t i = 128 / sizeof(T); i < n; i += 128 / sizeof(T))
      total += rowSum(values, i);
    EXPECT_EQ(m.run(execVsum, name<T>("vsum"), VsumOps{0, kA, n}), bitsOf(fromFloat<T>(total))) << n;
  }
}

TYPED_TEST(Reduce, RowSumsLeaveOtherElements) {
  using T = TypeParam;
  const size_t width = 128 / sizeof(T);
  const auto values = ramp<T>(3 * width, 1, 0.25);
  for (bool inPlace : {false, true}) {
    Bench m;
    m.put(kA, values);
    m.put(kOut, std::vector<T>(3 * width, roundTo<T>(7, Rounding::RN)));
    const uint64_t dst = inPlace ? kA : kOut;
    m.run(execVsumRow, name<T>("vsum.row"), VsumRowOps{dst, kA, 3 * width});
    const auto got = m.get<T>(dst, 3 * width);
    for (size_t i = 0; i < got.size(); ++i) {
      if (i % width == 0)
        ASSERT_EQ(bitsOf(got[i]), bitsOf(fromFloat<T>(rowSum(values, i))));
      else
        ASSERT_EQ(toDouble(got[i]), inPlace ? toDouble(values[i]) : 7.0);
    }
  }
}

TYPED_TEST(Reduce, ExtremesSkipNaNAndTakeTheFirst) {
  using T = TypeParam;
  const auto at = [](double v) { return roundTo<T>(v, Rounding::RN); };
  struct Case {
    std::vector<double> values;
    uint32_t maximum, minimum;
  };
  const Case cases[] = {{{3}, 0, 0},        {{1, 5, 5, -2, -2}, 1, 3}, {{NAN, 2, NAN, 4, 1}, 3, 4},
                        {{NAN, NAN}, 0, 0}, {{-0.0, 0.0}, 0, 0},       {{-INFINITY, INFINITY, 1}, 1, 0}};
  for (const Case &c : cases) {
    Bench m;
    std::vector<T> values;
    for (double v : c.values)
      values.push_back(at(v));
    m.put(kA, values);
    m.put(kOut, std::vector<uint8_t>(16, 0xee));
    for (bool largest : {true, false}) {
      if (largest)
        m.run(execVargmax, name<T>("vargmax"), VargmaxOps{kOut, kA, values.size()});
      else
        m.run(execVargmin, name<T>("vargmin"), VargminOps{kOut, kA, values.size()});
      const uint32_t index = largest ? c.maximum : c.minimum;
      EXPECT_EQ(bitsOf(m.get<T>(kOut, 1)[0]), bitsOf(values[index]));
      EXPECT_EQ(m.get<uint32_t>(kOut + sizeof(T), 1)[0], index);
      EXPECT_EQ(m.get<uint8_t>(kOut + sizeof(T) + 4, 1)[0], 0xee) << "written past the index";
    }
  }
}

TYPED_TEST(Reduce, CollectKeepsOrder) {
  using T = TypeParam;
  for (bool inPlace : {false, true})
    for (size_t n : {1, 77, 500}) {
      Bench m;
      const auto values = samples<T>(n, 52), mask = samples<T>(n, 53);
      m.put(kA, values);
      m.put(kB, mask);
      const uint64_t dst = inPlace ? kA : kOut;
      const uint64_t count = m.run(execVcollect, name<T>("vcollect"), VcollectOps{0, dst, kA, kB, n});
      std::vector<T> expected;
      for (size_t i = 0; i < n; ++i)
        if (toDouble(mask[i]) != 0)
          expected.push_back(values[i]);
      ASSERT_EQ(count, expected.size());
      ASSERT_EQ(bitsOf(m.get<T>(dst, count)), bitsOf(expected));
    }
}

template <class T> class Search : public ::testing::Test {};
TYPED_TEST_SUITE(Search, AllTypes, TypeNames);

TYPED_TEST(Search, CountFirstLast) {
  using T = TypeParam;
  for (std::vector<double> v :
       {std::vector<double>{0}, {5}, {0, -0.0, 0, 3, 0, 1, 0}, {0, 0, 0}, {1, 0, 0, 0, 0, 0, 0, 0, 7}}) {
    Bench m;
    std::vector<T> values;
    uint64_t count = 0, first = 0xffffffff, last = 0xffffffff;
    for (double e : v) {
      if (e != 0) {
        ++count;
        last = values.size();
        first = std::min(first, last);
      }
      values.push_back(roundTo<T>(e, Rounding::RN));
    }
    m.put(kA, values);
    EXPECT_EQ(m.run(execVcount, name<T>("vcount"), VcountOps{0, kA, values.size()}), count);
    EXPECT_EQ(m.run(execVfirst, name<T>("vfirst"), VfirstOps{0, kA, values.size()}), first);
    EXPECT_EQ(m.run(execVlast, name<T>("vlast"), VlastOps{0, kA, values.size()}), last);
  }
}

TEST(ReduceKnown, PrecisionAndSigns) {
  Bench m;
  // 4096 halves of 1: a running sum in f16 would stop at 2048.
  m.put(kA, std::vector<Half>(4096, halfFromFloat(1)));
  EXPECT_EQ(m.run(execVsum, "vsum.f16", VsumOps{0, kA, 4096}), halfFromFloat(4096).bits);
  m.put(kA, std::vector<float>(40, -0.0f));
  EXPECT_EQ(m.run(execVsum, "vsum.f32", VsumOps{0, kA, 40}), 0x80000000) << "only -0 sums to -0";
  m.put(kA, std::vector<float>{1, INFINITY, -INFINITY});
  EXPECT_EQ(m.run(execVsum, "vsum.f32", VsumOps{0, kA, 3}), kFloatNaN);
}

TEST(ReduceFaults, Sentences) {
  Bench m;
  EXPECT_EQ(m.faultOf(execVsum, "vsum.f32", VsumOps{0, kA, 0}), "vsum.f32: n is 0, expected at least 1");
  EXPECT_EQ(m.faultOf(execVargmax, "vargmax.f32", VargmaxOps{kOut + 1, kA, 4}),
            "vargmax.f32: dst is at 0x260001, expected a multiple of 4");
}

} // namespace
