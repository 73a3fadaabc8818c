// Reorder.cpp: turning, padding, tiling, masked moves, and the two layouts of images.
#include "simulator/insns/Copy.h"
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"

#include <algorithm>
#include <cstring>

namespace dlp {
namespace {

// Modes, as numbered in Layout.td.
enum class Turn : uint8_t { R90 = 1, R180, R270, Mirror };
enum class ImageLayout : uint8_t { Nchw = 1, Nhwc };

// n elements of src that stay as they are while n elements of dst are written.
template <class T> struct Apart {
  T *dst;
  Source<T> src;
  Apart(Exec &x, uint64_t dstAddress, uint64_t written, uint64_t srcAddress, uint64_t n)
      : dst(writeElements<T>(x, dstAddress, written, "dst")),
        src(readElements<T>(x, srcAddress, n, "src"), n, dst, written * sizeof(T), InPlace::Copy) {}
};

template <class T> void turn(Exec &x, const VturnOps &ops, Turn how) {
  const uint64_t h = ops.h, w = ops.w, n = checkProduct(x, {{"h", h}, {"w", w}});
  Apart<T> m(x, ops.dst, n, ops.src, n);
  const T *src = m.src;
  for (uint64_t y = 0; y < h; ++y)
    for (uint64_t c = 0; c < w; ++c) {
      const T value = src[y * w + c];
      switch (how) {
      case Turn::R90:
        m.dst[c * h + h - 1 - y] = value;
        break;
      case Turn::R180:
        m.dst[(h - 1 - y) * w + w - 1 - c] = value;
        break;
      case Turn::R270:
        m.dst[(w - 1 - c) * h + y] = value;
        break;
      case Turn::Mirror:
        m.dst[y * w + w - 1 - c] = value;
        break;
      }
    }
}

template <class T> void reorder(Exec &x, const VorderOps &ops, ImageLayout to) {
  const uint64_t total = checkProduct(x, {{"n", ops.n}, {"h", ops.h}, {"w", ops.w}, {"c", ops.c}});
  const uint64_t pixels = ops.h * ops.w, image = pixels * ops.c;
  Apart<T> m(x, ops.dst, total, ops.src, total);
  const T *src = m.src;
  for (uint64_t n = 0; n < ops.n; ++n)
    for (uint64_t p = 0; p < pixels; ++p)
      for (uint64_t c = 0; c < ops.c; ++c) {
        const uint64_t nchw = n * image + c * pixels + p, nhwc = n * image + p * ops.c + c;
        if (to == ImageLayout::Nchw)
          m.dst[nchw] = src[nhwc];
        else
          m.dst[nhwc] = src[nchw];
      }
}

template <class T> void pad(Exec &x, const VpadOps &ops) {
  const uint64_t n = checkProduct(x, {{"c", ops.c}, {"h", ops.h}, {"w", ops.w}});
  constexpr uint64_t kMaxPad = 0xffff;
  for (auto [name, value] : {NamedCount{"top", ops.top}, NamedCount{"bottom", ops.bottom}, NamedCount{"left", ops.left},
                             NamedCount{"right", ops.right}})
    if (value > kMaxPad)
      x.badOperand(name, int64_t(value), "0 to 65535");
  const uint64_t height = ops.top + ops.h + ops.bottom, width = ops.left + ops.w + ops.right;
  const uint64_t written = checkProduct(x, {{"c", ops.c}, {"padded height", height}, {"padded width", width}});
  Apart<T> m(x, ops.dst, written, ops.src, n);
  const T *src = m.src;
  std::fill(m.dst, m.dst + written, fromRegister<T>(ops.value));
  for (uint64_t y = 0; y < ops.h; ++y)
    std::memcpy(m.dst + ((ops.top + y) * width + ops.left) * ops.c, src + y * ops.w * ops.c, ops.w * ops.c * sizeof(T));
}

template <class T> void maskMove(Exec &x, const VmaskmoveOps &ops) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const T *mask = readElements<T>(x, ops.mask, n, "mask");
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  Source<T> src(readElements<T>(x, ops.src, n, "src"), n, dst, n * sizeof(T), InPlace::Allowed);
  Source<T> chosen(mask, n, dst, n * sizeof(T), InPlace::Allowed);
  for (uint64_t i = 0; i < n; ++i)
    if (chosen[i] != 0)
      dst[i] = src[i];
}

// Lines of 64 bytes; a square of them has as many lines as a line has elements.
constexpr uint64_t kLine = 64;

uint64_t elementBytes(uint8_t e) {
  switch (Suffix(e)) {
  case Suffix::B8:
    return 1;
  case Suffix::B16:
    return 2;
  case Suffix::B32:
    return 4;
  case Suffix::B64:
    return 8;
  case Suffix::B128:
    return 16;
  default:
    return 32;
  }
}

} // namespace

