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

// The scalar part of the math library.
BANG_INLINE float __cn_scalar_sin_f32(float x) { return ::sinf(x); }
BANG_INLINE float __cn_scalar_cos_f32(float x) { return ::cosf(x); }
BANG_INLINE half __cn_scalar_sin_f16(half x) { return (half)::sinf((float)x); }
BANG_INLINE half __cn_scalar_cos_f16(half x) { return (half)::cosf((float)x); }

#endif  // OPENBANG_BANG_SCALAR_H
