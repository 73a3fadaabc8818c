// Tensor.cpp: matrix product, fully connected layer and convolution with weights in WRAM.
//
// All three are one product: a row of the left operand (for a convolution: the pixels under a window) times each row of
// the weights. Weight row r lies in WRAM table r % 64 at slot r / 64; a slot is exactly one row, so a row's bytes must
// be a multiple of 64 (32 when the left operand is twice as wide as the weights), as the reference asks.
//
// Floats accumulate in f32 over ascending k, starting from the bias (chosen: a product cut along k and chained through
// the bias then gives the same bits as one over the whole k) or from 0. Integers accumulate in f64, which is exact:
// rows have at most 2^15 products of 2^30. Their sum is scaled by 2^pos, the bias added, and rounded to nearest even.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"
#include "simulator/insns/TensorKernel.h"
#include "simulator/numeric/Round.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

namespace dlp {
namespace {

// Elements of operands that are no C++ numbers.
struct Int4 {};
struct Tf32 {};

template <class F> auto withOperand(uint8_t e, F f) {
  switch (Suffix(e)) {
  case Suffix::I4:
    return f(Type<Int4>{});
  case Suffix::TF32:
    return f(Type<Tf32>{});
  default:
    return withNumber(e, f);
  }
}

uint64_t elementBits(uint8_t e) {
  constexpr uint64_t kInt4Bits = 4, kTf32Bits = 32;
  return withOperand(e, [](auto t) {
    using T = typename decltype(t)::type;
    return std::is_same_v<T, Int4> ? kInt4Bits : std::is_same_v<T, Tf32> ? kTf32Bits : uint64_t(8 * sizeof(T));
  });
}

// Of packed elements an odd number fills its last byte by half.
uint64_t bytesOf(uint64_t n, uint8_t e) { return (n * elementBits(e) + 7) / 8; }
uint64_t alignmentOf(uint8_t e) { return std::max<uint64_t>(elementBits(e) / 8, 1); }

bool isFloatElement(uint8_t e) {
  return withOperand(e, [](auto t) {
    using T = typename decltype(t)::type;
    return isFloat<T> || std::is_same_v<T, Tf32>;
  });
}

// To 10 bits of mantissa, nearest even; infinities and NaN stay.
float roundToTf32(float v) {
  uint32_t bits = std::bit_cast<uint32_t>(v);
  if (!std::isfinite(v))
    return v;
  constexpr uint32_t kDropped = 13, kHalf = (1u << (kDropped - 1)) - 1;
  bits += kHalf + (bits >> kDropped & 1);
  return std::bit_cast<float>(bits & ~((1u << kDropped) - 1));
}

// Element i of an operand, as a number.
template <class T> auto elementAt(const uint8_t *base, uint64_t i) {
  if constexpr (std::is_same_v<T, Int4>) {
    const uint8_t bits = uint8_t(base[i / 2] >> (i % 2 ? 4 : 0)) & 0xf;
    return int32_t(bits ^ 8) - 8;
  } else if constexpr (std::is_same_v<T, Tf32>) {
    return roundToTf32(reinterpret_cast<const float *>(base)[i]);
  } else {
    return load(reinterpret_cast<const T *>(base)[i]);
  }
}

// The left operand: row i starts at (i / perLine) * lineStep + (i % perLine) * rowStep and is made of runs of `run`
// elements at `offsets` from there.
struct LeftRows {
  uint64_t count, perLine, lineStep, rowStep, run;
  std::vector<uint64_t> offsets;
  uint64_t elements; // of the whole operand

  uint64_t start(uint64_t row) const { return row / perLine * lineStep + row % perLine * rowStep; }
};

// Where result rows go: row i is written as row (i / perLine) * lineStep + (i % perLine) * step.
struct Places {
  uint64_t perLine, lineStep, step, count; // count: rows of the destination, those between results too
  uint64_t of(uint64_t row) const { return row / perLine * lineStep + row % perLine * step; }
};

// One product in computing type C: float, or double for integers.
struct Product {
  Variant v;
  const uint8_t *left, *bias;
  uint8_t *dst;
  std::vector<const uint8_t *> weights; // rows
  LeftRows rows;
  uint64_t k, n;
  bool biasPerResult; // else one for each column
  Places places;
  int pos;

