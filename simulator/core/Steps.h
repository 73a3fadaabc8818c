// Steps.h: what single instructions compute, apart from how the interpreter goes on from one to the next.
//
// Interp*.cpp make a function of each step, InterpPairs.cpp one of two that often follow each other.
#ifndef OPENBANG_SIMULATOR_CORE_STEPS_H
#define OPENBANG_SIMULATOR_CORE_STEPS_H

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

namespace dlp::steps {

inline uint64_t sext32(uint64_t v) { return uint64_t(int64_t(int32_t(v))); }
inline uint64_t zext32(uint64_t v) { return uint32_t(v); }

template <typename T> T divide(T a, T b) {
  if (b == 0)
    return T(-1);
  if constexpr (std::is_signed_v<T>)
    if (a == std::numeric_limits<T>::min() && b == -1)
      return a;
  return a / b;
}

template <typename T> T remainder(T a, T b) {
  if (b == 0)
    return a;
  if constexpr (std::is_signed_v<T>)
    if (a == std::numeric_limits<T>::min() && b == -1)
      return 0;
  return a % b;
}

inline uint64_t orCombine(uint64_t v) {
  uint64_t any = 0;
  for (unsigned byte = 0; byte < 8; ++byte)
    if (v >> (8 * byte) & 0xff)
      any |= uint64_t{0xff} << (8 * byte);
  return any;
}

// value(rs1, rs2, immediate) and taken(rs1, rs2) under the name of the instruction.
#define DLP_VALUE(ID, VALUE)                                                                                           \
  struct ID {                                                                                                          \
    static uint64_t value([[maybe_unused]] uint64_t A, [[maybe_unused]] uint64_t B, [[maybe_unused]] uint64_t IMM) {   \
      return VALUE;                                                                                                    \
    }                                                                                                                  \
  };
#define DLP_CONDITION(ID, TAKEN)                                                                                       \
  struct ID {                                                                                                          \
    static bool taken(uint64_t A, uint64_t B) { return TAKEN; }                                                        \
  };
#include "simulator/core/IntegerSteps.inc"

template <typename T> T loadFrom(const uint8_t *p) {
  T v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
template <typename T> void storeTo(uint8_t *p, T v) { std::memcpy(p, &v, sizeof v); }

// The register content of a loaded value: integers are extended, floats get ones above them.
template <typename T> uint64_t extended(T v) { return uint64_t(v); }
template <typename T> uint64_t boxed(T v) {
  constexpr unsigned kBits = 8 * sizeof(T);
  return kBits == 64 ? uint64_t(v) : uint64_t(v) | ~uint64_t{0} << (kBits & 63);
}

} // namespace dlp::steps

#endif // OPENBANG_SIMULATOR_CORE_STEPS_H
