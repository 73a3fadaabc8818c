// host_bang.h: what generated kernels mean on the host: plain memory and scalar loops. Independent of the simulator.
#ifndef DIFFERENTIAL_HOST_BANG_H
#define DIFFERENTIAL_HOST_BANG_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#define KERNEL extern "C"
#define FUNC static inline __attribute__((unused))
#define __nram__

typedef _Float16 half;
enum { GDRAM2NRAM, NRAM2GDRAM, NRAM2NRAM };

inline void __memcpy(void *dst, const void *src, unsigned bytes, int) { memmove(dst, src, bytes); }
inline void __memcpy(void *dst, const void *src, unsigned bytes, int, unsigned dstStride, int srcStride,
                     unsigned segnum) {
  for (unsigned s = 0; s <= segnum; ++s)
    memmove((char *)dst + s * dstStride, (const char *)src + (long)s * srcStride, bytes);
}
template <typename... A> void __memcpy_async(A... a) { __memcpy(a...); }
inline void __sync() {}
inline void __sync_io() {}
inline void __sync_compute() {}

// One rounding for floats, wrapping for integers.
inline float plus(float a, float b) { return a + b; }
inline half plus(half a, half b) { return (half)((float)a + (float)b); }
inline float minus(float a, float b) { return a - b; }
inline half minus(half a, half b) { return (half)((float)a - (float)b); }
inline float times(float a, float b) { return a * b; }
inline half times(half a, half b) { return (half)((float)a * (float)b); }
template <typename T> T plus(T a, T b) { return (T)((unsigned)a + (unsigned)b); }
template <typename T> T minus(T a, T b) { return (T)((unsigned)a - (unsigned)b); }
template <typename T> T times(T a, T b) { return (T)((unsigned)a * (unsigned)b); }

#define VECTOR(name, expression)                                                                                       \
  template <typename T> void __bang_##name(T *d, const T *x, const T *y, unsigned n) {                                 \
    for (unsigned i = 0; i < n; ++i) {                                                                                 \
      T a = x[i], b = y[i];                                                                                            \
      d[i] = (T)(expression);                                                                                          \
    }                                                                                                                  \
  }
#define SCALAR(name, expression)                                                                                       \
  template <typename T> void __bang_##name(T *d, const T *x, T b, unsigned n) {                                        \
    for (unsigned i = 0; i < n; ++i) {                                                                                 \
      T a = x[i];                                                                                                      \
      d[i] = (T)(expression);                                                                                          \
    }                                                                                                                  \
  }
#define CYCLE(name, expression)                                                                                        \
  template <typename T> void __bang_cycle_##name(T *d, const T *x, const T *y, unsigned n, unsigned m) {               \
    for (unsigned i = 0; i < n; ++i) {                                                                                 \
      T a = x[i], b = y[i % m];                                                                                        \
      d[i] = (T)(expression);                                                                                          \
    }                                                                                                                  \
  }
#define UNARY(name, expression)                                                                                        \
  template <typename T> void __bang_##name(T *d, const T *x, unsigned n) {                                             \
    for (unsigned i = 0; i < n; ++i) {                                                                                 \
      T a = x[i];                                                                                                      \
      d[i] = (T)(expression);                                                                                          \
    }                                                                                                                  \
  }
#define ALL(name, expression) VECTOR(name, expression) SCALAR(name##_scalar, expression) CYCLE(name, expression)
ALL(add, plus(a, b))
ALL(sub, minus(a, b))
ALL(mul, times(a, b))
ALL(eq, a == b ? 1 : 0)
ALL(lt, a < b ? 1 : 0)
ALL(le, a <= b ? 1 : 0)
ALL(gt, a > b ? 1 : 0)
ALL(ge, a >= b ? 1 : 0)
ALL(and, a != (T)0 && b != (T)0 ? 1 : 0)
ALL(or, a != (T)0 || b != (T)0 ? 1 : 0)
ALL(xor, (a != (T)0) != (b != (T)0) ? 1 : 0)
VECTOR(maxequal, b > a ? b : a)
VECTOR(minequal, b < a ? b : a)
UNARY(not, a == (T)0 ? 1 : 0)
UNARY(relu, a < (T)0 ? (T)0 : a)
UNARY(abs, a < (T)0 || (a == (T)0 && 1 / (float)a < 0) ? minus((T)0, a) : a)
UNARY(square, times(a, a))

template <typename T> void __bang_write_value(void *d, unsigned n, T v) {
  for (unsigned i = 0; i < n; ++i)
    memcpy((char *)d + i * sizeof(T), &v, sizeof(T));
}
inline void __bang_half2float(float *d, const half *x, unsigned n) {
  for (unsigned i = 0; i < n; ++i)
    d[i] = (float)x[i];
}
inline void __bang_float2half_rn(half *d, const float *x, unsigned n) {
  for (unsigned i = 0; i < n; ++i)
    d[i] = (half)x[i];
}
// fails.test replaces it, to see that a wrong result is found.
#ifndef TOWARD_ZERO
#define TOWARD_ZERO trunc
#endif
inline void __bang_float2int32_tz(int *d, const float *x, unsigned n, int pos) {
  for (unsigned i = 0; i < n; ++i) {
    double v = TOWARD_ZERO(ldexp((double)x[i], -pos));
    d[i] = v != v ? 0 : v < -2147483648.0 ? INT32_MIN : v > 2147483647.0 ? INT32_MAX : (int)v;
  }
}
inline void __bang_int322float_rn(float *d, const int *x, unsigned n, int pos) {
  for (unsigned i = 0; i < n; ++i)
    d[i] = (float)ldexp((double)x[i], pos);
}
template <typename T> void __bang_transpose(T *d, const T *x, unsigned h, unsigned w) {
  for (unsigned i = 0; i < h; ++i)
    for (unsigned j = 0; j < w; ++j)
      d[j * h + i] = x[i * w + j];
}
template <typename T> unsigned __bang_count(const T *x, unsigned n) {
  unsigned count = 0;
  for (unsigned i = 0; i < n; ++i)
    count += x[i] != (T)0;
  return count;
}
template <typename T> unsigned __bang_findfirst1(const T *x, unsigned n) {
  for (unsigned i = 0; i < n; ++i)
    if (x[i] != (T)0)
      return i;
  return 0xffffffff;
}
template <typename T>
void __bang_maxpool(T *d, const T *x, unsigned c, unsigned h, unsigned w, unsigned kh, unsigned kw, unsigned sw,
                    unsigned sh) {
  unsigned oh = (h - kh) / sh + 1, ow = (w - kw) / sw + 1;
  for (unsigned i = 0; i < oh; ++i)
    for (unsigned j = 0; j < ow; ++j)
      for (unsigned k = 0; k < c; ++k) {
        T best = x[(i * sh * w + j * sw) * c + k];
        for (unsigned y = 0; y < kh; ++y)
          for (unsigned z = 0; z < kw; ++z) {
            T v = x[((i * sh + y) * w + j * sw + z) * c + k];
            best = v > best || best != best ? v : best;
          }
        d[(i * ow + j) * c + k] = best;
      }
}

#include "safe.h"

#endif
