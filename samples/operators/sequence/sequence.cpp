// sequence.cpp: attention, rotary positions, LSTM cell: checks, tiles, and what is made of other families.
#include "sequence/sequence.h"
#include "common/device_constants.h"
#include "elementwise/elementwise.h"

#include <algorithm>

namespace bangops {

// Angles that are repeated to the shape of a half of x. As long as only leading dimensions of theirs are missing or 1,
// their rows are `positions` that come again and again.
static int64_t positionsOf(const Tensor &angles, const std::vector<int64_t> &half) {
  size_t ones = 0;
  while (ones < angles.dims.size() && angles.dims[ones] == 1)
    ++ones;
  const size_t kept = angles.dims.size() - ones;
  const bool atEnd = kept > 0 && std::equal(angles.dims.begin() + static_cast<std::ptrdiff_t>(ones), angles.dims.end(),
                                            half.end() - static_cast<std::ptrdiff_t>(kept));
  return (atEnd ? elements(angles) : elements(half)) / half.back();
}
static const void *behind(const void *data, int64_t elementCount, bangopsDataType_t dtype) {
  return static_cast<const char *>(data) + elementCount * elementBytes(dtype);
}
// The largest tiles that fit and leave a tile for every core, two where a mask makes some of them short. Tiles are
// powers of two, of 64 on.
static bool cutAttention(AttentionPlan &plan, bangopsDataType_t dtype, const Machine &machine) {
  const int64_t bytes = elementBytes(dtype), depth = (plan.depth + 64 / bytes - 1) * bytes / 64 * 64 / bytes;
  const int64_t scoreBytes = dtype == BANGOPS_DTYPE_F16 ? 2 : 4;
  const auto fits = [&](int64_t q, int64_t k) {
    const int64_t cells = q * k, weights = scoreBytes == bytes ? 0 : cells,
                  nram = bytes * (2 * k * (depth + plan.depth) + (plan.depth + 1) * k + cells + weights +
                                  std::max(depth, k)) +
                         std::max(cells * scoreBytes, 4 * plan.depth * q) + 4 * (plan.depth + 5) * q +
                         (plan.causal ? (cells + 2 * (q + k)) * scoreBytes : 0) + 20 * kLineBytes;
    return nram <= machine.nramBytes && (q * depth + q * k) * bytes <= machine.wramBytes;
  };
  const auto tiles = [&](int64_t q) { return plan.heads * ((plan.queries + q - 1) / q); };
  const int64_t least = plan.causal ? 2 * machine.cores : machine.cores;
  for (int q = 256; q >= 64; q /= 2)
    for (int k = plan.causal ? q : 256; k >= 64; k /= 2)
      if (fits(q, k) && (q == 64 || (tiles(q) >= least && q / 2 < plan.queries && k >= 128))) {
        plan.tileQ = q;
        plan.tileK = k;
        return true;
      }
  return false;
}
static void passOn(bangopsStatus_t status) {
  if (status != BANGOPS_STATUS_SUCCESS)
    throw Refusal{status, bangopsGetLastErrorText()};
}

} // namespace bangops

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsAttention(bangopsHandle_t handle, float scale, int causal, bangopsTensorDescriptor_t qDesc,
                                 const void *q, bangopsTensorDescriptor_t kDesc, const void *k, const void *v,
                                 bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &queries = tensor(qDesc, "q"), &keys = tensor(kDesc, "k"), &to = tensor(yDesc, "y");
    expectFloat(queries, "q");
    expect(queries.dims.size() == 3,
           "q has the shape " + shapeText(queries.dims) + ", expected heads, queries and depth");
    expect(keys.dims.size() == 3 && keys.dims[0] == queries.dims[0] && keys.dims[2] == queries.dims[2],
           "k has the shape " + shapeText(keys.dims) + ", expected heads and depth as q, " + shapeText(queries.dims));
    expectDtype(keys, "k", queries.dtype);
    expectShape(to, "y", queries.dims);
    expectDtype(to, "y", queries.dtype);
    expectWritable(to, "y");
    expectData(queries, q, "q");
    expectData(keys, k, "k");
    expectData(keys, v, "v");
    expectData(to, y, "y");
    if (elements(to) == 0)
      return;
    expect(keys.dims[1] > 0, "there are no keys");
    AttentionPlan plan = {};
    plan.heads = queries.dims[0];
    plan.queries = queries.dims[1];
    plan.keys = keys.dims[1];
    plan.depth = static_cast<int>(queries.dims[2]);
    plan.scale = scale;
    plan.causal = causal != 0;
    if (!cutAttention(plan, queries.dtype, handle->machine))
      notSupported("a head of depth " + std::to_string(plan.depth) + " does not fit into NRAM");
    Dense left(handle, queries, q), middle(handle, keys, k), right(handle, keys, v), out(handle, to, y, true);
    plan.q = left.get();
    plan.k = middle.get();
    plan.v = right.get();
    plan.y = out.get();
    if (!handle->asked)
      launchAttention(plan, queries.dtype, handle->machine, handle->queue);
    out.finish();
  });
}

