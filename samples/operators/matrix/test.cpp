// test.cpp: products and convolutions against loops in double.
#include "test/tester.h"

using namespace bangops_test;

static const bangopsDataType_t types[] = {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16, BANGOPS_DTYPE_I8};

static bangopsDataType_t resultOf(bangopsDataType_t t) { return t == BANGOPS_DTYPE_I8 ? BANGOPS_DTYPE_I32 : t; }

static double activated(int activation, double v) {
  switch (activation) {
  case BANGOPS_RELU:
    return v > 0 ? v : 0;
  case BANGOPS_SIGMOID:
    return 1 / (1 + std::exp(-v));
  case BANGOPS_TANH:
    return std::tanh(v);
  case BANGOPS_GELU:
    return v * 0.5 * std::erfc(-v / std::sqrt(2.0));
  case BANGOPS_SILU:
    return v / (1 + std::exp(-v));
  }
  return v;
}

// c[i][j] of one product; a and b as they lie in memory.
static Values product(const double *a, const double *b, int64_t m, int64_t k, int64_t n, bool transA, bool transB) {
  Values c(m * n);
  for (int64_t i = 0; i < m; ++i)
    for (int64_t l = 0; l < k; ++l) {
      const double left = transA ? a[l * m + i] : a[i * k + l];
      for (int64_t j = 0; j < n; ++j)
        c[i * n + j] += left * (transB ? b[j * k + l] : b[l * n + j]);
    }
  return c;
}

static void gemms() {
  struct Case {
    int64_t batch, m, k, n;
    int activation;
    float alpha, beta;
  };
  // Tiles of 128 x 128, pieces of k, odd sizes, one element, batches.
  const Case table[] = {{1, 1, 1, 1, -1, 1, 0},
                        {1, 3, 5, 7, -1, 1, 0},
                        {1, 130, 40, 129, -1, 1, 0},
                        {3, 17, 33, 65, -1, 1, 0},
                        {1, 150, 130, 270, -1, 1, 0},
                        {1, 20, 5000, 30, -1, 1, 0},
                        {1, 1, 64, 64, -1, 1, 0},
                        {1, 5, 40, 70, BANGOPS_RELU, 0.5f, 0},
                        {2, 9, 33, 5, BANGOPS_GELU, 1, 2},
                        {1, 9, 16, 5, BANGOPS_SIGMOID, 1, 0},
                        {1, 9, 16, 5, BANGOPS_TANH, 1, 0},
                        {1, 9, 16, 5, BANGOPS_SILU, 1, 0},
                        {1, 0, 5, 7, -1, 1, 0}};
  for (const Case &c : table)
    for (bangopsDataType_t type : types)
      for (int trans = 0; trans < 4; ++trans) {
        const bool integer = type == BANGOPS_DTYPE_I8, transA = trans & 1, transB = trans & 2;
        if (integer && c.activation >= 0)
          continue;
        if (c.m * c.k * c.n > 200000 && trans != static_cast<int>(type % 4))
          continue; // each large case once per type, each with another transposition
        const double range = integer ? 100 : 1;
        Dims aDims = transA ? Dims{c.k, c.m} : Dims{c.m, c.k}, bDims = transB ? Dims{c.n, c.k} : Dims{c.k, c.n};
        Dims cDims = {c.m, c.n};
        if (c.batch > 1)
          for (Dims *d : {&aDims, &bDims, &cDims})
            d->insert(d->begin(), c.batch);
        const Values a = randomValues(aDims, type, 1, -range, range), b = randomValues(bDims, type, 2, -range, range);
        const Values bias = randomValues({c.n}, resultOf(type), 3, -range, range),
                     old = randomValues(cDims, resultOf(type), 4, -range, range);
        Values expected;
        for (int64_t i = 0; i < c.batch; ++i) {
          const Values part =
              product(a.data() + i * c.m * c.k, b.data() + i * c.k * c.n, c.m, c.k, c.n, transA, transB);
          for (size_t j = 0; j < part.size(); ++j)
            expected.push_back(activated(c.activation, c.alpha * part[j] + bias[j % c.n] +
                                                           c.beta * (c.beta ? old[i * c.m * c.n + j] : 0)));
        }
        Tensor left(type, aDims, a), right(type, bDims, b), biases(resultOf(type), {c.n}, bias),
            out(resultOf(type), cDims, old);
        check(std::string("gemm ") + dtypeName(type) + " " + text({c.batch, c.m, c.k, c.n}) + (transA ? " T" : " N") +
                  (transB ? "T" : "N"),
              bangopsGemm(handle, transA, transB, c.alpha, left.desc, left.data, right.desc, right.data, biases.desc,
                          biases.data, c.activation, c.beta, out.desc, out.data),
              out, expected);
      }
  // Operands with gaps.
  const Values a = randomValues({6, 10}, BANGOPS_DTYPE_F32, 1, -1, 1),
               b = randomValues({10, 8}, BANGOPS_DTYPE_F32, 2, -1, 1);
  Tensor left(BANGOPS_DTYPE_F32, {6, 10}, a, gaps({6, 10})), right(BANGOPS_DTYPE_F32, {10, 8}, b, gaps({10, 8})),
      out(BANGOPS_DTYPE_F32, {6, 8}, {}, gaps({6, 8}));
  const auto gemm = [&](const Tensor &x, const Tensor &y, const Tensor &z) {
    return bangopsGemm(handle, 0, 0, 1, x.desc, x.data, y.desc, y.data, nullptr, nullptr, -1, 0, z.desc, z.data);
  };
  check("gemm with gaps", gemm(left, right, out), out, product(a.data(), b.data(), 6, 10, 8, false, false));
  refused("gemm depth", gemm(left, left, out), BANGOPS_STATUS_BAD_PARAM, "b has 6 elements to multiply, a has 10");
  refused("gemm shape", gemm(left, right, left), BANGOPS_STATUS_BAD_PARAM, "c has the shape [6, 10], expected [6, 8]");
}