  uint64_t biasIndex(uint64_t row, uint64_t column) const { return (biasPerResult ? places.of(row) * n : 0) + column; }
};

// Working memory that keeps its size from one instruction to the next; its content is whatever the last one left.
template <class C> C *scratch(uint64_t n, unsigned which) {
  constexpr unsigned kUses = 2;
  thread_local std::vector<C> memory[kUses];
  if (memory[which].size() < n)
    memory[which].resize(n);
  return memory[which].data();
}

// packed[i * stride + r] = element i of the row that starts at element starts[r], for i < n and r < count, and 0 for
// r up to stride. A cache line of each row at a time: rows often lie a multiple of the cache's size apart.
template <class C, class T>
void pack(const uint8_t *const *bases, const uint64_t *starts, uint64_t count, uint64_t n, C *packed, uint64_t stride) {
  if constexpr (std::is_same_v<C, float> && std::is_same_v<T, float>) {
    const float *rows[kTileCols];
    for (uint64_t r = 0; r < count; ++r)
      rows[r] = reinterpret_cast<const float *>(bases[r]) + starts[r];
    interleaveRows(rows, count, n, packed, stride);
  } else {
    constexpr uint64_t kTogether = 16;
    for (uint64_t first = 0; first < n; first += kTogether)
      for (uint64_t r = 0; r < count; ++r)
        for (uint64_t i = first; i < std::min(n, first + kTogether); ++i)
          packed[i * stride + r] = C(elementAt<T>(bases[r], starts[r] + i));
  }
  for (uint64_t i = 0; count < stride && i < n; ++i)
    std::fill(packed + i * stride + count, packed + (i + 1) * stride, C(0));
}

// Weights by panels of kTileCols rows: panel[k][column]. Missing columns are 0 and never stored.
template <class C> const C *packWeights(const Product &p) {
  const uint64_t panels = (p.n + kTileCols - 1) / kTileCols;
  C *packed = scratch<C>(panels * p.k * kTileCols, 0);
  const uint64_t starts[kTileCols] = {};
  withOperand(p.v.mode, [&](auto t) {
    for (uint64_t r = 0; r < p.n; r += kTileCols)
      pack<C, typename decltype(t)::type>(p.weights.data() + r, starts, std::min(kTileCols, p.n - r), p.k,
                                          packed + r * p.k, kTileCols);
  });
  return packed;
}

// kTileRows rows of the left operand from `first`: block[k][row].
template <class C> void packLeft(const Product &p, uint64_t first, C *block) {
  const uint64_t count = std::min(kTileRows, p.rows.count - first);
  const uint8_t *bases[kTileRows];
  std::fill_n(bases, kTileRows, p.left);
  withOperand(p.v.e1, [&](auto t) {
    for (uint64_t offset : p.rows.offsets) {
      uint64_t starts[kTileRows];
      for (uint64_t r = 0; r < count; ++r)
        starts[r] = p.rows.start(first + r) + offset;
      pack<C, typename decltype(t)::type>(bases, starts, count, p.rows.run, block, kTileRows);
      block += p.rows.run * kTileRows;
    }
  });
}

template <class C, class D> void multiply(const Product &p) {
  const C *weights = packWeights<C>(p);
  C *left = scratch<C>(p.k * kTileRows, 1);
  auto bias = reinterpret_cast<const D *>(p.bias);
  auto dst = reinterpret_cast<D *>(p.dst);
  const double scale = std::ldexp(1.0, p.pos);
  for (uint64_t m0 = 0; m0 < p.rows.count; m0 += kTileRows) {
    packLeft(p, m0, left);
    const uint64_t rows = std::min(kTileRows, p.rows.count - m0);
    for (uint64_t n0 = 0; n0 < p.n; n0 += kTileCols) {
      const uint64_t cols = std::min(kTileCols, p.n - n0);
      C acc[kTileRows][kTileCols] = {};
      if (std::is_same_v<C, float> && bias)
        for (uint64_t r = 0; r < rows; ++r)
          for (uint64_t c = 0; c < cols; ++c)
            acc[r][c] = C(load(bias[p.biasIndex(m0 + r, n0 + c)]));
      accumulateTile(left, weights + n0 * p.k, p.k, acc[0], rows, cols);
      for (uint64_t r = 0; r < rows; ++r)
        for (uint64_t c = 0; c < cols; ++c) {
          D &result = dst[p.places.of(m0 + r) * p.n + n0 + c];
          if constexpr (std::is_same_v<C, float>) {
            result = store<D>(acc[r][c]);
          } else {
            const double added = bias ? toDouble(bias[p.biasIndex(m0 + r, n0 + c)]) : 0.0;
            result = roundTo<D>(acc[r][c] * scale + added, Rounding::RN);
          }
        }
    }
  }
}

// Addresses and shape as the rows give them.
struct Request {
  uint64_t dst, left, weights, bias;
  const char *leftName, *alignedName;
  uint64_t alignedCount; // elements whose bytes must be a multiple of the WRAM unit
  LeftRows rows;
  uint64_t k, n;
  bool biasPerResult;
  uint64_t pos;
  Places places;
};

std::vector<const uint8_t *> weightRows(Exec &x, const Request &q, Variant v) {
  // Wider left operands need less: 32 bytes when twice as wide as the weights, 16 when four times. Chosen: 4-bit
  // weights need 32 at most, 64 elements.
  const uint64_t bits = elementBits(v.mode),
                 ratio = std::clamp<uint64_t>(elementBits(v.e1) / bits, bits < 8 ? 2 : 1, 4);
  const uint64_t unit = 64 / ratio, bytes = bytesOf(q.alignedCount, v.mode);
  if (q.alignedCount * bits % (8 * unit))
    x.badOperand(std::string(q.alignedName) + (bits < 8 ? " / 2" : " * " + std::to_string(bits / 8)) + " bytes",
                 int64_t(bytes), "a multiple of " + std::to_string(unit) + ": pad the rows with zeros");
  if (q.weights % alignmentOf(v.mode))
    x.misaligned("weights", q.weights, alignmentOf(v.mode));
  const uint64_t table = x.machine().wramTableBytes(), slot = bytesOf(q.k, v.mode), offset = q.weights - kWramBase;
  const uint64_t used = (q.n + kWramTables - 1) / kWramTables * slot;
  if (q.weights >= kWramBase && offset < x.machine().wramBytes) {
    if (offset >= table)
      x.fault(FaultKind::BadOperand,
              "weights lie in WRAM table " + std::to_string(offset / table) + ", expected an offset in table 0",
              q.weights, used);
    if (offset + used > table)
      x.fault(FaultKind::OutOfBounds,
              "the weights take " + std::to_string(used) + " bytes of each WRAM table from offset " +
                  std::to_string(offset) + ", a table has " + std::to_string(table),
              q.weights, used);
  }
  std::vector<const uint8_t *> rows(q.n);
  for (uint64_t r = 0; r < q.n; ++r)
    rows[r] = x.read(q.weights + r % kWramTables * table + r / kWramTables * slot, slot, kInWram, "weights");
  return rows;
}

const uint8_t *readAligned(Exec &x, uint64_t address, uint64_t n, uint8_t e, const char *name) {
  if (address % alignmentOf(e))
    x.misaligned(name, address, alignmentOf(e));
  return x.read(address, bytesOf(n, e), kInNram, name);
}

void run(Exec &x, Request q, Variant v) {
  const bool floats = isFloatElement(v.e1);
  const int pos = checkPosition(x, "pos", q.pos);
  if (floats && pos)
    x.badOperand("pos", pos, "0, since only integer products have a fixed-point position");
  const uint64_t dstSize = alignmentOf(v.e0), leftBytes = bytesOf(q.rows.elements, v.e1);
  const uint64_t results = checkProduct(x, {{"result rows", q.places.count}, {"result columns", q.n}});
  const uint64_t biases = q.biasPerResult ? results : q.n;

  Product p{v, nullptr, nullptr, nullptr, weightRows(x, q, v), q.rows, q.k, q.n, q.biasPerResult, q.places, pos};
  p.left = readAligned(x, q.left, q.rows.elements, v.e1, q.leftName);
  if (q.bias)
    p.bias = readAligned(x, q.bias, biases, v.e0, "bias");
  if (q.dst % dstSize)
    x.misaligned("dst", q.dst, dstSize);
  p.dst = x.write(q.dst, results * dstSize, kInNram, "dst");
  Source<uint8_t> left(p.left, leftBytes, p.dst, results * dstSize, InPlace::Copy);
  Source<uint8_t> bias(p.bias, q.bias ? biases * dstSize : 0, p.dst, results * dstSize,
                       q.biasPerResult ? InPlace::Allowed : InPlace::Copy);
  p.left = left;
  p.bias = bias;
  withNumber(v.e0, [&](auto t) {
    using D = typename decltype(t)::type;
    if (!floats)
      multiply<double, D>(p);
    else if constexpr (isFloat<D>)
      multiply<float, D>(p);
  });
}

} // namespace

uint64_t execTmatmul(Exec &x, const TmatmulOps &ops, Variant v) {
  const uint64_t elements = checkProduct(x, {{"m", ops.m}, {"k", ops.k}});
  checkProduct(x, {{"k", ops.k}, {"n", ops.n}});
  LeftRows rows{ops.m, ops.m, 0, ops.k, ops.k, {0}, elements};
  run(x,
      {ops.dst,
       ops.lhs,
       ops.weights,
       ops.bias,
       "lhs",
       "k",
       ops.k,
       std::move(rows),
       ops.k,
       ops.n,
       true,
       ops.pos,
       {ops.m, 0, 1, ops.m}},
      v);
  return 0;
}

uint64_t execTmlp(Exec &x, const TmlpOps &ops, Variant v) {
  checkProduct(x, {{"h", ops.h}, {"w", ops.w}});
  LeftRows rows{1, 1, 0, 0, ops.w, {0}, ops.w};
  run(x,
      {ops.dst,
       ops.src,
       ops.weights,
       ops.bias,
       "src",
       "w",
       ops.w,
       std::move(rows),
       ops.w,
       ops.h,
       true,
       ops.pos,
       {1, 0, 1, 1}},
      v);
  return 0;
}

uint64_t execTconv(Exec &x, const TconvOps &ops, Variant v) {
  constexpr uint64_t kMaxStep = 1023;
  const uint64_t dw = ops.dw ? ops.dw : 1, dh = ops.dh ? ops.dh : 1;
  const uint64_t odw = ops.odw ? ops.odw : 1, odh = ops.odh ? ops.odh : 1;
  for (auto [name, value] :
       {NamedCount{"sw", ops.sw}, {"sh", ops.sh}, {"dw", dw}, {"dh", dh}, {"odw", odw}, {"odh", odh}})
    if (value == 0 || value > kMaxStep)
      x.badOperand(name, int64_t(value), "1 to 1023");
  const uint64_t elements = checkProduct(x, {{"ci", ops.ci}, {"h", ops.h}, {"w", ops.w}});
  const uint64_t k = checkProduct(x, {{"kh", ops.kh}, {"kw", ops.kw}, {"ci", ops.ci}});
  checkProduct(x, {{"kh * kw * ci", k}, {"co", ops.co}});
  const uint64_t spanH = (ops.kh - 1) * dh + 1, spanW = (ops.kw - 1) * dw + 1;
  if (spanH > ops.h)
    x.badOperand("height of the spread window", int64_t(spanH), "at most the height " + std::to_string(ops.h));
  if (spanW > ops.w)
    x.badOperand("width of the spread window", int64_t(spanW), "at most the width " + std::to_string(ops.w));
  const uint64_t oh = (ops.h - spanH) / ops.sh + 1, ow = (ops.w - spanW) / ops.sw + 1;
  LeftRows rows{oh * ow, ow, ops.sh * ops.w * ops.ci, ops.sw * ops.ci, ops.ci, {}, elements};
  for (uint64_t kh = 0; kh < ops.kh; ++kh)
    for (uint64_t kw = 0; kw < ops.kw; ++kw)
      rows.offsets.push_back((kh * dh * ops.w + kw * dw) * ops.ci);
  const uint64_t width = (ow - 1) * odw + 1, height = (oh - 1) * odh + 1;
  const Places places{ow, odh * width, odw, width * height};
  // Chosen: the bias of a convolution is one element for each output channel; partial results lie as the results do.
  run(x,
      {ops.dst, ops.src, ops.weights, ops.bias, "src", "ci", ops.ci, std::move(rows), k, ops.co, ops.partial != 0,
       ops.pos, places},
      v);
  return 0;
}

} // namespace dlp
