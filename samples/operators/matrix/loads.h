// loads.h: how pieces of the operands of a product come to NRAM and SRAM. All copies are asynchronous.
#ifndef BANGOPS_MATRIX_LOADS_H
#define BANGOPS_MATRIX_LOADS_H

#include "common/weights.h"
#include "matrix/matrix.h"

namespace bangops {

// Rows of runs one behind the other. A copy takes a little longer for each row, unless they lie so in memory already.
template <mluMemcpyDirection_t D, class T> __mlu_func__ void packRows(T *to, const T *from, const Runs &r) {
  const int row = r.taps * r.width * static_cast<int>(sizeof(T)), next = static_cast<int>(r.row * sizeof(T));
  if (r.dense() && row == next)
    __memcpy_async(to, from, r.rows * row, D);
  else if (r.dense())
    __memcpy_async(to, from, row, D, row, next, r.rows - 1);
  else
    __memcpy_async(to, from, r.width * sizeof(T), D, r.width * sizeof(T), r.taps - 1, row, r.rows - 1,
                   r.tap * static_cast<int>(sizeof(T)), r.taps - 1, next, r.rows - 1);
}

// A band of the output image and what of the input it needs.
struct Band {
  int64_t image, y, x; // first pixel of the output
  int64_t inY, inX;    // first pixel of the input, which may lie in front of it
  int high, wide;      // pixels of the output, those of a part only
  int sumWide;         // pixels in a row of sums, where some behind the band are computed and never stored
  int inHigh, inWide;  // pixels of the input, zeros around it among them
};

__mlu_func__ inline Band bandOf(const ProductPlan &plan, int64_t index, int partY, int partX) {
  // One dimension: where pixel `first` of a part lies, and how many of `most` there are from it on.
  const auto place = [](int64_t &at, int64_t &in, int &count, int64_t first, int most, int part, int parts, int shift,
                        int stride, int64_t pad, int64_t size) {
    const int late = part < shift ? 1 : 0;
    at = first * parts + part - shift + late * parts;
    in = first * stride - pad + late;
    const int64_t left = size - at;
    count = static_cast<int>(std::min<int64_t>(most, parts == 1 ? left : (left + parts - 1) / parts));
  };
  Band band;
  place(band.x, band.inX, band.wide, index % plan.bandsX * plan.bandW, plan.bandW, partX, plan.partsW, plan.shiftW,
        plan.strideW, plan.padLeft, plan.ow);
  place(band.y, band.inY, band.high, index / plan.bandsX % plan.bandsY * plan.bandH, plan.bandH, partY, plan.partsH,
        plan.shiftH, plan.strideH, plan.padTop, plan.oh);
  band.image = index / plan.bandsX / plan.bandsY;
  band.inHigh = (band.high - 1) * plan.strideH + (plan.kh - 1) * plan.dilationH + 1;
  band.sumWide = band.wide;
  band.inWide = (band.wide - 1) * plan.strideW + (plan.kw - 1) * plan.dilationW + 1;
  if (plan.folded) { // whole strides
    band.sumWide += (plan.kw - 1) / plan.strideW;
    band.inWide = band.sumWide * plan.strideW;
  }
  if (plan.gathered)
    band.sumWide = band.inWide;
  return band;
}

// The pixels first ... first + count - 1 of one dimension of the input that lie in a range.
struct Visible {
  int64_t first;
  int count, place; // where the first one comes in the range
};
__mlu_func__ inline Visible visible(int64_t begin, int length, int64_t size) {
  const int64_t first = std::max<int64_t>(0, begin), end = std::min(size, begin + length);
  return {first, static_cast<int>(std::max<int64_t>(0, end - first)), static_cast<int>(first - begin)};
}

// Fills the places of a band that are pixels of the image; `width` channels from `image`, each pixel `padded` wide.
template <class T>
__mlu_func__ void fillBand(T *to, const T *image, const ProductPlan &plan, const Band &band, int width, int padded) {
  const Visible y = visible(band.inY, band.inHigh, plan.h), x = visible(band.inX, band.inWide, plan.w);
  if (y.count == 0 || x.count == 0)
    return;
  constexpr int kSize = static_cast<int>(sizeof(T));
  const T *from = image + ((band.image * plan.h + y.first) * plan.w + x.first) * plan.channels;
  T *first = to + (y.place * band.inWide + x.place) * padded;
  const int channels = static_cast<int>(plan.channels) * kSize, row = static_cast<int>(plan.w) * channels;
  const int pixelTo = padded * kSize, rowTo = band.inWide * pixelTo;
  if (width == padded && width == plan.channels)
    __memcpy_async(first, from, x.count * channels, GDRAM2NRAM, rowTo, row, y.count - 1);
  else
    __memcpy_async(first, from, width * kSize, GDRAM2NRAM, pixelTo, x.count - 1, rowTo, y.count - 1, channels,
                   x.count - 1, row, y.count - 1);
}

} // namespace bangops

#endif // BANGOPS_MATRIX_LOADS_H
