// matrix.h: what the host half tells the kernel of products: GEMM and convolutions differ in how a tile of the left
// operand is loaded, in nothing else.
#ifndef BANGOPS_MATRIX_H
#define BANGOPS_MATRIX_H

#include "common/host.h"

namespace bangops {

// Where the rows of the left operand come from.
enum class LeftOperand {
  Rows,       // memory: m rows of k elements
  Windows,    // convolution: row r is the window of output pixel r, tap by tap, each tap a run of channels
  Transposed  // transposed convolution: the input pixels that reach output pixel r, tap by tap
};

// c[m][n] = activation(alpha * sum over k of a[m][k] * b[n][k] + bias[n] + beta * c[m][n]), for each of a batch.
struct ProductPlan {
  const void *a, *b;
  const void *bias;  // of the type of c, one per column, or null
  void *c;
  int64_t batch, m, n, k;
  int64_t aBatch, bBatch, cBatch, biasBatch;  // from one product of the batch to the next, in elements
  int64_t cRow;                               // from one row of c to the next, in elements
  int tileM, tileN, tileK;                    // tileN is a multiple of 64, a row of tileK fills whole 64 bytes
  int alignK;                                 // elements in 64 bytes
  float alpha, beta;
  int activation;                             // bangopsActivation_t or -1
  LeftOperand left;
  bool clearA, clearB;                        // tiles have places that no load writes
  // Images: the input is [images][h][w][channels], the output [images][oh][ow][...]; k is [kh][kw][groupChannels].
  int64_t h, w, channels, oh, ow;
  int kh, kw, groupChannels, strideH, strideW, padH, padW, dilationH, dilationW;
};
void launchProduct(const ProductPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue);

// Cuts the product in tiles and queues it. All operands are dense.
void runProduct(bangopsHandle_t handle, ProductPlan plan, bangopsDataType_t dtype);
// The type of c, and of a bias, for a and b of a type: i32 for i8, else the same.
inline bangopsDataType_t resultType(bangopsDataType_t t) { return t == BANGOPS_DTYPE_I8 ? BANGOPS_DTYPE_I32 : t; }

}  // namespace bangops

#endif  // BANGOPS_MATRIX_H
