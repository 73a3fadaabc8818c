// TensorTest.cpp: products with weights in WRAM, bit by bit against loops in the documented order, and the whole road
// of weights: filter order in NRAM, plain copy to WRAM, product.
#include "Bench.h"

using namespace dlp;
using namespace dlp::test;

namespace {

constexpr uint64_t kTable = kMiB / 64;

// Puts weight rows where the hardware expects them.
template <class B> void putWeights(Bench &m, uint64_t base, const std::vector<B> &rows, uint64_t k) {
  for (uint64_t r = 0; r < rows.size() / k; ++r)
    m.put(base + r % 64 * kTable + r / 64 * k * sizeof(B),
          std::vector<B>(rows.begin() + r * k, rows.begin() + (r + 1) * k));
}

template <class D, class A, class B> std::string suffixes() {
  return std::string(".") + suffixOf<D>() + "." + suffixOf<A>() + "." + suffixOf<B>();
}

template <class D, class A, class B>
std::vector<D> reference(const std::vector<A> &a, const std::vector<B> &b, const std::vector<D> &bias, uint64_t m,
                         uint64_t k, uint64_t n, int pos) {
  std::vector<D> dst(m * n);
  for (uint64_t i = 0; i < m; ++i)
    for (uint64_t j = 0; j < n; ++j) {
      if constexpr (isFloating<A>) {
        float acc = bias.empty() ? 0 : float(toDouble(bias[i * n + j]));
        for (uint64_t e = 0; e < k; ++e) {
          const float product = toFloat(a[i * k + e]) * toFloat(b[j * k + e]);
          acc += product;
        }
        dst[i * n + j] = roundTo<D>(acc, Rounding::RN);
      } else {
        int64_t acc = 0;
        for (uint64_t e = 0; e < k; ++e)
          acc += int64_t(a[i * k + e]) * b[j * k + e];
        const double added = bias.empty() ? 0 : toDouble(bias[i * n + j]);
        dst[i * n + j] = roundTo<D>(std::ldexp(double(acc), pos) + added, Rounding::RN);
      }
    }
  return dst;
}

template <class T> std::vector<T> operand(size_t n, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<T> values(n);
  for (T &v : values)
    v = isFloating<T> ? roundTo<T>((double(random() % 2001) - 1000) / 512, Rounding::RN) : fromBits<T>(random());
  return values;
}

template <class D, class A, class B> struct Types {
  using d = D;
  using a = A;
  using b = B;
};
template <class V> class Matmul : public ::testing::Test {};
using Variants =
    ::testing::Types<Types<float, float, float>, Types<Half, Half, Half>, Types<float, Half, Half>,
                     Types<float, Half, float>, Types<float, float, Half>, Types<float, BFloat, BFloat>,
                     Types<BFloat, BFloat, BFloat>, Types<Half, int8_t, int8_t>, Types<float, int8_t, int8_t>,
                     Types<Half, int16_t, int8_t>, Types<float, int16_t, int8_t>, Types<float, int16_t, int16_t>,
                     Types<int32_t, int8_t, int8_t>, Types<int32_t, int16_t, int8_t>, Types<int32_t, int16_t, int16_t>>;
TYPED_TEST_SUITE(Matmul, Variants);

TYPED_TEST(Matmul, ShapesAndBias) {
  using D = typename TypeParam::d;
  using A = typename TypeParam::a;
  using B = typename TypeParam::b;
  const uint64_t k0 = 64 / sizeof(B);
  for (auto [m, k, n] :
       {std::tuple<uint64_t, uint64_t, uint64_t>{1, k0, 1}, {3, k0, 64}, {5, 2 * k0, 130}, {9, 3 * k0, 17}})
    for (bool withBias : {false, true}) {
      const int pos = isFloating<A> ? 0 : std::is_same_v<D, Half> ? -15 : -6;
      const auto a = operand<A>(m * k, 91);
      const auto b = operand<B>(n * k, 92);
      const auto bias = withBias ? operand<D>(m * n, 93) : std::vector<D>{};
      Bench bench;
      bench.put(kA, a);
      putWeights(bench, kWramBase + 128, b, k);
      if (withBias)
        bench.put(kB, bias);
      bench.run(execTmatmul, "tmatmul" + suffixes<D, A, B>(),
                TmatmulOps{kOut, kA, kWramBase + 128, withBias ? kB : 0, m, k, n, uint64_t(pos)});
      ASSERT_EQ(bitsOf(bench.get<D>(kOut, m * n)), bitsOf(reference(a, b, bias, m, k, n, pos)))
          << m << " " << k << " " << n;
    }
}

TEST(MatmulOrder, AscendingKBitByBit) {
  // Values of very different size: any other order of the sum gives other bits.
  std::mt19937 random(94);
  const uint64_t m = 4, k = 256, n = 64;
  std::vector<float> a(m * k), b(n * k);
  for (auto *v : {&a, &b})
    for (float &e : *v)
      e = std::ldexp(float(int(random() % 65536) - 32768), int(random() % 24) - 12);
  Bench bench;
  bench.put(kA, a);
  putWeights(bench, kWramBase, b, k);
  bench.run(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{kOut, kA, kWramBase, 0, m, k, n, 0});
  EXPECT_EQ(bitsOf(bench.get<float>(kOut, m * n)), bitsOf(reference<float>(a, b, {}, m, k, n, 0)));
}

TEST(MatmulOrder, CutAlongKGivesTheSameBits) {
  const uint64_t m = 3, k = 128, n = 64;
  const auto a = operand<float>(m * k, 95), b = operand<float>(n * k, 96);
  std::vector<float> left, right, bLeft, bRight;
  for (uint64_t i = 0; i < m * k; ++i)
    (i % k < k / 2 ? left : right).push_back(a[i]);
  for (uint64_t i = 0; i < n * k; ++i)
    (i % k < k / 2 ? bLeft : bRight).push_back(b[i]);
  Bench bench;
  bench.put(kA, left);
  bench.put(kB, right);
  putWeights(bench, kWramBase, bLeft, k / 2);
  putWeights(bench, kWramBase + 4096, bRight, k / 2);
  bench.run(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{kOut, kA, kWramBase, 0, m, k / 2, n, 0});
  bench.run(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{kOut, kB, kWramBase + 4096, kOut, m, k / 2, n, 0});
  EXPECT_EQ(bitsOf(bench.get<float>(kOut, m * n)), bitsOf(reference<float>(a, b, {}, m, k, n, 0)));
}

// The road a kernel takes: reshape_filter in NRAM, one plain copy to WRAM, matmul. Asymmetric integers, so a wrong
// order of weights cannot pass.
TEST(MatmulRoad, ReshapeCopyMultiply) {
  const uint64_t m = 5, k = 32, n = 128;
  std::vector<Half> a(m * k), b(n * k);
  for (uint64_t i = 0; i < a.size(); ++i)
    a[i] = halfFromFloat(float(i % 13) - 5);
  for (uint64_t i = 0; i < b.size(); ++i)
    b[i] = halfFromFloat(float(i * 7 % 19) - 3 + float(i / k % 5));
  Bench bench;
  bench.put(kA, a);
  bench.put(kB, b);
  bench.run(execVlanes, "vlanes.b16", VlanesOps{kC, kB, n, 1, 1, k});
  bench.run(execMv, "mv.wram.nram", MvOps{kWramBase, kC, n * k * 2});
  bench.run(execTmatmul, "tmatmul.f32.f16.f16", TmatmulOps{kOut, kA, kWramBase, 0, m, k, n, 0});
  EXPECT_EQ(bench.get<float>(kOut, m * n), (reference<float>(a, b, {}, m, k, n, 0)));
}

TEST(MatmulAlias, DestinationOverOperands) {
  const uint64_t m = 6, k = 16, n = 64;
  const auto a = operand<float>(m * k, 97), b = operand<float>(n * k, 98), bias = operand<float>(m * n, 99);
  const auto expected = reference(a, b, bias, m, k, n, 0);
  for (uint64_t dst : {kA, kA + 64, kB, kB + 4}) {
    Bench bench;
    bench.put(kA, a);
    bench.put(kB, bias);
    putWeights(bench, kWramBase, b, k);
    bench.run(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{dst, kA, kWramBase, kB, m, k, n, 0});
    EXPECT_EQ(bitsOf(bench.get<float>(dst, m * n)), bitsOf(expected));
  }
}

TEST(MatmulIntegers, LargestSumsAreExact) {
  const uint64_t k = 8192; // a WRAM table full of i16
  const std::vector<int16_t> a(k, -32768), b(64 * k, -32768);
  Bench bench;
  bench.put(kA, a);
  putWeights(bench, kWramBase, b, k);
  bench.run(execTmatmul, "tmatmul.i32.i16.i16", TmatmulOps{kOut, kA, kWramBase, 0, 1, k, 64, uint64_t(-13)});
  EXPECT_EQ(bench.get<int32_t>(kOut, 64), std::vector<int32_t>(64, 1 << 30));
  bench.run(execTmatmul, "tmatmul.i32.i16.i16", TmatmulOps{kOut, kA, kWramBase, 0, 1, k, 64, 0});
  EXPECT_EQ(bench.get<int32_t>(kOut, 64), std::vector<int32_t>(64, INT32_MAX)) << "saturates";
}

TEST(Mlp, RowTimesWeights) {
  const uint64_t h = 100, w = 32;
  const auto src = operand<Half>(w, 101), weights = operand<Half>(h * w, 102), bias = operand<Half>(h, 103);
  Bench bench;
  bench.put(kA, src);
  bench.put(kB, bias);
  putWeights(bench, kWramBase, weights, w);
  bench.run(execTmlp, "tmlp.f16.f16.f16", TmlpOps{kOut, kA, kWramBase, kB, h, w, 0});
  EXPECT_EQ(bitsOf(bench.get<Half>(kOut, h)), bitsOf(reference(src, weights, bias, 1, w, h, 0)));
}

struct ConvShape {
  uint64_t ci, h, w, kh, kw, sw, sh, co, dw, dh;
};

template <class D, class A, class B> void checkConv(const ConvShape &s, bool withBias, int pos) {
  const uint64_t k = s.kh * s.kw * s.ci, dw = s.dw ? s.dw : 1, dh = s.dh ? s.dh : 1;
  const uint64_t oh = (s.h - (s.kh - 1) * dh - 1) / s.sh + 1, ow = (s.w - (s.kw - 1) * dw - 1) / s.sw + 1;
  const auto src = operand<A>(s.h * s.w * s.ci, 111);
  const auto weights = operand<B>(s.co * k, 112);
  const auto bias = withBias ? operand<D>(s.co, 113) : std::vector<D>{};
  // Gather the windows by the definition, then a plain product.
  std::vector<A> patches;
  std::vector<D> biases;
  for (uint64_t y = 0; y < oh; ++y)
    for (uint64_t x = 0; x < ow; ++x) {
      for (uint64_t i = 0; i < k; ++i) {
        const uint64_t kh = i / s.ci / s.kw, kw = i / s.ci % s.kw;
        patches.push_back(src[((y * s.sh + kh * dh) * s.w + x * s.sw + kw * dw) * s.ci + i % s.ci]);
      }
      biases.insert(biases.end(), bias.begin(), bias.end());
    }
  Bench bench;
  bench.put(kA, src);
  putWeights(bench, kWramBase, weights, k);
  if (withBias)
    bench.put(kB, bias);
  bench.run(execTconv, "tconv" + suffixes<D, A, B>(),
            TconvOps{kOut, kA, kWramBase, withBias ? kB : 0, s.ci, s.h, s.w, s.kh, s.kw, s.sw, s.sh, s.co,
                     uint64_t(pos), s.dw, s.dh});
  EXPECT_EQ(bitsOf(bench.get<D>(kOut, oh * ow * s.co)),
            bitsOf(reference(patches, weights, biases, oh * ow, k, s.co, pos)));
}

TEST(Conv, ShapesStridesDilations) {
  for (bool bias : {false, true}) {
    checkConv<float, float, float>({16, 5, 6, 3, 2, 1, 1, 64, 0, 0}, bias, 0);
    checkConv<Half, Half, Half>({32, 7, 9, 3, 3, 2, 3, 70, 1, 1}, bias, 0);
    checkConv<float, Half, Half>({32, 9, 8, 2, 3, 1, 2, 5, 2, 3}, bias, 0);
    checkConv<float, float, float>({16, 1, 1, 1, 1, 1, 1, 1, 0, 0}, bias, 0);
    checkConv<float, int16_t, int8_t>({32, 4, 4, 2, 2, 1, 1, 64, 0, 0}, bias, -4);
    checkConv<int32_t, int8_t, int8_t>({64, 4, 4, 2, 2, 1, 1, 64, 0, 0}, bias, 0);
  }
}

TEST(TensorFaults, Sentences) {
  Bench m;
  EXPECT_EQ(m.faultOf(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{kOut, kA, kWramBase, 0, 1, 10, 64, 0}),
            "tmatmul.f32.f32.f32: k * 4 bytes is 40, expected a multiple of 64: pad the rows with zeros");
  EXPECT_EQ(m.faultOf(execTmatmul, "tmatmul.f32.i16.i8", TmatmulOps{kOut, kA, kWramBase, 0, 1, 33, 64, 0}),
            "tmatmul.f32.i16.i8: k * 1 bytes is 33, expected a multiple of 32: pad the rows with zeros");
  EXPECT_EQ(m.faultOf(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{kOut, kA, kWramBase, 0, 0, 16, 64, 0}),
            "tmatmul.f32.f32.f32: m is 0, expected at least 1");
  EXPECT_EQ(m.faultOf(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{kOut, kA, kWramBase, 0, 1, 16, 64, 3}),
            "tmatmul.f32.f32.f32: pos is 3, expected 0, since only integer products have a fixed-point position");
  EXPECT_EQ(m.faultOf(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{kOut, kA, kWramBase + kTable, 0, 1, 16, 64, 0}),
            "tmatmul.f32.f32.f32: weights lie in WRAM table 1, expected an offset in table 0");
  EXPECT_EQ(m.faultOf(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{kOut, kA, kWramBase, 0, 1, 4096, 128, 0}),
            "tmatmul.f32.f32.f32: the weights take 32768 bytes of each WRAM table from offset 0, a table has 16384");
  EXPECT_NE(m.faultOf(execTmatmul, "tmatmul.f32.f32.f32", TmatmulOps{kOut, kA, kB, 0, 1, 16, 64, 0}), "");
  EXPECT_EQ(m.kind, FaultKind::WrongSpace);
  EXPECT_EQ(
      m.faultOf(execTconv, "tconv.f32.f32.f32", TconvOps{kOut, kA, kWramBase, 0, 16, 3, 3, 2, 2, 0, 1, 64, 0, 0, 0}),
      "tconv.f32.f32.f32: sw is 0, expected 1 to 1023");
  EXPECT_EQ(
      m.faultOf(execTconv, "tconv.f32.f32.f32", TconvOps{kOut, kA, kWramBase, 0, 16, 3, 3, 2, 2, 1, 1, 64, 0, 1, 3}),
      "tconv.f32.f32.f32: height of the spread window is 4, expected at most the height 3");
}

} // namespace
