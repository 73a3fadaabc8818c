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
#include <cmath>
#include <string>

namespace dlp {
namespace {

uint64_t elementBytes(uint8_t e) {
  return withNumber(e, [](auto t) { return uint64_t(sizeof(typename decltype(t)::type)); });
}

bool isFloatElement(uint8_t e) {
  return withNumber(e, [](auto t) { return isFloat<typename decltype(t)::type>; });
}

// The left operand: row i starts at (i / perLine) * lineStep + (i % perLine) * rowStep and is made of runs of `run`
// elements at `offsets` from there.
struct LeftRows {
  uint64_t count, perLine, lineStep, rowStep, run;
  std::vector<uint64_t> offsets;
  uint64_t elements; // of the whole operand

  uint64_t start(uint64_t row) const { return row / perLine * lineStep + row % perLine * rowStep; }
};

// One product in computing type C: float, or double for integers.
struct Product {
  Variant v;
  const uint8_t *left, *bias;
  uint8_t *dst;
  std::vector<const uint8_t *> weights; // rows
  LeftRows rows;
  uint64_t k, n, biasStep; // biasStep: elements from one row of biases to the next
  int pos;
};

// Weights by panels of kTileCols rows: panel[k][column]. Missing columns are 0 and never stored.
template <class C> std::vector<C> packWeights(const Product &p) {
  const uint64_t panels = (p.n + kTileCols - 1) / kTileCols;
  std::vector<C> packed(panels * p.k * kTileCols);
  withNumber(p.v.mode, [&](auto t) {
    using B = typename decltype(t)::type;
    for (uint64_t r = 0; r < p.n; ++r) {
      auto row = reinterpret_cast<const B *>(p.weights[r]);
      C *panel = packed.data() + r / kTileCols * p.k * kTileCols + r % kTileCols;
      for (uint64_t k = 0; k < p.k; ++k)
        panel[k * kTileCols] = C(load(row[k]));
    }
  });
  return packed;
}

// kTileRows rows of the left operand from `first`: block[k][row].
template <class C> void packLeft(const Product &p, uint64_t first, std::vector<C> &block) {
  std::fill(block.begin(), block.end(), C(0));
  withNumber(p.v.e1, [&](auto t) {
    using A = typename decltype(t)::type;
    for (uint64_t r = 0; r < kTileRows && first + r < p.rows.count; ++r) {
      C *to = block.data() + r;
      for (uint64_t offset : p.rows.offsets) {
        auto from = reinterpret_cast<const A *>(p.left) + p.rows.start(first + r) + offset;
        for (uint64_t i = 0; i < p.rows.run; ++i, to += kTileRows)
          *to = C(load(from[i]));
      }
    }
  });
}

template <class C, class D> void multiply(const Product &p) {
  const std::vector<C> weights = packWeights<C>(p);
  std::vector<C> left(p.k * kTileRows);
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
            acc[r][c] = C(load(bias[(m0 + r) * p.biasStep + n0 + c]));
      accumulateTile(left.data(), weights.data() + n0 * p.k, p.k, acc[0]);
      for (uint64_t r = 0; r < rows; ++r)
        for (uint64_t c = 0; c < cols; ++c) {
          D &result = dst[(m0 + r) * p.n + n0 + c];
          if constexpr (std::is_same_v<C, float>) {
            result = store<D>(acc[r][c]);
          } else {
            const double added = bias ? toDouble(bias[(m0 + r) * p.biasStep + n0 + c]) : 0.0;
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
  uint64_t k, n, biasStep, pos;
};

std::vector<const uint8_t *> weightRows(Exec &x, const Request &q, Variant v) {
  const uint64_t size = elementBytes(v.mode), unit = elementBytes(v.e1) == 2 * size ? 32 : 64;
  if (q.alignedCount * size % unit)
    x.badOperand(std::string(q.alignedName) + " * " + std::to_string(size) + " bytes", int64_t(q.alignedCount * size),
                 "a multiple of " + std::to_string(unit) + ": pad the rows with zeros");
  if (q.weights % size)
    x.misaligned("weights", q.weights, size);
  const uint64_t table = x.machine().wramTableBytes(), slot = q.k * size, offset = q.weights - kWramBase;
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

const uint8_t *readAligned(Exec &x, uint64_t address, uint64_t n, uint64_t size, const char *name) {
  if (address % size)
    x.misaligned(name, address, size);
  return x.read(address, n * size, kInNram, name);
}

void run(Exec &x, Request q, Variant v) {
  const bool floats = isFloatElement(v.e1);
  const int pos = checkPosition(x, "pos", q.pos);
  if (floats && pos)
    x.badOperand("pos", pos, "0, since only integer products have a fixed-point position");
  const uint64_t dstSize = elementBytes(v.e0), leftBytes = q.rows.elements * elementBytes(v.e1);
  const uint64_t results = checkProduct(x, {{"result rows", q.rows.count}, {"result columns", q.n}});
  const uint64_t biases = q.biasStep ? results : q.n;

  Product p{v, nullptr, nullptr, nullptr, weightRows(x, q, v), q.rows, q.k, q.n, q.biasStep, pos};
  p.left = readAligned(x, q.left, q.rows.elements, elementBytes(v.e1), q.leftName);
  if (q.bias)
    p.bias = readAligned(x, q.bias, biases, dstSize, "bias");
  if (q.dst % dstSize)
    x.misaligned("dst", q.dst, dstSize);
  p.dst = x.write(q.dst, results * dstSize, kInNram, "dst");
  Source<uint8_t> left(p.left, leftBytes, p.dst, results * dstSize, InPlace::Copy);
  Source<uint8_t> bias(p.bias, q.bias ? biases * dstSize : 0, p.dst, results * dstSize,
                       q.biasStep ? InPlace::Allowed : InPlace::Copy);
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
  run(x, {ops.dst, ops.lhs, ops.weights, ops.bias, "lhs", "k", ops.k, std::move(rows), ops.k, ops.n, ops.n, ops.pos},
      v);
  return 0;
}

uint64_t execTmlp(Exec &x, const TmlpOps &ops, Variant v) {
  checkProduct(x, {{"h", ops.h}, {"w", ops.w}});
  LeftRows rows{1, 1, 0, 0, ops.w, {0}, ops.w};
  run(x, {ops.dst, ops.src, ops.weights, ops.bias, "src", "w", ops.w, std::move(rows), ops.w, ops.h, ops.h, ops.pos},
      v);
  return 0;
}

uint64_t execTconv(Exec &x, const TconvOps &ops, Variant v) {
  constexpr uint64_t kMaxStep = 1023;
  const uint64_t dw = ops.dw ? ops.dw : 1, dh = ops.dh ? ops.dh : 1;
  for (auto [name, value] : {NamedCount{"sw", ops.sw}, {"sh", ops.sh}, {"dw", dw}, {"dh", dh}})
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
  // Chosen: the bias of a convolution is one element for each output channel.
  run(x, {ops.dst, ops.src, ops.weights, ops.bias, "src", "ci", ops.ci, std::move(rows), k, ops.co, 0, ops.pos}, v);
  return 0;
}

} // namespace dlp
