// test.cpp: pools, their gradients and depthwise convolutions against loops in double.
#include "test/tester.h"

#include <algorithm>

using namespace bangops_test;

static const bangopsDataType_t floats[] = {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16};

struct Case {
  int64_t n, h, w, c;
  bangopsWindow_t window; // kh, kw, padH, padW, strideH, strideW, countPadding
};
// One pixel, overlapping and separate windows, borders, a remainder that no window reaches, many channels, many bands
// whose windows reach into each other, images beyond NRAM.
static const Case table[] = {{1, 1, 1, 1, {1, 1, 0, 0, 1, 1, 1}},    {2, 8, 6, 3, {2, 2, 0, 0, 2, 2, 1}},
                             {1, 9, 10, 5, {3, 3, 1, 1, 2, 2, 0}},   {1, 7, 7, 130, {3, 2, 1, 0, 1, 3, 1}},
                             {1, 6, 9, 2, {2, 3, 0, 2, 3, 4, 1}},    {1, 40, 33, 40, {3, 3, 1, 1, 1, 1, 1}},
                             {2, 5, 5, 4, {5, 5, 0, 0, 1, 1, 1}},    {1, 70, 9, 33, {5, 4, 2, 1, 2, 3, 1}},
                             {2, 90, 20, 64, {2, 2, 0, 0, 2, 2, 1}}, {1, 24, 20, 32, {7, 7, 3, 3, 1, 1, 0}},
                             {1, 11, 13, 6, {2, 1, 1, 0, 4, 3, 0}},  {1, 40, 100, 100, {3, 3, 1, 1, 2, 2, 0}},
                             {0, 5, 5, 4, {2, 2, 0, 0, 1, 1, 1}}};

