// matrix.cpp: products of matrices, and convolutions.
#include "bench.h"

#include <algorithm>
#include <string>

void matrix(bangopsDataType_t type) {
  const bangopsDataType_t result = type == BANGOPS_DTYPE_I8 ? BANGOPS_DTYPE_I32 : type;
  struct Shape {
    int64_t m, k, n;
  };
  for (const Shape &s : {Shape{sized(1024), sized(1024), sized(1024)}, Shape{sized(4096), 256, sized(512)},
                         Shape{64, sized(1024), sized(1024)}}) {
    Tensor a(type, {s.m, s.k}), b(type, {s.n, s.k}), c(result, {s.m, s.n});
    measure("gemm", type, std::to_string(s.m) + " x " + std::to_string(s.k) + " x " + std::to_string(s.n),
            a.bytes + b.bytes + c.bytes, static_cast<double>(s.m) * s.k * s.n, [&] {
              return bangopsGemm(handle, 0, 1, 1, a.desc, a.data, b.desc, b.data, nullptr, nullptr, -1, 0, c.desc,
                                 c.data);
            });
  }
  struct Layer {
    int side, from, to, window, stride;
  };
  for (Layer l :
       {Layer{56, 64, 64, 3, 1}, Layer{14, 512, 512, 3, 1}, Layer{56, 64, 256, 1, 1}, Layer{224, 3, 64, 7, 2}}) {
    if (scale < 1)
      l = {14, std::min(l.from, 16), std::min(l.to, 16), l.window, l.stride};
    const int64_t reached = (l.side - 1) / l.stride + 1;
    Tensor x(type, {1, l.side, l.side, l.from}, BANGOPS_LAYOUT_NHWC), w(type, {l.to, l.window, l.window, l.from}),
        y(result, {1, reached, reached, l.to}, BANGOPS_LAYOUT_NHWC);
    const int border = l.window / 2;
    const bangopsConvolution_t same = {border, border, l.stride, l.stride, 1, 1, 1};
    const std::string window = std::to_string(l.window), side = std::to_string(l.side);
    measure("convolution " + window + " x " + window + (l.stride > 1 ? " by " + std::to_string(l.stride) : ""), type,
            side + " x " + side + " x " + std::to_string(l.from) + " to " + std::to_string(l.to),
            x.bytes + w.bytes + y.bytes, static_cast<double>(reached) * reached * l.from * l.to * l.window * l.window,
            [&] {
              return bangopsConvolutionForward(handle, &same, x.desc, x.data, w.desc, w.data, nullptr, nullptr, -1,
                                               y.desc, y.data);
            });
  }
}
