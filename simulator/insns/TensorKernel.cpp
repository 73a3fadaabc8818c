// TensorKernel.cpp: a tile of sums held in vector registers.
#include "simulator/insns/TensorKernel.h"
#include "simulator/numeric/Wide.h"

#include <cstring>

namespace dlp {
namespace {

using Floats = float __attribute__((vector_size(32)));
using Doubles = double __attribute__((vector_size(32)));

template <class Lanes, class T> [[gnu::always_inline]] inline void tile(const T *a, const T *b, uint64_t k, T *acc) {
  constexpr uint64_t kLanes = sizeof(Lanes) / sizeof(T), kVectors = kTileCols / kLanes;
  Lanes sums[kTileRows][kVectors];
  std::memcpy(sums, acc, sizeof(sums));
  for (uint64_t i = 0; i < k; ++i) {
    Lanes right[kVectors];
    std::memcpy(right, b + i * kTileCols, sizeof(right));
    for (uint64_t r = 0; r < kTileRows; ++r)
      for (uint64_t c = 0; c < kVectors; ++c)
        sums[r][c] += a[i * kTileRows + r] * right[c];
  }
  std::memcpy(acc, sums, sizeof(sums));
}

}  // namespace

DLP_WIDE void accumulateTile(const float *a, const float *b, uint64_t k, float *acc) { tile<Floats>(a, b, k, acc); }

DLP_WIDE void accumulateTile(const double *a, const double *b, uint64_t k, double *acc) { tile<Doubles>(a, b, k, acc); }

}  // namespace dlp
