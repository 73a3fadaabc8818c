// loads.h: how pieces of the operands of a product come to NRAM and SRAM. All copies are asynchronous.
#ifndef BANGOPS_MATRIX_LOADS_H
#define BANGOPS_MATRIX_LOADS_H

#include "common/weights.h"
#include "matrix/matrix.h"

namespace bangops {

// Rows of runs one behind the other.
template <mluMemcpyDirection_t D, class T> __mlu_func__ void packRows(T *to, const T *from, const Runs &r) {
  const int row = r.taps * r.width * static_cast<int>(sizeof(T));
  if (r.dense())
    __memcpy_async(to, from, row, D, row, static_cast<int>(r.row * sizeof(T)), r.rows - 1);
  else
    __memcpy_async(to, from, r.width * sizeof(T), D, r.width * sizeof(T), r.taps - 1, row, r.rows - 1,
                   r.tap * static_cast<int>(sizeof(T)), r.taps - 1, static_cast<int>(r.row * sizeof(T)), r.rows - 1);
}

// A band of the output image and what of the input it needs.
struct Band {
  int64_t image, y, x; // first pixel of the output
  int high, wide;      // pixels of the output
  int inHigh, inWide;  // pixels of the input, zeros between and around it among them
};

__mlu_func__ inline Band bandOf(const ProductPlan &plan, int64_t index) {
  Band band;
  band.x = index % plan.bandsX * plan.bandW;
  band.y = index / plan.bandsX % plan.bandsY * plan.bandH;
  band.image = index / plan.bandsX / plan.bandsY;
  band.high = static_cast<int>(std::min<int64_t>(plan.bandH, plan.oh - band.y));
  band.wide = static_cast<int>(std::min<int64_t>(plan.bandW, plan.ow - band.x));
  band.inHigh = (band.high - 1) * plan.strideH + (plan.kh - 1) * plan.dilationH + 1;
  band.inWide = (band.wide - 1) * plan.strideW + (plan.kw - 1) * plan.dilationW + 1;
  return band;
}

// The pixels first ... first + count - 1 of one dimension of the input that lie in a range of the spread one.
struct Visible {
  int64_t first;
  int count, place; // where the first one comes in the range
};
__mlu_func__ inline Visible visible(int64_t begin, int length, int64_t size, int spread) {
  const auto pixels = [&](int64_t places) { // that begin before
    if (places <= 0)
      return int64_t(0);
    return std::min(size, spread == 1 ? places : (places + spread - 1) / spread);
  };
  Visible v;
  v.first = pixels(begin);
  v.count = static_cast<int>(pixels(begin + length) - v.first);
  v.place = static_cast<int>(v.first * spread - begin);
  return v;
}

// Fills the places of a band that are pixels of the image; `width` channels from `image`, each pixel `padded` wide.
template <class T>
__mlu_func__ void fillBand(T *to, const T *image, const ProductPlan &plan, const Band &band, int width, int padded) {
  const Visible y = visible(band.y * plan.strideH - plan.padTop, band.inHigh, plan.h, plan.spreadH);
  const Visible x = visible(band.x * plan.strideW - plan.padLeft, band.inWide, plan.w, plan.spreadW);
  if (y.count == 0 || x.count == 0)
    return;
  constexpr int kSize = static_cast<int>(sizeof(T));
  const T *from = image + ((band.image * plan.h + y.first) * plan.w + x.first) * plan.channels;
  T *first = to + (y.place * band.inWide + x.place) * padded;
  const int channels = static_cast<int>(plan.channels) * kSize, row = static_cast<int>(plan.w) * channels;
  const int rowTo = plan.spreadH * band.inWide * padded * kSize, pixelTo = plan.spreadW * padded * kSize;
  if (width == padded && width == plan.channels && plan.spreadW == 1)
    __memcpy_async(first, from, x.count * channels, GDRAM2NRAM, rowTo, row, y.count - 1);
  else
    __memcpy_async(first, from, width * kSize, GDRAM2NRAM, pixelTo, x.count - 1, rowTo, y.count - 1, channels,
                   x.count - 1, row, y.count - 1);
}

// The same of an image whose windows are folded: each pixel of the band is a row of a window, and those next to a
// border are filled in part.
template <class T>
__mlu_func__ void foldBand(T *to, const T *image, const ProductPlan &plan, const Band &band, int padded) {
  const Visible y = visible(band.y * plan.strideH - plan.padTop, band.inHigh, plan.h, 1);
  if (y.count == 0)
    return;
  constexpr int kSize = static_cast<int>(sizeof(T));
  const int channels = static_cast<int>(plan.channels), pixel = channels * kSize,
            row = static_cast<int>(plan.w) * pixel;
  const int rowTo = band.wide * padded * kSize;
  const T *rows = image + (band.image * plan.h + y.first) * plan.w * plan.channels;
  T *first = to + y.place * band.wide * padded;
  for (int x = 0; x < band.wide;) {
    const int begin = static_cast<int>((band.x + x) * plan.foldedStride - plan.padLeft),
              width = static_cast<int>(plan.w);
    const int from = std::max(0, -begin), end = std::min(plan.foldedW, width - begin);
    T *place = first + x * padded + from * channels;
    const T *source = rows + static_cast<int64_t>(begin + from) * channels;
    if (from > 0 || end < plan.foldedW) {
      if (end > from)
        __memcpy_async(place, source, (end - from) * pixel, GDRAM2NRAM, rowTo, row, y.count - 1);
      ++x;
      continue;
    }
    // As many as lie inside of the image.
    const int count = std::min(band.wide - x, (width - plan.foldedW - begin) / plan.foldedStride + 1);
    const int next = plan.foldedStride * pixel;
    __memcpy_async(place, source, plan.foldedW * pixel, GDRAM2NRAM, padded * kSize, count - 1, rowTo, y.count - 1, next,
                   count - 1, row, y.count - 1);
    x += count;
  }
}

} // namespace bangops

#endif // BANGOPS_MATRIX_LOADS_H
