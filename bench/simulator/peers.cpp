// peers.cpp: native loops, and OpenBLAS when run.py finds it.
#include "peers.h"

#include <algorithm>
#include <cmath>
#ifdef HAVE_OPENBLAS
#include <cblas.h>
#endif

void nativeAdd(float *c, const float *a, const float *b, size_t n) {
  for (size_t i = 0; i < n; ++i)
    c[i] = a[i] + b[i];
}

void nativeExp(float *y, const float *x, size_t n) {
  for (size_t i = 0; i < n; ++i)
    y[i] = std::exp(x[i]);
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

const char *nativeMatmulName() {
#ifdef HAVE_OPENBLAS
  return "OpenBLAS sgemm, one thread";
#else
  return "three loops (OpenBLAS not installed)";
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
