// filters.cpp: filters as the kernel of products wants them, made by copies by strides.
#include "layout/layout.h"
#include "matrix/matrix.h"

namespace bangops {

// The filters of a group have few rows and channels, and the matrix unit fills both up. `joined` groups become one,
// whose filters have zeros for the channels of the others.
void Filters::join(int64_t joined) {
  const int64_t groups = rows / groupRows, columns = joined * channels, row = kh * kw * columns;
  void *from = address;
  make(rows * row, true);
  const std::vector<int64_t> dims = {groups / joined, joined, groupRows, kh * kw, channels};
  copy(dims, from, denseStrides(dims), {joined * groupRows * row, groupRows * row + channels, row, columns, 1});
  groupRows *= joined;
  channels = columns;
}

// The taps that meet an output pixel are those with the same remainder by the stride, so a transposed convolution falls
// into strideH * strideW ordinary ones: [strideH][strideW][rows][kh][kw][channels]. A window is filled up with zeros,
// also between its dilated taps.
void Filters::split(const bangopsConvolution_t &p) {
  const auto whole = [](int64_t taps, int dilation, int stride) {
    return ((taps - 1) * dilation + stride) / stride * stride;
  };
  const int64_t high = whole(kh, p.dilationH, p.strideH), wide = whole(kw, p.dilationW, p.strideW);
  if (high != kh || wide != kw) {
    void *from = address;
    make(rows * high * wide * channels, true);
    const std::vector<int64_t> dims = {rows, kh, kw, channels};
    copy(dims, from, denseStrides(dims),
         {high * wide * channels, p.dilationH * wide * channels, p.dilationW * channels, 1});
  }
  void *from = address;
  make(rows * high * wide * channels);
  kh = high / p.strideH;
  kw = wide / p.strideW;
  const std::vector<int64_t> dims = {p.strideH, p.strideW, rows, kh, kw, channels};
  copy(dims, from,
       {wide * channels, channels, high * wide * channels, p.strideH * wide * channels, p.strideW * channels, 1},
       denseStrides(dims));
}

// Each column of the window is rows of its own: [kw][rows][kh][1][channels].
void Filters::columnsFirst() {
  void *from = address;
  make(rows * kh * kw * channels);
  const std::vector<int64_t> dims = {kw, rows, kh, channels};
  copy(dims, from, {channels, kh * kw * channels, kw * channels, 1}, denseStrides(dims));
  rows = groupRows = kw * rows;
  kw = 1;
}

void Filters::make(int64_t n, bool cleared) {
  constexpr int kTile = 4096;
  memory.emplace_back(handle, n * elementBytes(dtype));
  address = memory.back().get();
  if (cleared && !handle->asked)
    launchFill(address, n, kTile, 0, dtype, handle->machine, handle->queue);
}
void Filters::copy(const std::vector<int64_t> &dims, const void *from, const std::vector<int64_t> &fromStrides,
                   const std::vector<int64_t> &toStrides) {
  copyStrided(handle, {BANGOPS_LAYOUT_ARRAY, dtype, dims, fromStrides}, from,
              {BANGOPS_LAYOUT_ARRAY, dtype, dims, toStrides}, address);
}

} // namespace bangops
