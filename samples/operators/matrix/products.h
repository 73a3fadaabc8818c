// products.h: what is done to a tile in NRAM: products of matrices and windows, and what comes before and behind them
// where an image has few channels.
#ifndef BANGOPS_MATRIX_PRODUCTS_H
#define BANGOPS_MATRIX_PRODUCTS_H

#include "matrix/loads.h"

namespace bangops {

// c = a times b, on top of what c holds unless it is the first piece. Products of integers have a fixed-point position.
template <class Sum, class T>
__mlu_func__ void multiply(Sum *c, const T *a, const T *b, bool first, int m, int k, int n) {
  if constexpr (std::is_same<T, signed char>::value) {
    if (first)
      __bang_matmul(c, a, b, m, k, n, 0);
    else
      __bang_matmul(c, a, b, c, m, k, n, 0);
  } else {
    if (first)
      __bang_matmul(c, a, b, m, k, n);
    else
      __bang_matmul(c, a, b, c, m, k, n);
  }
}
template <class Sum, class T>
__mlu_func__ void slide(Sum *c, const T *a, const T *b, bool first, const ProductPlan &p, const Band &band, int depth,
                        int n) {
  const int h = band.inHigh, w = p.folded ? band.sumWide : band.inWide;
  const int kw = p.folded || p.gathered ? 1 : p.kw, strideW = p.folded ? 1 : p.strideW;
  if constexpr (std::is_same<T, signed char>::value) {
    if (first)
      __bang_conv(c, a, b, depth, h, w, p.kh, kw, strideW, p.strideH, n, 0, p.dilationW, p.dilationH);
    else
      __bang_conv_partial(c, a, b, c, depth, h, w, p.kh, kw, strideW, p.strideH, n, 0, p.dilationW, p.dilationH);
  } else {
    if (first)
      __bang_conv(c, a, b, depth, h, w, p.kh, kw, strideW, p.strideH, n, p.dilationW, p.dilationH);
    else
      __bang_conv_partial(c, a, b, c, depth, h, w, p.kh, kw, strideW, p.strideH, n, p.dilationW, p.dilationH);
  }
}

// Unfolds the rows of a band of an image with few channels: each place of the window becomes a pixel of kw * channels
// elements, `padded` wide. Rows are whole strides long, so all windows of the band are one distance apart; those that
// reach from one row into the next make sums that are never stored.
template <class T>
__mlu_func__ void unfoldBand(T *to, const T *rows, const ProductPlan &plan, const Band &band, int padded) {
  constexpr int kSize = static_cast<int>(sizeof(T));
  __memcpy_async(to, rows, static_cast<int>(plan.depth) * kSize, NRAM2NRAM, padded * kSize,
                 plan.strideW * static_cast<int>(plan.channels) * kSize, band.inHigh * band.sumWide - 1);
}

// Adds up what belongs to an output, a column of the window to the left of the next, in `columns`, and puts the outputs
// one behind the other. Turned, these are sums of rows.
template <class Sum>
__mlu_func__ void gatherBand(Sum *sums, Sum *columns, const ProductPlan &plan, int places, int padded) {
  const int one = plan.gathered * places; // all outputs of a column
  __bang_transpose(columns, sums, places, padded);
  for (int j = 1; j < plan.kw; ++j)
    __bang_add(columns, columns, columns + j * one + j * plan.dilationW, one - j * plan.dilationW);
  __bang_transpose(sums, columns, plan.gathered, places);
}

} // namespace bangops

#endif // BANGOPS_MATRIX_PRODUCTS_H
