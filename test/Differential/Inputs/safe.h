// safe.h: arithmetic without undefined behaviour, the same on the host and on the device.
#ifndef DIFFERENTIAL_SAFE_H
#define DIFFERENTIAL_SAFE_H

#include <stdint.h>
#include <string.h>

template <typename T> FUNC T safeAdd(T a, T b) { return (T)((uint64_t)a + (uint64_t)b); }
template <typename T> FUNC T safeSub(T a, T b) { return (T)((uint64_t)a - (uint64_t)b); }
template <typename T> FUNC T safeMul(T a, T b) { return (T)((uint64_t)a * (uint64_t)b); }
template <typename T> FUNC bool divides(T a, T b) { return b != 0 && !(T(-1) < T(0) && b == T(-1)); }
template <typename T> FUNC T safeDiv(T a, T b) { return divides(a, b) ? (T)(a / b) : a; }
template <typename T> FUNC T safeRem(T a, T b) { return divides(a, b) ? (T)(a % b) : b; }
template <typename T> FUNC T safeShl(T a, uint64_t b) { return (T)((uint64_t)a << (b % (8 * sizeof(T)))); }
template <typename T> FUNC T safeShr(T a, uint64_t b) { return (T)(a >> (b % (8 * sizeof(T)))); }
template <typename T> FUNC T safeNeg(T a) { return (T)(0 - (uint64_t)a); }

// Of a number that fits; 0 for others.
template <typename T, typename F> FUNC T toInt(F v) { return v > (F)-100 && v < (F)100 ? (T)(int)v : T(0); }

// Bits of a number, one pattern for all NaNs.
FUNC uint64_t bitsOf(float v) {
  uint32_t bits = 0x7fc00000;
  if (v == v)
    memcpy(&bits, &v, 4);
  return bits;
}
FUNC uint64_t bitsOf(double v) {
  uint64_t bits = 0x7ff8000000000000;
  if (v == v)
    memcpy(&bits, &v, 8);
  return bits;
}
template <typename T> FUNC uint64_t bitsOf(T v) { return (uint64_t)v; }

// A checksum that notices order.
FUNC uint64_t mixed(uint64_t sum, uint64_t v) { return (sum ^ v) * 0x9e3779b97f4a7c15u + (sum >> 29); }

#endif
