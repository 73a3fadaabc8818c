// wide.h: vector builtins on 64-bit integers.
//
// Inferred: no public document lists them, but published kernels for 500-series cards call them. Chosen: a loop of
// scalar code over NRAM, since the vector unit described here has no 64-bit lanes.
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

// The arithmetic wraps, as on shorter integers.
#define BANG_WIDE(name, operation)                                                                                    \
  template <typename T>                                                                                               \
  BANG_INLINE void name(T *dst, const T *lhs, const T *rhs, unsigned int n, typename __bang_if_wide<T>::type = 0) {   \
    for (unsigned int i = 0; i < n; ++i)                                                                              \
      dst[i] = static_cast<T>(static_cast<unsigned long>(lhs[i]) operation static_cast<unsigned long>(rhs[i]));       \
  }                                                                                                                   \
  template <typename T>                                                                                               \
  BANG_INLINE void name##_scalar(T *dst, const T *src, T value, unsigned int n,                                       \
                                 typename __bang_if_wide<T>::type = 0) {                                              \
    for (unsigned int i = 0; i < n; ++i)                                                                              \
      dst[i] = static_cast<T>(static_cast<unsigned long>(src[i]) operation static_cast<unsigned long>(value));        \
  }
BANG_WIDE(__bang_add, +)
BANG_WIDE(__bang_sub, -)
BANG_WIDE(__bang_mul, *)
#undef BANG_WIDE

#endif  // OPENBANG_BANG_WIDE_H
