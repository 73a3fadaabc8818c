// VectorBinaryTest.cpp: two-operand rows in all their forms against one scalar oracle.
#include "Bench.h"

#include <functional>

using namespace dlp;
using namespace dlp::test;

namespace {

// What a lane must give, from exact doubles or wide integers.
template <class T> T oracle(const std::string &op, T a, T b) {
  const double x = toDouble(a), y = toDouble(b);
  const auto flag = [](bool v) { return roundTo<T>(v, Rounding::RN); };
  const auto canonicalNaN = [](T v) { return toDouble(v) == toDouble(v) ? v : roundTo<T>(NAN, Rounding::RN); };
  if (op == "vmax")
    return canonicalNaN(y > x ? b : a);
  if (op == "vmin")
    return canonicalNaN(y < x ? b : a);
  if (op == "veq")
    return flag(x == y);
  if (op == "vne")
    return flag(x < y || x > y);
  if (op == "vlt")
    return flag(x < y);
  if (op == "vle")
    return flag(x <= y);
  if (op == "vgt")
    return flag(x > y);
  if (op == "vge")
    return flag(x >= y);
  if (op == "vand")
    return flag(x != 0 && y != 0);
  if (op == "vor")
    return flag(x != 0 || y != 0);
  if (op == "vxor")
    return flag((x != 0) != (y != 0));
  if constexpr (std::is_same_v<T, float>) {
    const float r = op == "vadd" ? a + b : op == "vsub" ? a - b : op == "vmul" ? a * b : a / b;
    return r == r ? r : fromBits<float>(kFloatNaN);
  } else if constexpr (isFloating<T>) {
    // Sums of the widest range round once in f64 and once more; twice f16's or bf16's precision and two more is enough.
    const double r = op == "vadd" ? x + y : op == "vsub" ? x - y : op == "vmul" ? x * y : x / y;
    return roundTo<T>(r, Rounding::RN);
  } else {
    const __int128 p = a, q = b;
    return T(op == "vadd" ? p + q : op == "vsub" ? p - q : op == "vmul" ? p * q : p / q);
  }
}

struct Row {
  const char *name;
  std::function<void(Bench &, const std::string &, uint64_t, uint64_t, uint64_t, uint64_t)> vector, scalar;
  std::function<void(Bench &, const std::string &, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t)> cycle;
};

#define ROW(NAME, R)                                                                                                   \
  Row {                                                                                                                \
    NAME,                                                                                                              \
        [](Bench &m, const std::string &t, uint64_t d, uint64_t a, uint64_t b, uint64_t n) {                           \
          m.run(exec##R, NAME "." + t, R##Ops{d, a, b, n});                                                            \
        },                                                                                                             \
        [](Bench &m, const std::string &t, uint64_t d, uint64_t a, uint64_t v, uint64_t n) {                           \
          m.run(exec##R##Vs, NAME ".vs." + t, R##VsOps{d, a, v, n});                                                   \
        },                                                                                                             \
        [](Bench &m, const std::string &t, uint64_t d, uint64_t a, uint64_t s, uint64_t n, uint64_t k) {               \
          m.run(exec##R##Cy, NAME ".cy." + t, R##CyOps{d, a, s, n, k});                                                \
        }                                                                                                              \
  }

const Row kRows[] = {ROW("vadd", Vadd), ROW("vsub", Vsub), ROW("vmul", Vmul), ROW("vdiv", Vdiv), ROW("vmax", Vmax),
                     ROW("vmin", Vmin), ROW("veq", Veq),   ROW("vne", Vne),   ROW("vlt", Vlt),   ROW("vle", Vle),
                     ROW("vgt", Vgt),   ROW("vge", Vge),   ROW("vand", Vand), ROW("vor", Vor),   ROW("vxor", Vxor)};

template <class T> std::vector<T> divisors(std::vector<T> values) {
  if (!isFloating<T>)
    for (T &v : values)
      if (bitsOf(v) == 0)
        v = fromBits<T>(3);
  return values;
}

template <class T> class VectorBinary : public ::testing::Test {
protected:
  // Sizes around vector widths, and one above the block the cycling form repeats.
  static constexpr size_t kSizes[] = {1, 3, 16, 31, 64, 65, 257, 1000};
};
TYPED_TEST_SUITE(VectorBinary, AllTypes, TypeNames);

TYPED_TEST(VectorBinary, VectorForm) {
  using T = TypeParam;
  for (const Row &row : kRows)
    for (size_t n : TestFixture::kSizes) {
      Bench m;
      const auto a = samples<T>(n, 11), b = divisors(samples<T>(n, 12));
      m.put(kA, a);
      m.put(kB, b);
      m.put(kOut, std::vector<uint8_t>((n + 1) * sizeof(T), 0x5a));
      row.vector(m, suffixOf<T>(), kOut, kA, kB, n);
      const auto got = m.get<T>(kOut, n + 1);
      for (size_t i = 0; i < n; ++i)
        ASSERT_EQ(bitsOf(got[i]), bitsOf(oracle(row.name, a[i], b[i])))
            << row.name << " of " << toDouble(a[i]) << " and " << toDouble(b[i]);
      ASSERT_EQ(bitsOf(got[n]) & 0xff, 0x5a) << "written past the end";
    }
}

TYPED_TEST(VectorBinary, ScalarForm) {
  using T = TypeParam;
  for (const Row &row : kRows)
    for (double scalar : {3.0, 1.0, -2.5}) {
      Bench m;
      const T value = divisors(std::vector<T>{roundTo<T>(scalar, Rounding::TZ)})[0];
      const auto a = samples<T>(301, 13);
      m.put(kA, a);
      // The bits above the element are not looked at.
      row.scalar(m, suffixOf<T>(), kOut, kA, bitsOf(value) | (sizeof(T) < 8 ? ~0ull << (8 * sizeof(T)) : 0), 301);
      const auto got = m.get<T>(kOut, 301);
      for (size_t i = 0; i < 301; ++i)
        ASSERT_EQ(bitsOf(got[i]), bitsOf(oracle(row.name, a[i], value))) << row.name << " " << toDouble(a[i]);
    }
}

TYPED_TEST(VectorBinary, CyclingForm) {
  using T = TypeParam;
  for (const Row &row : kRows)
    for (auto [n, k] : {std::pair<size_t, size_t>{1, 1}, {12, 3}, {600, 1}, {1100, 11}, {1200, 600}, {64, 64}}) {
      Bench m;
      const auto a = samples<T>(n, 14), s = divisors(samples<T>(k, 15));
      m.put(kA, a);
      m.put(kB, s);
      row.cycle(m, suffixOf<T>(), kOut, kA, kB, n, k);
      const auto got = m.get<T>(kOut, n);
      for (size_t i = 0; i < n; ++i)
        ASSERT_EQ(bitsOf(got[i]), bitsOf(oracle(row.name, a[i], s[i % k]))) << row.name << " at " << i;
    }
}

// In place on either operand, both, and shifted overlaps in both directions: as if sources had been read first.
TYPED_TEST(VectorBinary, EveryOverlap) {
  using T = TypeParam;
  const size_t n = 200;
  for (const char *name : {"vadd", "vmax", "vlt"}) {
    const Row &row =
        *std::find_if(std::begin(kRows), std::end(kRows), [&](const Row &r) { return r.name == std::string(name); });
    for (int shift : {0, 1, -1, 7, -7, 64, -64}) {
      for (bool onLeft : {true, false}) {
        Bench m;
        const auto a = samples<T>(n, 16), b = samples<T>(n, 17);
        m.put(kA, a);
        m.put(kB, b);
        const uint64_t dst = (onLeft ? kA : kB) + int64_t(shift) * int64_t(sizeof(T));
        row.vector(m, suffixOf<T>(), dst, kA, kB, n);
        const auto got = m.get<T>(dst, n);
        for (size_t i = 0; i < n; ++i)
          ASSERT_EQ(bitsOf(got[i]), bitsOf(oracle(name, a[i], b[i]))) << name << " shift " << shift << " at " << i;
      }
    }
    Bench m;
    const auto a = samples<T>(n, 18);
    m.put(kA, a);
    row.vector(m, suffixOf<T>(), kA, kA, kA, n);
    for (size_t i = 0; i < n; ++i)
      ASSERT_EQ(bitsOf(m.get<T>(kA, n)[i]), bitsOf(oracle(name, a[i], a[i])));
  }
}

TEST(VectorBinaryCycle, SegmentInsideTheDestination) {
  Bench m;
  const auto a = ramp<float>(256, 0, 1), s = ramp<float>(4, 100, 100);
  m.put(kA, a);
  m.put(kA + 512, s); // overwrites part of the source, and will be overwritten
  const auto source = m.get<float>(kA, 256);
  m.run(execVaddCy, "vadd.cy.f32", VaddCyOps{kA, kA, kA + 512, 256, 4});
  const auto got = m.get<float>(kA, 256);
  for (size_t i = 0; i < 256; ++i)
    ASSERT_EQ(got[i], source[i] + s[i % 4]) << i;
}

TEST(VectorBinaryBits, AndOrXor) {
  Bench m;
  const auto a = samples<uint8_t>(333, 21), b = samples<uint8_t>(333, 22);
  m.put(kA, a);
  m.put(kB, b);
  m.run(execVband, "vband.b8", VbandOps{kOut, kA, kB, 333});
  m.run(execVbor, "vbor.b8", VborOps{kOut + 1000, kA, kB, 333});
  m.run(execVbxorVs, "vbxor.vs.b16", VbxorVsOps{kOut + 2000, kA, 0x1234, 100});
  m.run(execVbandCy, "vband.cy.b32", VbandCyOps{kOut + 3000, kA, kB, 80, 4});
  const auto wide = m.get<uint16_t>(kA, 100);
  const auto words = m.get<uint32_t>(kA, 80), segment = m.get<uint32_t>(kB, 4);
  for (size_t i = 0; i < 333; ++i) {
    ASSERT_EQ(m.get<uint8_t>(kOut, 333)[i], a[i] & b[i]);
    ASSERT_EQ(m.get<uint8_t>(kOut + 1000, 333)[i], a[i] | b[i]);
  }
  for (size_t i = 0; i < 100; ++i)
    ASSERT_EQ(m.get<uint16_t>(kOut + 2000, 100)[i], wide[i] ^ 0x1234);
  for (size_t i = 0; i < 80; ++i)
    ASSERT_EQ(m.get<uint32_t>(kOut + 3000, 80)[i], words[i] & segment[i % 4]);
}

TEST(VectorBinaryFloats, SubnormalsAreKept) {
  Bench m;
  m.put<float>(kA, {0x1p-149f, 0x1p-126f});
  m.put<float>(kB, {0x1p-149f, 0x1p-1f});
  m.run(execVadd, "vadd.f32", VaddOps{kOut, kA, kB, 1});
  m.run(execVmul, "vmul.f32", VmulOps{kOut + 4, kA + 4, kB + 4, 1});
  EXPECT_EQ(m.get<float>(kOut, 1)[0], 0x1p-148f);
  EXPECT_EQ(m.get<float>(kOut + 4, 1)[0], 0x1p-127f);
}

TEST(VectorBinaryFloats, NaNAndSignedZeroOfExtremes) {
  Bench m;
  const float nan = fromBits<float>(0xff812345);
  m.put<float>(kA, {nan, 1.0f, 0.0f, -0.0f});
  m.put<float>(kB, {1.0f, nan, -0.0f, 0.0f});
  m.run(execVmax, "vmax.f32", VmaxOps{kOut, kA, kB, 4});
  EXPECT_EQ(bitsOf(m.get<float>(kOut, 4)), (std::vector<uint64_t>{kFloatNaN, 0x3f800000, 0, 0x80000000}))
      << "the left operand, its NaN canonical";
}

TEST(VectorBinaryIntegers, WrapAndTruncate) {
  Bench m;
  m.put<int32_t>(kA, {INT32_MAX, INT32_MIN, -7, INT32_MIN});
  m.put<int32_t>(kB, {1, -1, 2, 1});
  m.run(execVadd, "vadd.i32", VaddOps{kOut, kA, kB, 1});
  EXPECT_EQ(m.get<int32_t>(kOut, 1)[0], INT32_MIN);
  m.run(execVdiv, "vdiv.i32", VdivOps{kOut, kA, kB, 4});
  EXPECT_EQ(m.get<int32_t>(kOut, 4), (std::vector<int32_t>{INT32_MAX, INT32_MIN, -3, INT32_MIN}));
}

TEST(VectorBinaryFaults, Sentences) {
  Bench m;
  EXPECT_EQ(m.faultOf(execVadd, "vadd.f16", VaddOps{kOut, kA, kB, 0}), "vadd.f16: n is 0, expected at least 1");
  EXPECT_EQ(m.kind, FaultKind::BadOperand);
  EXPECT_EQ(m.faultOf(execVaddCy, "vadd.cy.f32", VaddCyOps{kOut, kA, kB, 10, 4}),
            "vadd.cy.f32: n is 10, expected a multiple of seg_n = 4");
  EXPECT_EQ(m.faultOf(execVadd, "vadd.f32", VaddOps{kOut + 2, kA, kB, 4}),
            "vadd.f32: dst is at 0x260002, expected a multiple of 4");
  EXPECT_EQ(m.kind, FaultKind::Misaligned);
  m.put<int16_t>(kB, {1, 2, 0, 4});
  EXPECT_EQ(m.faultOf(execVdiv, "vdiv.i16", VdivOps{kOut, kA, kB, 4}),
            "vdiv.i16: element 2 of rhs is 0, expected divisors other than 0");
  EXPECT_NE(m.faultOf(execVdivVs, "vdiv.vs.u8", VdivVsOps{kOut, kA, 0x100, 4}), "") << "only the low 8 bits count";
  EXPECT_NE(m.faultOf(execVadd, "vadd.f32", VaddOps{kOut, kA, kSramBase, 4}), "");
  EXPECT_EQ(m.kind, FaultKind::WrongSpace);
  EXPECT_NE(m.faultOf(execVadd, "vadd.f32", VaddOps{kOut, kA, kNramBase + 768 * kKiB - 8, 4}), "");
  EXPECT_EQ(m.kind, FaultKind::OutOfBounds);
}

} // namespace
