// convert.h: scalar conversions __<from>2<to>[_<rounding>] between half, float, bfloat16, tf32 and the integer types.
//
// A name without a suffix rounds toward zero. _tz: toward zero, _oz: away from it, _up: toward +inf, _dn: toward -inf,
// _rd: to nearest, ties away from zero, _rn: ties to even, _rm: ties toward +inf. Integers saturate, NaN gives 0, as in
// the vector forms. tf32 is a float of 10 fraction bits.
#ifndef OPENBANG_BANG_CONVERT_H
#define OPENBANG_BANG_CONVERT_H

enum __bang_rounding {
  __bang_mode_tz,
  __bang_mode_oz,
  __bang_mode_up,
  __bang_mode_dn,
  __bang_mode_rd,
  __bang_mode_rn,
  __bang_mode_rm
};

// Whether a value with a discarded part goes to its neighbour farther from zero.
BANG_INLINE bool __bang_goes_away(__bang_rounding mode, bool negative, bool odd, bool inexact, bool atLeastHalf,
                                  bool exactlyHalf) {
  switch (mode) {
  case __bang_mode_tz:
    return false;
  case __bang_mode_oz:
    return inexact;
  case __bang_mode_up:
    return inexact && !negative;
  case __bang_mode_dn:
    return inexact && negative;
  case __bang_mode_rd:
    return atLeastHalf;
  case __bang_mode_rn:
    return atLeastHalf && (!exactlyHalf || odd);
  default:
    return atLeastHalf && (!exactlyHalf || !negative);
  }
}

// Every source is an exact double, so each conversion rounds once.
template <typename T>
BANG_INLINE T __bang_to_integer(double v, __bang_rounding mode) {
  constexpr bool isSigned = (T)-1 < (T)0;
  constexpr double high = isSigned ? (double)((1ul << (8 * sizeof(T) - 1)) - 1) : (double)((1ul << 8 * sizeof(T)) - 1);
  constexpr double low = isSigned ? -high - 1 : 0;
  if (v != v)
    return 0;
  double near = v < low - 1 ? low - 1 : v > high + 1 ? high + 1 : v;
  long whole = (long)near;
  double rest = near - (double)whole, size = rest < 0 ? -rest : rest;
  if (__bang_goes_away(mode, rest < 0, whole & 1, size != 0, size >= 0.5, size == 0.5))
    whole += rest < 0 ? -1 : 1;
  return whole < (long)low ? (T)(long)low : whole > (long)high ? (T)(long)high : (T)whole;
}

// The bits of the nearest value with so many fraction bits and exponents from 1 - maxExp to maxExp.
BANG_INLINE unsigned __bang_to_format(double v, __bang_rounding mode, int fraction, int maxExp) {
  unsigned long bits = __builtin_bit_cast(unsigned long, v), magnitude = bits & ~(1ul << 63), special = 0x7fful << 52;
  bool negative = bits >> 63;
  int width = maxExp == 15 ? 5 : 8;
  unsigned long infinity = ((1ul << width) - 1) << fraction, sign = (unsigned long)negative << (width + fraction);
  if (magnitude > special)
    return (unsigned)(infinity | 1ul << (fraction - 1));
  if (magnitude == special || magnitude == 0)
    return (unsigned)(sign | (magnitude ? infinity : 0));
  int exponent = (int)(magnitude >> 52) - 1023, lowest = 1 - maxExp;  // no source is a subnormal double
  unsigned long significand = (magnitude & ((1ul << 52) - 1)) | 1ul << 52;
  bool subnormal = exponent < lowest;
  int shift = 52 - fraction + (subnormal ? lowest - exponent : 0);
  shift = shift > 63 ? 63 : shift;
  unsigned long kept = significand >> shift, rest = significand & ((1ul << shift) - 1), half = 1ul << (shift - 1);
  kept += __bang_goes_away(mode, negative, kept & 1, rest != 0, rest >= half, rest == half);
  unsigned long result = kept + (subnormal ? 0 : (unsigned long)(exponent - lowest) << fraction);
  if (result >= infinity) {
    bool finite = mode == __bang_mode_tz || (mode == __bang_mode_up && negative) ||
                  (mode == __bang_mode_dn && !negative);
    result = finite ? infinity - 1 : infinity;
  }
  return (unsigned)(sign | result);
}

