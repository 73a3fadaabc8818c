// matrix.cpp: products of matrices, and convolutions.
#include "bench.h"

#include <algorithm>
#include <string>

namespace {

bangopsDataType_t resultOf(bangopsDataType_t type) { return type == BANGOPS_DTYPE_I8 ? BANGOPS_DTYPE_I32 : type; }

std::string times(int64_t a, int64_t b, int64_t c) {
  return std::to_string(a) + " x " + std::to_string(b) + " x " + std::to_string(c);
}

// A product of m x k and k x n, of a batch where `batch` is not 0. Its name says which operands lie turned.
struct Product {
  std::string name;
  int64_t batch, m, k, n;
  bool transA, transB;
  int activation; // and a bias, unless it is -1
};
void gemm(bangopsDataType_t type, const Product &p) {
  const auto dims = [&](int64_t rows, int64_t columns) {
    return p.batch ? std::vector<int64_t>{p.batch, rows, columns} : std::vector<int64_t>{rows, columns};
  };
  Tensor a(type, p.transA ? dims(p.k, p.m) : dims(p.m, p.k)), b(type, p.transB ? dims(p.n, p.k) : dims(p.k, p.n)),
      c(resultOf(type), dims(p.m, p.n)), bias(resultOf(type), {p.n});
  const bool more = p.activation >= 0;
  measure(p.name, type, (p.batch ? std::to_string(p.batch) + " of " : "") + times(p.m, p.k, p.n),
          a.bytes + b.bytes + c.bytes + (more ? bias.bytes : 0),
          static_cast<double>(std::max<int64_t>(1, p.batch)) * static_cast<double>(p.m * p.k * p.n), [&] {
            return bangopsGemm(handle, p.transA, p.transB, 1, a.desc, a.data, b.desc, b.data,
                               more ? bias.desc : nullptr, more ? bias.data : nullptr, p.activation, 0, c.desc, c.data);
          });
}

// `type` of the result differs from that of the operands for quantised layers only.
struct Layer {
  std::string name;
  int64_t images, side, from, to;
  int window, stride, dilation, groups;
};
struct Images {
  Tensor x, w, y;
  bangopsConvolution_t p;
  std::string shape;
  double bytes, macs;
  Images(const Layer &l, bangopsDataType_t type, bangopsDataType_t result, bool transposed)
      : x(type, {l.images, l.side, l.side, l.from}, BANGOPS_LAYOUT_NHWC),
        w(type, {l.to, l.window, l.window, l.from / l.groups}),
        y(result, {l.images, reached(l, transposed), reached(l, transposed), l.to}, BANGOPS_LAYOUT_NHWC) {
    const int border = transposed ? (l.window - l.stride) / 2 : (l.window - 1) / 2 * l.dilation;
    p = {border, border, l.stride, l.stride, l.dilation, l.dilation, l.groups};
    shape = (l.images > 1 ? std::to_string(l.images) + " of " : "") + times(l.side, l.side, l.from) + " to " +
            std::to_string(l.to);
    bytes = x.bytes + w.bytes + y.bytes;
    const int64_t places = transposed ? l.side : reached(l, false);
    macs = static_cast<double>(l.images * places * places) *
           static_cast<double>(l.from / l.groups * l.to * l.window * l.window);
  }
  static int64_t reached(const Layer &l, bool transposed) {
    return transposed ? l.side * l.stride : (l.side - 1) / l.stride + 1;
  }
};
// Layers with the borders that keep an image's size, or divide or multiply it by the stride.
void convolution(bangopsDataType_t type, const Layer &l, bool transposed = false) {
  const Images i(l, type, resultOf(type), transposed);
  const auto run = transposed ? bangopsTransposedConvolution : bangopsConvolutionForward;
  measure(l.name, type, i.shape, i.bytes, i.macs, [&] {
    return run(handle, &i.p, i.x.desc, i.x.data, i.w.desc, i.w.data, nullptr, nullptr, -1, i.y.desc, i.y.data);
  });
}
void quantisedConvolution(const Layer &l) {
  const Images i(l, BANGOPS_DTYPE_I8, BANGOPS_DTYPE_I8, false);
  measure(l.name, BANGOPS_DTYPE_I8, i.shape, i.bytes, i.macs, [&] {
    return bangopsQuantisedConvolution(handle, &i.p, 0.01f, 0.5f, i.x.desc, i.x.data, i.w.desc, i.w.data, nullptr,
                                       nullptr, BANGOPS_RELU, i.y.desc, i.y.data);
  });
}

// x: rows, inputs; w: outputs, inputs.
void fullyConnected(bangopsDataType_t type, int64_t rows, int64_t inputs, int64_t outputs) {
  const std::string shape = times(rows, inputs, outputs);
  const double macs = static_cast<double>(rows * inputs * outputs);
  Tensor x(type, {rows, inputs}), w(type, {outputs, inputs});
  if (type == BANGOPS_DTYPE_I8) {
    Tensor y(type, {rows, outputs}), bias(BANGOPS_DTYPE_F32, {outputs});
    measure("quantised layer", type, shape, x.bytes + w.bytes + y.bytes + bias.bytes, macs, [&] {
      return bangopsQuantisedFullyConnected(handle, 0.01f, 0.5f, x.desc, x.data, w.desc, w.data, bias.desc,
                                            static_cast<float *>(bias.data), BANGOPS_RELU, y.desc, y.data);
    });
    return;
  }
  Tensor y(type, {rows, outputs}), bias(type, {outputs});
  measure("layer with relu", type, shape, x.bytes + w.bytes + y.bytes + bias.bytes, macs, [&] {
    return bangopsFullyConnectedForward(handle, x.desc, x.data, w.desc, w.data, bias.desc, bias.data, BANGOPS_RELU,
                                        y.desc, y.data);
  });
  Tensor dx(type, {rows, inputs}), dw(type, {outputs, inputs});
  measure("layer backward", type, shape, 2 * (x.bytes + w.bytes) + y.bytes + bias.bytes, 2 * macs, [&] {
    return bangopsFullyConnectedBackward(handle, x.desc, x.data, w.desc, w.data, y.desc, y.data, dx.data, dw.data,
                                         bias.desc, bias.data);
  });
}

} // namespace