int main() {
  return run([] {
    for (const Case &c : table)
      for (bangopsDataType_t type : floats)
        for (bangopsTensorLayout_t layout : {BANGOPS_LAYOUT_NHWC, BANGOPS_LAYOUT_NCHW}) {
          const bangopsWindow_t &k = c.window;
          const int64_t oh = (c.h + 2 * k.padH - k.kh) / k.strideH + 1, ow = (c.w + 2 * k.padW - k.kw) / k.strideW + 1;
          const bool last = layout == BANGOPS_LAYOUT_NHWC;
          if (!last && type != BANGOPS_DTYPE_F16)
            continue;
          // Images n, c, h, w have gaps, too.
          const auto strides = [&](const Dims &dims) { return last ? Dims{} : gaps(dims); };
          const Dims large = last ? Dims{c.n, c.h, c.w, c.c} : Dims{c.n, c.c, c.h, c.w};
          const Dims small = last ? Dims{c.n, oh, ow, c.c} : Dims{c.n, c.c, oh, ow};
          const auto at = [&](int64_t n, int64_t y, int64_t x, int64_t ch, int64_t h, int64_t w) {
            return last ? ((n * h + y) * w + x) * c.c + ch : ((n * c.c + ch) * h + y) * w + x;
          };
          const Values x = randomValues(large, type, 1, -2, 2), dy = randomValues(small, type, 2, -1, 1),
                       w = randomValues({k.kh, k.kw, c.c}, type, 3, -1, 1), bias = randomValues({c.c}, type, 4, -1, 1);
          Values max(dy.size()), average(dy.size()), depthwise(dy.size()), maxBack(x.size()), averageBack(x.size());
          for (int64_t n = 0; n < c.n; ++n)
            for (int64_t i = 0; i < oh; ++i)
              for (int64_t j = 0; j < ow; ++j)
                for (int64_t ch = 0; ch < c.c; ++ch) {
                  double most = -INFINITY, sum = 0, product = bias[ch];
                  int64_t where = -1, covered = 0;
                  std::vector<int64_t> pixels;
                  for (int u = 0; u < k.kh; ++u)
                    for (int v = 0; v < k.kw; ++v) {
                      const int64_t row = i * k.strideH - k.padH + u, column = j * k.strideW - k.padW + v;
                      if (row < 0 || row >= c.h || column < 0 || column >= c.w)
                        continue;
                      const int64_t place = at(n, row, column, ch, c.h, c.w);
                      ++covered;
                      pixels.push_back(place);
                      sum += x[place];
                      product += x[place] * w[(u * k.kw + v) * c.c + ch];
                      if (x[place] > most) {
                        most = x[place];
                        where = place;
                      }
                    }
                  const int64_t to = at(n, i, j, ch, oh, ow), divisor = k.countPadding ? k.kh * k.kw : covered;
                  max[to] = most;
                  average[to] = sum / divisor;
                  depthwise[to] = product;
                  maxBack[where] += dy[to];
                  for (int64_t place : pixels)
                    averageBack[place] += dy[to] / divisor;
                }
          Tensor image(type, large, x, strides(large), layout), out(type, small, {}, strides(small), layout),
              gradient(type, small, dy, strides(small), layout), back(type, large, {}, strides(large), layout),
              weights(type, {k.kh, k.kw, c.c}, w, strides({k.kh, k.kw, c.c})), biases(type, {c.c}, bias);
          const std::string name = std::string(dtypeName(type)) + " " + text(large);
          const auto forward = [&](bangopsPool_t pool) {
            return bangopsPoolForward(handle, pool, &k, image.desc, image.data, out.desc, out.data);
          };
          const auto backward = [&](bangopsPool_t pool) {
            return bangopsPoolBackward(handle, pool, &k, image.desc, image.data, gradient.desc, gradient.data,
                                       back.desc, back.data);
          };
          check("max pool " + name, forward(BANGOPS_POOL_MAX), out, max, 0);
          check("average pool " + name, forward(BANGOPS_POOL_AVERAGE), out, average);
          check("max pool backward " + name, backward(BANGOPS_POOL_MAX), back, maxBack);
          check("average pool backward " + name, backward(BANGOPS_POOL_AVERAGE), back, averageBack);
          check("depthwise " + name,
                bangopsDepthwiseConvolution(handle, &k, image.desc, image.data, weights.desc, weights.data, biases.desc,
                                            biases.data, out.desc, out.data),
                out, depthwise);
        }
    for (const Case &c : table) { // maxima of i8, in their own order
      const bangopsWindow_t &k = c.window;
      const int64_t oh = (c.h + 2 * k.padH - k.kh) / k.strideH + 1, ow = (c.w + 2 * k.padW - k.kw) / k.strideW + 1;
      const Dims large = {c.n, c.h, c.w, c.c}, small = {c.n, oh, ow, c.c};
      const Values x = randomValues(large, BANGOPS_DTYPE_I8, 1, -128, 127);
      Values max(count(small), -128);
      for (int64_t place = 0; place < static_cast<int64_t>(max.size()); ++place)
        for (int tap = 0; tap < k.kh * k.kw; ++tap) {
          const int64_t ch = place % c.c, column = place / c.c % ow * k.strideW - k.padW + tap % k.kw;
          const int64_t row = place / c.c / ow % oh * k.strideH - k.padH + tap / k.kw, n = place / c.c / ow / oh;
          if (row >= 0 && row < c.h && column >= 0 && column < c.w)
            max[place] = std::max(max[place], x[((n * c.h + row) * c.w + column) * c.c + ch]);
        }
      Tensor image(BANGOPS_DTYPE_I8, large, x, {}, BANGOPS_LAYOUT_NHWC),
          out(BANGOPS_DTYPE_I8, small, {}, {}, BANGOPS_LAYOUT_NHWC);
      check("max pool i8 " + text(large),
            bangopsPoolForward(handle, BANGOPS_POOL_MAX, &k, image.desc, image.data, out.desc, out.data), out, max, 0);
      if (c.h == 8)
        refused("average pool i8",
                bangopsPoolForward(handle, BANGOPS_POOL_AVERAGE, &k, image.desc, image.data, out.desc, out.data),
                BANGOPS_STATUS_BAD_PARAM, "x has elements of i8, expected f32, f16 or bf16");
    }
    Tensor x(BANGOPS_DTYPE_F32, {1, 4, 4, 1}, Values(16, 1)), y(BANGOPS_DTYPE_F32, {1, 2, 2, 1}, Values(4, 1));
    const bangopsWindow_t wide = {3, 3, 0, 0, 2, 2, 1}, padded = {2, 2, 2, 0, 2, 2, 1};
    refused("pool shape", bangopsPoolForward(handle, BANGOPS_POOL_MAX, &wide, x.desc, x.data, y.desc, y.data),
            BANGOPS_STATUS_BAD_PARAM, "y has the shape [1, 2, 2, 1], expected [1, 1, 1, 1]");
    refused("pool padding", bangopsPoolForward(handle, BANGOPS_POOL_MAX, &padded, x.desc, x.data, y.desc, y.data),
            BANGOPS_STATUS_BAD_PARAM, "the padding is not smaller than the window");
    const bangopsWindow_t half = {2, 2, 0, 0, 2, 2, 1}, still = {2, 2, 0, 0, 0, 2, 1}, none = {0, 2, 0, 0, 1, 1, 1};
    const auto pool = [&](const bangopsWindow_t *window, const Tensor &from, const Tensor &to) {
      return bangopsPoolForward(handle, BANGOPS_POOL_AVERAGE, window, from.desc, from.data, to.desc, to.data);
    };
    Tensor flat(BANGOPS_DTYPE_F32, {16}, Values(16, 1)), halves(BANGOPS_DTYPE_F16, {1, 2, 2, 1}, {}),
        w(BANGOPS_DTYPE_F32, {2, 2, 2}, Values(8, 1)), bias(BANGOPS_DTYPE_F32, {3}, Values(3, 1)),
        filter(BANGOPS_DTYPE_F32, {2, 2, 1}, Values(4, 1));
    const bangopsStatus_t bad = BANGOPS_STATUS_BAD_PARAM;
    refused("no window", pool(nullptr, x, y), bad, "the window is a null pointer");
    refused("window of nothing", pool(&none, x, y), bad, "the window is 0 by 2, expected 1 to 1024");
    refused("stride 0", pool(&still, x, y), bad, "a stride is less than 1");
    refused("flat image", pool(&half, flat, y), bad, "x has the shape [16], expected 4 dimensions");
    refused("other type", pool(&half, x, halves), bad, "y has elements of f16, expected f32");
    refused("pool backward shape",
            bangopsPoolBackward(handle, BANGOPS_POOL_MAX, &half, x.desc, x.data, y.desc, y.data, y.desc, y.data), bad,
            "dx has the shape [1, 2, 2, 1], expected [1, 4, 4, 1]");
    const auto depthwise = [&](const Tensor &weights, const Tensor &biases) {
      return bangopsDepthwiseConvolution(handle, &half, x.desc, x.data, weights.desc, weights.data, biases.desc,
                                         biases.data, y.desc, y.data);
    };
    refused("depthwise weights", depthwise(w, bias), bad, "w has the shape [2, 2, 2], expected [2, 2, 1]");
    refused("depthwise bias", depthwise(filter, bias), bad, "bias has the shape [3], expected [1]");
  });
}
