// math.h: C library functions that device code may call.
//
// The device overloads are declared before <cmath>, so that templates of the C++ library find them. float functions run
// in single precision, half and bfloat16_t ones through float.
#ifndef OPENBANG_BANG_MATH_H
#define OPENBANG_BANG_MATH_H

#include <stddef.h>

#define BANG_DEVICE __attribute__((device))
#define BANG_INLINE __attribute__((device, always_inline)) inline

// The functions of C, by number of arguments. Each exists as name(double) and namef(float); the float overload of
// `name` comes with <cmath>.
#define BANG_MATH_NAMES1(X)                                                                                           \
  X(sin) X(cos) X(tan) X(asin) X(acos) X(atan) X(sinh) X(cosh) X(tanh) X(asinh) X(acosh) X(atanh)                     \
  X(exp) X(exp2) X(expm1) X(log) X(log2) X(log10) X(log1p) X(logb) X(sqrt) X(cbrt) X(fabs)                            \
  X(floor) X(ceil) X(round) X(trunc) X(rint) X(nearbyint) X(erf) X(erfc) X(tgamma) X(lgamma)
#define BANG_MATH_NAMES2(X)                                                                                           \
  X(pow) X(fmod) X(fmax) X(fmin) X(atan2) X(hypot) X(fdim) X(copysign) X(remainder) X(nextafter)

struct timeval;
extern "C" {
#define BANG_MATH1(name)                                                                                              \
  BANG_DEVICE double name(double) noexcept;                                                                           \
  BANG_DEVICE float name##f(float) noexcept;
#define BANG_MATH2(name)                                                                                              \
  BANG_DEVICE double name(double, double) noexcept;                                                                   \
  BANG_DEVICE float name##f(float, float) noexcept;
BANG_MATH_NAMES1(BANG_MATH1)
BANG_MATH_NAMES2(BANG_MATH2)
#undef BANG_MATH1
#undef BANG_MATH2
BANG_DEVICE double fma(double, double, double) noexcept;
BANG_DEVICE float fmaf(float, float, float) noexcept;
BANG_DEVICE double ldexp(double, int) noexcept;
BANG_DEVICE float ldexpf(float, int) noexcept;
BANG_DEVICE double scalbn(double, int) noexcept;
BANG_DEVICE float scalbnf(float, int) noexcept;
BANG_DEVICE double frexp(double, int *) noexcept;
BANG_DEVICE float frexpf(float, int *) noexcept;
BANG_DEVICE double modf(double, double *) noexcept;
BANG_DEVICE float modff(float, float *) noexcept;
BANG_DEVICE long lround(double) noexcept;
BANG_DEVICE long lroundf(float) noexcept;
BANG_DEVICE long lrint(double) noexcept;
BANG_DEVICE long lrintf(float) noexcept;
BANG_DEVICE int abs(int) noexcept;
BANG_DEVICE long labs(long) noexcept;
BANG_DEVICE long long llabs(long long) noexcept;
BANG_DEVICE void *memcpy(void *, const void *, size_t) noexcept;
BANG_DEVICE void *memmove(void *, const void *, size_t) noexcept;
BANG_DEVICE void *memset(void *, int, size_t) noexcept;
BANG_DEVICE int memcmp(const void *, const void *, size_t) noexcept;
BANG_DEVICE size_t strlen(const char *) noexcept;
BANG_DEVICE void abort() noexcept __attribute__((noreturn));
// A core's clock: one instruction is one nanosecond.
BANG_DEVICE int gettimeofday(struct timeval *, void *) noexcept;
}

// Templates of the C++ library are compiled for both sides. libstdc++'s algorithms wrap their comparisons in a few
// classes and functions that are no templates; these are told to be for both sides.
#include <utility>
#if __has_include(<bits/predefined_ops.h>)
#pragma clang force_cuda_host_device begin
#include <bits/predefined_ops.h>
#pragma clang force_cuda_host_device end
#endif

#include <cmath>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

// The C names of the float functions, which <cmath> leaves out of std.
namespace std {
#define BANG_MATH_USING(name) using ::name##f;
BANG_MATH_NAMES1(BANG_MATH_USING)
BANG_MATH_NAMES2(BANG_MATH_USING)
#undef BANG_MATH_USING
using ::fmaf;
}  // namespace std
#undef BANG_MATH_NAMES1
#undef BANG_MATH_NAMES2

// half and bfloat16_t overloads, in the global namespace and in std.
#define BANG_MATH_SMALL1(type, name)                                                                                  \
  BANG_INLINE type name(type x) { return (type)::name##f((float)x); }
#define BANG_MATH_SMALL2(type, name)                                                                                  \
  BANG_INLINE type name(type x, type y) { return (type)::name##f((float)x, (float)y); }
#define BANG_MATH_SMALL(type)                                                                                         \
  BANG_MATH_SMALL1(type, sin) BANG_MATH_SMALL1(type, cos) BANG_MATH_SMALL1(type, tan) BANG_MATH_SMALL1(type, tanh)    \
  BANG_MATH_SMALL1(type, atan) BANG_MATH_SMALL1(type, erf) BANG_MATH_SMALL1(type, rint)                               \
  BANG_MATH_SMALL1(type, exp) BANG_MATH_SMALL1(type, exp2) BANG_MATH_SMALL1(type, log) BANG_MATH_SMALL1(type, log2)   \
  BANG_MATH_SMALL1(type, sqrt) BANG_MATH_SMALL1(type, fabs) BANG_MATH_SMALL1(type, floor)                             \
  BANG_MATH_SMALL1(type, ceil) BANG_MATH_SMALL1(type, round) BANG_MATH_SMALL1(type, trunc)                            \
  BANG_MATH_SMALL2(type, pow) BANG_MATH_SMALL2(type, fmax) BANG_MATH_SMALL2(type, fmin)                               \
  BANG_INLINE type abs(type x) { return x < (type)0 ? -x : x; }                                                       \
  BANG_INLINE bool isnan(type x) { return x != x; }                                                                   \
  BANG_INLINE bool isinf(type x) { return __builtin_isinf((float)x); }
BANG_MATH_SMALL(_Float16)
BANG_MATH_SMALL(__bf16)
namespace std {
BANG_MATH_SMALL(_Float16)
BANG_MATH_SMALL(__bf16)
}  // namespace std
#undef BANG_MATH_SMALL
#undef BANG_MATH_SMALL1
#undef BANG_MATH_SMALL2

// min and max without std::, for each arithmetic type.
#define BANG_MINMAX(type)                                                                                             \
  BANG_INLINE type min(type a, type b) { return b < a ? b : a; }                                                      \
  BANG_INLINE type max(type a, type b) { return a < b ? b : a; }
BANG_MINMAX(int) BANG_MINMAX(unsigned) BANG_MINMAX(long) BANG_MINMAX(unsigned long) BANG_MINMAX(float)
BANG_MINMAX(double) BANG_MINMAX(_Float16) BANG_MINMAX(__bf16)
#undef BANG_MINMAX

#endif  // OPENBANG_BANG_MATH_H