uint64_t execVturn(Exec &x, const VturnOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { turn<typename decltype(t)::type>(x, ops, Turn(v.mode)); });
  return 0;
}

uint64_t execVorder(Exec &x, const VorderOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { reorder<typename decltype(t)::type>(x, ops, ImageLayout(v.mode)); });
  return 0;
}

uint64_t execVpad(Exec &x, const VpadOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { pad<typename decltype(t)::type>(x, ops); });
  return 0;
}

uint64_t execVmaskmove(Exec &x, const VmaskmoveOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { maskMove<typename decltype(t)::type>(x, ops); });
  return 0;
}

uint64_t execVtile(Exec &x, const VtileOps &ops, Variant v) {
  const uint64_t size = elementBytes(v.e0), lines = kLine / size;
  const std::string expected = std::to_string(lines) + " lines of 64 bytes";
  if (ops.n1 == 0 || ops.n1 * ops.n2 != lines)
    x.badOperand("n1 * n2", int64_t(ops.n1 * ops.n2), expected);
  if (ops.n6 == 0 || ops.n6 * ops.n7 != lines)
    x.badOperand("n6 * n7", int64_t(ops.n6 * ops.n7), expected);
  const Segments src{ops.src, int64_t(ops.s1 * kLine), ops.n1, int64_t(ops.s2 * kLine), ops.n2};
  const Segments dst{ops.dst, int64_t(ops.s6 * kLine), ops.n6, int64_t(ops.s7 * kLine), ops.n7};
  uint8_t square[kLine * kLine];
  for (uint64_t i = 0; i < lines; ++i) {
    const uint8_t *line = x.read(src.at(i), kLine, kInNram, "src");
    for (uint64_t j = 0; j < lines; ++j)
      std::memcpy(square + j * kLine + i * size, line + j * size, size);
  }
  for (uint64_t i = 0; i < lines; ++i)
    std::memcpy(x.write(dst.at(i), kLine, kInNram, "dst"), square + i * kLine, kLine);
  return 0;
}

uint64_t execVtile3d(Exec &x, const Vtile3dOps &ops, Variant) {
  const uint64_t pieces = checkProduct(x, {{"n3", ops.n3}, {"n4", ops.n4}, {"n5", ops.n5}});
  if (uint64_t other = checkProduct(x, {{"n8", ops.n8}, {"n9", ops.n9}, {"n10", ops.n10}}); other != pieces)
    x.badOperand("n8 * n9 * n10", int64_t(other), "n3 * n4 * n5 = " + std::to_string(pieces));
  if (ops.bytes == 0 || ops.bytes % kLine)
    x.badOperand("bytes", int64_t(ops.bytes), "a multiple of 64");
  auto place = [](uint64_t k, uint64_t n3, uint64_t n4, uint64_t s3, uint64_t s4, uint64_t s5) {
    return (k % n3 * s3 + k / n3 % n4 * s4 + k / n3 / n4 * s5) * kLine;
  };
  std::vector<uint8_t> content;
  for (uint64_t k = 0; k < pieces; ++k) {
    const uint8_t *piece =
        x.read(ops.src + place(k, ops.n3, ops.n4, ops.s3, ops.s4, ops.s5), ops.bytes, kInNram, "src");
    content.insert(content.end(), piece, piece + ops.bytes);
  }
  for (uint64_t k = 0; k < pieces; ++k)
    std::memcpy(x.write(ops.dst + place(k, ops.n8, ops.n9, ops.s8, ops.s9, ops.s10), ops.bytes, kInNram, "dst"),
                content.data() + k * ops.bytes, ops.bytes);
  return 0;
}

} // namespace dlp
