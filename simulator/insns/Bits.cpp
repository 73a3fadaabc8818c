// Bits.cpp: elements packed into bits and back, counts of bits, groups of four that keep two elements.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

namespace dlp {
namespace {

// The elements of n * h * w rows of so many bytes.
template <class T, class Ops> uint64_t elementsOf(const Exec &x, const Ops &ops) {
  const uint64_t bytes = checkProduct(x, {{"n", ops.n}, {"h", ops.h}, {"w", ops.w}, {"bytes", ops.bytes}});
  if (ops.bytes % sizeof(T))
    x.badOperand("bytes", int64_t(ops.bytes), "a multiple of the element's " + std::to_string(sizeof(T)) + " bytes");
  return bytes / sizeof(T);
}

template <class T> void pack(Exec &x, const VpackbOps &ops) {
  const uint64_t count = elementsOf<T>(x, ops);
  const T *src = readElements<T>(x, ops.src, count, "src");
  std::vector<uint8_t> bits((count + 7) / 8);
  for (uint64_t i = 0; i < count; ++i)
    bits[i / 8] |= uint8_t((src[i] != 0) << i % 8);
  std::copy(bits.begin(), bits.end(), x.write(ops.dst, bits.size(), kInNram, "dst"));
}

template <class T> void unpack(Exec &x, const VunpackbOps &ops) {
  const uint64_t count = elementsOf<T>(x, ops), bytes = (count + 7) / 8;
  const uint8_t *packed = x.read(ops.src, bytes, kInNram, "src");
  T *dst = writeElements<T>(x, ops.dst, count, "dst");
  const Source<uint8_t> source(packed, bytes, dst, count * sizeof(T), InPlace::Copy);
  const uint8_t *bits = source;
  for (uint64_t i = 0; i < count; ++i)
    dst[i] = bits[i / 8] >> i % 8 & 1;
}

enum BitCount : uint8_t { Nsa = 1, Ones, Zeros };

template <class T> T countBits(uint8_t mode, T v) {
  if (mode == Ones)
    return T(std::popcount(v));
  if (mode == Zeros)
    return T(std::popcount(T(~v)));
  using Signed = std::make_signed_t<T>;
  return T(std::countl_zero(T(Signed(v) < 0 ? ~v : v)) - 1);
}

template <class T> void countBits(Exec &x, const VbitcntOps &ops, uint8_t mode) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const T *a = readElements<T>(x, ops.src, n, "src");
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  const Source<T> source(a, n, dst, n * sizeof(T), InPlace::Allowed);
  const T *src = source;
  for (uint64_t i = 0; i < n; ++i)
    dst[i] = countBits<T>(mode, src[i]);
}

constexpr uint64_t kGroup = 4, kKept = 2;
enum Sparse : uint8_t { Union = 1, Index, UnionIndex, SparseIndex };

// How large an element is; a NaN is larger than all numbers, so that it is not lost.
template <class T> double magnitude(T v) {
  const double size = std::fabs(double(load(v)));
  return size == size ? size : std::numeric_limits<double>::infinity();
}

// Which elements of a group stay: of equal ones the first.
template <class T> std::array<bool, kGroup> largest(const T *group) {
  std::array<bool, kGroup> kept{};
  for (uint64_t k = 0; k < kKept; ++k) {
    uint64_t best = kGroup;
    for (uint64_t i = 0; i < kGroup; ++i)
      if (!kept[i] && (best == kGroup || magnitude(group[i]) > magnitude(group[best])))
        best = i;
    kept[best] = true;
  }
  return kept;
}

template <class T> void sparse(Exec &x, const VsparseOps &ops, uint8_t mode) {
  const uint64_t n = checkProduct(x, {{"ci", ops.ci}, {"h", ops.h}, {"w", ops.w}, {"co", ops.co}});
  if (ops.ci % kGroup)
    x.badOperand("ci", int64_t(ops.ci), "a multiple of 4: pad the channels with zeros");
  const T *src = readElements<T>(x, ops.src, n, "src");
  const bool given = mode == UnionIndex || mode == SparseIndex;
  const T *index = given ? readElements<T>(x, ops.index, n, "index") : nullptr;
  const T zero = store<T>(Computed<T>(0)), one = store<T>(Computed<T>(1));
  std::vector<T> result;
  for (uint64_t group = 0; group < n; group += kGroup) {
    std::array<bool, kGroup> kept{};
    if (given)
      for (uint64_t i = 0; i < kGroup; ++i)
        kept[i] = load(index[group + i]) != 0;
    else
      kept = largest(src + group);
    const uint64_t first = result.size();
    for (uint64_t i = 0; i < kGroup; ++i)
      if (mode != SparseIndex)
        result.push_back(!kept[i] ? zero : mode == Index ? one : src[group + i]);
      else if (kept[i] && result.size() < first + kKept)
        result.push_back(src[group + i]);
    if (mode == SparseIndex)
      result.resize(first + kKept, zero);
  }
  std::copy(result.begin(), result.end(), writeElements<T>(x, ops.dst, result.size(), "dst"));
}

} // namespace

uint64_t execVpackb(Exec &x, const VpackbOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { pack<typename decltype(t)::type>(x, ops); });
  return 0;
}

uint64_t execVunpackb(Exec &x, const VunpackbOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { unpack<typename decltype(t)::type>(x, ops); });
  return 0;
}

uint64_t execVbitcnt(Exec &x, const VbitcntOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { countBits<typename decltype(t)::type>(x, ops, v.mode); });
  return 0;
}

uint64_t execVsparse(Exec &x, const VsparseOps &ops, Variant v) {
  withNumber(v.e0, [&](auto t) { sparse<typename decltype(t)::type>(x, ops, v.mode); });
  return 0;
}

} // namespace dlp