void matrix(bangopsDataType_t type) {
  const int64_t side = sized(1024), wide = sized(4096), half = sized(512);
  gemm(type, {"gemm", 0, side, side, side, false, true, -1});
  if (type == BANGOPS_DTYPE_BF16) // takes the time of f16
    return;
  gemm(type, {"gemm", 0, wide, 256, half, false, true, -1});
  gemm(type, {"gemm", 0, 64, side, side, false, true, -1});
  gemm(type, {"gemm", 0, half, wide, wide, false, true, -1});
  gemm(type, {"gemm, b turned", 0, side, side, side, false, false, -1});
  gemm(type, {"gemm, a turned", 0, side, side, side, true, true, -1});
  gemm(type, {"gemm, both turned", 0, side, side, side, true, false, -1});
  gemm(type, {"gemm of a batch", 16, half, 64, half, false, true, -1});
  if (type != BANGOPS_DTYPE_I8) {
    gemm(type, {"gemm, bias, gelu", 0, side, side, side, false, true, BANGOPS_GELU});
    Tensor a(type, {wide, wide}), x(type, {wide}), y(type, {wide});
    measure("gemv", type, std::to_string(wide) + " x " + std::to_string(wide), a.bytes + x.bytes + y.bytes,
            static_cast<double>(wide * wide),
            [&] { return bangopsGemv(handle, 0, 1, a.desc, a.data, x.desc, x.data, 0, y.desc, y.data); });
  }
  fullyConnected(type, half, side, side);

  const auto sizedLayer = [](Layer l) {
    if (scale < 1) {
      l.side = std::min<int64_t>(l.side, 14);
      l.images = 1;
      l.from = std::min<int64_t>(l.from, std::max(16, l.groups));
      l.to = std::min<int64_t>(l.to, std::max(16, l.groups));
    }
    return l;
  };
  for (const Layer &l : {Layer{"convolution 3 x 3", 1, 56, 64, 64, 3, 1, 1, 1},
                         {"convolution 3 x 3", 8, 56, 64, 64, 3, 1, 1, 1},
                         {"convolution 3 x 3", 8, 28, 128, 128, 3, 1, 1, 1},
                         {"convolution 3 x 3", 8, 14, 256, 256, 3, 1, 1, 1},
                         {"convolution 3 x 3", 1, 14, 512, 512, 3, 1, 1, 1},
                         {"convolution 3 x 3", 8, 7, 512, 512, 3, 1, 1, 1},
                         {"convolution 1 x 1", 1, 56, 64, 256, 1, 1, 1, 1},
                         {"convolution 1 x 1", 8, 56, 64, 256, 1, 1, 1, 1},
                         {"convolution 1 x 1", 8, 14, 1024, 256, 1, 1, 1, 1},
                         {"convolution 7 x 7 by 2", 1, 224, 3, 64, 7, 2, 1, 1},
                         {"convolution 7 x 7 by 2", 8, 224, 3, 64, 7, 2, 1, 1},
                         {"convolution 9 x 9", 1, 256, 32, 3, 9, 1, 1, 1},
                         {"convolution 3 x 3, dilation 2", 8, 28, 256, 256, 3, 1, 2, 1},
                         {"convolution 3 x 3, 32 groups", 8, 28, 256, 256, 3, 1, 1, 32}})
    convolution(type, sizedLayer(l));
  for (const Layer &l : {Layer{"transposed convolution 2 x 2 by 2", 1, 64, 256, 128, 2, 2, 1, 1},
                         {"transposed convolution 4 x 4 by 2", 8, 16, 256, 128, 4, 2, 1, 1}})
    convolution(type, sizedLayer(l), true);
  if (type == BANGOPS_DTYPE_I8)
    for (const Layer &l : {Layer{"quantised convolution 3 x 3", 1, 56, 64, 64, 3, 1, 1, 1},
                           {"quantised convolution 3 x 3", 8, 56, 64, 64, 3, 1, 1, 1},
                           {"quantised convolution 3 x 3", 8, 14, 256, 256, 3, 1, 1, 1},
                           {"quantised convolution 1 x 1", 8, 56, 64, 256, 1, 1, 1, 1}})
      quantisedConvolution(sizedLayer(l));
}
