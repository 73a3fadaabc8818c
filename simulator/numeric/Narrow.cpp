// Narrow.cpp: conversions of whole arrays between 16-bit floats and f32. The loops vectorise; x86 hosts with AVX2
// take a wider version of the same code.
#include "simulator/numeric/Half.h"
#include "simulator/numeric/Wide.h"

namespace dlp {

#if defined(__x86_64__)
// Hosts since 2013 convert f16 in hardware. NaNs still become canonical here, so the bits are those of the plain loop.
#define DLP_F16C __attribute__((target("avx2,f16c")))

static bool hasF16C() {
  static const bool supported = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("f16c");
  return supported;
}

DLP_F16C static void widenF16C(const Half *src, float *dst, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    const float v = std::bit_cast<_Float16>(src[i].bits);
    dst[i] = v == v ? v : std::bit_cast<float>(kFloatNaN);
  }
}

DLP_F16C static void narrowF16C(const float *src, Half *dst, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    const uint16_t bits = std::bit_cast<uint16_t>(_Float16(src[i]));
    dst[i].bits = src[i] == src[i] ? bits : kHalfNaN;
  }
}
#endif

void widen(const Half *src, float *dst, size_t n) {
#if defined(__x86_64__)
  if (hasF16C())
    return widenF16C(src, dst, n);
#endif
  for (size_t i = 0; i < n; ++i)
    dst[i] = toFloat(src[i]);
}

DLP_WIDE void widen(const BFloat *src, float *dst, size_t n) {
  for (size_t i = 0; i < n; ++i)
    dst[i] = toFloat(src[i]);
}

void narrow(const float *src, Half *dst, size_t n) {
#if defined(__x86_64__)
  if (hasF16C())
    return narrowF16C(src, dst, n);
#endif
  for (size_t i = 0; i < n; ++i)
    dst[i] = halfFromFloat(src[i]);
}

DLP_WIDE void narrow(const float *src, BFloat *dst, size_t n) {
  for (size_t i = 0; i < n; ++i)
    dst[i] = bfloatFromFloat(src[i]);
}

template <Direction D, class T> [[gnu::always_inline]] static inline void narrowTo(const float *src, T *dst, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    const T nearest = fromFloat<T>(src[i]);
    dst[i].bits = stepFrom<D>(nearest.bits, toFloat(nearest), src[i]);
  }
}

template <class T>
[[gnu::always_inline]] static inline void narrowDirected(const float *src, T *dst, size_t n, Direction direction) {
  switch (direction) {
  case Direction::ToZero:
    return narrowTo<Direction::ToZero>(src, dst, n);
  case Direction::FromZero:
    return narrowTo<Direction::FromZero>(src, dst, n);
  case Direction::Up:
    return narrowTo<Direction::Up>(src, dst, n);
  case Direction::Down:
    return narrowTo<Direction::Down>(src, dst, n);
  }
}

DLP_WIDE void narrow(const float *src, Half *dst, size_t n, Direction direction) {
  narrowDirected(src, dst, n, direction);
}

DLP_WIDE void narrow(const float *src, BFloat *dst, size_t n, Direction direction) {
  narrowDirected(src, dst, n, direction);
}

} // namespace dlp
