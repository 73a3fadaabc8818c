// BitMasks.cpp: comparisons that give packed bits, and rows that take them: bit i % 8 of byte i / 8 is element i.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

namespace dlp {
namespace {

// The modes of vcmpb, as VectorMore.td numbers them.
bool compare(uint8_t mode, float a, float b) {
  const bool unordered = a != a || b != b;
  switch (mode) {
  case 1:
    return a == b;
  case 2:
    return a < b || a > b;
  case 3:
    return a < b;
  case 4:
    return a <= b;
  case 5:
    return a > b;
  case 6:
    return a >= b;
  default:
    return unordered || compare(uint8_t(mode - 6), a, b);
  }
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
    for (uint64_t i = 0; i < n; ++i)
      bits[i / 8] |= uint8_t(compare(v.mode, toFloat(a[i]), toFloat(b[i])) << (i % 8));
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

} // namespace dlp
