// device.h: what the kernels of all families share: the NRAM of a core, element types, and the pipeline.
//
// A kernel computes in `float` (or `int`), whatever the elements in GDRAM are: half and bfloat16_t tiles are widened
// behind the load and narrowed before the store. The results are then accurate to one rounding of the element type. Where
// the vector unit rounds a function of half only once anyway, it works on half: the result is the same or nearly so, and it
// takes a quarter of the time.
#ifndef BANGOPS_COMMON_DEVICE_H
#define BANGOPS_COMMON_DEVICE_H

#include "common/device_constants.h"

#include <bang.h>

#include <cstdint>
#include <type_traits>

namespace bangops {

// What stays free is the stack; the host cuts its tiles with the same number (Machine::nramBytes).
#ifdef __BANG_ARCH__
constexpr int kNramBytes = (__MLU_NRAM_SIZE__ - kStackKB) * 1024;
#else
constexpr int kNramBytes = 128;
#endif

__nram__ __attribute__((aligned(128))) static uint8_t nram[kNramBytes];

__mlu_func__ inline int wholeLines(int bytes) { return (bytes + kLineBytes - 1) / kLineBytes * kLineBytes; }

// Hands out NRAM from its beginning; the host has made sure that everything fits.
struct Cutter {
  uint8_t *next = nram;
  template <class T> __mlu_func__ T *take(int elements) {
    T *result = reinterpret_cast<T *>(next);
    next += wholeLines(elements * static_cast<int>(sizeof(T)));
    return result;
  }
};

// The type in which a kernel computes.
template <class T> struct WorkOf { using Type = float; };
template <> struct WorkOf<int> { using Type = int; };
template <> struct WorkOf<signed char> { using Type = float; };

__mlu_func__ inline void widen(float *dst, const half *src, int n) { __bang_half2float(dst, src, n); }
__mlu_func__ inline void widen(float *dst, const bfloat16_t *src, int n) { __bang_bfloat162float(dst, src, n); }
__mlu_func__ inline void widen(float *dst, const int *src, int n) { __bang_int322float(dst, src, n, 0); }
__mlu_func__ inline void widen(float *dst, const signed char *src, int n) { __bang_int82float(dst, src, n, 0); }
__mlu_func__ inline void narrow(half *dst, const float *src, int n) { __bang_float2half_rn(dst, src, n); }
__mlu_func__ inline void narrow(bfloat16_t *dst, const float *src, int n) { __bang_float2bfloat16_rn(dst, src, n); }
__mlu_func__ inline void narrow(int *dst, const float *src, int n) { __bang_float2int32_rn(dst, src, n, 0); }
__mlu_func__ inline void narrow(signed char *dst, const float *src, int n) { __bang_float2int8_rn(dst, src, n, 0); }
// The same type: a copy, unless it is the same buffer.
template <class T> __mlu_func__ inline void widen(T *dst, const T *src, int n) {
  if (dst != src)
    __memcpy(dst, src, n * sizeof(T), NRAM2NRAM);
}
template <class T> __mlu_func__ inline void narrow(T *dst, const T *src, int n) { widen(dst, src, n); }

// Load, compute and store of neighbouring tiles at the same time:
//
//   step      0     1     2     3
//   load      0     1     2
//   compute         0     1     2
//   store                 0     1
//
// A stage keeps two buffers of each kind and uses number tile % 2; __sync ends the step, so that nobody still uses a
// buffer that the next step overwrites.
template <class Stage> __mlu_func__ void runPipeline(Stage &stage, int tiles) {
  for (int step = 0; step < tiles + 2 && tiles > 0; ++step) {
    if (step >= 2)
      stage.store(step - 2);
    if (step < tiles)
      stage.load(step);
    if (step >= 1 && step - 1 < tiles)
      stage.compute(step - 1);
    __sync();
  }
}

// Tiles that a core takes when `total` tiles are dealt out like cards.
__mlu_func__ inline int tilesOfTask(int64_t total) {
  return static_cast<int>((total - static_cast<int64_t>(taskId) + taskDim - 1) / taskDim);
}

}  // namespace bangops

#endif  // BANGOPS_COMMON_DEVICE_H
