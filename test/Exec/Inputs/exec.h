// exec.h: shared by execution tests: device buffers, comparison with a scalar oracle, one summary line.
#ifndef EXEC_H
#define EXEC_H

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

static int failures = 0, comparisons = 0;

template <typename T>
T *toDevice(const std::vector<T> &host) {
  void *p = nullptr;
  CNRT_CHECK(cnrtMalloc(&p, host.size() * sizeof(T)));
  CNRT_CHECK(cnrtMemcpy(p, (void *)host.data(), host.size() * sizeof(T), cnrtMemcpyHostToDev));
  return (T *)p;
}

template <typename T>
std::vector<T> fromDevice(T *device, size_t n) {
  std::vector<T> host(n);
  CNRT_CHECK(cnrtMemcpy(host.data(), device, n * sizeof(T), cnrtMemcpyDevToHost));
  return host;
}

inline void finish(cnrtQueue_t queue = nullptr) { CNRT_CHECK(cnrtQueueSync(queue)); }

// Bit-exact, but any NaN equals any NaN.
template <typename T>
void expectEqual(const char *what, size_t i, T found, T expected) {
  ++comparisons;
  bool bothNaN = found != found && expected != expected;
  if (bothNaN || memcmp(&found, &expected, sizeof(T)) == 0)
    return;
  if (++failures <= 10)
    printf("FAIL %s[%zu]: found %g, expected %g\n", what, i, (double)found, (double)expected);
}

inline void expectNear(const char *what, size_t i, double found, double expected, double relative) {
  ++comparisons;
  if (std::isnan(found) && std::isnan(expected))
    return;
  if (found == expected || std::fabs(found - expected) <= relative * std::fabs(expected))
    return;
  if (++failures <= 10)
    printf("FAIL %s[%zu]: found %.9g, expected %.9g\n", what, i, found, expected);
}

inline int summary() {
  if (failures || !comparisons) {
    printf("FAILED: %d of %d comparisons\n", failures, comparisons);
    return 1;
  }
  printf("PASS %d comparisons\n", comparisons);
  return 0;
}

// Reproducible values of mixed sign.
template <typename T>
std::vector<T> values(size_t n, int seed, int range = 37) {
  std::vector<T> v(n);
  for (size_t i = 0; i < n; ++i)
    v[i] = (T)((int)((i * 7919 + seed * 104729) % (2 * range + 1)) - range);
  return v;
}

#endif
