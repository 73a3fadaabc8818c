// vector_add.h: the host half of all four steps: data, launches, times, and the check against plain C++.
//
// Each .mlu file adds its step to the list below. The program runs the steps that are linked in: one file alone or
// several together.
#ifndef SAMPLES_VECTOR_ADD_H
#define SAMPLES_VECTOR_ADD_H

#include "../common/clock.h"

#include <bang.h>
#include <cnrt.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

struct Step {
  int number;
  const char *name;
  void (*launch)(float *c, const float *a, const float *b, int n, cnrtQueue_t queue);
};

inline std::vector<Step> &steps() {
  static std::vector<Step> all;
  return all;
}

struct AddStep {
  AddStep(Step step) { steps().push_back(step); }
};

// Cards before the 300 series take vector operations in whole units of 128 bytes, 32 floats. Counts are rounded up: the
// lanes behind the end are computed too and never stored.
__mlu_func__ int wholeUnits(int count) { return (count + 31) / 32 * 32; }

// Runs one step and returns whether every element is right.
inline bool runStep(const Step &step, const std::vector<float> &a, const std::vector<float> &b, float *deviceC,
                    const float *deviceA, const float *deviceB, cnrtQueue_t queue) {
  const size_t n = a.size();
  // All bytes 0xff is a NaN: neither an element that was not written nor the result of an earlier step can pass.
  CNRT_CHECK(cnrtMemset(deviceC, 0xff, n * sizeof(float)));

  cnrtNotifier_t start, end;
  CNRT_CHECK(cnrtNotifierCreate(&start));
  CNRT_CHECK(cnrtNotifierCreate(&end));
  CNRT_CHECK(cnrtPlaceNotifier(start, queue));
  step.launch(deviceC, deviceA, deviceB, static_cast<int>(n), queue);
  CNRT_CHECK(cnrtPlaceNotifier(end, queue));
  CNRT_CHECK(cnrtQueueSync(queue));
  float ms = 0;
  CNRT_CHECK(cnrtNotifierElapsedTime(start, end, &ms));
  CNRT_CHECK(cnrtNotifierDestroy(start));
  CNRT_CHECK(cnrtNotifierDestroy(end));

  std::vector<float> c(n);
  CNRT_CHECK(cnrtMemcpy(c.data(), deviceC, n * sizeof(float), cnrtMemcpyDevToHost));
  size_t wrong = 0;
  for (size_t i = 0; i < n; ++i) {
    if (c[i] == a[i] + b[i])
      continue;
    if (wrong++ == 0)
      printf("step %d: c[%zu] is %g, expected %g\n", step.number, i, c[i], a[i] + b[i]);
  }
  printf("step %d %-15s %s  %s time %.3f ms\n", step.number, step.name, wrong ? "FAIL" : "ok",
         clockIsModel() ? "model" : "host", ms);
  return wrong == 0;
}

// Weak: every file of the sample has this main, the linker keeps one.
__attribute__((weak)) int main(int argc, char **argv) {
  const int n = argc > 1 ? atoi(argv[1]) : 100003;  // no multiple of anything: tails are exercised
  if (n <= 0) {
    fprintf(stderr, "usage: %s [elements]\n", argv[0]);
    return 2;
  }
  std::vector<float> a(n), b(n);
  for (int i = 0; i < n; ++i) {
    a[i] = 0.1f * (i % 1000) - 40;
    b[i] = 0.7f * (i % 77);
  }

  CNRT_CHECK(cnrtSetDevice(0));
  cnrtQueue_t queue;
  CNRT_CHECK(cnrtQueueCreate(&queue));
  const size_t bytes = n * sizeof(float);
  float *deviceA, *deviceB, *deviceC;
  CNRT_CHECK(cnrtMalloc(reinterpret_cast<void **>(&deviceA), bytes));
  CNRT_CHECK(cnrtMalloc(reinterpret_cast<void **>(&deviceB), bytes));
  CNRT_CHECK(cnrtMalloc(reinterpret_cast<void **>(&deviceC), bytes));
  CNRT_CHECK(cnrtMemcpy(deviceA, a.data(), bytes, cnrtMemcpyHostToDev));
  CNRT_CHECK(cnrtMemcpy(deviceB, b.data(), bytes, cnrtMemcpyHostToDev));

  std::sort(steps().begin(), steps().end(), [](const Step &x, const Step &y) { return x.number < y.number; });
  size_t passed = 0;
  for (const Step &step : steps())
    passed += runStep(step, a, b, deviceC, deviceA, deviceB, queue);

  CNRT_CHECK(cnrtFree(deviceA));
  CNRT_CHECK(cnrtFree(deviceB));
  CNRT_CHECK(cnrtFree(deviceC));
  CNRT_CHECK(cnrtQueueDestroy(queue));
  const bool pass = passed == steps().size();
  printf("%s %zu of %zu steps\n", pass ? "PASS" : "FAIL", passed, steps().size());
  return pass ? 0 : 1;
}

#endif  // SAMPLES_VECTOR_ADD_H