static void vectorsAndLayers() {
  for (bangopsDataType_t type : {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16}) {
    const int64_t m = 77, k = 130;
    const Values a = randomValues({m, k}, type, 1, -1, 1), x = randomValues({k}, type, 2, -1, 1),
                 z = randomValues({m}, type, 3, -1, 1);
    Tensor matrix(type, {m, k}, a), right(type, {k}, x), left(type, {m}, z), y(type, {m}, {}), t(type, {k}, {});
    check(std::string("gemv ") + dtypeName(type),
          bangopsGemv(handle, 0, 1, matrix.desc, matrix.data, right.desc, right.data, 0, y.desc, y.data), y,
          product(a.data(), x.data(), m, k, 1, false, false));
    check(std::string("gemv transposed ") + dtypeName(type),
          bangopsGemv(handle, 1, 1, matrix.desc, matrix.data, left.desc, left.data, 0, t.desc, t.data), t,
          product(z.data(), a.data(), 1, m, k, false, false));
    // A layer with `m` outputs, and its gradients.
    const int64_t rows = 19;
    const Values in = randomValues({rows, k}, type, 4, -1, 1), dy = randomValues({rows, m}, type, 5, -1, 1);
    Values expected = product(in.data(), a.data(), rows, k, m, false, true), db(m);
    for (int64_t i = 0; i < rows * m; ++i) {
      expected[i] = std::max(0.0, expected[i] + z[i % m]);
      db[i % m] += dy[i];
    }
    Tensor input(type, {rows, k}, in), out(type, {rows, m}, {}), gradient(type, {rows, m}, dy), dx(type, {rows, k}, {}),
        dw(type, {m, k}, {}), dbias(type, {m}, {});
    check(std::string("fully connected ") + dtypeName(type),
          bangopsFullyConnectedForward(handle, input.desc, input.data, matrix.desc, matrix.data, left.desc, left.data,
                                       BANGOPS_RELU, out.desc, out.data),
          out, expected);
    const bangopsStatus_t status =
        bangopsFullyConnectedBackward(handle, input.desc, input.data, matrix.desc, matrix.data, gradient.desc,
                                      gradient.data, dx.data, dw.data, dbias.desc, dbias.data);
    check(std::string("fully connected dx ") + dtypeName(type), status, dx,
          product(dy.data(), a.data(), rows, m, k, false, false));
    check(std::string("fully connected dw ") + dtypeName(type), status, dw,
          product(dy.data(), in.data(), m, rows, k, true, false));
    check(std::string("fully connected dbias ") + dtypeName(type), status, dbias, db);
  }
}

