// vector_register.h: the vv_* types, registers of 256 bytes, and what is done with them.
//
// A register is a value on the stack: debuggers print its lanes, arrays and copies of it are ordinary C++, and each
// operation is one instruction on its address.
#ifndef OPENBANG_BANG_VECTOR_REGISTER_H
#define OPENBANG_BANG_VECTOR_REGISTER_H

// The alignment is that of the stack; a natural one of 256 bytes would waste NRAM.
#define BANG_REGISTER(lane) __attribute__((vector_size(256), aligned(16))) lane
typedef BANG_REGISTER(float) vv_float;
typedef BANG_REGISTER(half) vv_half;
typedef BANG_REGISTER(int16_t) vv_int16;
typedef BANG_REGISTER(uint16_t) vv_uint16;
typedef BANG_REGISTER(int32_t) vv_int32;
typedef BANG_REGISTER(uint32_t) vv_uint32;
#undef BANG_REGISTER

// Bytes of a register.
BANG_INLINE unsigned int __vv_get_length() { return 256; }

// An operation on two registers, or on a register and a scalar for every lane.
#define BANG_LANES(op, VV, lane)                                                                                      \
  BANG_INLINE void op(VV &dst, const VV &a, const VV &b) { op((lane *)&dst, (const lane *)&a, (const lane *)&b); }    \
  BANG_INLINE void op(VV &dst, const VV &a, lane b) {                                                                 \
    VV lanes;                                                                                                         \
    __vv_index((lane *)&lanes, b, (lane)0);                                                                           \
    op(dst, a, lanes);                                                                                                \
  }
#define BANG_NUMBER_LANES(VV, lane)                                                                                   \
  BANG_INLINE void __vv_index(VV &dst, lane start, lane step) { __vv_index((lane *)&dst, start, step); }              \
  BANG_INLINE void __vv_move(VV &dst, const VV &src) { __vv_store((void *)&dst, (const void *)&src, 256); }           \
  BANG_INLINE void __vv_move(VV &dst, lane value) { __vv_index((lane *)&dst, value, (lane)0); }                       \
  BANG_INLINE void __vv_store(lane *dst, const VV &src, unsigned int count = 256 / sizeof(lane)) {                    \
    __vv_store((void *)dst, (const void *)&src, count * sizeof(lane));                                                \
  }                                                                                                                   \
  BANG_LANES(__vv_add, VV, lane)                                                                                      \
  BANG_LANES(__vv_mul, VV, lane)
#define BANG_INTEGER_LANES(VV, lane)                                                                                  \
  BANG_NUMBER_LANES(VV, lane)                                                                                         \
  BANG_LANES(__vv_mulh, VV, lane)                                                                                     \
  BANG_LANES(__vv_xor, VV, lane)                                                                                      \
  BANG_INLINE void __vv_trixor(VV &dst, const VV &a, const VV &b, const VV &c) {                                      \
    __vv_trixor((lane *)&dst, (const lane *)&a, (const lane *)&b, (const lane *)&c);                                  \
  }
BANG_NUMBER_LANES(vv_float, float)
BANG_NUMBER_LANES(vv_half, half)
BANG_INTEGER_LANES(vv_int16, int16_t)
BANG_INTEGER_LANES(vv_uint16, uint16_t)
BANG_INTEGER_LANES(vv_int32, int32_t)
BANG_INTEGER_LANES(vv_uint32, uint32_t)
#undef BANG_LANES
#undef BANG_NUMBER_LANES
#undef BANG_INTEGER_LANES

#endif  // OPENBANG_BANG_VECTOR_REGISTER_H
