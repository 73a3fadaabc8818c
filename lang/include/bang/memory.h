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

// Random numbers: each call takes the next seed of its task (chosen, see __bang_rand with a seed).
BANG_INLINE void __bang_rand(short *dst, unsigned int n) {
  static __ldram__ unsigned int calls;
  __bang_rand(dst, n, calls++ * 0x10001u + (unsigned int)taskId);
}

// Translations of addresses: a hint, which changes no data. The parameters are chosen, only the name is documented.
BANG_INLINE void __prefetch_smmu(const void *, unsigned int) {}

// dst[i] = src0[i] compared with src1[i], or with one value, as 1 or 0. Chosen: the documents only say that the result
// of the comparison is stored, which is what the comparisons with a fixed mode do.
#define BANG_COMPARE_MODE(name)                                                                                       \
  switch (mode) {                                                                                                     \
  case CMP_EQ:                                                                                                        \
    return __bang_eq##name(dst, src0, src1, n);                                                                       \
  case CMP_NE:                                                                                                        \
    return __bang_ne##name(dst, src0, src1, n);                                                                       \
  case CMP_LT:                                                                                                        \
    return __bang_lt##name(dst, src0, src1, n);                                                                       \
  case CMP_LE:                                                                                                        \
    return __bang_le##name(dst, src0, src1, n);                                                                       \
  case CMP_GT:                                                                                                        \
    return __bang_gt##name(dst, src0, src1, n);                                                                       \
  default:                                                                                                            \
    return __bang_ge##name(dst, src0, src1, n);                                                                       \
  }
#define BANG_COMPARE_FORMS(type)                                                                                      \
  BANG_INLINE void __bang_fcmpfilter(CompareMode mode, type *dst, const type *src0, const type *src1,                 \
                                     unsigned int n) {                                                                \
    BANG_COMPARE_MODE()                                                                                         \
  }                                                                                                                   \
  BANG_INLINE void __bang_fcmpfilter(CompareMode mode, type *dst, const type *src0, type src1, unsigned int n) {      \
    BANG_COMPARE_MODE(_scalar)                                                                                  \
  }
BANG_COMPARE_FORMS(half)
BANG_COMPARE_FORMS(bfloat16_t)
BANG_COMPARE_FORMS(float)
#undef BANG_COMPARE_FORMS
#undef BANG_COMPARE_MODE

#endif  // OPENBANG_BANG_MEMORY_H
