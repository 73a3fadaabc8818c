// TensorKernel.cpp: a tile of sums held in vector registers.
#include "simulator/insns/TensorKernel.h"
#include "simulator/numeric/Wide.h"

#include <cstring>

namespace dlp {
namespace {

using Floats = float __attribute__((vector_size(32)));
using Doubles = double __attribute__((vector_size(32)));

// Two vectors of columns at a time: with kTileRows rows that leaves registers for the operands.
template <class Lanes, class T> [[gnu::always_inline]] inline void tile(const T *a, const T *b, uint64_t k, T *acc) {
  constexpr uint64_t kLanes = sizeof(Lanes) / sizeof(T), kVectors = 2;
  for (uint64_t first = 0; first < kTileCols; first += kVectors * kLanes) {
    Lanes sums[kTileRows][kVectors];
    for (uint64_t r = 0; r < kTileRows; ++r)
      std::memcpy(sums[r], acc + r * kTileCols + first, sizeof(sums[r]));
    for (uint64_t i = 0; i < k; ++i) {
      Lanes right[kVectors];
      std::memcpy(right, b + i * kTileCols + first, sizeof(right));
      for (uint64_t r = 0; r < kTileRows; ++r)
        for (uint64_t c = 0; c < kVectors; ++c)
          sums[r][c] += a[i * kTileRows + r] * right[c];
    }
    for (uint64_t r = 0; r < kTileRows; ++r)
      std::memcpy(acc + r * kTileCols + first, sums[r], sizeof(sums[r]));
  }
}

} // namespace

DLP_WIDE void accumulateTile(const float *a, const float *b, uint64_t k, float *acc) { tile<Floats>(a, b, k, acc); }

DLP_WIDE void accumulateTile(const double *a, const double *b, uint64_t k, double *acc) { tile<Doubles>(a, b, k, acc); }

} // namespace dlp