struct Image {
  int64_t n, h, w, c;
};
static int64_t reached(int64_t size, int pad, int64_t window, int dilation, int stride) {
  return (size + 2 * pad - (window - 1) * dilation - 1) / stride + 1;
}

static void convolutions() {
  struct Case {
    Image x;
    int64_t co, kh, kw;
    bangopsConvolution_t p; // padH, padW, strideH, strideW, dilationH, dilationW, groups
  };
  const Case table[] = {
      {{1, 1, 1, 1}, 1, 1, 1, {0, 0, 1, 1, 1, 1, 1}},
      {{2, 7, 9, 5}, 6, 3, 3, {1, 1, 1, 1, 1, 1, 1}},
      {{1, 12, 11, 4}, 70, 3, 2, {2, 0, 2, 3, 1, 2, 1}},
      {{1, 9, 9, 8}, 12, 3, 3, {0, 2, 1, 1, 2, 1, 4}},
      {{1, 6, 7, 10}, 10, 3, 3, {1, 1, 1, 1, 1, 1, 10}}, // one channel to a group
      {{1, 5, 5, 200}, 33, 5, 5, {2, 2, 1, 1, 1, 1, 1}},
      {{1, 8, 40, 3}, 16, 7, 7, {3, 3, 2, 2, 1, 1, 1}},
      {{1, 6, 7, 20}, 12, 1, 1, {1, 2, 2, 2, 1, 1, 1}}, // only padding in some windows
      {{2, 6, 3, 2}, 5, 3, 7, {1, 3, 1, 1, 1, 1, 1}},   // windows wider than the image
      {{1, 4, 90, 1}, 65, 2, 5, {0, 4, 1, 3, 1, 1, 1}},
      {{2, 9, 5, 600}, 20, 3, 1, {1, 0, 2, 1, 1, 1, 1}}, // channels in several pieces
      {{1, 9, 10, 8}, 12, 4, 4, {1, 1, 2, 2, 1, 1, 1}},  // a stride that divides the window
      {{2, 12, 9, 12}, 6, 3, 2, {2, 1, 2, 3, 2, 3, 3}},
      {{1, 5, 6, 96}, 144, 3, 3, {1, 1, 1, 1, 1, 1, 24}}, // groups that make more than one product
      {{1, 9, 12, 6}, 70, 3, 3, {1, 1, 1, 1, 1, 1, 1}},
      {{1, 7, 20, 300}, 3, 3, 9, {1, 8, 2, 1, 1, 2, 1}}}; // few outputs, from channels in several pieces
  for (const Case &c : table)
    for (bangopsDataType_t type : types)
      for (bool transposed : {false, true}) {
        const bangopsConvolution_t &p = c.p;
        if (type == BANGOPS_DTYPE_I8 && transposed)
          continue;
        const int64_t cg = c.x.c / p.groups, cog = c.co / p.groups;
        // The small image is the result of the convolution; a transposed one makes the large one from it.
        const int64_t sh = reached(c.x.h, p.padH, c.kh, p.dilationH, p.strideH),
                      sw = reached(c.x.w, p.padW, c.kw, p.dilationW, p.strideW);
        const Dims in = transposed ? Dims{c.x.n, sh, sw, c.x.c} : Dims{c.x.n, c.x.h, c.x.w, c.x.c};
        const Dims to = transposed ? Dims{c.x.n, c.x.h, c.x.w, c.co} : Dims{c.x.n, sh, sw, c.co};
        const double range = type == BANGOPS_DTYPE_I8 ? 20 : 1;
        const Values x = randomValues(in, type, 1, -range, range),
                     w = randomValues({c.co, c.kh, c.kw, cg}, type, 2, -range, range),
                     bias = randomValues({c.co}, resultOf(type), 3, -range, range);
        Values y(count(to));
        for (size_t i = 0; i < y.size(); ++i)
          y[i] = bias[i % c.co];
        for (int64_t n = 0; n < c.x.n; ++n)
          for (int64_t i = 0; i < sh; ++i)
            for (int64_t j = 0; j < sw; ++j)
              for (int64_t u = 0; u < c.kh; ++u)
                for (int64_t v = 0; v < c.kw; ++v) {
                  const int64_t row = i * p.strideH - p.padH + u * p.dilationH,
                                column = j * p.strideW - p.padW + v * p.dilationW;
                  if (row < 0 || row >= c.x.h || column < 0 || column >= c.x.w)
                    continue;
                  const int64_t small = (n * sh + i) * sw + j, large = (n * c.x.h + row) * c.x.w + column;
                  const int64_t from = transposed ? small : large, into = transposed ? large : small;
                  for (int64_t o = 0; o < c.co; ++o)
                    for (int64_t k = 0; k < cg; ++k)
                      y[into * c.co + o] +=
                          x[from * c.x.c + o / cog * cg + k] * w[((o * c.kh + u) * c.kw + v) * cg + k];
                }
        const bool relu = type == BANGOPS_DTYPE_F16;
        if (relu)
          for (double &v : y)
            v = std::max(0.0, v);
        Tensor image(type, in, x, {}, BANGOPS_LAYOUT_NHWC), filter(type, {c.co, c.kh, c.kw, cg}, w),
            biases(resultOf(type), {c.co}, bias), out(resultOf(type), to, {}, {}, BANGOPS_LAYOUT_NHWC);
        const auto run = transposed ? bangopsTransposedConvolution : bangopsConvolutionForward;
        check(std::string(transposed ? "transposed convolution " : "convolution ") + dtypeName(type) + " " + text(in) +
                  " to " + text(to),
              run(handle, &p, image.desc, image.data, filter.desc, filter.data, biases.desc, biases.data,
                  relu ? BANGOPS_RELU : -1, out.desc, out.data),
              out, y);
      }
  // An image with channels first; refusals.
  const Values x = randomValues({2, 3, 4, 5}, BANGOPS_DTYPE_F32, 1, -1, 1),
               w = randomValues({7, 3}, BANGOPS_DTYPE_F32, 2, -1, 1);
  Values y(2 * 7 * 20);
  for (int64_t n = 0; n < 2; ++n)
    for (int64_t o = 0; o < 7; ++o)
      for (int64_t p = 0; p < 20; ++p)
        for (int64_t k = 0; k < 3; ++k)
          y[(n * 7 + o) * 20 + p] += x[(n * 3 + k) * 20 + p] * w[o * 3 + k];
  Tensor image(BANGOPS_DTYPE_F32, {2, 3, 4, 5}, x, {}, BANGOPS_LAYOUT_NCHW), filter(BANGOPS_DTYPE_F32, {7, 1, 1, 3}, w),
      out(BANGOPS_DTYPE_F32, {2, 7, 4, 5}, {}, {}, BANGOPS_LAYOUT_NCHW);
  const bangopsConvolution_t plain = {0, 0, 1, 1, 1, 1, 1}, groups = {0, 0, 1, 1, 1, 1, 2},
                             wide = {1, 0, 1, 1, 1, 1, 1};
  const auto run = [&](const bangopsConvolution_t *p) {
    return bangopsConvolutionForward(handle, p, image.desc, image.data, filter.desc, filter.data, nullptr, nullptr, -1,
                                     out.desc, out.data);
  };
  check("convolution nchw", run(&plain), out, y);
  refused("groups", run(&groups), BANGOPS_STATUS_BAD_PARAM,
          "3 input and 7 output channels do not divide into 2 groups");
  refused("size", run(&wide), BANGOPS_STATUS_BAD_PARAM, "y has the shape [2, 4, 5, 7], expected [2, 6, 5, 7]");
}

