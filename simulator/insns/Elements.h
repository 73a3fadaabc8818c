// Elements.h: from the element type in a mnemonic to a C++ type.
#ifndef OPENBANG_SIMULATOR_INSNS_ELEMENTS_H
#define OPENBANG_SIMULATOR_INSNS_ELEMENTS_H

#include "codegen/isa/Insn.h"
#include "simulator/numeric/Half.h"

#include <cstdint>
#include <cstdlib>
#include <type_traits>

namespace dlp {

template <class T> struct Type {
  using type = T;
};

// Calls f(Type<T>) for the float type `e` names. Variants come from the decoder, which refuses all others.
template <class F> auto withFloat(uint8_t e, F f) {
  switch (Suffix(e)) {
  case Suffix::F16:
    return f(Type<Half>{});
  case Suffix::BF16:
    return f(Type<BFloat>{});
  case Suffix::F32:
    return f(Type<float>{});
  default:
    std::abort();
  }
}

// The same for NumElts: floats and integers.
template <class F> auto withNumber(uint8_t e, F f) {
  switch (Suffix(e)) {
  case Suffix::I8:
    return f(Type<int8_t>{});
  case Suffix::I16:
    return f(Type<int16_t>{});
  case Suffix::I32:
    return f(Type<int32_t>{});
  case Suffix::U8:
    return f(Type<uint8_t>{});
  case Suffix::U16:
    return f(Type<uint16_t>{});
  case Suffix::U32:
    return f(Type<uint32_t>{});
  default:
    return withFloat(e, f);
  }
}

// The same for WideElts: 64-bit integers too.
template <class F> auto withWide(uint8_t e, F f) {
  switch (Suffix(e)) {
  case Suffix::I64:
    return f(Type<int64_t>{});
  case Suffix::U64:
    return f(Type<uint64_t>{});
  default:
    return withNumber(e, f);
  }
}

// The same for RawElts: bits of 8, 16 or 32.
template <class F> auto withBits(uint8_t e, F f) {
  switch (Suffix(e)) {
  case Suffix::B8:
    return f(Type<uint8_t>{});
  case Suffix::B16:
    return f(Type<uint16_t>{});
  case Suffix::B32:
    return f(Type<uint32_t>{});
  default:
    std::abort();
  }
}

template <class T>
inline constexpr bool isFloat = std::is_same_v<T, float> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat>;

// How an element computes: 16-bit floats in f32, everything else in its own type.
template <class T> using Computed = std::conditional_t<isFloat<T>, float, T>;

template <class T> Computed<T> load(T v) {
  if constexpr (isFloat<T>)
    return toFloat(v);
  else
    return v;
}

// Rounds a computed value once to the element type; a NaN becomes the canonical one.
template <class T> T store(Computed<T> v) {
  if constexpr (isFloat<T>)
    return fromFloat<T>(v);
  else
    return v;
}

// An element from the low bits of a register.
template <class T> T fromRegister(uint64_t bits) {
  if constexpr (std::is_same_v<T, float>)
    return std::bit_cast<float>(uint32_t(bits));
  else if constexpr (isFloat<T>)
    return T{uint16_t(bits)};
  else
    return T(bits);
}

template <class T> uint64_t toRegister(T v) {
  if constexpr (std::is_same_v<T, float>)
    return std::bit_cast<uint32_t>(v);
  else
    return v.bits;
}

} // namespace dlp

#endif // OPENBANG_SIMULATOR_INSNS_ELEMENTS_H
