// matrix.h: what the host half tells the kernel of products. GEMM and convolutions differ in what a row of the left
// operand is, in nothing else.
#ifndef BANGOPS_MATRIX_H
#define BANGOPS_MATRIX_H

#include "common/host.h"

#include <list>

namespace bangops {

// c[m][n] = activation(alpha * sum over k of a[m][k] * b[n][k] + bias[n] + beta * c[m][n]), for each of a batch. The
// row of k is `taps` times `depth` elements: one tap for matrices, one for each place of the window for convolutions.
struct ProductPlan {
  const void *a, *b;
  const void *bias; // one per column, or null: of the type of c, of quantised products float
  void *c;
  int64_t batch, m, n; // m counts rows, or bands of the output image
  int taps;
  int64_t depth;
  int64_t aBatch, cBatch, biasBatch; // from one product of the batch to the next, in elements
  int64_t bBatch;                    // the same, and from one part to the next
  int64_t cRow;                      // from one row of c to the next, in elements
  float alpha, beta;
  float step;               // of quantised results: c is divided by it, and rounded if it is i8
  bangopsDataType_t result; // the type of c
  int activation;           // bangopsActivation_t or -1

  // Images: the input is [images][h][w][channels], the output [images][oh][ow][...]. A transposed convolution turns the
  // window round, and is partsH * partsW convolutions, each with filters of its own: part (i, j) makes every partsH-th
  // row and every partsW-th column of the output, from row i - shiftH and column j - shiftW on; what begins in front of
  // the output begins partsH rows or partsW columns later, one pixel of the input further on. For others, one part is
  // all.
  bool image, turned;
  int partsH, partsW, shiftH, shiftW;
  int64_t images, h, w, channels, oh, ow;
  int kh, kw, strideH, strideW, dilationH, dilationW;
  int64_t padTop, padLeft;
  // Few channels: a row of the window, pixels that lie one behind the other in memory, is taken for one pixel with more
  // channels, and the window is one pixel wide for the matrix unit; the kernel unfolds rows of the image into such
  // pixels.
  bool folded;
  // Few outputs: the columns of the product are those of each place in a row of the window, one after the other, and
  // the window is one pixel wide for the matrix unit; the kernel adds up what belongs to an output. 0: not so.
  int gathered; // outputs

  // How it is cut, see cut.cpp. A team of gridM x gridN cores has one memory core or is one core alone; each of its
  // cores takes a tile of tileM rows (one band of an image) and tileN columns, tileDepth elements of each tap at a
  // time.
  int gridM, gridN;
  int tileM, tileN, tileDepth; // tileN is a multiple of 64, tileDepth fills whole 64 bytes
  int tileRows;                // rows of c in a tile
  int tileElements;            // of a in a tile, as it is loaded
  int tileWindows;             // of the same unfolded, or 0
  int alignDepth;              // elements in 64 bytes
  int bandH, bandW;
  int64_t bandsY, bandsX;
  bool clearA; // tiles of a have places that no load writes
  bool direct; // the matrix unit writes c's 16 bits itself: each sum is complete at once, and nothing follows it
};
void launchProduct(const ProductPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue);

// Chooses the tiles for a card: false if not even the smallest ones fit.
bool cutProduct(ProductPlan &plan, bangopsDataType_t dtype, const Machine &machine);
// Cuts the product and queues it. All operands are dense.
void runProduct(bangopsHandle_t handle, ProductPlan plan, bangopsDataType_t dtype);
// The type of c, and of a bias, for a and b of a type, unless the product is quantised: i32 for i8, else the same.
inline bangopsDataType_t resultType(bangopsDataType_t t) { return t == BANGOPS_DTYPE_I8 ? BANGOPS_DTYPE_I32 : t; }

// A product of i8 whose sums become numbers again: y = activation(factor * sum + bias) / step, in float, or rounded to
// i8.
struct Quantised {
  float factor, step;
};
// Checks that are the same for both kinds of products; they fill in alpha, step, activation and the types.
void describeResult(ProductPlan &plan, const Tensor &a, const Tensor &c, const char *cName,
                    bangopsTensorDescriptor_t biasDesc, const void *bias, int activation, const Quantised *quantised);

// Filters [rows][kh][kw][channels] in device memory: of a convolution of groups, groupRows for each.
class Filters {
public:
  Filters(bangopsHandle_t handle, bangopsDataType_t dtype, void *data, int64_t rows, int64_t groupRows, int64_t kh,
          int64_t kw, int64_t channels)
      : rows(rows), groupRows(groupRows), kh(kh), kw(kw), channels(channels), handle(handle), dtype(dtype),
        address(data) {}
  void join(int64_t joined);
  void split(const bangopsConvolution_t &p);
  void columnsFirst();
  const void *get() const { return address; }
  int64_t rows, groupRows, kh, kw, channels;

private:
  void make(int64_t n, bool cleared = false);
  void copy(const std::vector<int64_t> &dims, const void *from, const std::vector<int64_t> &fromStrides,
            const std::vector<int64_t> &toStrides);

  bangopsHandle_t handle;
  bangopsDataType_t dtype;
  void *address;
  std::list<Scratch> memory;
};

// A convolution, or a transposed one, and the product of x [rows][inputs] and w [outputs][inputs].
void convolve(bangopsHandle_t handle, bool transposed, const bangopsConvolution_t *p, bangopsTensorDescriptor_t xDesc,
              const void *x, bangopsTensorDescriptor_t wDesc, const void *w, bangopsTensorDescriptor_t biasDesc,
              const void *bias, int activation, bangopsTensorDescriptor_t yDesc, void *y, const Quantised *quantised);
void gemm(bangopsHandle_t handle, bool transA, bool transB, float alpha, const Tensor &aGiven, const void *aData,
          const Tensor &bGiven, const void *bData, bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
          float beta, const Tensor &c, void *cData, const Quantised *quantised = nullptr);

} // namespace bangops

#endif // BANGOPS_MATRIX_H
