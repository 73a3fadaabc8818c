// ladder.h: the host of the calibration programs. It measures one rung with notifiers, as the publications did, and
// prints the microseconds.
#ifndef BENCH_CALIBRATION_LADDER_H
#define BENCH_CALIBRATION_LADDER_H

#include <bang.h>
#include <cnrt.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

struct Problem {
  int m, k, n, chunk;  // chunk: rows of the left matrix at once
  cnrtDim3_t dim;
  cnrtQueue_t queue;
  void *matrices[3];
  template <class T> T *a() const { return static_cast<T *>(matrices[0]); }
  template <class T> T *b() const { return static_cast<T *>(matrices[1]); }
  template <class T> T *c() const { return static_cast<T *>(matrices[2]); }
};

struct Rung {
  const char *name;
  void (*launch)(const Problem &);
};

inline void *zeroes(size_t bytes) {
  void *pointer;
  CNRT_CHECK(cnrtMalloc(&pointer, bytes));
  CNRT_CHECK(cnrtMemset(pointer, 0, bytes));
  return pointer;
}

inline int measure(const Rung *rungs, size_t count, int argc, char **argv) {
  const Rung *rung = nullptr;
  for (size_t i = 0; argc > 1 && i < count; ++i)
    if (strcmp(rungs[i].name, argv[1]) == 0)
      rung = &rungs[i];
  if (argc != 7 || !rung) {
    fprintf(stderr, "usage: %s rung m k n tasks chunk\n", argv[0]);
    return 2;
  }
  Problem p = {atoi(argv[2]), atoi(argv[3]), atoi(argv[4]), atoi(argv[6]), {uint32_t(atoi(argv[5])), 1, 1}, nullptr, {}};
  CNRT_CHECK(cnrtSetDevice(0));
  CNRT_CHECK(cnrtQueueCreate(&p.queue));
  p.matrices[0] = zeroes(size_t(p.m) * p.k * 4);
  p.matrices[1] = zeroes(size_t(p.k) * p.n * 4);
  p.matrices[2] = zeroes(size_t(p.m) * p.n * 4);
  cnrtNotifier_t start, end;
  CNRT_CHECK(cnrtNotifierCreate(&start));
  CNRT_CHECK(cnrtNotifierCreate(&end));
  CNRT_CHECK(cnrtPlaceNotifier(start, p.queue));
  rung->launch(p);
  CNRT_CHECK(cnrtPlaceNotifier(end, p.queue));
  CNRT_CHECK(cnrtQueueSync(p.queue));
  float us;
  CNRT_CHECK(cnrtNotifierDuration(start, end, &us));
  printf("%.3f\n", us);
  return 0;
}

#endif  // BENCH_CALIBRATION_LADDER_H
