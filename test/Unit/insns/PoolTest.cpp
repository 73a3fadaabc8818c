// PoolTest.cpp: windows over HWC images against a direct loop.
#include "Bench.h"

using namespace dlp;
using namespace dlp::test;

namespace {

struct Shape {
  uint64_t c, h, w, kh, kw, sw, sh;
};

template <class T> std::vector<T> reference(const std::string &row, const std::vector<T> &src, Shape s) {
  const uint64_t sw = s.sw ? s.sw : s.kw, sh = s.sh ? s.sh : s.kh;
  const uint64_t oh = (s.h - s.kh) / sh + 1, ow = (s.w - s.kw) / sw + 1;
  std::vector<T> dst(oh * ow * s.c);
  for (uint64_t y = 0; y < oh; ++y)
    for (uint64_t x = 0; x < ow; ++x)
      for (uint64_t c = 0; c < s.c; ++c) {
        float acc = 0;
        for (uint64_t i = 0; i < s.kh * s.kw; ++i) {
          const float v = toFloat(src[((y * sh + i / s.kw) * s.w + x * sw + i % s.kw) * s.c + c]);
          if (i == 0)
            acc = v;
          else if (row == "psum" || row == "pavg")
            acc = acc + v;
          else if (std::isnan(acc) || (row == "pmax" ? v > acc : v < acc))
            acc = v;
        }
        dst[(y * ow + x) * s.c + c] = fromFloat<T>(row == "pavg" ? acc / float(s.kh * s.kw) : acc);
      }
  return dst;
}

template <class T> void pool(Bench &m, const std::string &row, uint64_t dst, uint64_t src, Shape s) {
  const auto go = [&](auto handler, auto ops) {
    ops = {dst, src, s.c, s.h, s.w, s.kh, s.kw, s.sw, s.sh};
    m.run(handler, name<T>(row.c_str()), ops);
  };
  if (row == "psum")
    go(execPsum, PsumOps{});
  else if (row == "pmax")
    go(execPmax, PmaxOps{});
  else if (row == "pmin")
    go(execPmin, PminOps{});
  else
    go(execPavg, PavgOps{});
}

template <class T> class Pool : public ::testing::Test {};
TYPED_TEST_SUITE(Pool, FloatTypes, TypeNames);

TYPED_TEST(Pool, EveryRowAndShape) {
  using T = TypeParam;
  const Shape shapes[] = {{1, 1, 1, 1, 1, 1, 1},  {3, 5, 7, 2, 3, 1, 1},  {16, 8, 8, 2, 2, 0, 0}, {5, 9, 4, 3, 2, 2, 3},
                          {64, 6, 1, 6, 1, 0, 0}, {1, 40, 1, 4, 1, 1, 4}, {7, 5, 5, 5, 5, 9, 9}};
  for (const char *row : {"psum", "pmax", "pmin", "pavg"})
    for (const Shape &s : shapes)
      for (bool inPlace : {false, true}) {
        Bench m;
        const auto src = samples<T>(s.c * s.h * s.w, 61);
        m.put(kA, src);
        const auto expected = reference(row, src, s);
        pool<T>(m, row, inPlace ? kA : kOut, kA, s);
        ASSERT_EQ(bitsOf(m.get<T>(inPlace ? kA : kOut, expected.size())), bitsOf(expected)) << row << " c " << s.c;
      }
}

TEST(PoolFaults, Sentences) {
  Bench m;
  EXPECT_EQ(m.faultOf(execPsum, "psum.f32", PsumOps{kOut, kA, 4, 2, 2, 3, 1, 1, 1}),
            "psum.f32: kh is 3, expected at most the height 2");
  EXPECT_EQ(m.faultOf(execPmax, "pmax.f16", PmaxOps{kOut, kA, 0, 2, 2, 1, 1, 1, 1}),
            "pmax.f16: c is 0, expected at least 1");
  EXPECT_EQ(m.faultOf(execPmax, "pmax.f16", PmaxOps{kOut, kA, 1, 300, 300, 300, 300, 1, 1}),
            "pmax.f16: kh * kw is 90000, expected at most 65536");
}

} // namespace