BANG_INLINE half __bang_to_half(double v, __bang_rounding mode) {
  return __builtin_bit_cast(half, (unsigned short)__bang_to_format(v, mode, 10, 15));
}
BANG_INLINE bfloat16_t __bang_to_bfloat16(double v, __bang_rounding mode) {
  return __builtin_bit_cast(bfloat16_t, (unsigned short)__bang_to_format(v, mode, 7, 127));
}
BANG_INLINE float __bang_to_tf32(double v, __bang_rounding mode) {
  return __builtin_bit_cast(float, __bang_to_format(v, mode, 10, 127) << 13);
}
BANG_INLINE float __bang_to_float(double v, __bang_rounding mode) {
  return mode == __bang_mode_rn ? (float)v : __builtin_bit_cast(float, __bang_to_format(v, mode, 23, 127));
}

// The exact value of a source.
BANG_INLINE double __bang_from_half(half x) { return (float)x; }
BANG_INLINE double __bang_from_bfloat16(bfloat16_t x) { return (float)x; }
BANG_INLINE double __bang_from_float(float x) { return x; }
BANG_INLINE double __bang_from_tf32(float x) { return x; }

#define BANG_EACH_ROUNDING(X, ...)                                                                                    \
  X(, tz, __VA_ARGS__) X(_tz, tz, __VA_ARGS__) X(_oz, oz, __VA_ARGS__) X(_up, up, __VA_ARGS__) X(_dn, dn, __VA_ARGS__) \
  X(_rd, rd, __VA_ARGS__) X(_rn, rn, __VA_ARGS__) X(_rm, rm, __VA_ARGS__)
#define BANG_BETWEEN_FLOATS(suffix, mode, from, ftype, to, ttype)                                                     \
  BANG_INLINE ttype __##from##2##to##suffix(ftype x) {                                                                \
    return __bang_to_##to(__bang_from_##from(x), __bang_mode_##mode);                                                 \
  }
#define BANG_WITH_INTEGER(suffix, mode, name, type, integer, itype)                                                   \
  BANG_INLINE itype __##name##2##integer##suffix(type x) {                                                            \
    return __bang_to_integer<itype>(__bang_from_##name(x), __bang_mode_##mode);                                       \
  }                                                                                                                   \
  BANG_INLINE type __##integer##2##name##suffix(itype x) { return __bang_to_##name((double)x, __bang_mode_##mode); }
#define BANG_WITH_INTEGERS(name, type)                                                                                \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, char, char)                                                       \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, uchar, unsigned char)                                             \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, short, short)                                                     \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, ushort, unsigned short)                                           \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, int, int)                                                         \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, uint, unsigned)                                                   \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, int8, signed char)                                                \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, int16, short)                                                     \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, int32, int)                                                       \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, uint8, unsigned char)                                             \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, uint16, unsigned short)                                           \
  BANG_EACH_ROUNDING(BANG_WITH_INTEGER, name, type, uint32, unsigned)
BANG_WITH_INTEGERS(half, half)
BANG_WITH_INTEGERS(float, float)
BANG_WITH_INTEGERS(bfloat16, bfloat16_t)
BANG_WITH_INTEGERS(tf32, float)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, half, half, float, float)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, half, half, bfloat16, bfloat16_t)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, half, half, tf32, float)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, float, float, half, half)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, float, float, bfloat16, bfloat16_t)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, float, float, tf32, float)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, bfloat16, bfloat16_t, half, half)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, bfloat16, bfloat16_t, float, float)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, bfloat16, bfloat16_t, tf32, float)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, tf32, float, half, half)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, tf32, float, bfloat16, bfloat16_t)
BANG_EACH_ROUNDING(BANG_BETWEEN_FLOATS, tf32, float, float, float)
#undef BANG_EACH_ROUNDING
#undef BANG_BETWEEN_FLOATS
#undef BANG_WITH_INTEGER
#undef BANG_WITH_INTEGERS

#endif  // OPENBANG_BANG_CONVERT_H
