// scalar.h: builtins that need no table row: small functions over scalars, and the variadic ones.
#ifndef OPENBANG_BANG_SCALAR_H
#define OPENBANG_BANG_SCALAR_H

// Prints from a kernel; the format is a string literal, at most 16 arguments follow. %hf prints a half.
BANG_DEVICE int __bang_printf(const char *format, ...) __asm__("bang.printf");
BANG_DEVICE int printf(const char *format, ...) __asm__("bang.printf");

// Stops the kernel when the condition is false.
BANG_INLINE void __assert(bool condition, const char *file = __builtin_FILE(), unsigned line = __builtin_LINE(),
                          const char *function = __builtin_FUNCTION()) {
  if (!condition)
    __assert_fail("__assert", file, line, function);
}

// Construction in place. There is no other `new`: a core has no heap.
BANG_INLINE void *operator new(size_t, void *place) noexcept { return place; }
BANG_INLINE void *operator new[](size_t, void *place) noexcept { return place; }
BANG_INLINE void operator delete(void *, void *) noexcept {}
BANG_INLINE void operator delete[](void *, void *) noexcept {}

BANG_INLINE bool __is_mpu() { return coreId == 0x80; }
BANG_INLINE bool __is_ipu() { return coreId != 0x80; }

// The first three flags choose the queues waited for, the last three the queues that wait.
BANG_INLINE void __sync_io_move_compute(bool ioProduces = true, bool moveProduces = true, bool computeProduces = true,
                                        bool ioConsumes = true, bool moveConsumes = true, bool computeConsumes = true) {
  __bang_sync_mask(ioProduces | moveProduces << 1 | computeProduces << 2,
                   ioConsumes | moveConsumes << 1 | computeConsumes << 2);
}

// Windows of the address map.
BANG_INLINE bool __is_nram(const void *p) { return (uintptr_t)p >= 0x200000 && (uintptr_t)p < 0x300000; }
BANG_INLINE bool __is_wram(const void *p) { return (uintptr_t)p >= 0x300000 && (uintptr_t)p < 0x400000; }
BANG_INLINE bool __is_sram(const void *p) { return (uintptr_t)p >= 0x400000 && (uintptr_t)p < 0x1000000; }
BANG_INLINE bool __is_dram(const void *p) { return (uintptr_t)p >= 0x20000000; }

// Scalar loads and stores with the space in the name.
#define BANG_LOAD_STORE(space)                                                                                        \
  template <typename T> BANG_INLINE T __load_##space(const T *p) { return *p; }                                       \
  template <typename T> BANG_INLINE void __store_##space(T *p, T v) { *p = v; }
BANG_LOAD_STORE(nram)
BANG_LOAD_STORE(sram)
BANG_LOAD_STORE(gdram)
BANG_LOAD_STORE(ldram)
#undef BANG_LOAD_STORE

// Scalar conversions. A name without a suffix rounds toward zero, _rn to nearest even, _up to +inf, _dn to -inf, _rd to
// nearest with ties away from zero.
BANG_INLINE float __half2float(half x) { return (float)x; }
BANG_INLINE float __half2float_rd(half x) { return (float)x; }
BANG_INLINE float __bfloat162float(bfloat16_t x) { return (float)x; }
BANG_INLINE half __float2half_rn(float x) { return (half)x; }
BANG_INLINE bfloat16_t __float2bfloat16_rn(float x) { return (bfloat16_t)x; }
BANG_INLINE half __float2half_tz(float x) {
  half nearest = (half)x;
  unsigned short bits = __builtin_bit_cast(unsigned short, nearest);
  bool away = ::fabsf((float)nearest) > ::fabsf(x);  // rounded away from zero: the next value toward zero is one bit less
  return __builtin_bit_cast(half, (unsigned short)(bits - (away ? 1 : 0)));
}
BANG_INLINE half __float2half(float x) { return __float2half_tz(x); }
BANG_INLINE bfloat16_t __float2bfloat16_tz(float x) {
  unsigned bits = __builtin_bit_cast(unsigned, x);
  return __builtin_bit_cast(bfloat16_t, (unsigned short)((bits >> 16) | (x != x ? 0x40 : 0)));
}
BANG_INLINE bfloat16_t __float2bfloat16(float x) { return __float2bfloat16_tz(x); }
BANG_INLINE int __float2int32(float x) { return (int)x; }
BANG_INLINE int __float2int32_tz(float x) { return (int)x; }
BANG_INLINE int __float2int32_up(float x) { return (int)::ceilf(x); }
BANG_INLINE int __float2int32_dn(float x) { return (int)::floorf(x); }
BANG_INLINE int __float2int32_rd(float x) { return (int)::roundf(x); }
BANG_INLINE int __float2int32_rn(float x) { return (int)::rintf(x); }
BANG_INLINE int __float2int_up(float x) { return (int)::ceilf(x); }
BANG_INLINE int __half2int32(half x) { return (int)(float)x; }
BANG_INLINE int __half2int32_tz(half x) { return (int)(float)x; }
BANG_INLINE int __half2int32_up(half x) { return (int)::ceilf((float)x); }
BANG_INLINE int __half2int32_dn(half x) { return (int)::floorf((float)x); }
BANG_INLINE int __half2int32_rd(half x) { return (int)::roundf((float)x); }
BANG_INLINE int __half2int32_rn(half x) { return (int)::rintf((float)x); }

#endif  // OPENBANG_BANG_SCALAR_H
