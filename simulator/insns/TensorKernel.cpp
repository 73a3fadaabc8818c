// TensorKernel.cpp: a tile of sums held in vector registers, as many as the host has.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/TensorKernel.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/TensorKernel.h"

#include <algorithm>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

// Two vectors of columns at a time and Rows rows: that many sums, a vector for each operand, no more than registers.
template <uint64_t Rows, class D, class T = hn::TFromD<D>>
HWY_INLINE void columns(D d, const T *a, const T *b, uint64_t k, T *acc) {
  const uint64_t lanes = hn::Lanes(d);
  hn::Vec<D> first[Rows], second[Rows];
  for (uint64_t r = 0; r < Rows; ++r) {
    first[r] = hn::LoadU(d, acc + r * kTileCols);
    second[r] = hn::LoadU(d, acc + r * kTileCols + lanes);
  }
  for (uint64_t i = 0; i < k; ++i, a += kTileRows, b += kTileCols) {
    const auto left = hn::LoadU(d, b), right = hn::LoadU(d, b + lanes);
    for (uint64_t r = 0; r < Rows; ++r) {
      const auto factor = hn::Set(d, a[r]);
      first[r] = hn::Add(first[r], hn::Mul(factor, left));
      second[r] = hn::Add(second[r], hn::Mul(factor, right));
    }
  }
  for (uint64_t r = 0; r < Rows; ++r) {
    hn::StoreU(first[r], d, acc + r * kTileCols);
    hn::StoreU(second[r], d, acc + r * kTileCols + lanes);
  }
}

template <class T> HWY_INLINE void tile(const T *a, const T *b, uint64_t k, T *acc, uint64_t rows, uint64_t cols) {
  const hn::ScalableTag<T> d;
  constexpr uint64_t kHalf = kTileRows / 2;
  constexpr bool kManyRegisters = hn::MaxLanes(hn::ScalableTag<T>()) * sizeof(T) >= 64;
  for (uint64_t c = 0; c < cols; c += 2 * hn::Lanes(d)) {
    if (kManyRegisters && rows > kHalf) {
      columns<kTileRows>(d, a, b + c, k, acc + c);
      continue;
    }
    for (uint64_t r = 0; r < rows; r += kHalf)
      columns<kHalf>(d, a + r, b + c, k, acc + r * kTileCols + c);
  }
}

void tileOfFloats(const float *a, const float *b, uint64_t k, float *acc, uint64_t rows, uint64_t cols) {
  tile(a, b, k, acc, rows, cols);
}

void tileOfDoubles(const double *a, const double *b, uint64_t k, double *acc, uint64_t rows, uint64_t cols) {
  tile(a, b, k, acc, rows, cols);
}

// Squares of four by four; a cache line of each row is read before the next row's.
void interleave(const float *const *rows, uint64_t count, uint64_t k, float *packed, uint64_t stride) {
  constexpr uint64_t kLine = 16, kSide = 4;
  const hn::FixedTag<float, kSide> d;
  const uint64_t wholeRows = count / kSide * kSide, wholeLines = k / kLine * kLine;
  for (uint64_t line = 0; line < wholeLines; line += kLine)
    for (uint64_t r = 0; r < wholeRows; r += kSide)
      for (uint64_t i = line; i < line + kLine; i += kSide) {
        const auto r0 = hn::LoadU(d, rows[r] + i), r1 = hn::LoadU(d, rows[r + 1] + i);
        const auto r2 = hn::LoadU(d, rows[r + 2] + i), r3 = hn::LoadU(d, rows[r + 3] + i);
        const auto low02 = hn::InterleaveLower(d, r0, r2), high02 = hn::InterleaveUpper(d, r0, r2);
        const auto low13 = hn::InterleaveLower(d, r1, r3), high13 = hn::InterleaveUpper(d, r1, r3);
        float *to = packed + i * stride + r;
        hn::StoreU(hn::InterleaveLower(d, low02, low13), d, to);
        hn::StoreU(hn::InterleaveUpper(d, low02, low13), d, to + stride);
        hn::StoreU(hn::InterleaveLower(d, high02, high13), d, to + 2 * stride);
        hn::StoreU(hn::InterleaveUpper(d, high02, high13), d, to + 3 * stride);
      }
  for (uint64_t r = 0; r < count; ++r)
    for (uint64_t i = r < wholeRows ? wholeLines : 0; i < k; ++i)
      packed[i * stride + r] = rows[r][i];
}

} // namespace
} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
HWY_EXPORT(tileOfFloats);
HWY_EXPORT(tileOfDoubles);
HWY_EXPORT(interleave);

void accumulateTile(const float *a, const float *b, uint64_t k, float *acc, uint64_t rows, uint64_t cols) {
  HWY_DYNAMIC_DISPATCH(tileOfFloats)(a, b, k, acc, rows, cols);
}
void accumulateTile(const double *a, const double *b, uint64_t k, double *acc, uint64_t rows, uint64_t cols) {
  HWY_DYNAMIC_DISPATCH(tileOfDoubles)(a, b, k, acc, rows, cols);
}
void interleaveRows(const float *const *rows, uint64_t count, uint64_t k, float *packed, uint64_t stride) {
  HWY_DYNAMIC_DISPATCH(interleave)(rows, count, k, packed, stride);
}
} // namespace dlp
#endif // HWY_ONCE