// The rounding of the sum times the factor is float's; a result next to the middle of two whole numbers may go either
// way.
static void quantised() {
  const float factor = 0.0013f, step = 0.37f;
  for (bangopsDataType_t result : {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_I8}) {
    const int64_t rows = 37, depth = 150, columns = 70;
    const Values x = randomValues({rows, depth}, BANGOPS_DTYPE_I8, 1, -100, 100),
                 w = randomValues({columns, depth}, BANGOPS_DTYPE_I8, 2, -100, 100),
                 bias = randomValues({columns}, BANGOPS_DTYPE_F32, 3, -20, 20);
    Values y = product(x.data(), w.data(), rows, depth, columns, false, true);
    const auto finished = [&](double sum, double b, bool relu) {
      double v = factor * sum + b;
      v = (relu ? std::max(0.0, v) : v) / step;
      return result == BANGOPS_DTYPE_I8 ? std::max(-128.0, std::min(127.0, std::nearbyint(v))) : v;
    };
    for (size_t i = 0; i < y.size(); ++i)
      y[i] = finished(y[i], bias[i % columns], true);
    const double limit = result == BANGOPS_DTYPE_I8 ? 1e-3 : 1e-5;
    Tensor in(BANGOPS_DTYPE_I8, {rows, depth}, x), weights(BANGOPS_DTYPE_I8, {columns, depth}, w),
        biases(BANGOPS_DTYPE_F32, {columns}, bias), out(result, {rows, columns}, {});
    const auto layer = [&](float by, const Tensor &to) {
      return bangopsQuantisedFullyConnected(handle, factor, by, in.desc, in.data, weights.desc, weights.data,
                                            biases.desc, static_cast<const float *>(biases.data), BANGOPS_RELU, to.desc,
                                            to.data);
    };
    check(std::string("quantised layer ") + dtypeName(result), layer(step, out), out, y, limit);
    refused("quantised step", layer(0, out), BANGOPS_STATUS_BAD_PARAM, "the step is 0.000000, expected more than 0");
    Tensor wrong(BANGOPS_DTYPE_I32, {rows, columns}, {});
    refused("quantised type", layer(1, wrong), BANGOPS_STATUS_BAD_PARAM, "c has elements of i32, expected f32 or i8");

    // An image: without a bias, 3 x 3 taps of 5 channels, a border.
    const Values pixels = randomValues({2, 6, 7, 5}, BANGOPS_DTYPE_I8, 4, -100, 100),
                 filter = randomValues({9, 3, 3, 5}, BANGOPS_DTYPE_I8, 5, -100, 100);
    Values z(2 * 6 * 7 * 9);
    for (int64_t i = 0; i < static_cast<int64_t>(z.size()); ++i) {
      const int64_t o = i % 9, column = i / 9 % 7, row = i / 63 % 6, n = i / 378;
      double sum = 0;
      for (int64_t tap = 0; tap < 9; ++tap) {
        const int64_t r = row + tap / 3 - 1, c = column + tap % 3 - 1;
        for (int64_t k = 0; k < 5 && r >= 0 && r < 6 && c >= 0 && c < 7; ++k)
          sum += pixels[((n * 6 + r) * 7 + c) * 5 + k] * filter[(o * 9 + tap) * 5 + k];
      }
      z[i] = finished(sum, 0, false);
    }
    Tensor image(BANGOPS_DTYPE_I8, {2, 6, 7, 5}, pixels, {}, BANGOPS_LAYOUT_NHWC),
        filters(BANGOPS_DTYPE_I8, {9, 3, 3, 5}, filter), to(result, {2, 6, 7, 9}, {}, {}, BANGOPS_LAYOUT_NHWC);
    const bangopsConvolution_t same = {1, 1, 1, 1, 1, 1, 1};
    check(std::string("quantised convolution ") + dtypeName(result),
          bangopsQuantisedConvolution(handle, &same, factor, step, image.desc, image.data, filters.desc, filters.data,
                                      nullptr, nullptr, -1, to.desc, to.data),
          to, z, limit);
  }
}

int main() {
  return run([] {
    gemms();
    vectorsAndLayers();
    convolutions();
    quantised();
  });
}
