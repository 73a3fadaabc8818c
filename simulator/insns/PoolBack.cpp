// PoolBack.cpp: from the results of a pool back to its image: gradients, and unpooling.
//
// Sizes are those of the image written. Pixels that no window covers keep their value; all others are written, with 0
// where nothing is given to them. Gradients that meet in a pixel are added in f32 and rounded once.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Windows.h"

namespace dlp {
namespace {

// Modes, as numbered in Pool.td, and values of mluPoolBPOverlap.
enum class Given : uint8_t { ToMax = 1, Avg = 5, Sum = 6 };
enum class Overlap : uint64_t { Accumulate = 0, Cover = 1 };

// The image in f32, and which pixels were written.
struct Image {
  std::vector<float> sums;
  std::vector<bool> covered;
  Overlap overlap;

  Image(uint64_t n, Overlap overlap) : sums(n), covered(n), overlap(overlap) {}
  void give(uint64_t at, float v) {
    sums[at] = overlap == Overlap::Cover ? v : sums[at] + v;
    covered[at] = true;
  }
  template <class T> void store(T *dst) const {
    for (uint64_t i = 0; i < sums.size(); ++i)
      if (covered[i])
        dst[i] = fromFloat<T>(sums[i]);
  }
};

template <class T> void back(Exec &x, const PbackOps &ops, Given given) {
  using Index = std::conditional_t<sizeof(T) == 2, uint16_t, uint32_t>;
  const Windows win = windowsOf(x, ops);
  if (ops.overlap > uint64_t(Overlap::Cover))
    x.badOperand("overlap", int64_t(ops.overlap), "OVERLAP_ACC or OVERLAP_COVER");
  const uint64_t n = win.oh * win.ow * win.c;
  const T *src = readElements<T>(x, ops.src, n, "src");
  const Index *mask = given == Given::ToMax ? readElements<Index>(x, ops.mask, n, "mask") : nullptr;
  T *dst = writeElements<T>(x, ops.dst, win.inputs(), "dst");
  Image image(win.inputs(), Overlap(ops.overlap));
  const float shares = given == Given::Avg ? float(win.kh * win.kw) : 1.0f;
  for (uint64_t k = 0; k < n; ++k) {
    const uint64_t c = k % win.c, x0 = k / win.c % win.ow, y0 = k / win.c / win.ow;
    const float gradient = toFloat(src[k]) / shares;
    for (uint64_t i = 0; i < win.kh; ++i)
      for (uint64_t j = 0; j < win.kw; ++j) {
        const bool gets = given != Given::ToMax || mask[k] == i * win.kw + j;
        image.give(win.pixel(y0, x0, i, j) + c, gets ? gradient : 0.0f);
      }
  }
  image.store(dst);
}

template <class T> void put(Exec &x, const PputOps &ops) {
  const Windows win = windowsOf(x, ops);
  if (ops.index >= win.kh * win.kw)
    x.badOperand("index", int64_t(ops.index), "a position of the window, below " + std::to_string(win.kh * win.kw));
  const uint64_t n = win.oh * win.ow * win.c;
  const T *src = readElements<T>(x, ops.src, n, "src");
  T *dst = writeElements<T>(x, ops.dst, win.inputs(), "dst");
  Image image(win.inputs(), Overlap::Cover);
  for (uint64_t k = 0; k < n; ++k) {
    const uint64_t c = k % win.c, x0 = k / win.c % win.ow, y0 = k / win.c / win.ow;
    for (uint64_t i = 0; i < win.kh; ++i)
      for (uint64_t j = 0; j < win.kw; ++j)
        image.give(win.pixel(y0, x0, i, j) + c, i * win.kw + j == ops.index ? toFloat(src[k]) : 0.0f);
  }
  image.store(dst);
}

} // namespace

uint64_t execPback(Exec &x, const PbackOps &ops, Variant v) {
  withFloat(v.e0, [&](auto t) { back<typename decltype(t)::type>(x, ops, Given(v.mode)); });
  return 0;
}

uint64_t execPput(Exec &x, const PputOps &ops, Variant v) {
  withFloat(v.e0, [&](auto t) { put<typename decltype(t)::type>(x, ops); });
  return 0;
}

} // namespace dlp
