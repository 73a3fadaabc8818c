// math.h: C library functions that device code may call.
//
// The device overloads are declared before <cmath>, so that templates of the C++ library find them. float functions run
// in single precision, half and bfloat16_t ones through float.
#ifndef OPENBANG_BANG_MATH_H
#define OPENBANG_BANG_MATH_H

#include <stddef.h>

#define BANG_DEVICE __attribute__((device))
#define BANG_INLINE __attribute__((device, always_inline)) inline

// name(double), namef(float); the float overload of `name` comes with <cmath>.
#define BANG_MATH1(name)                                                                                              \
  BANG_DEVICE double name(double) noexcept;                                                                           \
  BANG_DEVICE float name##f(float) noexcept;
#define BANG_MATH2(name)                                                                                              \
  BANG_DEVICE double name(double, double) noexcept;                                                                   \
  BANG_DEVICE float name##f(float, float) noexcept;
extern "C" {
BANG_MATH1(sin) BANG_MATH1(cos) BANG_MATH1(tan) BANG_MATH1(asin) BANG_MATH1(acos) BANG_MATH1(atan)
BANG_MATH1(sinh) BANG_MATH1(cosh) BANG_MATH1(tanh) BANG_MATH1(asinh) BANG_MATH1(acosh) BANG_MATH1(atanh)
BANG_MATH1(exp) BANG_MATH1(exp2) BANG_MATH1(expm1)
BANG_MATH1(log) BANG_MATH1(log2) BANG_MATH1(log10) BANG_MATH1(log1p)
BANG_MATH1(sqrt) BANG_MATH1(cbrt) BANG_MATH1(fabs)
BANG_MATH1(floor) BANG_MATH1(ceil) BANG_MATH1(round) BANG_MATH1(trunc) BANG_MATH1(rint) BANG_MATH1(nearbyint)
BANG_MATH1(erf) BANG_MATH1(erfc) BANG_MATH1(tgamma)
BANG_MATH2(pow) BANG_MATH2(fmod) BANG_MATH2(fmax) BANG_MATH2(fmin) BANG_MATH2(atan2) BANG_MATH2(hypot)
BANG_MATH2(fdim) BANG_MATH2(copysign) BANG_MATH2(remainder)
BANG_DEVICE int abs(int) noexcept;
BANG_DEVICE long labs(long) noexcept;
BANG_DEVICE void *memcpy(void *, const void *, size_t) noexcept;
BANG_DEVICE void *memmove(void *, const void *, size_t) noexcept;
BANG_DEVICE void *memset(void *, int, size_t) noexcept;
BANG_DEVICE int memcmp(const void *, const void *, size_t) noexcept;
}
#undef BANG_MATH1
#undef BANG_MATH2

#include <cmath>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// half and bfloat16_t overloads, in the global namespace and in std.
#define BANG_MATH_SMALL1(type, name)                                                                                  \
  BANG_INLINE type name(type x) { return (type)::name##f((float)x); }
#define BANG_MATH_SMALL2(type, name)                                                                                  \
  BANG_INLINE type name(type x, type y) { return (type)::name##f((float)x, (float)y); }
#define BANG_MATH_SMALL(type)                                                                                         \
  BANG_MATH_SMALL1(type, sin) BANG_MATH_SMALL1(type, cos) BANG_MATH_SMALL1(type, tan) BANG_MATH_SMALL1(type, tanh)    \
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
