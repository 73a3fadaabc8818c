// TensorKernel.h: the inner loop of all products with weights.
#ifndef OPENBANG_SIMULATOR_INSNS_TENSORKERNEL_H
#define OPENBANG_SIMULATOR_INSNS_TENSORKERNEL_H

#include <cstdint>

namespace dlp {

// A tile of results: rows of the left operand by rows of the weights.
inline constexpr uint64_t kTileRows = 4, kTileCols = 16;

// acc[r][c] += sum over k of a[k][r] * b[k][c], each product rounded, then each sum, over ascending k. Lanes are
// different results, so that vector width never changes the order of a sum.
void accumulateTile(const float *a, const float *b, uint64_t k, float *acc);
void accumulateTile(const double *a, const double *b, uint64_t k, double *acc);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_INSNS_TENSORKERNEL_H
