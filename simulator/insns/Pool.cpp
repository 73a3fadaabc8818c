// Pool.cpp: windows over an image in HWC order, channel fastest. Windows that would reach past the image are left out.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Windows.h"

namespace dlp {
namespace {

// How a window becomes one element: `acc` starts as the first element, then takes the others row by row.
struct Sum {
  static float take(float acc, float v) { return acc + v; }
};
// The first maximum wins, so +0 does not replace -0. Chosen: NaN is skipped, as in the search for a maximum.
struct Max {
  static float take(float acc, float v) { return v > acc || acc != acc ? v : acc; }
};
struct Min {
  static float take(float acc, float v) { return v < acc || acc != acc ? v : acc; }
};
struct NanMax {
  static float take(float acc, float v) { return v > acc || v != v ? v : acc; }
};
struct NanMin {
  static float take(float acc, float v) { return v < acc || v != v ? v : acc; }
};

template <class Step, class T, class Ops> void pool(Exec &x, const Ops &ops, bool mean) {
  const Windows win = windowsOf(x, ops);
  const uint64_t inputs = win.inputs(), outputs = win.outputs();
  const T *a = readElements<T>(x, ops.src, inputs, "src");
  T *dst = writeElements<T>(x, ops.dst, outputs, "dst");
  Source<T> source(a, inputs, dst, outputs * sizeof(T), InPlace::Copy);
  const T *src = source;
  std::vector<float> acc(win.c);
  for (uint64_t oh = 0; oh < win.oh; ++oh)
    for (uint64_t ow = 0; ow < win.ow; ++ow) {
      for (uint64_t kh = 0; kh < win.kh; ++kh)
        for (uint64_t kw = 0; kw < win.kw; ++kw) {
          const T *pixel = src + win.pixel(oh, ow, kh, kw);
          if (kh == 0 && kw == 0)
            for (uint64_t c = 0; c < win.c; ++c)
              acc[c] = toFloat(pixel[c]);
          else
            for (uint64_t c = 0; c < win.c; ++c)
              acc[c] = Step::take(acc[c], toFloat(pixel[c]));
        }
      T *result = dst + win.result(oh, ow);
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
DLP_POOL(Pmaxnan, NanMax, false)
DLP_POOL(Pminnan, NanMin, false)

} // namespace dlp
