// bands.h: the pipeline of the windows family: which bands there are, how they come to NRAM and how they leave it.
#ifndef BANGOPS_WINDOWS_BANDS_H
#define BANGOPS_WINDOWS_BANDS_H

#include "common/device.h"
#include "windows/windows.h"

namespace bangops {

struct Band {
  int64_t image;
  int firstChannel, channels;
  int ownRow, ownRows; // of the small image
  int firstRow, rows;  // that are looked at: a gradient needs the windows that reach in from above, too
  int reached;         // rows of the large image, from firstRow * strideH on, border included
  int top, bottom;     // of these the ones inside the image; bottom is excluded
};

// Loads and stores of bands. In NRAM a row of the large image has a border on both sides, as wide as windows reach. It
// consists of `phases` parts: every phases-th column from the first on, from the second on, ... A depthwise convolution
// has as many as its stride, so that the pixels that a tap needs are neighbours; pools have one.
template <class T> struct BandStage {
  const WindowPlan &plan;
  const bool back;
  const int buffers, phases;
  T *large[3], *small[2]; // the gradient of a maximum is built in the buffer where its image was, and stored from there

  __mlu_func__ BandStage(const WindowPlan &plan, Cutter &cut)
      : plan(plan), back(plan.operation == WindowOperation::MaxBack || plan.operation == WindowOperation::AverageBack),
        buffers(plan.operation == WindowOperation::MaxBack ? 3 : 2),
        phases(plan.operation == WindowOperation::Depthwise ? plan.strideW : 1) {
    for (int i = 0; i < buffers; ++i)
      large[i] = cut.take<T>(plan.largeN);
    for (int i = 0; i < 2; ++i)
      small[i] = cut.take<T>(plan.smallN);
  }
  __mlu_func__ T *largeOf(int tile) const { return large[tile % buffers]; }

  // Bands of the same channels follow each other, since weights depend on them.
  __mlu_func__ int64_t rowBands() const { return (plan.oh + plan.bandRows - 1) / plan.bandRows; }
  __mlu_func__ int64_t bands() const {
    return plan.images * rowBands() * ((plan.channels + plan.bandChannels - 1) / plan.bandChannels);
  }
  __mlu_func__ Band band(int tile) const {
    int64_t i = taskId + static_cast<int64_t>(tile) * taskDim;
    Band b;
    b.ownRow = static_cast<int>(i % rowBands()) * plan.bandRows;
    b.ownRows = static_cast<int>(std::min<int64_t>(plan.bandRows, plan.oh - b.ownRow));
    i /= rowBands();
    b.image = i % plan.images;
    b.firstChannel = static_cast<int>(i / plan.images) * plan.bandChannels;
    b.channels = static_cast<int>(std::min<int64_t>(plan.bandChannels, plan.channels - b.firstChannel));
    b.firstRow = back ? std::max(0, b.ownRow - (plan.kh - 1) / plan.strideH) : b.ownRow;
    b.rows = b.ownRow + b.ownRows - b.firstRow;
    b.reached = (b.rows - 1) * plan.strideH + plan.kh;
    const int y = b.firstRow * plan.strideH - plan.padH;
    b.top = std::max(0, -y);
    b.bottom = static_cast<int>(std::min<int64_t>(b.reached, plan.h - y));
    return b;
  }

  // Rows of the large image that lie in NRAM from `first`, a row of the band, on.
  __mlu_func__ T *inLarge(T *buffer, const Band &b, int first) const {
    return buffer + (first * plan.columns + plan.padW) * b.channels;
  }
  __mlu_func__ int64_t placeOf(const Band &b, int first) const {
    const int64_t y = static_cast<int64_t>(b.firstRow) * plan.strideH - plan.padH + first;
    return (b.image * plan.h + y) * plan.w * plan.channels + b.firstChannel;
  }
  // A phase begins with column x of the image, which has so many of its columns; to their left is some border.
  struct Phase {
    int x, count, left, right;
  };
  __mlu_func__ Phase phase(int number) const {
    Phase p;
    p.x = (number - plan.padW % phases + phases) % phases;
    p.count = (static_cast<int>(plan.w) - p.x + phases - 1) / phases;
    p.left = (p.x + plan.padW) / phases;
    p.right = plan.columns / phases - p.left - p.count;
    return p;
  }
  __mlu_func__ void loadLarge(int tile, const Band &b) const {
    const int rows = b.bottom - b.top, pixel = b.channels * sizeof(T),
              next = static_cast<int>(plan.channels * sizeof(T));
    const int row = plan.columns * pixel, rowOfImage = static_cast<int>(plan.w) * next;
    for (int i = 0; i < phases; ++i) {
      const Phase p = phase(i);
      T *to = largeOf(tile) + (b.top * plan.columns + i * (plan.columns / phases) + p.left) * b.channels;
      const T *from = static_cast<const T *>(plan.x) + placeOf(b, b.top) + p.x * plan.channels;
      if (pixel == next && phases == 1)
        __memcpy_async(to, from, p.count * pixel, GDRAM2NRAM, row, rowOfImage, rows - 1);
      else if (p.count > 0)
        __memcpy_async(to, from, pixel, GDRAM2NRAM, pixel, p.count - 1, row, rows - 1, phases * next, p.count - 1,
                       rowOfImage, rows - 1);
    }
  }
  // Rows of the band that are nobody else's, without their border.
  __mlu_func__ void storeLarge(int tile, const Band &b) const {
    const int y0 = b.firstRow * plan.strideH - plan.padH, w = static_cast<int>(plan.w);
    const int begin = b.ownRow ? std::max(0, b.ownRow * plan.strideH - plan.padH) : 0, count = ownEnd(b) - begin;
    if (count <= 0)
      return;
    const int pixel = b.channels * sizeof(T), next = static_cast<int>(plan.channels * sizeof(T));
    const T *from = inLarge(largeOf(tile), b, begin - y0);
    T *to = static_cast<T *>(plan.y) + placeOf(b, begin - y0);
    if (pixel == next)
      __memcpy_async(to, from, w * pixel, NRAM2GDRAM, w * next, plan.columns * pixel, count - 1);
    else
      __memcpy_async(to, from, pixel, NRAM2GDRAM, next, w - 1, w * next, count - 1, pixel, w - 1, plan.columns * pixel,
                     count - 1);
  }
  __mlu_func__ int ownEnd(const Band &b) const {
    const int end = b.ownRow + b.ownRows;
    return static_cast<int>(end == plan.oh ? plan.h
                                           : std::min<int64_t>(plan.h, std::max(0, end * plan.strideH - plan.padH)));
  }

  __mlu_func__ int64_t smallPlace(const Band &b, int row) const {
    return (b.image * plan.oh + row) * plan.ow * plan.channels + b.firstChannel;
  }
  __mlu_func__ void loadSmall(int tile, const Band &b) const {
    const int pixel = b.channels * sizeof(T), next = static_cast<int>(plan.channels * sizeof(T));
    const int count = b.rows * static_cast<int>(plan.ow);
    const T *from = static_cast<const T *>(plan.dy) + smallPlace(b, b.firstRow);
    if (pixel == next)
      __memcpy_async(small[tile % 2], from, count * pixel, GDRAM2NRAM);
    else
      __memcpy_async(small[tile % 2], from, pixel, GDRAM2NRAM, pixel, next, count - 1);
  }
  __mlu_func__ void storeSmall(int tile, const Band &b) const {
    const int pixel = b.channels * sizeof(T), next = static_cast<int>(plan.channels * sizeof(T));
    const int count = b.rows * static_cast<int>(plan.ow);
    T *to = static_cast<T *>(plan.y) + smallPlace(b, b.firstRow);
    if (pixel == next)
      __memcpy_async(to, small[tile % 2], count * pixel, NRAM2GDRAM);
    else
      __memcpy_async(to, small[tile % 2], pixel, NRAM2GDRAM, next, pixel, count - 1);
  }

  __mlu_func__ void load(int tile) const {
    const Band b = band(tile);
    if (back)
      loadSmall(tile, b);
    if (plan.operation != WindowOperation::AverageBack)
      loadLarge(tile, b);
  }
  __mlu_func__ void store(int tile) const {
    const Band b = band(tile);
    if (back)
      storeLarge(tile, b);
    else
      storeSmall(tile, b);
  }

  // Fills what windows reach beyond the image.
  __mlu_func__ void border(T *buffer, const Band &b, T value) const {
    const int row = plan.columns * b.channels, bytes = row * sizeof(T), rows = b.bottom - b.top;
    if (b.top > 0)
      __bang_write_value(buffer, b.top * row, value);
    if (b.bottom < b.reached)
      __bang_write_value(buffer + b.bottom * row, (b.reached - b.bottom) * row, value);
    for (int i = 0; i < phases; ++i) {
      const Phase p = phase(i);
      T *first = buffer + b.top * row + i * (plan.columns / phases) * b.channels;
      if (p.left > 0)
        __bang_write_value(first, p.left * b.channels, value, bytes, rows - 1, 0, 0);
      if (p.right > 0)
        __bang_write_value(first + (p.left + p.count) * b.channels, p.right * b.channels, value, bytes, rows - 1, 0, 0);
    }
  }
};

} // namespace bangops

#endif // BANGOPS_WINDOWS_BANDS_H
