// Convert.cpp: conversion of element types, dst[i] = round(src[i] * 2^src_pos / 2^dst_pos).
//
// The scaled source is an exact double, and mostly an exact float, so every conversion rounds once (Round-inl.h). The
// conversions that kernels use most, between 16-bit floats and f32, take array loops of their own; they give the same
// bits.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/Convert.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/Elements.h"
#include "simulator/insns/Operands.h"
#include "simulator/insns/Round-inl.h"
#include "simulator/insns/Simd.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
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

uint64_t elementBits(uint8_t e) {
  if (Suffix(e) == Suffix::I4)
    return 4;
  if (Suffix(e) == Suffix::TF32)
    return 32;
  return withNumber(e, [](auto t) { return uint64_t(8 * sizeof(typename decltype(t)::type)); });
}
uint64_t alignmentOf(uint8_t e) { return std::max<uint64_t>(elementBits(e) / 8, 1); }
uint64_t bytesOf(uint8_t e, uint64_t n) { return (n * elementBits(e) + 7) / 8; }

// A block starts with a whole byte.
template <class V> void loadInt4(const uint8_t *src, uint64_t n, V *out) {
  for (uint64_t i = 0; i < n; ++i) {
    const int nibble = src[i / 2] >> (i % 2 * 4) & 15;
    out[i] = V(nibble < 8 ? nibble : nibble - 16);
  }
}
void storeInt4(const int8_t *values, uint64_t n, uint8_t *dst) {
  for (uint64_t i = 0; i < n; ++i) {
    const uint8_t nibble = std::clamp<int8_t>(values[i], -8, 7) & 15;
    dst[i / 2] = i % 2 ? uint8_t((dst[i / 2] & 0x0f) | nibble << 4) : uint8_t((dst[i / 2] & 0xf0) | nibble);
  }
}

template <class T, class V> void loadNumbers(const T *src, uint64_t n, V *out) {
  if constexpr (isFloat<T> && sizeof(T) == 2 && std::is_same_v<V, float>) {
    widen(src, out, n);
  } else if constexpr (isFloat<T> && sizeof(T) == 2) {
    float lanes[kBlock];
    widen(src, lanes, n);
    loadNumbers(lanes, n, out);
  } else {
#pragma clang loop vectorize(assume_safety)
    for (uint64_t i = 0; i < n; ++i)
      out[i] = V(src[i]);
  }
}

template <class V> void loadBlock(uint8_t e, const uint8_t *src, uint64_t n, V scale, V *out) {
  if (Suffix(e) == Suffix::I4)
    loadInt4(src, n, out);
  else if (Suffix(e) == Suffix::TF32)
    loadNumbers(reinterpret_cast<const float *>(src), n, out);
  else
    withNumber(e, [&](auto t) { loadNumbers(reinterpret_cast<const typename decltype(t)::type *>(src), n, out); });
  if (scale != 1)
    for (uint64_t i = 0; i < n; ++i)
      out[i] *= scale;
}

template <class V> void storeBlock(uint8_t e, const V *values, uint64_t n, uint8_t mode, uint8_t *dst) {
  withRounding(mode, [&](auto rounding) {
    constexpr Rounding kMode = decltype(rounding)::value;
    if (Suffix(e) == Suffix::I4) {
      int8_t whole[kBlock];
      roundLanes<kMode>(values, whole, n);
      storeInt4(whole, n, dst);
    } else if (Suffix(e) == Suffix::TF32) {
      roundLanes<kMode>(values, reinterpret_cast<TF32 *>(dst), n);
    } else {
      withNumber(e, [&](auto t) { roundLanes<kMode>(values, reinterpret_cast<typename decltype(t)::type *>(dst), n); });
    }
  });
}

