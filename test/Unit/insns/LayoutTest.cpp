// LayoutTest.cpp: transposition and the order of filters for WRAM.
#include "Bench.h"

using namespace dlp;
using namespace dlp::test;

namespace {

template <class T> void transposes(const char *mnemonic) {
  for (auto [h, w] : {std::pair<uint64_t, uint64_t>{1, 1}, {1, 33}, {33, 1}, {16, 16}, {17, 40}, {64, 100}})
    for (bool inPlace : {false, true}) {
      Bench m;
      const auto src = samples<T>(h * w, 71);
      m.put(kA, src);
      const uint64_t dst = inPlace ? kA : kOut;
      m.run(execVtrans, mnemonic, VtransOps{dst, kA, h, w});
      const auto got = m.get<T>(dst, h * w);
      for (uint64_t i = 0; i < h; ++i)
        for (uint64_t j = 0; j < w; ++j)
          ASSERT_EQ(got[j * h + i], src[i * w + j]) << h << "x" << w;
    }
}

TEST(Transpose, Bytes) { transposes<uint8_t>("vtrans.b8"); }
TEST(Transpose, HalfWords) { transposes<uint16_t>("vtrans.b16"); }
TEST(Transpose, Words) { transposes<uint32_t>("vtrans.b32"); }

TEST(Lanes, RowPermutation) {
  Bench m;
  const uint64_t n = 192, h = 2, w = 1, c = 16, row = h * w * c;
  const auto src = samples<uint16_t>(n * row, 72);
  m.put(kA, src);
  m.run(execVlanes, "vlanes.b16", VlanesOps{kA, kA, n, h, w, c});
  const auto got = m.get<uint16_t>(kA, n * row);
  for (uint64_t i = 0; i < n; ++i)
    for (uint64_t e = 0; e < row; ++e)
      ASSERT_EQ(got[((i % 64) * (n / 64) + i / 64) * row + e], src[i * row + e]);
}

TEST(LayoutFaults, Sentences) {
  Bench m;
  EXPECT_EQ(m.faultOf(execVlanes, "vlanes.b16", VlanesOps{kOut, kA, 65, 1, 1, 16}),
            "vlanes.b16: n is 65, expected a multiple of 64, one filter for each WRAM table");
  EXPECT_EQ(m.faultOf(execVlanes, "vlanes.b8", VlanesOps{kOut, kA, 64, 1, 1, 20}),
            "vlanes.b8: bytes of a filter is 20, expected a multiple of 32");
  EXPECT_EQ(m.faultOf(execVtrans, "vtrans.b8", VtransOps{kOut, kA, 0, 1}), "vtrans.b8: h is 0, expected at least 1");
  EXPECT_EQ(m.faultOf(execVtrans, "vtrans.b8", VtransOps{kOut, kA, 100000, 100000}),
            "vtrans.b8: h * w is 10000000000, expected at most 4294967295");
}

} // namespace
