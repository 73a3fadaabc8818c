// Narrow.cpp: conversions of whole arrays between 16-bit floats and f32, compiled once for each instruction set of the
// host (Highway). Hosts since 2013 convert f16 in hardware; NaNs still become canonical here, so the bits are the same.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/numeric/Narrow.cpp"
#include <hwy/foreach_target.h>

#include "simulator/numeric/Half.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

// Highway's names of x86 instruction sets: the smaller the better.
constexpr bool kConvertsHalves = HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2;

void widenHalves(const Half *src, float *dst, size_t n) {
  if constexpr (kConvertsHalves) {
    for (size_t i = 0; i < n; ++i) {
      const float v = std::bit_cast<_Float16>(src[i].bits);
      dst[i] = v == v ? v : std::bit_cast<float>(kFloatNaN);
    }
  } else {
    for (size_t i = 0; i < n; ++i)
      dst[i] = toFloat(src[i]);
  }
}

void widenBFloats(const BFloat *src, float *dst, size_t n) {
  for (size_t i = 0; i < n; ++i)
    dst[i] = toFloat(src[i]);
}

void narrowHalves(const float *src, Half *dst, size_t n) {
  if constexpr (kConvertsHalves) {
    for (size_t i = 0; i < n; ++i) {
      const uint16_t bits = std::bit_cast<uint16_t>(_Float16(src[i]));
      dst[i].bits = src[i] == src[i] ? bits : kHalfNaN;
    }
  } else {
    for (size_t i = 0; i < n; ++i)
      dst[i] = halfFromFloat(src[i]);
  }
}

void narrowBFloats(const float *src, BFloat *dst, size_t n) {
  for (size_t i = 0; i < n; ++i)
    dst[i] = bfloatFromFloat(src[i]);
}

template <Direction D, class T> HWY_INLINE void narrowTo(const float *src, T *dst, size_t n) {
  for (size_t i = 0; i < n; ++i) {
    const T nearest = fromFloat<T>(src[i]);
    dst[i].bits = stepFrom<D>(nearest.bits, toFloat(nearest), src[i]);
  }
}

template <class T> HWY_INLINE void narrowDirected(const float *src, T *dst, size_t n, Direction direction) {
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

void directHalves(const float *src, Half *dst, size_t n, Direction direction) {
  narrowDirected(src, dst, n, direction);
}

void directBFloats(const float *src, BFloat *dst, size_t n, Direction direction) {
  narrowDirected(src, dst, n, direction);
}

} // namespace
} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
HWY_EXPORT(widenHalves);
HWY_EXPORT(widenBFloats);
HWY_EXPORT(narrowHalves);
HWY_EXPORT(narrowBFloats);
HWY_EXPORT(directHalves);
HWY_EXPORT(directBFloats);

void widen(const Half *src, float *dst, size_t n) { HWY_DYNAMIC_DISPATCH(widenHalves)(src, dst, n); }
void widen(const BFloat *src, float *dst, size_t n) { HWY_DYNAMIC_DISPATCH(widenBFloats)(src, dst, n); }
void narrow(const float *src, Half *dst, size_t n) { HWY_DYNAMIC_DISPATCH(narrowHalves)(src, dst, n); }
void narrow(const float *src, BFloat *dst, size_t n) { HWY_DYNAMIC_DISPATCH(narrowBFloats)(src, dst, n); }
void narrow(const float *src, Half *dst, size_t n, Direction direction) {
  HWY_DYNAMIC_DISPATCH(directHalves)(src, dst, n, direction);
}
void narrow(const float *src, BFloat *dst, size_t n, Direction direction) {
  HWY_DYNAMIC_DISPATCH(directBFloats)(src, dst, n, direction);
}
} // namespace dlp
#endif // HWY_ONCE
