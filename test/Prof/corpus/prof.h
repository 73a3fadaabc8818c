// prof.h: the host of the corpus programs.
#ifndef TEST_PROF_CORPUS_PROF_H
#define TEST_PROF_CORPUS_PROF_H

#include <bang.h>
#include <cnrt.h>

#include <cstdint>

inline float *zeroes(size_t floats) {
  void *pointer;
  CNRT_CHECK(cnrtMalloc(&pointer, floats * sizeof(float)));
  CNRT_CHECK(cnrtMemset(pointer, 0, floats * sizeof(float)));
  return static_cast<float *>(pointer);
}

#define BLOCK(kernel, tasks, ...) kernel<<<cnrtDim3_t{tasks, 1, 1}, cnrtFuncTypeBlock, nullptr>>>(__VA_ARGS__)
#define UNION4(kernel, ...) kernel<<<cnrtDim3_t{16, 1, 1}, cnrtFuncTypeUnion4, nullptr>>>(__VA_ARGS__)
#define DONE() CNRT_CHECK(cnrtQueueSync(nullptr))

#endif  // TEST_PROF_CORPUS_PROF_H
