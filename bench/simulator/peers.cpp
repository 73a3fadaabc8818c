// peers.cpp: native loops, and OpenBLAS and Eigen when bench/run finds them.
#include "peers.h"

#include <algorithm>
#include <cmath>
#include <vector>
#ifdef HAVE_OPENBLAS
#include <cblas.h>
#endif
#ifdef HAVE_EIGEN
#include <Eigen/Core>
#endif

void nativeAdd(float *c, const float *a, const float *b, size_t n) {
  for (size_t i = 0; i < n; ++i)
    c[i] = a[i] + b[i];
}

void nativeExp(float *y, const float *x, size_t n) {
  for (size_t i = 0; i < n; ++i)
    y[i] = std::exp(x[i]);
}

void nativeQuantise(float *y, const float *x, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    const auto whole = int8_t(std::rint(std::min(std::max(x[i] * 16, -128.0f), 127.0f)));
    y[i] = float(whole) / 16;
  }
}

void nativeSoftmax(float *y, const float *x, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; ++r, x += columns, y += columns) {
    float largest = x[0], sum = 0;
    for (size_t i = 1; i < columns; ++i)
      largest = std::max(largest, x[i]);
    for (size_t i = 0; i < columns; ++i)
      y[i] = std::exp(x[i] - largest);
    for (size_t i = 0; i < columns; ++i)
      sum += y[i];
    for (size_t i = 0; i < columns; ++i)
      y[i] /= sum;
  }
}

void nativeMatmul(float *c, const float *a, const float *b, size_t m, size_t k, size_t n) {
#ifdef HAVE_OPENBLAS
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, int(m), int(n), int(k), 1, a, int(k), b, int(k), 0, c, int(n));
#else
  std::fill(c, c + m * n, 0.0f);
  for (size_t i = 0; i < m; ++i)
    for (size_t j = 0; j < n; ++j)
      for (size_t l = 0; l < k; ++l)
        c[i * n + j] += a[i * k + l] * b[j * k + l];
#endif
}

void eigenMatmul([[maybe_unused]] float *c, [[maybe_unused]] const float *a, [[maybe_unused]] const float *b,
                 [[maybe_unused]] size_t m, [[maybe_unused]] size_t k, [[maybe_unused]] size_t n) {
#ifdef HAVE_EIGEN
  using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const Rows> left(a, m, k), right(b, n, k);
  Eigen::Map<Rows>(c, m, n).noalias() = left * right.transpose();
#endif
}

void nativeMatmulInt8(int32_t *c, const int8_t *a, const int8_t *b, size_t m, size_t k, size_t n) {
  for (size_t i = 0; i < m; ++i)
    for (size_t j = 0; j < n; ++j) {
      int32_t sum = 0;
      for (size_t l = 0; l < k; ++l)
        sum += a[i * k + l] * b[j * k + l];
      c[i * n + j] = sum;
    }
}

void nativeConv(_Float16 *y, const _Float16 *x, const _Float16 *w, size_t images, size_t side, size_t channels, size_t filters) {
  const size_t window = 9 * channels, out = side - 2;
  std::vector<float> turned(window * filters), pixels(images * side * side * channels), sums(filters);
  for (size_t f = 0; f < filters; ++f)
    for (size_t k = 0; k < window; ++k)
      turned[k * filters + f] = w[f * window + k];
  std::copy(x, x + pixels.size(), pixels.begin());
  for (size_t i = 0; i < images; ++i)
    for (size_t row = 0; row < out; ++row)
      for (size_t column = 0; column < out; ++column) {
        std::fill(sums.begin(), sums.end(), 0.0f);
        for (size_t part = 0; part < 3; ++part) {
          const float *line = &pixels[((i * side + row + part) * side + column) * channels];
          for (size_t k = 0; k < 3 * channels; ++k)
            for (size_t f = 0; f < filters; ++f)
              sums[f] += line[k] * turned[(part * 3 * channels + k) * filters + f];
        }
        std::copy(sums.begin(), sums.end(), y + ((i * out + row) * out + column) * filters);
      }
}
