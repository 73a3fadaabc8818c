// Convert.cpp: conversion of element types, dst[i] = round(src[i] * 2^src_pos / 2^dst_pos).
//
// The scaled source is an exact double, so every conversion rounds once (numeric/Round.h). The conversions that kernels
// use most, between 16-bit floats and f32, take array loops of their own; they give the same bits.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"
#include "simulator/numeric/Round.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

namespace dlp {
namespace {

constexpr uint64_t kBlock = 256;

template <Rounding R> struct Mode {
  static constexpr Rounding value = R;
};

template <class F> void withRounding(uint8_t mode, F f) {
  switch (Rounding(mode)) {
  case Rounding::None:
  case Rounding::TZ:
    return f(Mode<Rounding::TZ>{});
  case Rounding::OZ:
    return f(Mode<Rounding::OZ>{});
  case Rounding::UP:
    return f(Mode<Rounding::UP>{});
  case Rounding::DN:
    return f(Mode<Rounding::DN>{});
  case Rounding::RD:
    return f(Mode<Rounding::RD>{});
  case Rounding::RN:
    return f(Mode<Rounding::RN>{});
  case Rounding::RM:
    return f(Mode<Rounding::RM>{});
  }
}

uint64_t elementBytes(uint8_t e) {
  return withNumber(e, [](auto t) { return uint64_t(sizeof(typename decltype(t)::type)); });
}

template <class T> bool narrowFast(const float *src, T *dst, uint64_t n, Rounding mode) {
  switch (mode) {
  case Rounding::RN:
    narrow(src, dst, n);
    return true;
  case Rounding::None:
  case Rounding::TZ:
    narrow(src, dst, n, Direction::ToZero);
    return true;
  case Rounding::OZ:
    narrow(src, dst, n, Direction::FromZero);
    return true;
  case Rounding::UP:
    narrow(src, dst, n, Direction::Up);
    return true;
  case Rounding::DN:
    narrow(src, dst, n, Direction::Down);
    return true;
  case Rounding::RD:
  case Rounding::RM:
    return false;
  }
  return false;
}

// True when a direct loop between a 16-bit float and f32 has done the whole conversion.
bool convertFast(uint8_t *dst, const uint8_t *src, uint64_t n, Variant v) {
  const Suffix to = Suffix(v.e0), from = Suffix(v.e1);
  if (to == Suffix::F32 && from == Suffix::F16)
    return widen(reinterpret_cast<const Half *>(src), reinterpret_cast<float *>(dst), n), true;
  if (to == Suffix::F32 && from == Suffix::BF16)
    return widen(reinterpret_cast<const BFloat *>(src), reinterpret_cast<float *>(dst), n), true;
  auto floats = reinterpret_cast<const float *>(src);
  if (to == Suffix::F16 && from == Suffix::F32)
    return narrowFast(floats, reinterpret_cast<Half *>(dst), n, Rounding(v.mode));
  if (to == Suffix::BF16 && from == Suffix::F32)
    return narrowFast(floats, reinterpret_cast<BFloat *>(dst), n, Rounding(v.mode));
  return false;
}

// dst and src lie apart.
void convert(uint8_t *dst, const uint8_t *src, uint64_t n, double scale, Variant v) {
  if (scale == 1.0 && convertFast(dst, src, n, v))
    return;
  double block[kBlock];
  const uint64_t dstBytes = elementBytes(v.e0), srcBytes = elementBytes(v.e1);
  for (uint64_t done = 0; done < n; done += kBlock) {
    const uint64_t count = std::min(kBlock, n - done);
    withNumber(v.e1, [&](auto t) {
      auto from = reinterpret_cast<const typename decltype(t)::type *>(src + done * srcBytes);
      for (uint64_t i = 0; i < count; ++i)
        block[i] = toDouble(from[i]) * scale;
    });
    withNumber(v.e0, [&](auto t) {
      using D = typename decltype(t)::type;
      auto to = reinterpret_cast<D *>(dst + done * dstBytes);
      withRounding(v.mode, [&](auto mode) {
        for (uint64_t i = 0; i < count; ++i)
          to[i] = roundTo<D>(block[i], mode.value);
      });
    });
  }
}

template <class Ops> double scaleOf(const Exec &x, const Ops &ops, uint64_t srcPos) {
  return std::ldexp(1.0, checkPosition(x, "src_pos", srcPos) - checkPosition(x, "dst_pos", ops.dst_pos));
}

void checkAligned(const Exec &x, const char *name, uint64_t address, uint64_t alignment) {
  if (address % alignment)
    x.misaligned(name, address, alignment);
}

} // namespace

uint64_t execVcvt(Exec &x, const VcvtOps &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const double scale = scaleOf(x, ops, ops.src_pos);
  const uint64_t dstBytes = n * elementBytes(v.e0), srcBytes = n * elementBytes(v.e1);
  checkAligned(x, "src", ops.src, elementBytes(v.e1));
  checkAligned(x, "dst", ops.dst, elementBytes(v.e0));
  const uint8_t *a = x.read(ops.src, srcBytes, kInNram, "src");
  uint8_t *dst = x.write(ops.dst, dstBytes, kInNram, "dst");
  // In place is not a fast path: lanes of different width do not stay in their place.
  Source<uint8_t> src(a, srcBytes, dst, dstBytes, InPlace::Copy);
  convert(dst, src, n, scale, v);
  return 0;
}

uint64_t execVcvt2d(Exec &x, const Vcvt2dOps &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n);
  if (ops.segnum > 65535)
    x.badOperand("segnum", int64_t(ops.segnum), "0 to 65535");
  // The strided form has one position, of the integer side; the conversion scales down by it as the plain form does.
  const double scale = scaleOf(x, ops, 0);
  const uint64_t dstSize = elementBytes(v.e0), srcSize = elementBytes(v.e1), total = (ops.segnum + 1) * n * dstSize;
  if (total > x.machine().nramBytes)
    x.fault(FaultKind::OutOfBounds,
            "the results take " + std::to_string(total) + " bytes, NRAM has " + std::to_string(x.machine().nramBytes),
            ops.dst, total);
  std::vector<uint8_t> results(total);
  for (uint64_t s = 0; s <= ops.segnum; ++s) {
    const uint64_t address = ops.src + s * ops.src_stride;
    checkAligned(x, "src", address, srcSize);
    convert(results.data() + s * n * dstSize, x.read(address, n * srcSize, kInNram, "src"), n, scale, v);
  }
  for (uint64_t s = 0; s <= ops.segnum; ++s) {
    const uint64_t address = ops.dst + s * ops.dst_stride;
    checkAligned(x, "dst", address, dstSize);
    std::memcpy(x.write(address, n * dstSize, kInNram, "dst"), results.data() + s * n * dstSize, n * dstSize);
  }
  return 0;
}

} // namespace dlp
