// peers.h: what a native program needs for the same work, one thread, compiled with -O3 -march=native.
#ifndef OPENBANG_BENCH_SIMULATOR_PEERS_H
#define OPENBANG_BENCH_SIMULATOR_PEERS_H

#include <cstddef>
#include <cstdint>

void nativeAdd(float *c, const float *a, const float *b, size_t n);
void nativeExp(float *y, const float *x, size_t n);
void nativeSoftmax(float *y, const float *x, size_t rows, size_t columns);
void nativeQuantise(float *y, const float *x, size_t n); // to the nearest 16th between -8 and 127 / 16
void nativeMatmul(float *c, const float *a, const float *b, size_t m, size_t k, size_t n); // OpenBLAS where found
void nativeMatmulInt8(int32_t *c, const int8_t *a, const int8_t *b, size_t m, size_t k, size_t n); // b by rows of k
void eigenMatmul(float *c, const float *a, const float *b, size_t m, size_t k, size_t n); // where bench/run finds it

// 3 x 3 windows, all channels and filters innermost.
void nativeConv(_Float16 *y, const _Float16 *x, const _Float16 *w, size_t images, size_t side, size_t channels, size_t filters);

#endif // OPENBANG_BENCH_SIMULATOR_PEERS_H
