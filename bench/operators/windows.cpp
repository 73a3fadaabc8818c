// windows.cpp: operators on windows over images.
#include "bench.h"

#include <algorithm>

struct Image {
  const char *name; // of the window
  int64_t n, h, w, c;
  bangopsWindow_t window; // kh, kw, padH, padW, strideH, strideW, countPadding
};

void windows(bangopsDataType_t type) {
  const bool isFloat = type != BANGOPS_DTYPE_I8; // of i8 there is the maximum only
  const Image table[] = {{"2 x 2", 1, 112, 112, 64, {2, 2, 0, 0, 2, 2, 1}},
                         {"3 x 3 by 2", 16, 56, 56, 64, {3, 3, 1, 1, 2, 2, 0}},
                         {"3 x 3", 8, 28, 28, 192, {3, 3, 1, 1, 1, 1, 0}},
                         {"of all", 16, 7, 7, 2048, {7, 7, 0, 0, 1, 1, 1}},
                         {"3 x 2 by 1 x 2", 8, 57, 61, 35, {3, 2, 1, 0, 1, 2, 1}}};
  for (Image c : table) {
    if (scale < 1)
      c.n = 1, c.h = std::min<int64_t>(c.h, 14), c.w = std::min<int64_t>(c.w, 14), c.c = std::min<int64_t>(c.c, 64);
    const bangopsWindow_t &k = c.window;
    const int64_t oh = (c.h + 2 * k.padH - k.kh) / k.strideH + 1, ow = (c.w + 2 * k.padW - k.kw) / k.strideW + 1;
    Tensor x(type, {c.n, c.h, c.w, c.c}, BANGOPS_LAYOUT_NHWC), y(type, {c.n, oh, ow, c.c}, BANGOPS_LAYOUT_NHWC),
        dx(type, {c.n, c.h, c.w, c.c}, BANGOPS_LAYOUT_NHWC);
    const std::string window = std::string(" ") + c.name, shape = shapeText({c.n, c.h, c.w, c.c});
    for (bangopsPool_t pool : {BANGOPS_POOL_MAX, BANGOPS_POOL_AVERAGE}) {
      const std::string name = pool == BANGOPS_POOL_MAX ? "max pool" : "average pool";
      if (isFloat || pool == BANGOPS_POOL_MAX)
        measure(name + window, type, shape, x.bytes + y.bytes, 0,
                [&] { return bangopsPoolForward(handle, pool, &k, x.desc, x.data, y.desc, y.data); });
      // The gradient of an average does not read x.
      if (isFloat)
        measure(
            name + " backward" + window, type, shape, (pool == BANGOPS_POOL_MAX ? 2 : 1) * x.bytes + y.bytes, 0,
            [&] { return bangopsPoolBackward(handle, pool, &k, x.desc, x.data, y.desc, y.data, dx.desc, dx.data); });
    }
    if (!isFloat || k.kh == c.h)
      continue;
    Tensor w(type, {k.kh, k.kw, c.c});
    measure("depthwise" + window, type, shape, x.bytes + y.bytes + w.bytes, 0, [&] {
      return bangopsDepthwiseConvolution(handle, &k, x.desc, x.data, w.desc, w.data, nullptr, nullptr, y.desc, y.data);
    });
  }
}
