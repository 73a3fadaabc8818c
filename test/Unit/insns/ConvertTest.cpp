// ConvertTest.cpp: every pair of element types and every rounding mode, positions, strides and overlap.
#include "Bench.h"

using namespace dlp;
using namespace dlp::test;

namespace {

constexpr const char *kModes[] = {"", ".tz", ".oz", ".up", ".dn", ".rd", ".rn", ".rm"};

template <class D, class S> std::string cvt(int mode) {
  return std::string("vcvt.") + suffixOf<D>() + "." + suffixOf<S>() + kModes[mode];
}

template <class D, class S> void checkPair(const std::vector<S> &values) {
  if constexpr (!std::is_same_v<D, S>) {
    for (int mode = 0; mode < 8; ++mode)
      for (auto [dstPos, srcPos] : {std::pair{0, 0}, {3, 0}, {0, 2}, {-4, 0}}) {
        Bench m;
        m.put(kA, values);
        m.run(execVcvt, cvt<D, S>(mode), VcvtOps{kOut, kA, values.size(), uint64_t(dstPos), uint64_t(srcPos)});
        const auto got = m.get<D>(kOut, values.size());
        for (size_t i = 0; i < values.size(); ++i)
          ASSERT_EQ(bitsOf(got[i]),
                    bitsOf(roundTo<D>(std::ldexp(toDouble(values[i]), srcPos - dstPos), Rounding(mode))))
              << cvt<D, S>(mode) << " of " << toDouble(values[i]) << " pos " << dstPos << " " << srcPos;
      }
  }
}

template <class S> class Convert : public ::testing::Test {};
TYPED_TEST_SUITE(Convert, AllTypes, TypeNames);

TYPED_TEST(Convert, ToEveryTypeInEveryMode) {
  const auto values = samples<TypeParam>(777, 41);
  checkPair<Half>(values);
  checkPair<BFloat>(values);
  checkPair<float>(values);
  checkPair<int8_t>(values);
  checkPair<int16_t>(values);
  checkPair<int32_t>(values);
  checkPair<uint8_t>(values);
  checkPair<uint16_t>(values);
  checkPair<uint32_t>(values);
}

TEST(ConvertHalf, EveryValueToFloatAndBack) {
  std::vector<Half> values(0x10000);
  for (uint32_t i = 0; i < values.size(); ++i)
    values[i].bits = uint16_t(i);
  Bench m;
  const uint64_t wide = kNramBase + 0x40000;
  m.put(kNramBase, values);
  m.run(execVcvt, "vcvt.f32.f16", VcvtOps{wide, kNramBase, values.size(), 0, 0});
  for (int mode = 1; mode < 8; ++mode) {
    m.run(execVcvt, cvt<Half, float>(mode), VcvtOps{kNramBase, wide, values.size(), 0, 0});
    const auto back = m.get<Half>(kNramBase, values.size());
    for (uint32_t i = 0; i < values.size(); ++i)
      ASSERT_EQ(back[i].bits, (i & 0x7fff) > 0x7c00 ? kHalfNaN : i);
  }
}

TEST(ConvertKnown, SaturationAndNaN) {
  Bench m;
  m.put<float>(kA, {3e9f, -3e9f, NAN, INFINITY, -INFINITY, 2.5f, -2.5f, 0.4f});
  m.run(execVcvt, "vcvt.i32.f32.rn", VcvtOps{kOut, kA, 8, 0, 0});
  EXPECT_EQ(m.get<int32_t>(kOut, 8), (std::vector<int32_t>{INT32_MAX, INT32_MIN, 0, INT32_MAX, INT32_MIN, 2, -2, 0}));
  m.run(execVcvt, "vcvt.u8.f32", VcvtOps{kOut, kA, 8, 0, 0});
  EXPECT_EQ(m.get<uint8_t>(kOut, 8), (std::vector<uint8_t>{255, 0, 0, 255, 0, 2, 0, 0}));
  m.put<int32_t>(kB, {16777217, -16777217, INT32_MAX});
  m.run(execVcvt, "vcvt.f32.i32", VcvtOps{kOut, kB, 3, 0, 0});
  EXPECT_EQ(m.get<float>(kOut, 3), (std::vector<float>{16777216.0f, -16777216.0f, 2147483520.0f})) << "toward zero";
  m.put<int32_t>(kB, {65519, 65520, 2049});
  m.run(execVcvt, "vcvt.f16.i32.rn", VcvtOps{kOut, kB, 3, 0, 0});
  EXPECT_EQ(bitsOf(m.get<Half>(kOut, 3)), (std::vector<uint64_t>{0x7bff, 0x7c00, 0x6800})) << "one rounding, not two";
}

// Kernels keep f16 in the upper half of an f32 buffer and widen in place; narrowing in place is common too.
TEST(ConvertOverlap, InPlaceBothWays) {
  const size_t n = 1000;
  const auto halves = samples<Half>(n, 42);
  Bench m;
  m.put(kA + n * 2, halves);
  m.run(execVcvt, "vcvt.f32.f16", VcvtOps{kA, kA + n * 2, n, 0, 0});
  auto floats = m.get<float>(kA, n);
  for (size_t i = 0; i < n; ++i)
    ASSERT_EQ(bitsOf(floats[i]), bitsOf(toFloat(halves[i])));
  m.put(kA, halves);
  m.run(execVcvt, "vcvt.f32.f16", VcvtOps{kA, kA, n, 0, 0});
  ASSERT_EQ(bitsOf(m.get<float>(kA, n)), bitsOf(floats));
  m.run(execVcvt, "vcvt.f16.f32.rn", VcvtOps{kA + 2, kA, n, 0, 0});
  const auto back = m.get<Half>(kA + 2, n);
  for (size_t i = 0; i < n; ++i)
    ASSERT_EQ(back[i].bits, halfFromFloat(floats[i]).bits);
  m.put(kA, floats);
  m.run(execVcvt, "vcvt.i32.f32.tz", VcvtOps{kA, kA, n, 0, 0});
  for (size_t i = 0; i < n; ++i)
    ASSERT_EQ(m.get<int32_t>(kA, n)[i], roundTo<int32_t>(floats[i], Rounding::TZ));
}

TEST(ConvertStrided, SegmentsAndOverlap) {
  Bench m;
  const auto values = samples<Half>(6 * 50, 43);
  m.put(kA, values);
  // 5 segments of 40 elements; source rows of 50 halves, result rows of 44 floats, written over the source.
  m.run(execVcvt2d, "vcvt.2d.f32.f16", Vcvt2dOps{kA, kA, 40, 0, 44 * 4, 50 * 2, 4});
  const auto got = m.get<float>(kA, 5 * 44);
  for (size_t s = 0; s < 5; ++s)
    for (size_t i = 0; i < 40; ++i)
      ASSERT_EQ(bitsOf(got[s * 44 + i]), bitsOf(toFloat(values[s * 50 + i])));
}

TEST(ConvertFaults, Sentences) {
  Bench m;
  EXPECT_EQ(m.faultOf(execVcvt, "vcvt.f32.f16", VcvtOps{kOut, kA, 0, 0, 0}),
            "vcvt.f32.f16: n is 0, expected at least 1");
  EXPECT_EQ(m.faultOf(execVcvt, "vcvt.i8.f32.rn", VcvtOps{kOut, kA, 4, 200, 0}),
            "vcvt.i8.f32.rn: dst_pos is 200, expected -127 to 127");
  EXPECT_NE(m.faultOf(execVcvt, "vcvt.f32.f16", VcvtOps{kOut, kA + 1, 4, 0, 0}), "");
  EXPECT_EQ(m.kind, FaultKind::Misaligned);
  EXPECT_NE(m.faultOf(execVcvt2d, "vcvt.2d.f32.f16", Vcvt2dOps{kOut, kA, 4, 0, 16, 8, 70000}), "");
  EXPECT_NE(m.faultOf(execVcvt2d, "vcvt.2d.f32.f16", Vcvt2dOps{kOut, kA, 100000, 0, 16, 0, 60000}), "");
  EXPECT_EQ(m.kind, FaultKind::OutOfBounds);
}

} // namespace
