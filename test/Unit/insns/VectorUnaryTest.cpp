// VectorUnaryTest.cpp: one-operand rows; every f16 value for every float operation.
#include "Bench.h"

#include <functional>

using namespace dlp;
using namespace dlp::test;

namespace {

using Run = std::function<void(Bench &, const std::string &, uint64_t, uint64_t, uint64_t)>;
struct Row {
  const char *name;
  Run run;
  double (*exact)(double);
};
#define ROW(NAME, R, F)                                                                                                \
  Row {                                                                                                                \
    NAME,                                                                                                              \
        [](Bench &m, const std::string &t, uint64_t d, uint64_t s, uint64_t n) {                                       \
          m.run(exec##R, NAME "." + t, R##Ops{d, s, n});                                                               \
        },                                                                                                             \
        [](double x) -> double { return F; }                                                                           \
  }

// Correctly rounded in every type: the f64 value has more than twice the bits and two more.
const Row kExactRows[] = {ROW("vsquare", Vsquare, x *x), ROW("vsqrt", Vsqrt, std::sqrt(x)),
                          ROW("vrecip", Vrecip, 1 / x), ROW("vfloor", Vfloor, std::floor(x)),
                          ROW("vsign", Vsign, x >= 0 ? 1 : -1)};

// Within two units in the last place of the element type.
const Row kFunctionRows[] = {ROW("vexp", Vexp, std::exp(x)),
                             ROW("vexp2", Vexp2, std::exp2(x)),
                             ROW("vlog", Vlog, std::log(x)),
                             ROW("vlog2", Vlog2, std::log2(x)),
                             ROW("vsin", Vsin, std::sin(x)),
                             ROW("vcos", Vcos, std::cos(x)),
                             ROW("vtanh", Vtanh, std::tanh(x)),
                             ROW("vrsqrt", Vrsqrt, 1 / std::sqrt(x)),
                             ROW("vsigmoid", Vsigmoid, 1 / (1 + std::exp(-x))),
                             ROW("vgelu", Vgelu, x == -INFINITY ? 0 : x * std::erfc(-x / std::sqrt(2.0)) / 2)};

std::vector<Half> everyHalf() {
  std::vector<Half> values(0x10000);
  for (uint32_t i = 0; i < values.size(); ++i)
    values[i].bits = uint16_t(i);
  return values;
}

// Distance in units in the last place; equal infinities and NaNs are 0.
template <class T> double ulps(T got, double exact) {
  const double value = toDouble(got);
  const T nearest = roundTo<T>(exact, Rounding::RN);
  if (bitsOf(got) == bitsOf(nearest) || (value == 0 && toDouble(nearest) == 0))
    return 0;
  if (!std::isfinite(value) || !std::isfinite(exact))
    return 1e9;
  const double above = toDouble(fromBits<T>(bitsOf(nearest) + 1));
  return std::fabs(value - exact) / std::fabs(above - toDouble(nearest));
}

TEST(VectorUnary, ExactRowsOfEveryHalf) {
  const auto values = everyHalf();
  for (const Row &row : kExactRows) {
    Bench m;
    m.put(kA, values);
    row.run(m, "f16", kB, kA, values.size());
    const auto got = m.get<Half>(kB, values.size());
    for (size_t i = 0; i < values.size(); ++i)
      ASSERT_EQ(got[i].bits, roundTo<Half>(row.exact(toDouble(values[i])), Rounding::RN).bits) << row.name << " " << i;
  }
}

TEST(VectorUnary, FunctionsOfEveryHalf) {
  const auto values = everyHalf();
  for (const Row &row : kFunctionRows) {
    Bench m;
    m.put(kA, values);
    row.run(m, "f16", kB, kA, values.size());
    const auto got = m.get<Half>(kB, values.size());
    for (size_t i = 0; i < values.size(); ++i)
      ASSERT_LE(ulps(got[i], row.exact(toDouble(values[i]))), 1.0) << row.name << " of " << toDouble(values[i]);
  }
}

TEST(VectorUnary, FunctionsOfFloats) {
  const auto values = samples<float>(20001, 31);
  for (const Row &row : kFunctionRows) {
    Bench m;
    m.put(kA, values);
    row.run(m, "f32", kC, kA, values.size());
    const auto got = m.get<float>(kC, values.size());
    for (size_t i = 0; i < values.size(); ++i)
      ASSERT_LE(ulps(got[i], row.exact(values[i])), 2.0) << row.name << " of " << values[i];
  }
}

TEST(VectorUnary, ExactRowsOfFloatsAndBFloats) {
  const auto check = [](auto tag) {
    using T = decltype(tag);
    const auto values = samples<T>(5001, 32);
    for (const Row &row : kExactRows) {
      Bench m;
      m.put(kA, values);
      row.run(m, suffixOf<T>(), kA, kA, values.size());
      const auto got = m.get<T>(kA, values.size());
      for (size_t i = 0; i < values.size(); ++i)
        ASSERT_EQ(bitsOf(got[i]), bitsOf(roundTo<T>(row.exact(toDouble(values[i])), Rounding::RN)))
            << row.name << " of " << toDouble(values[i]);
    }
  };
  check(0.0f);
  check(BFloat{});
}

template <class T> class VectorUnaryAll : public ::testing::Test {};
TYPED_TEST_SUITE(VectorUnaryAll, AllTypes, TypeNames);

TYPED_TEST(VectorUnaryAll, SignsAndTests) {
  using T = TypeParam;
  for (size_t n : {1, 17, 1003}) {
    Bench m;
    const auto values = samples<T>(n, 33);
    m.put(kA, values);
    m.run(execVabs, name<T>("vabs"), VabsOps{kB, kA, n});
    m.run(execVneg, name<T>("vneg"), VnegOps{kC, kA, n});
    m.run(execVnot, name<T>("vnot"), VnotOps{kOut, kA, n});
    m.run(execVrelu, name<T>("vrelu"), VreluOps{kA, kA, n});
    const auto abs = m.get<T>(kB, n), neg = m.get<T>(kC, n), zero = m.get<T>(kOut, n), relu = m.get<T>(kA, n);
    const uint64_t sign = 1ull << (8 * sizeof(T) - 1), mask = 2 * sign - 1;
    for (size_t i = 0; i < n; ++i) {
      const uint64_t bits = bitsOf(values[i]);
      const double v = toDouble(values[i]);
      if (isFloating<T>) {
        ASSERT_EQ(bitsOf(abs[i]), bits & ~sign);
        ASSERT_EQ(bitsOf(neg[i]), bits ^ sign);
      } else {
        ASSERT_EQ(bitsOf(abs[i]), v < 0 ? (0 - bits) & mask : bits);
        ASSERT_EQ(bitsOf(neg[i]), (0 - bits) & mask);
      }
      ASSERT_EQ(bitsOf(zero[i]), bitsOf(roundTo<T>(v == 0, Rounding::RN)));
      ASSERT_EQ(bitsOf(relu[i]), v < 0 ? 0 : v == v ? bits : bitsOf(roundTo<T>(NAN, Rounding::RN))) << "-0 stays";
    }
  }
}

TEST(VectorUnary, OverlapReadsSourcesFirst) {
  for (int shift : {4, -4, 100, -100, 512}) {
    Bench m;
    const auto values = samples<float>(500, 34);
    m.put(kA, values);
    m.run(execVneg, "vneg.f32", VnegOps{kA + shift, kA, 500});
    const auto got = m.get<float>(kA + shift, 500);
    for (size_t i = 0; i < 500; ++i)
      ASSERT_EQ(bitsOf(got[i]), bitsOf(values[i]) ^ 0x80000000);
  }
}

TEST(VectorUnary, MoveAndSet) {
  Bench m;
  const auto values = samples<uint16_t>(700, 35);
  m.put(kA, values);
  m.run(execVmove, "vmove.b16", VmoveOps{kA + 10, kA, 700});
  EXPECT_EQ(m.get<uint16_t>(kA + 10, 700), values);
  m.run(execVset, "vset.b32", VsetOps{kB, 0xffffffff3f800000, 5});
  m.run(execVset, "vset.b8", VsetOps{kB + 20, 0xabcd, 1});
  EXPECT_EQ(m.get<float>(kB, 5), std::vector<float>(5, 1.0f));
  EXPECT_EQ(m.get<uint8_t>(kB + 20, 1)[0], 0xcd);
  m.put<uint32_t>(kA, {0, 0x12345678});
  m.run(execVbnot, "vbnot.b32", VbnotOps{kA, kA, 2});
  EXPECT_EQ(m.get<uint32_t>(kA, 2), (std::vector<uint32_t>{0xffffffff, 0xedcba987}));
}

TEST(VectorUnary, NaNsAreCanonical) {
  Bench m;
  m.put<float>(kA, {-1.0f, INFINITY, fromBits<float>(0xffffffff)});
  m.run(execVsqrt, "vsqrt.f32", VsqrtOps{kOut, kA, 3});
  EXPECT_EQ(bitsOf(m.get<float>(kOut, 3)), (std::vector<uint64_t>{kFloatNaN, 0x7f800000, kFloatNaN}));
}

TEST(VectorUnary, Faults) {
  Bench m;
  EXPECT_EQ(m.faultOf(execVexp, "vexp.f32", VexpOps{kOut, kA, 0}), "vexp.f32: n is 0, expected at least 1");
  EXPECT_EQ(m.faultOf(execVset, "vset.b8", VsetOps{kOut, 1, uint64_t(-1)}),
            "vset.b8: n is -1, expected at most 4294967295");
  EXPECT_NE(m.faultOf(execVmove, "vmove.b32", VmoveOps{kOut, kGdramBase, 4}), "");
}

} // namespace
