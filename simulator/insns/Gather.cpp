// Gather.cpp: copies from and to scattered places, and tables in NRAM.
#include "simulator/insns/Copy.h"
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"

#include <algorithm>
#include <cstring>

namespace dlp {
namespace {

bool offChip(Space space) { return space == Space::Gdram || space == Space::Ldram; }

// What all scattered copies have: direction, number and size of pieces, where they are, which are copied.
struct Pieces {
  CopyRoute route;
  uint64_t bytes, count;
  std::vector<uint32_t> offsets;
  std::vector<uint8_t> mask;

  bool has(uint64_t i) const { return mask.empty() || (mask[i / 8] >> (i % 8) & 1); }
};

template <class T> std::vector<uint32_t> readOffsets(Exec &x, uint64_t address, uint64_t count) {
  const T *offsets = readElements<T>(x, address, count, "offset");
  return std::vector<uint32_t>(offsets, offsets + count);
}

template <class Ops> Pieces piecesOf(Exec &x, const Ops &ops, Variant v, const char *strideName, uint64_t stride) {
  constexpr uint64_t kMaxCount = 65535;
  Pieces p{routeOfDirection(x, ops.dir), ops.bytes, checkCount(x, "count", ops.count), {}, {}};
  if (p.count > kMaxCount)
    x.badOperand("count", int64_t(p.count), "at most 65535");
  if (p.bytes == 0)
    x.badOperand("bytes", 0, "at least 1");
  const bool sram = p.route.dst == Space::Sram || p.route.src == Space::Sram;
  if (sram && (p.route.dst == p.route.src || offChip(p.route.dst) || offChip(p.route.src)))
    x.badOperand("dir", int64_t(ops.dir), "a direction between a core's own memories, or these and others");
  if (stride < p.bytes && p.count > 1)
    x.badOperand(strideName, int64_t(stride), "at least the " + std::to_string(p.bytes) + " bytes of a piece");
  p.offsets = withNumber(v.e0, [&](auto t) {
    using T = typename decltype(t)::type;
    if constexpr (isFloat<T>)
      return std::vector<uint32_t>();
    else
      return readOffsets<T>(x, ops.offset, p.count);
  });
  if (ops.mask) {
    const uint8_t *bits = x.read(ops.mask, (p.count + 7) / 8, kInNram, "mask");
    p.mask.assign(bits, bits + (p.count + 7) / 8);
  }
  return p;
}

void copyPiece(Exec &x, const Pieces &p, uint64_t dst, uint64_t src) {
  const uint8_t *from = x.read(src, p.bytes, maskOf(p.route.src), "src");
  std::memmove(x.write(dst, p.bytes, maskOf(p.route.dst), "dst"), from, p.bytes);
}

template <class Ops> void gather(Exec &x, const Ops &ops, Variant v) {
  const Pieces p = piecesOf(x, ops, v, "dst_stride", ops.dst_stride);
  for (uint64_t i = 0; i < p.count; ++i)
    if (p.has(i))
      copyPiece(x, p, ops.dst + i * ops.dst_stride, ops.src + p.offsets[i]);
}

template <class Ops> void scatter(Exec &x, const Ops &ops, Variant v) {
  const Pieces p = piecesOf(x, ops, v, "src_stride", ops.src_stride);
  for (uint64_t i = 0; i < p.count; ++i)
    if (p.has(i))
      copyPiece(x, p, ops.dst + p.offsets[i], ops.src + i * ops.src_stride);
}

template <class T, class I> void lookUp(Exec &x, const VlutOps &ops) {
  const uint64_t n = checkCount(x, "n", ops.n), entries = checkCount(x, "table_n", ops.table_n);
  const I *a = readElements<I>(x, ops.index, n, "index");
  const T *t = readElements<T>(x, ops.table, entries, "table");
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  Source<I> index(a, n, dst, n * sizeof(T), sizeof(T) == sizeof(I) ? InPlace::Allowed : InPlace::Copy);
  Source<T> table(t, entries, dst, n * sizeof(T), InPlace::Copy);
  const I *at = index;
  const T *values = table;
  for (uint64_t i = 0; i < n; ++i)
    if (at[i] < entries)
      dst[i] = values[at[i]];
}

template <class T> void lookUp(Exec &x, const VlutOps &ops, uint8_t index) {
  switch (Suffix(index)) {
  case Suffix::U8:
    return lookUp<T, uint8_t>(x, ops);
  case Suffix::U16:
    return lookUp<T, uint16_t>(x, ops);
  default:
    return lookUp<T, uint32_t>(x, ops);
  }
}

// Chosen from its one public use: pieces and counts lie in NRAM, and all results lie behind each other.
template <class T> void extend(Exec &x, const VextendOps &ops) {
  constexpr uint64_t kNram2Nram = 8;
  const uint64_t n = checkCount(x, "n", ops.n);
  if (ops.dir != kNram2Nram)
    x.badOperand("dir", int64_t(ops.dir), "NRAM2NRAM");
  const uint64_t bytes = checkProduct(x, {{"bytes", ops.bytes}, {"n", n}});
  const uint8_t *src = x.read(ops.src, bytes, kInNram, "src");
  const T *count = readElements<T>(x, ops.count, n, "count");
  std::vector<uint8_t> result;
  for (uint64_t i = 0; i < n; ++i)
    for (uint64_t k = 0; k < count[i]; ++k) {
      result.insert(result.end(), src + i * ops.bytes, src + (i + 1) * ops.bytes);
      if (result.size() > x.machine().nramBytes)
        x.fault(FaultKind::OutOfBounds, "the results take more than the NRAM of a core", ops.dst, result.size());
    }
  std::copy(result.begin(), result.end(), x.write(ops.dst, result.size(), kInNram, "dst"));
}

} // namespace

#define DLP_SCATTERED(ROW, FORM)                                                                                       \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    FORM(x, ops, v);                                                                                                   \
    return 0;                                                                                                          \
  }

DLP_SCATTERED(Gather, gather)
DLP_SCATTERED(GatherAsync, gather)
DLP_SCATTERED(Scatter, scatter)
DLP_SCATTERED(ScatterAsync, scatter)

uint64_t execVextend(Exec &x, const VextendOps &ops, Variant v) {
  withNumber(v.e0, [&](auto t) {
    if constexpr (!isFloat<typename decltype(t)::type>)
      extend<typename decltype(t)::type>(x, ops);
  });
  return 0;
}

uint64_t execVlut(Exec &x, const VlutOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { lookUp<typename decltype(t)::type>(x, ops, v.e1); });
  return 0;
}

} // namespace dlp
