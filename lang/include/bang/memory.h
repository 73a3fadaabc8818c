// memory.h: forms of memory and layout builtins that are written in terms of table rows.
#ifndef OPENBANG_BANG_MEMORY_H
#define OPENBANG_BANG_MEMORY_H

// Older padding: so many rows above and below, so many columns left and right.
template <typename T>
BANG_INLINE void __bang_pad(T *dst, const T *src, unsigned int c, unsigned int h, unsigned int w,
                            unsigned int padHeight, unsigned int padWidth) {
  __bang_pad(dst, src, c, h, w, padHeight, padHeight, padWidth, padWidth);
}
template <typename T>
BANG_INLINE void __bang_pad(T *dst, const T *src, unsigned int c, unsigned int h, unsigned int w,
                            unsigned int padHeight, unsigned int padWidth, T value) {
  __bang_pad(dst, src, c, h, w, padHeight, padHeight, padWidth, padWidth, value);
}

// Atomic operations on scattered elements: any integer type of offset (bytes), with or without a mask of bits.
#define BANG_DISCRETE(name)                                                                                           \
  template <typename T, typename Offset>                                                                              \
  BANG_INLINE void name(T *dst, T *base, const Offset *offset, const T *src, const void *mask, unsigned int n) {      \
    name(dst, base, (const void *)offset, src, mask, n, (unsigned int)sizeof(Offset));                                \
  }                                                                                                                   \
  template <typename T, typename Offset>                                                                              \
  BANG_INLINE void name(T *dst, T *base, const Offset *offset, const T *src, unsigned int n) {                        \
    name(dst, base, (const void *)offset, src, (const void *)nullptr, n, (unsigned int)sizeof(Offset));               \
  }
BANG_DISCRETE(__bang_discrete_atomic_add)
BANG_DISCRETE(__bang_discrete_atomic_max)
BANG_DISCRETE(__bang_discrete_atomic_min)
BANG_DISCRETE(__bang_discrete_atomic_nan_max)
BANG_DISCRETE(__bang_discrete_atomic_nan_min)
BANG_DISCRETE(__bang_discrete_atomic_number_max)
BANG_DISCRETE(__bang_discrete_atomic_number_min)
BANG_DISCRETE(__bang_discrete_atomic_and)
BANG_DISCRETE(__bang_discrete_atomic_or)
BANG_DISCRETE(__bang_discrete_atomic_xor)
BANG_DISCRETE(__bang_discrete_atomic_inc)
BANG_DISCRETE(__bang_discrete_atomic_dec)
BANG_DISCRETE(__bang_discrete_atomic_exch)
#undef BANG_DISCRETE

// Where the element at the offset is what `compare` says, it becomes `value`.
template <typename T, typename Offset>
BANG_INLINE void __bang_discrete_atomic_cas(T *dst, T *base, const Offset *offset, const T *compare, const T *value,
                                            const void *mask, unsigned int n) {
  __bang_discrete_atomic_cas(dst, base, (const void *)offset, compare, value, mask, n, (unsigned int)sizeof(Offset));
}
template <typename T, typename Offset>
BANG_INLINE void __bang_discrete_atomic_cas(T *dst, T *base, const Offset *offset, const T *compare, const T *value,
                                            unsigned int n) {
  __bang_discrete_atomic_cas(dst, base, (const void *)offset, compare, value, (const void *)nullptr, n,
                             (unsigned int)sizeof(Offset));
}

#endif  // OPENBANG_BANG_MEMORY_H
