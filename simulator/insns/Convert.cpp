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

uint64_t elementBits(uint8_t e) {
  if (Suffix(e) == Suffix::I4)
    return 4;
  if (Suffix(e) == Suffix::TF32)
    return 32;
  return withNumber(e, [](auto t) { return uint64_t(8 * sizeof(typename decltype(t)::type)); });
}
uint64_t alignmentOf(uint8_t e) { return std::max<uint64_t>(elementBits(e) / 8, 1); }
uint64_t bytesOf(uint8_t e, uint64_t n) { return (n * elementBits(e) + 7) / 8; }

// f32 with the 10 fraction bits of a half. A source is read in full (chosen: whatever wrote it rounded it).
struct TF32 {
  uint32_t bits;
};
double toDouble(TF32 v) { return canonical(std::bit_cast<float>(v.bits)); }
TF32 toTF32(double v, Rounding mode) { return {roundToFormat(v, mode, 10, 127) << 13}; }

// A block starts with a whole byte.
void loadInt4(const uint8_t *src, uint64_t n, double *out) {
  for (uint64_t i = 0; i < n; ++i) {
    const int nibble = src[i / 2] >> (i % 2 * 4) & 15;
    out[i] = nibble < 8 ? nibble : nibble - 16;
  }
}
void storeInt4(const double *values, uint64_t n, Rounding mode, uint8_t *dst) {
  for (uint64_t i = 0; i < n; ++i) {
    const uint8_t nibble = std::clamp<int64_t>(roundToInteger(values[i], mode), -8, 7) & 15;
    dst[i / 2] = i % 2 ? uint8_t((dst[i / 2] & 0x0f) | nibble << 4) : uint8_t((dst[i / 2] & 0xf0) | nibble);
  }
}

void loadBlock(uint8_t e, const uint8_t *src, uint64_t n, double scale, double *out) {
  if (Suffix(e) == Suffix::I4) {
    loadInt4(src, n, out);
  } else if (Suffix(e) == Suffix::TF32) {
    for (uint64_t i = 0; i < n; ++i)
      out[i] = toDouble(reinterpret_cast<const TF32 *>(src)[i]);
  } else {
    return withNumber(e, [&](auto t) {
      auto from = reinterpret_cast<const typename decltype(t)::type *>(src);
      for (uint64_t i = 0; i < n; ++i)
        out[i] = dlp::toDouble(from[i]) * scale;
    });
  }
  for (uint64_t i = 0; i < n; ++i)
    out[i] *= scale;
}

void storeBlock(uint8_t e, const double *values, uint64_t n, uint8_t mode, uint8_t *dst) {
  if (Suffix(e) == Suffix::I4)
    return storeInt4(values, n, Rounding(mode), dst);
  if (Suffix(e) == Suffix::TF32) {
    for (uint64_t i = 0; i < n; ++i)
      reinterpret_cast<TF32 *>(dst)[i] = toTF32(values[i], Rounding(mode));
    return;
  }
  withNumber(e, [&](auto t) {
    using D = typename decltype(t)::type;
    auto to = reinterpret_cast<D *>(dst);
    withRounding(mode, [&](auto rounding) {
      for (uint64_t i = 0; i < n; ++i)
        to[i] = roundTo<D>(values[i], rounding.value);
    });
  });
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
  for (uint64_t done = 0; done < n; done += kBlock) {
    const uint64_t count = std::min(kBlock, n - done);
    loadBlock(v.e1, src + done * elementBits(v.e1) / 8, count, scale, block);
    storeBlock(v.e0, block, count, v.mode, dst + done * elementBits(v.e0) / 8);
  }
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

// Rounded toward zero and away from it, the second where chance says so. The neighbour of the largest value is the
// power of two behind it, which is infinity in a register.
template <class T> static T roundByChance(float v, uint32_t random, T (*round)(double, Rounding), double largest) {
  const T near = round(v, Rounding::TZ);
  const double low = std::fabs(toDouble(near)), exact = std::fabs(double(v));
  const T next = round(v, Rounding::OZ);
  const double high = std::isinf(toDouble(next)) ? largest : std::fabs(toDouble(next));
  if (!(exact > low) || std::isinf(exact))
    return near;
  return (exact - low) / (high - low) * 0x1p32 > random ? next : near;
}

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
      static_cast<Half *>(dst)[i] = roundByChance<Half>(src[i], chance[i], roundTo<Half>, 0x1p16);
    else
      static_cast<TF32 *>(dst)[i] = roundByChance<TF32>(src[i], chance[i], toTF32, 0x1p128);
  return 0;
}

} // namespace dlp
