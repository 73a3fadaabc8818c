// gemm.h: the host half of all six steps: data, launches, times, and the check against plain C++.
//
// c = a * b with a: m x k, b: k x n, c: m x n, all row by row; a and b are half, c is float. Each .mlu file adds its
// step to the list below. The program runs the steps that are linked in: one file alone or several together.
#ifndef SAMPLES_GEMM_LADDER_GEMM_H
#define SAMPLES_GEMM_LADDER_GEMM_H

#include "../common/clock.h"

#include <bang.h>
#include <cnrt.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

constexpr int kMaxK = 512;  // a block of b columns and two tiles of a rows fit NRAM at once

struct Gemm {
  float *c;
  const half *a, *b;
  int m, k, n;
};

struct Step {
  int number;
  const char *name;
  void (*launch)(const Gemm &gemm, cnrtQueue_t queue);
};

inline std::vector<Step> &steps() {
  static std::vector<Step> all;
  return all;
}

struct AddStep {
  AddStep(Step step) { steps().push_back(step); }
};

// Small whole numbers: half holds them exactly and every sum is exact in float, so the check is for equality. Rows and
// columns differ from each other, so no wrong order of the weights gives the same product.
inline int elementA(int i, int j) { return (i * 7 + j * 3) % 11 - 5; }
inline int elementB(int i, int j) { return (i * 5 + j * 2 + i * j % 7) % 13 - 6; }

template <class Element> half *uploadMatrix(int rows, int columns, Element element) {
  std::vector<float> values(static_cast<size_t>(rows) * columns);
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j)
      values[static_cast<size_t>(i) * columns + j] = element(i, j);
  std::vector<uint16_t> halves(values.size());
  CNRT_CHECK(cnrtCastDataType_V2(values.data(), cnrtFloat, halves.data(), cnrtHalf, values.size(), nullptr,
                                 cnrtRounding_rn));
  half *device;
  CNRT_CHECK(cnrtMalloc(reinterpret_cast<void **>(&device), halves.size() * sizeof(half)));
  CNRT_CHECK(cnrtMemcpy(device, halves.data(), halves.size() * sizeof(half), cnrtMemcpyHostToDev));
  return device;
}

inline std::vector<float> reference(int m, int k, int n) {
  std::vector<float> c(static_cast<size_t>(m) * n);
  std::vector<int> sums(n);
  for (int i = 0; i < m; ++i) {
    std::fill(sums.begin(), sums.end(), 0);
    for (int l = 0; l < k; ++l)
      for (int j = 0; j < n; ++j)
        sums[j] += elementA(i, l) * elementB(l, j);
    std::copy(sums.begin(), sums.end(), c.begin() + static_cast<size_t>(i) * n);
  }
  return c;
}

// Runs one step and returns whether every element is right.
inline bool runStep(const Step &step, const Gemm &gemm, const std::vector<float> &expected, cnrtQueue_t queue) {
  const size_t bytes = expected.size() * sizeof(float);
  // All bytes 0xff is a NaN: neither an element that was not written nor the result of an earlier step can pass.
  CNRT_CHECK(cnrtMemset(gemm.c, 0xff, bytes));

  cnrtNotifier_t start, end;
  CNRT_CHECK(cnrtNotifierCreate(&start));
  CNRT_CHECK(cnrtNotifierCreate(&end));
  CNRT_CHECK(cnrtPlaceNotifier(start, queue));
  step.launch(gemm, queue);
  CNRT_CHECK(cnrtPlaceNotifier(end, queue));
  CNRT_CHECK(cnrtQueueSync(queue));
  float ms = 0;
  CNRT_CHECK(cnrtNotifierElapsedTime(start, end, &ms));
  CNRT_CHECK(cnrtNotifierDestroy(start));
  CNRT_CHECK(cnrtNotifierDestroy(end));

  std::vector<float> c(expected.size());
  CNRT_CHECK(cnrtMemcpy(c.data(), gemm.c, bytes, cnrtMemcpyDevToHost));
  size_t wrong = 0;
  for (size_t i = 0; i < c.size(); ++i) {
    if (c[i] == expected[i])
      continue;
    if (wrong++ == 0)
      printf("step %d: c[%zu][%zu] is %g, expected %g\n", step.number, i / gemm.n, i % gemm.n, c[i], expected[i]);
  }
  printf("step %d %-22s %s  %s time %.3f ms\n", step.number, step.name, wrong ? "FAIL" : "ok",
         clockIsModel() ? "model" : "host", ms);
  return wrong == 0;
}

// Weak: every file of the sample has this main, the linker keeps one.
__attribute__((weak)) int main(int argc, char **argv) {
  const int m = argc > 1 ? atoi(argv[1]) : 512;
  const int k = argc > 2 ? atoi(argv[2]) : 64;
  const int n = argc > 3 ? atoi(argv[3]) : 64;
  if (m <= 0 || k <= 0 || k > kMaxK || k % 32 != 0 || n <= 0 || n % 64 != 0) {
    fprintf(stderr, "usage: %s [m] [k, a multiple of 32, at most %d] [n, a multiple of 64]\n", argv[0], kMaxK);
    return 2;
  }
  CNRT_CHECK(cnrtSetDevice(0));
  cnrtQueue_t queue;
  CNRT_CHECK(cnrtQueueCreate(&queue));
  half *a = uploadMatrix(m, k, elementA), *b = uploadMatrix(k, n, elementB);
  float *c;
  CNRT_CHECK(cnrtMalloc(reinterpret_cast<void **>(&c), sizeof(float) * m * n));
  const std::vector<float> expected = reference(m, k, n);

  std::sort(steps().begin(), steps().end(), [](const Step &x, const Step &y) { return x.number < y.number; });
  printf("c = a * b with a: %d x %d, b: %d x %d\n", m, k, k, n);
  size_t passed = 0;
  for (const Step &step : steps())
    passed += runStep(step, {c, a, b, m, k, n}, expected, queue);

  CNRT_CHECK(cnrtFree(a));
  CNRT_CHECK(cnrtFree(b));
  CNRT_CHECK(cnrtFree(c));
  CNRT_CHECK(cnrtQueueDestroy(queue));
  const bool pass = passed == steps().size();
  printf("%s %zu of %zu steps\n", pass ? "PASS" : "FAIL", passed, steps().size());
  return pass ? 0 : 1;
}

#endif  // SAMPLES_GEMM_LADDER_GEMM_H
