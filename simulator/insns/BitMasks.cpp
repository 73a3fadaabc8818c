// BitMasks.cpp: comparisons that give packed bits, and rows that take them: bit i % 8 of byte i / 8 is element i.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/BitMasks.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/Elements.h"
#include "simulator/insns/Operands.h"
#include "simulator/insns/Simd.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

#include <hwy/highway.h> // once for each instruction set

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

constexpr uint64_t kBlock = 256;

// The modes of vcmpb, as VectorMore.td numbers them.
enum Comparison : uint8_t { Eq = 1, Ne, Lt, Le, Gt, Ge, EqU, NeU, LtU, LeU, GtU, GeU };

template <Comparison kMode> HWY_INLINE bool compare(float a, float b) {
  if constexpr (kMode >= EqU)
    return a != a || b != b || compare<Comparison(kMode - EqU + Eq)>(a, b);
  else
    return kMode == Eq   ? a == b
           : kMode == Ne ? a < b || a > b
           : kMode == Lt ? a < b
           : kMode == Le ? a <= b
           : kMode == Gt ? a > b
                         : a >= b;
}

// A byte of 0 or 1 for each of at most kBlock elements.
template <Comparison kMode> void compareBlock(const float *a, const float *b, uint64_t n, uint8_t *truths) {
#pragma clang loop vectorize(assume_safety)
  for (uint64_t i = 0; i < n; ++i)
    truths[i] = compare<kMode>(a[i], b[i]);
}

using CompareBlock = void(const float *, const float *, uint64_t, uint8_t *);
constexpr CompareBlock *kComparisons[] = {nullptr,           compareBlock<Eq>,  compareBlock<Ne>,  compareBlock<Lt>,
                                          compareBlock<Le>,  compareBlock<Gt>,  compareBlock<Ge>,  compareBlock<EqU>,
                                          compareBlock<NeU>, compareBlock<LtU>, compareBlock<LeU>, compareBlock<GtU>,
                                          compareBlock<GeU>};

// Byte i of eight becomes bit i: the product puts them side by side in the highest byte.
uint8_t packed(const uint8_t *truths) {
  static_assert(std::endian::native == std::endian::little);
  uint64_t word;
  std::memcpy(&word, truths, sizeof word);
  return uint8_t(word * 0x0102040810204080 >> 56);
}

const float *floats(const float *src, uint64_t, float *) { return src; }
template <class T> const float *floats(const T *src, uint64_t n, float *lanes) {
  widen(src, lanes, n);
  return lanes;
}

uint64_t bytesOfBits(uint64_t n) { return (n + 7) / 8; }

bool bitAt(const uint8_t *bits, uint64_t i) { return bits[i / 8] >> (i % 8) & 1; }

} // namespace

// Chosen: the bits of the last byte behind element n are 0.
uint64_t execVcmpb(Exec &x, const VcmpbOps &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n);
  std::vector<uint8_t> bits(bytesOfBits(n));
  withFloat(v.e0, [&](auto t) {
    using T = typename decltype(t)::type;
    const T *a = readElements<T>(x, ops.lhs, n, "lhs"), *b = readElements<T>(x, ops.rhs, n, "rhs");
    for (uint64_t done = 0; done < n; done += kBlock) {
      const uint64_t count = std::min(kBlock, n - done);
      float left[kBlock], right[kBlock];
      uint8_t truths[kBlock] = {};
      kComparisons[v.mode](floats(a + done, count, left), floats(b + done, count, right), count, truths);
      for (uint64_t i = 0; i < count; i += 8)
        bits[(done + i) / 8] = packed(truths + i);
    }
  });
  std::memcpy(x.write(ops.bits, bits.size(), kInNram, "bits"), bits.data(), bits.size());
  return 0;
}

uint64_t execVcollectb(Exec &x, const VcollectbOps &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const uint8_t *bits = x.read(ops.bits, bytesOfBits(n), kInNram, "bits");
  return withFloat(v.e0, [&](auto t) -> uint64_t {
    using T = typename decltype(t)::type;
    const T *src = readElements<T>(x, ops.src, n, "src");
    std::vector<T> kept;
    for (uint64_t i = 0; i < n; ++i)
      if (bitAt(bits, i))
        kept.push_back(src[i]);
    // Chosen, as for vcollect: nothing is written behind the kept elements.
    std::copy(kept.begin(), kept.end(), writeElements<T>(x, ops.dst, kept.size(), "dst"));
    return kept.size();
  });
}

uint64_t execVcountb(Exec &x, const VcountbOps &ops, Variant) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const uint8_t *bits = x.read(ops.bits, bytesOfBits(n), kInNram, "bits");
  uint64_t count = 0;
  for (uint64_t i = 0; i < n; ++i)
    count += bitAt(bits, i);
  return count;
}

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
DLP_DISPATCH(Vcmpb)
DLP_DISPATCH(Vcollectb)
DLP_DISPATCH(Vcountb)
} // namespace dlp
#endif // HWY_ONCE
