// Windows.h: where the windows of a pool lie in an HWC image.
#ifndef OPENBANG_SIMULATOR_INSNS_WINDOWS_H
#define OPENBANG_SIMULATOR_INSNS_WINDOWS_H

#include "simulator/insns/Operands.h"

#include <algorithm>
#include <string>

namespace dlp {

enum class AtEdge { Dropped, Cut }; // windows that reach past the image

struct Windows {
  uint64_t c, h, w, kh, kw;
  uint64_t sw, sh;
  uint64_t inH = 1, inW = 1, outH = 1, outW = 1; // dilations
  uint64_t oh = 0, ow = 0;                       // windows in each direction

  uint64_t inputs() const { return c * h * w; }
  // The image of results, with the free places between them.
  uint64_t outputWidth() const { return (ow - 1) * outW + 1; }
  uint64_t outputs() const { return ((oh - 1) * outH + 1) * outputWidth() * c; }

  // First element of pixel (i, j) of window (y, x), and whether it is inside the image.
  uint64_t pixel(uint64_t y, uint64_t x, uint64_t i, uint64_t j) const {
    return ((y * sh + i * inH) * w + x * sw + j * inW) * c;
  }
  bool inside(uint64_t y, uint64_t x, uint64_t i, uint64_t j) const {
    return y * sh + i * inH < h && x * sw + j * inW < w;
  }
  uint64_t result(uint64_t y, uint64_t x) const { return (y * outH * outputWidth() + x * outW) * c; }
};

inline uint64_t windowCount(uint64_t size, uint64_t span, uint64_t stride, AtEdge edge) {
  if (edge == AtEdge::Dropped)
    return (size - span) / stride + 1;
  const uint64_t beyond = size > span ? (size - span + stride - 1) / stride : 0;
  return std::min(beyond + 1, (size + stride - 1) / stride); // a window has at least its first pixel
}

// Reads the operands that all pools have; those with dilations are passed on.
template <class Ops> Windows windowsOf(const Exec &x, const Ops &ops, AtEdge edge = AtEdge::Dropped) {
  constexpr uint64_t kMaxWindow = 65536;
  checkProduct(x, {{"c", ops.c}, {"h", ops.h}, {"w", ops.w}});
  if (checkProduct(x, {{"kh", ops.kh}, {"kw", ops.kw}}) > kMaxWindow)
    x.badOperand("kh * kw", int64_t(ops.kh * ops.kw), "at most 65536");
  Windows win{ops.c, ops.h, ops.w, ops.kh, ops.kw, ops.sw ? ops.sw : ops.kw, ops.sh ? ops.sh : ops.kh};
  checkCount(x, "sw", win.sw);
  checkCount(x, "sh", win.sh);
  if constexpr (requires { ops.in_dh; }) {
    constexpr uint64_t kMaxDilation = 1023;
    auto dilation = [&](const char *name, uint64_t value) {
      if (value > kMaxDilation)
        x.badOperand(name, int64_t(value), "0 to 1023");
      return std::max<uint64_t>(value, 1);
    };
    win.inH = dilation("in_dh", ops.in_dh);
    win.inW = dilation("in_dw", ops.in_dw);
    win.outH = dilation("out_dh", ops.out_dh);
    win.outW = dilation("out_dw", ops.out_dw);
  }
  const uint64_t spanH = (ops.kh - 1) * win.inH + 1, spanW = (ops.kw - 1) * win.inW + 1;
  if (edge == AtEdge::Dropped) {
    if (spanH > ops.h)
      x.badOperand(win.inH == 1 ? "kh" : "height of the spread window", int64_t(spanH),
                   "at most the height " + std::to_string(ops.h));
    if (spanW > ops.w)
      x.badOperand(win.inW == 1 ? "kw" : "width of the spread window", int64_t(spanW),
                   "at most the width " + std::to_string(ops.w));
  }
  win.oh = windowCount(ops.h, spanH, win.sh, edge);
  win.ow = windowCount(ops.w, spanW, win.sw, edge);
  return win;
}

} // namespace dlp

#endif // OPENBANG_SIMULATOR_INSNS_WINDOWS_H