bangopsStatus_t bangopsRotaryEmbedding(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                       bangopsTensorDescriptor_t angleDesc, const void *cosines, const void *sines,
                                       bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &angles = tensor(angleDesc, "cosines"), &to = tensor(yDesc, "y");
    expectFloat(from, "x");
    expect(!from.dims.empty() && from.dims.back() % 2 == 0,
           "x has the shape " + shapeText(from.dims) + ", expected an even last dimension");
    std::vector<int64_t> half = from.dims;
    half.back() /= 2;
    Tensor wide = broadcast(angles, "cosines", half);
    expectDtype(angles, "cosines", from.dtype);
    expectShape(to, "y", from.dims);
    expectDtype(to, "y", from.dtype);
    expectWritable(to, "y");
    expectData(from, x, "x");
    expectData(angles, cosines, "cosines");
    expectData(angles, sines, "sines");
    expectData(to, y, "y");
    if (elements(from) == 0)
      return;
    RotaryPlan plan = {};
    plan.positions = positionsOf(angles, half);
    plan.repetitions = elements(half) / half.back() / plan.positions;
    const bool whole = plan.repetitions == 1;
    Dense in(handle, from, x), cosine(handle, whole ? wide : angles, cosines),
        sine(handle, whole ? wide : angles, sines), out(handle, to, y, true);
    plan.x = in.get();
    plan.cosines = cosine.get();
    plan.sines = sine.get();
    plan.y = out.get();
    // Buffers of RotaryStage; every core should have a few tiles.
    const int64_t bytes = static_cast<int64_t>(elementBytes(from.dtype));
    const int64_t rowBytes = 2 * half.back() * (4 * bytes + 16 + (bytes < 4 ? 8 : 0));
    const int64_t fit = (handle->machine.nramBytes - 16 * kLineBytes) / rowBytes;
    if (fit == 0)
      notSupported("a row of " + std::to_string(from.dims.back()) + " elements does not fit into NRAM");
    const int64_t share = elements(half) / half.back() / (8 * static_cast<int64_t>(handle->machine.cores));
    plan.half = static_cast<int>(half.back());
    plan.tileRows = static_cast<int>(std::min({fit, plan.positions, std::max<int64_t>(share, 1)}));
    if (!handle->asked)
      launchRotary(plan, from.dtype, handle->machine, handle->queue);
    out.finish();
  });
}

bangopsStatus_t bangopsLstmCell(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                bangopsTensorDescriptor_t hDesc, const void *h, const void *c,
                                bangopsTensorDescriptor_t wxDesc, const void *wx, bangopsTensorDescriptor_t whDesc,
                                const void *wh, bangopsTensorDescriptor_t biasDesc, const void *bias, void *hOut,
                                void *cOut) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &in = tensor(xDesc, "x"), &state = tensor(hDesc, "h");
    expectFloat(in, "x");
    expect(in.dims.size() == 2, "x has the shape " + shapeText(in.dims) + ", expected rows and inputs");
    expect(state.dims.size() == 2 && state.dims[0] == in.dims[0],
           "h has the shape " + shapeText(state.dims) + ", expected " + std::to_string(in.dims[0]) + " rows");
    const int64_t rows = in.dims[0], hidden = state.dims[1];
    expectShape(tensor(wxDesc, "wx"), "wx", {4 * hidden, in.dims[1]});
    expectShape(tensor(whDesc, "wh"), "wh", {4 * hidden, hidden});
    if (elements(state) == 0)
      return;
    // All gates of all rows in one matrix, first the input's part, then the state's on top of it.
    Scratch memory(handle, rows * 4 * hidden * elementBytes(in.dtype));
    Tensor gates = in;
    gates.dims = {rows, 4 * hidden};
    gates.strides = denseStrides(gates.dims);
    passOn(bangopsGemm(handle, 0, 1, 1, xDesc, x, wxDesc, wx, biasDesc, bias, -1, 0, &gates, memory.get()));
    passOn(bangopsGemm(handle, 0, 1, 1, hDesc, h, whDesc, wh, nullptr, nullptr, -1, 1, &gates, memory.get()));
    Tensor gate = gates; // input, forget, candidate, output: a quarter of each row
    gate.dims[1] = hidden;
    const auto quarter = [&](int i) { return behind(memory.get(), i * hidden, in.dtype); };
    runElementwise(handle, Formula::LstmCell,
                   {{"input gate", &gate, quarter(0)},
                    {"forget gate", &gate, quarter(1)},
                    {"candidate", &gate, quarter(2)},
                    {"output gate", &gate, quarter(3)},
                    {"c", hDesc, c}},
                   {{"h", hDesc, hOut}, {"c", hDesc, cOut}}, {});
  });
}

} // extern "C"
