// Convert.cpp: oracle of conversions: dst = round(src * 2^src_pos / 2^dst_pos); integers saturate, NaN gives 0.
#include "test/Matrix/lib/Oracles.h"

#include <algorithm>

namespace matrix {

static void convertElement(Case &c, size_t to, size_t from) {
  const Elt &dst = c.elt("dst");
  Rounding mode = roundingOf(c.row.suffix);
  if (mode == Rounding::None)
    mode = Rounding::Tz;
  // The strided form has one position: of its integer side.
  int64_t pos = dst.isFloat ? c.arg("pos") : -c.arg("pos");
  double value = std::ldexp(c.f("src", from), int(c.arg("src_pos") - c.arg("dst_pos") + pos));
  if (dst.isFloat) {
    c.setF("dst", to, value, 0, mode);
    return;
  }
  double whole = std::isnan(value) ? 0 : roundToIntegral(value, mode);
  c.setI("dst", to, Int(std::clamp(whole, double(dst.low()), double(dst.high()))));
}

static void convert(Case &c) {
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    convertElement(c, i, i);
}

static void convertStrided(Case &c) {
  for (size_t s = 0; s <= size_t(c.arg("segnum")); ++s)
    for (size_t i = 0; i < size_t(c.arg("n")); ++i)
      convertElement(c, s * c.arg("dst_stride") * 8 / c.elt("dst").bits + i,
                     s * c.arg("src_stride") * 8 / c.elt("src").bits + i);
}

static Args positions(int64_t n, int64_t dst, int64_t src) { return {{"n", n}, {"dst_pos", dst}, {"src_pos", src}}; }
static Args strides(int64_t n, int64_t dst, int64_t src, int64_t segnum, int64_t pos) {
  return {{"n", n}, {"dst_stride", dst}, {"src_stride", src}, {"segnum", segnum}, {"pos", pos}};
}

static Add plain("convert", {convert,
                             {positions(1, 0, 0), positions(65, 0, 0), positions(300, 0, 0), positions(129, 3, -2),
                              positions(64, -4, 5)}});
static Add strided("convert_strided",
                   {.run = convertStrided,
                    .shapes = {strides(1, 16, 8, 0, 0), strides(5, 32, 64, 6, 2), strides(65, 320, 264, 3, -1)},
                    .inPlace = false,
                    .exhaustive = false});

} // namespace matrix
