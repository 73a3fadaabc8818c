// Pool.cpp: windows over an image in HWC order, channel fastest. Windows that would reach past the image are left out.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"

#include <algorithm>

namespace dlp {
namespace {

struct Window {
  uint64_t c, h, w, kh, kw, sw, sh, oh, ow;
};

template <class Ops> Window windowOf(const Exec &x, const Ops &ops) {
  constexpr uint64_t kMaxWindow = 65536;
  checkProduct(x, {{"c", ops.c}, {"h", ops.h}, {"w", ops.w}});
  if (checkProduct(x, {{"kh", ops.kh}, {"kw", ops.kw}}) > kMaxWindow)
    x.badOperand("kh * kw", int64_t(ops.kh * ops.kw), "at most 65536");
  if (ops.kh > ops.h)
    x.badOperand("kh", int64_t(ops.kh), "at most the height " + std::to_string(ops.h));
  if (ops.kw > ops.w)
    x.badOperand("kw", int64_t(ops.kw), "at most the width " + std::to_string(ops.w));
  const uint64_t sw = ops.sw ? ops.sw : ops.kw, sh = ops.sh ? ops.sh : ops.kh;
  checkCount(x, "sw", sw);
  checkCount(x, "sh", sh);
  return {ops.c, ops.h, ops.w, ops.kh, ops.kw, sw, sh, (ops.h - ops.kh) / sh + 1, (ops.w - ops.kw) / sw + 1};
}

// How a window becomes one element: `acc` starts as the first element, then takes the others row by row.
struct Sum {
  static float take(float acc, float v) { return acc + v; }
};
// The first maximum wins, so +0 does not replace -0. Chosen: NaN is skipped, as in the search for a maximum; parts with
// NaN results have instructions of their own.
struct Max {
  static float take(float acc, float v) { return v > acc || acc != acc ? v : acc; }
};
struct Min {
  static float take(float acc, float v) { return v < acc || acc != acc ? v : acc; }
};

template <class Step, class T, class Ops> void pool(Exec &x, const Ops &ops, bool mean) {
  const Window win = windowOf(x, ops);
  const uint64_t inputs = win.c * win.h * win.w, outputs = win.c * win.oh * win.ow;
  const T *a = readElements<T>(x, ops.src, inputs, "src");
  T *dst = writeElements<T>(x, ops.dst, outputs, "dst");
  Source<T> source(a, inputs, dst, outputs * sizeof(T), InPlace::Copy);
  const T *src = source;
  std::vector<float> acc(win.c);
  for (uint64_t oh = 0; oh < win.oh; ++oh)
    for (uint64_t ow = 0; ow < win.ow; ++ow) {
      for (uint64_t kh = 0; kh < win.kh; ++kh)
        for (uint64_t kw = 0; kw < win.kw; ++kw) {
          const T *pixel = src + ((oh * win.sh + kh) * win.w + ow * win.sw + kw) * win.c;
          if (kh == 0 && kw == 0)
            for (uint64_t c = 0; c < win.c; ++c)
              acc[c] = toFloat(pixel[c]);
          else
            for (uint64_t c = 0; c < win.c; ++c)
              acc[c] = Step::take(acc[c], toFloat(pixel[c]));
        }
      T *result = dst + (oh * win.ow + ow) * win.c;
      const float elements = float(win.kh * win.kw);
      for (uint64_t c = 0; c < win.c; ++c)
        result[c] = fromFloat<T>(mean ? acc[c] / elements : acc[c]);
    }
}

} // namespace

#define DLP_POOL(ROW, STEP, MEAN)                                                                                      \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    withFloat(v.e0, [&](auto t) { pool<STEP, typename decltype(t)::type>(x, ops, MEAN); });                            \
    return 0;                                                                                                          \
  }

DLP_POOL(Psum, Sum, false)
DLP_POOL(Pmax, Max, false)
DLP_POOL(Pmin, Min, false)
DLP_POOL(Pavg, Sum, true)

} // namespace dlp
