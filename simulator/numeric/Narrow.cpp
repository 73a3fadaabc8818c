// Narrow.cpp: conversions of whole arrays between 16-bit floats and f32. The loops vectorise; x86 hosts with AVX2 take a
// wider version of the same code.
#include "simulator/numeric/Half.h"
#include "simulator/numeric/Wide.h"

namespace dlp {

DLP_WIDE void widen(const Half *src, float *dst, size_t n) {
  for (size_t i = 0; i < n; ++i)
    dst[i] = toFloat(src[i]);
}

DLP_WIDE void widen(const BFloat *src, float *dst, size_t n) {
  for (size_t i = 0; i < n; ++i)
    dst[i] = toFloat(src[i]);
}

DLP_WIDE void narrow(const float *src, Half *dst, size_t n) {
  for (size_t i = 0; i < n; ++i)
    dst[i] = halfFromFloat(src[i]);
}

DLP_WIDE void narrow(const float *src, BFloat *dst, size_t n) {
  for (size_t i = 0; i < n; ++i)
    dst[i] = bfloatFromFloat(src[i]);
}

}  // namespace dlp
