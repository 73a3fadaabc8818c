// TensorKernel.h: the inner loops of all products with weights.
#ifndef OPENBANG_SIMULATOR_INSNS_TENSORKERNEL_H
#define OPENBANG_SIMULATOR_INSNS_TENSORKERNEL_H

#include <cstdint>

namespace dlp {

// A tile of results: rows of the left operand by rows of the weights.
inline constexpr uint64_t kTileRows = 8, kTileCols = 32;

// acc[r][c] += sum over k of a[k][r] * b[k][c], each product rounded, then each sum, over ascending k. Lanes are
// different results, so that vector width never changes the order of a sum. Results beyond `rows` and `cols` may be
// anything.
void accumulateTile(const float *a, const float *b, uint64_t k, float *acc, uint64_t rows, uint64_t cols);
void accumulateTile(const double *a, const double *b, uint64_t k, double *acc, uint64_t rows, uint64_t cols);

// packed[i * stride + r] = rows[r][i] for i < k and r < count.
void interleaveRows(const float *const *rows, uint64_t count, uint64_t k, float *packed, uint64_t stride);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_INSNS_TENSORKERNEL_H
