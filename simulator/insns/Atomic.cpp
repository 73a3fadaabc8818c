// Atomic.cpp: read, modify and write of GDRAM elements.
//
// A core takes turns with others between instructions, so a handler that reads and writes at once is atomic. Elements
// are changed in ascending order; the operands in NRAM are read before, so `dst` may overlap them.
#include "simulator/insns/Copy.h"
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace dlp {
namespace {

// Modes, as numbered in Atomic.td.
enum class AtomicOp : uint8_t {
  Add = 1,
  Max,
  Min,
  NanMax,
  NanMin,
  NumberMax,
  NumberMin,
  And,
  Or,
  Xor,
  Inc,
  Dec,
  Exch,
  Cas
};

template <class T> T applyInteger(AtomicOp op, T old, T value) {
  switch (op) {
  case AtomicOp::And:
    return T(old & value);
  case AtomicOp::Or:
    return T(old | value);
  case AtomicOp::Xor:
    return T(old ^ value);
  case AtomicOp::Inc:
    return old >= value ? T(0) : T(old + 1);
  case AtomicOp::Dec:
    return old == 0 || old > value ? value : T(old - 1);
  default:
    std::abort(); // the decoder refuses other modes
  }
}

template <class T> T applyFloat(AtomicOp op, T old, T value) {
  const float a = toFloat(old), b = toFloat(value);
  const bool wantsNumber = op == AtomicOp::NumberMax || op == AtomicOp::NumberMin;
  if (a != a || b != b) {
    if (!wantsNumber)
      return fromFloat<T>(std::numeric_limits<float>::quiet_NaN());
    return a != a ? value : old;
  }
  const bool larger = op == AtomicOp::NanMax || op == AtomicOp::NumberMax;
  return (larger ? b > a : b < a) ? value : old;
}

// Integers wrap; sums of floats round once.
template <class T> T apply(AtomicOp op, T old, T value, T compare) {
  switch (op) {
  case AtomicOp::Add:
    if constexpr (isFloat<T>)
      return store<T>(load(old) + load(value));
    else
      return T(uint64_t(old) + uint64_t(value));
  case AtomicOp::Max:
    return load(value) > load(old) ? value : old;
  case AtomicOp::Min:
    return load(value) < load(old) ? value : old;
  case AtomicOp::Exch:
    return value;
  case AtomicOp::Cas:
    return load(old) == load(compare) ? value : old;
  default:
    if constexpr (isFloat<T>)
      return applyFloat(op, old, value);
    else
      return applyInteger(op, old, value);
  }
}

template <class T> T *globalElements(Exec &x, uint64_t address, uint64_t n, const char *name) {
  if (address % sizeof(T))
    x.misaligned(name, address, sizeof(T));
  return reinterpret_cast<T *>(x.write(address, n * sizeof(T), kInGdram, name));
}

template <class T> std::vector<T> copyOf(Exec &x, uint64_t address, uint64_t n, const char *name) {
  const T *elements = readElements<T>(x, address, n, name);
  return std::vector<T>(elements, elements + n);
}

// n elements side by side. An empty `values` stands for `value` everywhere.
template <class T>
void change(AtomicOp op, T *g, T *dst, const std::vector<T> &values, T value, T compare, uint64_t n) {
  for (uint64_t i = 0; i < n; ++i) {
    const T old = g[i];
    g[i] = apply(op, old, values.empty() ? value : values[i], compare);
    if (dst)
      dst[i] = old;
  }
}

template <class T, class Ops> void plain(Exec &x, const Ops &ops, AtomicOp op) {
  const uint64_t n = checkCount(x, "n", ops.n);
  std::vector<T> values;
  if (ops.src)
    values = copyOf<T>(x, ops.src, n, "src");
  T *g = globalElements<T>(x, ops.g, n, "g");
  T *dst = ops.dst ? writeElements<T>(x, ops.dst, n, "dst") : nullptr;
  change(op, g, dst, values, fromRegister<T>(ops.value), fromRegister<T>(ops.compare), n);
}

template <class T, class Ops> void segments(Exec &x, const Ops &ops, AtomicOp op) {
  const uint64_t n = checkCount(x, "elems", ops.elems);
  const uint64_t inner = segmentCount(x, "seg1", ops.seg1), outer = segmentCount(x, "seg2", ops.seg2);
  const Segments g{ops.g, int64_t(ops.g_stride0), inner, int64_t(ops.g_stride1), outer};
  const Segments src{ops.src, int64_t(ops.src_stride0), inner, int64_t(ops.src_stride1), outer};
  const Segments dst{ops.dst, int64_t(ops.dst_stride0), inner, int64_t(ops.dst_stride1), outer};
  std::vector<std::vector<T>> values;
  for (uint64_t k = 0; k < inner * outer; ++k)
    values.push_back(copyOf<T>(x, src.at(k), n, "src"));
  for (uint64_t k = 0; k < inner * outer; ++k) {
    T *old = ops.dst ? writeElements<T>(x, dst.at(k), n, "dst") : nullptr;
    change(op, globalElements<T>(x, g.at(k), n, "g"), old, values[k], T{}, T{}, n);
  }
}

int64_t signedOffset(const uint8_t *offsets, uint64_t i, uint64_t bytes) {
  int64_t offset = 0;
  std::memcpy(&offset, offsets + i * bytes, bytes);
  const unsigned unused = unsigned(8 * (sizeof(offset) - bytes));
  return int64_t(uint64_t(offset) << unused) >> unused;
}

template <class T> void scattered(Exec &x, const AtomAtOps &ops, AtomicOp op) {
  const uint64_t n = checkCount(x, "elems", ops.elems), bytes = ops.offset_bytes;
  if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8)
    x.badOperand("offset_bytes", int64_t(bytes), "1, 2, 4 or 8");
  const uint8_t *offsets = x.read(ops.offset, n * bytes, kInNram, "offset");
  const std::vector<uint8_t> places(offsets, offsets + n * bytes);
  std::vector<uint8_t> mask;
  if (ops.mask) {
    const uint8_t *bits = x.read(ops.mask, (n + 7) / 8, kInNram, "mask");
    mask.assign(bits, bits + (n + 7) / 8);
  }
  const std::vector<T> first = copyOf<T>(x, ops.src, n, "src");
  const std::vector<T> second = op == AtomicOp::Cas ? copyOf<T>(x, ops.other, n, "other") : first;
  for (uint64_t i = 0; i < n; ++i) {
    if (!mask.empty() && !(mask[i / 8] >> (i % 8) & 1))
      continue;
    T *g = globalElements<T>(x, ops.g + uint64_t(signedOffset(places.data(), i, bytes)), 1, "g");
    const T old = *g;
    *g = apply(op, old, second[i], first[i]);
    *writeElements<T>(x, ops.dst + i * sizeof(T), 1, "dst") = old;
  }
}

} // namespace

#define DLP_ATOMIC(ROW, FORM)                                                                                          \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    withNumber(v.e0, [&](auto t) { FORM<typename decltype(t)::type>(x, ops, AtomicOp(v.mode)); });                     \
    return 0;                                                                                                          \
  }

DLP_ATOMIC(Atom, plain)
DLP_ATOMIC(AtomAsync, plain)
DLP_ATOMIC(Atom3d, segments)
DLP_ATOMIC(AtomAsync3d, segments)
DLP_ATOMIC(AtomAt, scattered)

} // namespace dlp
