// wide.h: fills with 64-bit integers. Sums, differences and products of them are rows of the table.
//
// Inferred: no public document lists them, but published kernels for 500-series cards call them. Chosen: a loop of
// scalar code over NRAM, since the fills described here have no 64-bit lanes.
#ifndef OPENBANG_BANG_WIDE_H
#define OPENBANG_BANG_WIDE_H

template <typename T, bool = __is_integral(T) && sizeof(T) == 8> struct __bang_if_wide {};
template <typename T> struct __bang_if_wide<T, true> {
  typedef T type;
};

template <typename T>
BANG_INLINE void __bang_write_value(void *dst, unsigned int n, T value, typename __bang_if_wide<T>::type = 0) {
  for (unsigned int i = 0; i < n; ++i)
    static_cast<T *>(dst)[i] = value;
}

// `long long` is another type than `long`, with the same bits.
#define BANG_LONG_LONG(name, LONG)                                                                                    \
  BANG_INLINE void name(LONG long *dst, const LONG long *lhs, const LONG long *rhs, unsigned int n) {                 \
    name((LONG *)dst, (const LONG *)lhs, (const LONG *)rhs, n);                                                       \
  }                                                                                                                   \
  BANG_INLINE void name##_scalar(LONG long *dst, const LONG long *src, LONG long value, unsigned int n) {             \
    name##_scalar((LONG *)dst, (const LONG *)src, (LONG)value, n);                                                    \
  }
#define BANG_LONG_LONGS(name) BANG_LONG_LONG(name, long) BANG_LONG_LONG(name, unsigned long)
BANG_LONG_LONGS(__bang_add)
BANG_LONG_LONGS(__bang_sub)
BANG_LONG_LONGS(__bang_mul)
#undef BANG_LONG_LONGS
#undef BANG_LONG_LONG

#endif  // OPENBANG_BANG_WIDE_H