// Whether f32 holds every scaled source exactly, or near enough for what becomes of it.
bool fitsFloat(Variant v, double scale) {
  const Suffix to = Suffix(v.e0), from = Suffix(v.e1);
  if (from == Suffix::I32 || from == Suffix::U32)
    return false;
  // Numbers of 2^-24 to 2^16, with at most 16 bits.
  constexpr double kFar = 0x1p64;
  const bool narrow = from != Suffix::F32 && from != Suffix::BF16 && from != Suffix::TF32;
  if (scale == 1 || (narrow && scale < kFar && scale > 1 / kFar))
    return true;
  // A product beyond f32 saturates as it should. One below it is far below a half; only modes that round up from the
  // smallest fraction tell it from zero.
  const bool toInteger =
      to == Suffix::I4 || to == Suffix::I8 || to == Suffix::U8 || to == Suffix::I16 || to == Suffix::U16;
  const Rounding mode = Rounding(v.mode);
  const bool looksCloser = mode == Rounding::OZ || mode == Rounding::UP || mode == Rounding::DN;
  return toInteger && !looksCloser && scale > 0x1p-126 && scale < 0x1p127;
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

template <class V> void convertBlocks(uint8_t *dst, const uint8_t *src, uint64_t n, V scale, Variant v) {
  V block[kBlock];
  for (uint64_t done = 0; done < n; done += kBlock) {
    const uint64_t count = std::min(kBlock, n - done);
    loadBlock(v.e1, src + done * elementBits(v.e1) / 8, count, scale, block);
    storeBlock(v.e0, block, count, v.mode, dst + done * elementBits(v.e0) / 8);
  }
}

// dst and src lie apart.
void convert(uint8_t *dst, const uint8_t *src, uint64_t n, double scale, Variant v) {
  if (scale == 1.0 && convertFast(dst, src, n, v))
    return;
  if (fitsFloat(v, scale))
    convertBlocks(dst, src, n, float(scale), v);
  else
    convertBlocks(dst, src, n, scale, v);
}

bool isInteger(uint8_t e) {
  return withNumber(e, [](auto t) { return !isFloat<typename decltype(t)::type>; });
}

void checkAligned(const Exec &x, const char *name, uint64_t address, uint64_t alignment) {
  if (address % alignment)
    x.misaligned(name, address, alignment);
}

} // namespace

uint64_t execVcvt(Exec &x, const VcvtOps &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const double scale =
      std::ldexp(1.0, checkPosition(x, "src_pos", ops.src_pos) - checkPosition(x, "dst_pos", ops.dst_pos));
  const uint64_t dstBytes = bytesOf(v.e0, n), srcBytes = bytesOf(v.e1, n);
  checkAligned(x, "src", ops.src, alignmentOf(v.e1));
  checkAligned(x, "dst", ops.dst, alignmentOf(v.e0));
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
  // The one position is that of the integer side: results are divided by 2^pos, sources multiplied.
  const int pos = checkPosition(x, "pos", ops.pos);
  const double scale = std::ldexp(1.0, isInteger(v.e0) ? -pos : pos);
  const uint64_t dstSize = alignmentOf(v.e0), srcSize = alignmentOf(v.e1), total = (ops.segnum + 1) * n * dstSize;
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

namespace {

// Rounded toward zero and away from it, the second where chance says so. The neighbour of the largest value is the
// power of two behind it, which is infinity in a register.
template <class T> T roundByChance(float v, uint32_t random, double largest) {
  const T near = roundLane<Rounding::TZ, T>(v), next = roundLane<Rounding::OZ, T>(v);
  const auto sizeOf = [](T value) {
    if constexpr (std::is_same_v<T, TF32>)
      return std::fabs(double(std::bit_cast<float>(value.bits)));
    else
      return std::fabs(double(toFloat(value)));
  };
  const double low = sizeOf(near), exact = std::fabs(double(v));
  const double high = std::isinf(sizeOf(next)) ? largest : sizeOf(next);
  if (!(exact > low) || std::isinf(exact))
    return near;
  return (exact - low) / (high - low) * 0x1p32 > random ? next : near;
}

} // namespace

uint64_t execVcvtSr(Exec &x, const VcvtSrOps &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const uint32_t *random = readElements<uint32_t>(x, ops.random, n, "random");
  const float *a = readElements<float>(x, ops.src, n, "src");
  const bool toHalf = Suffix(v.e0) == Suffix::F16;
  void *dst = toHalf ? static_cast<void *>(writeElements<Half>(x, ops.dst, n, "dst"))
                     : writeElements<TF32>(x, ops.dst, n, "dst");
  const uint64_t bytes = bytesOf(v.e0, n);
  Source<float> source(a, n, dst, bytes, InPlace::Copy);
  Source<uint32_t> chances(random, n, dst, bytes, InPlace::Copy);
  const float *src = source;
  const uint32_t *chance = chances;
  for (uint64_t i = 0; i < n; ++i)
    if (toHalf)
      static_cast<Half *>(dst)[i] = roundByChance<Half>(src[i], chance[i], 0x1p16);
    else
      static_cast<TF32 *>(dst)[i] = roundByChance<TF32>(src[i], chance[i], 0x1p128);
  return 0;
}

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
DLP_DISPATCH(Vcvt)
DLP_DISPATCH(Vcvt2d)
DLP_DISPATCH(VcvtSr)
} // namespace dlp
#endif // HWY_ONCE
