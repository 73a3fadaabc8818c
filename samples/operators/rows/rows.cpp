// rows.cpp: reductions, softmax, normalisations, losses: which dimensions make a row, how rows are cut, launches.
#include "rows/rows.h"
#include "common/device_constants.h"
#include "elementwise/elementwise.h"
#include "layout/layout.h"

#include <algorithm>
#include <memory>

namespace bangops {

struct RowFacts {
  int passes;
  bool mapped;
};
static const RowFacts facts[] = {
#define BANGOPS_FACTS(name, passes, mapped) {passes, mapped},
    BANGOPS_ROW_OPERATIONS(BANGOPS_FACTS)
#undef BANGOPS_FACTS
};

// A short description of an operation on rows; the other members of the plan are filled in by runRows.
static RowsPlan planOf(RowOperation operation) {
  RowsPlan plan = {};
  plan.operation = operation;
  return plan;
}

static void describe(RowsPlan &plan) {
  plan.passes = facts[static_cast<int>(plan.operation)].passes;
  plan.mapped = facts[static_cast<int>(plan.operation)].mapped;
}

// Rows of at most so many columns are worked on together, when there are many of them: so many on every machine,
// because the order of a sum, and with it its last bits, depends on the choice.
constexpr int64_t kShortRow = 1024, kManyRows = 256, kEnoughRows = 16, kLeastChunk = 2048;

static bool workedTogether(const RowsPlan &plan) {
  switch (plan.operation) {
  case RowOperation::NormaliseGiven: return false;
  case RowOperation::Normalise: return !plan.runningMean && (plan.inner > 1) == (plan.affineRows > 0);
  default: return true;
  }
}
// Cuts tiles of many rows; false when they would be too few to be worth it.
static bool cutShortRows(const Machine &machine, RowsPlan &plan, bangopsDataType_t dtype) {
  const bool across = plan.inner > 1, always = across || plan.operation == RowOperation::LocalResponse;
  if (!workedTogether(plan) || (!always && (plan.columns > kShortRow || plan.rows < kManyRows)))
    return false;
  plan.needsSpare = plan.operation == RowOperation::LocalResponse || plan.operation == RowOperation::CrossEntropy;
  plan.marginColumns = plan.operation == RowOperation::LocalResponse ? static_cast<int>(plan.numbers[0]) - 1 : 0;
  // Two tiles of the element type and, where rows are turned, a third; one to three tiles of float; numbers of rows and
  // columns.
  const int64_t bytes = static_cast<int64_t>(elementBytes(dtype));
  const int64_t perElement = (across ? 2 : 3) * bytes + (bytes < 4 ? 8 : 4) + (plan.needsSpare ? 4 : 0);
  const int64_t perRow = plan.columns * perElement + plan.marginColumns * 4 + 64;
  const int64_t room = machine.nramBytes - 40 * kLineBytes - plan.columns * 2 * bytes;
  int64_t fit = room / perRow;
  if (!always || fit >= kEnoughRows)
    fit = fit / kEnoughRows * kEnoughRows;
  if (fit < (always ? 1 : kEnoughRows))
    return false;
  const int64_t groupRows = across ? plan.inner : plan.rows, groups = plan.rows / groupRows;
  const int64_t tiles = std::max<int64_t>(1, machine.cores * 4 / groups);
  const int64_t share = ((groupRows + tiles - 1) / tiles + kEnoughRows - 1) / kEnoughRows * kEnoughRows;
  plan.turned = true;
  plan.rowsPerTile = static_cast<int>(std::min(fit, share));
  return true;
}

void runRows(bangopsHandle_t handle, RowsPlan plan, bangopsDataType_t dtype) {
  if (plan.rows == 0 || plan.columns == 0)
    return;
  describe(plan);
  if (cutShortRows(handle->machine, plan, dtype)) {
    if (!handle->asked)
      launchRows(plan, dtype, handle->machine, handle->queue);
    return;
  }
  if (plan.operation == RowOperation::LocalResponse)
    notSupported("a row of " + std::to_string(plan.columns) + " channels does not fit into NRAM");
  // Bytes of NRAM for each column of one row: five work buffers of float, one of T, and per row of a tile two inputs
  // and two outputs of T. A row of a tile has 24 bytes of its own.
  const int64_t bytes = static_cast<int64_t>(elementBytes(dtype));
  const int64_t room = handle->machine.nramBytes - 32 * kLineBytes;
  const int64_t perColumn = 5 * 4 + bytes, perElement = 4 * bytes;
  const int64_t fit = (room - plan.columns * perColumn) / (plan.columns * perElement + 24);
  if (fit >= 1) {
    // A tile should be some kilobytes, but every core should have a few of them.
    const int64_t share = (plan.rows + handle->machine.cores * 4 - 1) / (handle->machine.cores * 4);
    const int64_t enough = std::max<int64_t>(1, 16384 / (plan.columns * bytes));
    plan.rowsPerTile = static_cast<int>(
        std::min({fit, std::max(share, enough), (plan.rows + handle->machine.cores - 1) / handle->machine.cores}));
    plan.chunk = static_cast<int>(plan.columns);
  } else {
    plan.rowsPerTile = 0;
    // Where rows are mapped, two rows of T and the work buffers of a chunk, if that leaves a chunk worth the name.
    const int64_t left = (room - 2 * plan.columns * bytes) / (bytes == 4 ? 20 : perColumn + 4 * bytes) / 64 * 64;
    plan.stays = plan.mapped && left >= kLeastChunk;
    if (plan.stays)
      plan.chunk = static_cast<int>(std::min(left, plan.columns));
    else
      plan.chunk = static_cast<int>((room - 24) / (perColumn + perElement) / 64 * 64);
  }
  if (!handle->asked)
    launchRows(plan, dtype, handle->machine, handle->queue);
}

// x with the dimensions that make a row behind the others.
struct RowView {
  std::vector<int> order;
  int64_t rows = 1, columns = 1;
  std::vector<bool> inRow;

  RowView(const Tensor &x, const std::vector<int> &axes) : inRow(x.dims.size(), false) {
    for (int axis : axes) {
      expect(axis >= 0 && axis < static_cast<int>(x.dims.size()),
             "the axis is " + std::to_string(axis) + ", expected 0 to " +
                 std::to_string(static_cast<int>(x.dims.size()) - 1));
      expect(!inRow[axis], "axis " + std::to_string(axis) + " is named twice");
      inRow[axis] = true;
    }
    for (bool part : {false, true})
      for (size_t d = 0; d < x.dims.size(); ++d)
        if (inRow[d] == part) {
          order.push_back(static_cast<int>(d));
          (part ? columns : rows) *= x.dims[d];
        }
  }
};

static void expectSame(const Tensor &y, const char *name, const Tensor &x) {
  expectShape(y, name, x.dims);
  expectDtype(y, name, x.dtype);
  expectWritable(y, name);
}
// A vector of `count` elements of a type, or nothing when the descriptor is null and that is allowed.
static void expectVector(bangopsTensorDescriptor_t desc, const void *data, const char *name, int64_t count,
                         bangopsDataType_t dtype) {
  const Tensor &t = tensor(desc, name);
  expect(elements(t) == count && isDense(t), std::string(name) + " has the shape " + shapeText(t.dims) + ", expected " +
                                                 std::to_string(count) + " elements side by side");
  expectDtype(t, name, dtype);
  expectData(t, data, name);
}

// A tensor whose elements fill its memory, in whatever order of its dimensions, with those of a row side by side: how
// many rows lie across, that is have neighbouring elements in neighbouring rows. 0 for any other tensor.
static int64_t rowsAcross(const Tensor &x, const RowView &view) {
  std::vector<int> order;
  for (size_t d = 0; d < x.dims.size(); ++d)
    if (x.dims[d] != 1)
      order.push_back(static_cast<int>(d));
  std::sort(order.begin(), order.end(), [&](int a, int b) { return x.strides[a] > x.strides[b]; });
  int64_t step = 1, inner = 1;
  int next[2] = {BANGOPS_MAX_DIMS, BANGOPS_MAX_DIMS}; // dimensions in the row and outside come in their order
  bool seen = false, over = false;                    // the row
  for (size_t i = order.size(); i-- > 0;) {
    const int d = order[i];
    const bool part = view.inRow[d];
    if (x.strides[d] != step || d > next[part] || (part && over))
      return 0;
    step *= x.dims[d];
    next[part] = d;
    over = over || (seen && !part);
    seen = seen || part;
    if (!seen)
      inner *= x.dims[d];
  }
  return inner;
}
// Queues a plan for rows that lie across memory, if it can be worked on as it lies.
static bool runAcross(bangopsHandle_t handle, RowsPlan plan, const Tensor &x, const void *from, const RowView &view) {
  plan.x = from;
  plan.rows = view.rows;
  plan.columns = view.columns;
  plan.inner = rowsAcross(x, view);
  if (plan.inner <= 1 || plan.rows == 0 || plan.columns == 0)
    return false;
  describe(plan);
  if (!cutShortRows(handle->machine, plan, x.dtype))
    return false;
  if (!handle->asked)
    launchRows(plan, x.dtype, handle->machine, handle->queue);
  return true;
}

// Maps every row along `axes` of x to y.
static void mapRows(bangopsHandle_t handle, RowsPlan plan, const Tensor &x, const void *xData, const Tensor &y,
                    void *yData, const std::vector<int> &axes) {
  const RowView view(x, axes);
  plan.y = yData;
  if (x.strides == y.strides && runAcross(handle, plan, x, xData, view))
    return;
  Dense in(handle, permuted(x, view.order), xData), out(handle, permuted(y, view.order), yData, true);
  plan.x = in.get();
  plan.y = out.get();
  plan.rows = view.rows;
  plan.columns = view.columns;
  runRows(handle, plan, x.dtype);
  out.finish();
}

// One number per row. Few long rows are first cut into parts, so that all cores have work.
static void reduceRows(bangopsHandle_t handle, RowOperation operation, const void *x, void *y, int64_t rows,
                       int64_t columns, bangopsDataType_t dtype) {
  const int64_t cores = handle->machine.cores, parts = cores * 4;
  const bool index = operation == RowOperation::ArgMax || operation == RowOperation::ArgMin;
  RowsPlan plan = planOf(operation);
  plan.x = x;
  plan.rows = rows;
  plan.columns = columns;
  if (index)
    plan.index = static_cast<int32_t *>(y);
  else
    plan.result = y;
  if (index || rows > 1 || columns < 65536) {
    runRows(handle, plan, dtype);
    return;
  }
  // Partial results are float, or the last digits of a half would be lost in each of them.
  Scratch wide(handle, columns * sizeof(float)), partial(handle, (parts + 1) * sizeof(float)),
      sum(handle, sizeof(float));
  if (dtype != BANGOPS_DTYPE_F32) {
    const int tile = handle->machine.nramBytes / 32 / 64 * 64;
    if (!handle->asked)
      launchCast({x, wide.get(), columns, tile, 1.0f}, dtype, BANGOPS_DTYPE_F32, handle->machine, handle->queue);
    plan.x = wide.get();
  }
  if (operation == RowOperation::Mean)
    plan.operation = RowOperation::Sum;
  const int64_t part = columns / parts, rest = columns - part * parts;
  plan.rows = parts;
  plan.columns = part;
  plan.result = partial.get();
  runRows(handle, plan, BANGOPS_DTYPE_F32);
  if (rest) {
    plan.x = static_cast<const float *>(plan.x) + part * parts;
    plan.rows = 1;
    plan.columns = rest;
    plan.result = static_cast<float *>(partial.get()) + parts;
    runRows(handle, plan, BANGOPS_DTYPE_F32);
  }
  if (plan.operation == RowOperation::SumOfSquares)
    plan.operation = RowOperation::Sum;
  plan.x = partial.get();
  plan.rows = 1;
  plan.columns = parts + (rest ? 1 : 0);
  plan.result = sum.get();
  runRows(handle, plan, BANGOPS_DTYPE_F32);
  const float scale = operation == RowOperation::Mean ? 1.0f / static_cast<float>(columns) : 1.0f;
  if (!handle->asked)
    launchCast({sum.get(), y, 1, 64, scale}, BANGOPS_DTYPE_F32, dtype, handle->machine, handle->queue);
}

static void reduce(bangopsHandle_t handle, RowOperation operation, const std::vector<int> &axes, const Tensor &x,
                   const void *xData, const Tensor &y, void *yData) {
  const RowView view(x, axes);
  const bool index = operation == RowOperation::ArgMax || operation == RowOperation::ArgMin;
  std::vector<int64_t> kept, ones = x.dims;
  for (size_t d = 0; d < x.dims.size(); ++d)
    if (view.inRow[d])
      ones[d] = 1;
    else
      kept.push_back(x.dims[d]);
  expect(y.dims == kept || y.dims == ones,
         "y has the shape " + shapeText(y.dims) + ", expected " + shapeText(kept) + " or " + shapeText(ones));
  expectDtype(y, "y", index ? BANGOPS_DTYPE_I32 : x.dtype);
  expectWritable(y, "y");
  expectData(y, yData, "y");
  if (view.rows == 0)
    return;
  expect(view.columns > 0 || operation == RowOperation::Sum || operation == RowOperation::SumOfSquares,
         "a row of no elements has no mean, maximum or minimum");
  if (isDense(y)) {
    RowsPlan plan = planOf(operation);
    if (index)
      plan.index = static_cast<int32_t *>(yData);
    else
      plan.result = yData;
    if (runAcross(handle, plan, x, xData, view))
      return;
  }
  Dense in(handle, permuted(x, view.order), xData), out(handle, y, yData, true);
  if (view.columns > 0)
    reduceRows(handle, operation, in.get(), out.get(), view.rows, view.columns, x.dtype);
  else if (!handle->asked)
    launchFill(out.get(), view.rows, 1024, 0, y.dtype, handle->machine, handle->queue);
  out.finish();
}

// The row holds everything but the channels; scale and shift have an element for each channel.
static RowsPlan channelPlan(RowOperation operation, const Tensor &x, bangopsTensorDescriptor_t paramDesc,
                            const void *scale, const void *shift, float epsilon) {
  expect(!x.dims.empty(), "x has no dimensions, expected channels as the last one");
  expect(epsilon > 0, "epsilon is " + std::to_string(epsilon) + ", expected a positive number");
  const int64_t channels = x.dims.back();
  RowsPlan plan = planOf(operation);
  if (scale || shift)
    expectVector(paramDesc, scale ? scale : shift, "the descriptor of scale and shift", channels, x.dtype);
  plan.scale = scale;
  plan.shift = shift;
  plan.affineRows = std::max<int64_t>(channels, 1);
  plan.numbers[0] = epsilon;
  return plan;
}
static std::vector<int> axesBetween(int first, int end) {
  std::vector<int> axes;
  for (int d = first; d < end; ++d)
    axes.push_back(d);
  return axes;
}

} // namespace bangops

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsReduce(bangopsHandle_t handle, bangopsReduceOp_t op, int axisCount, const int *axes,
                              bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t yDesc,
                              void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expectFloat(from, "x");
    expectData(from, x, "x");
    expect(op >= BANGOPS_REDUCE_SUM && op <= BANGOPS_REDUCE_ARGMIN, "the operation is unknown");
    expect(axisCount >= 0 && (axisCount == 0 || axes), "the axes are a null pointer");
    reduce(handle, static_cast<RowOperation>(op), std::vector<int>(axes, axes + axisCount), from, x, to, y);
  });
}

bangopsStatus_t bangopsSoftmax(bangopsHandle_t handle, bangopsSoftmaxMode_t mode, int axis,
                               bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t yDesc,
                               void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expectFloat(from, "x");
    expectSame(to, "y", from);
    expectData(from, x, "x");
    expectData(to, y, "y");
    expect(mode == BANGOPS_SOFTMAX || mode == BANGOPS_LOG_SOFTMAX, "the mode is unknown");
    mapRows(handle, planOf(mode == BANGOPS_SOFTMAX ? RowOperation::Softmax : RowOperation::LogSoftmax), from, x, to, y,
            {axis});
  });
}

bangopsStatus_t bangopsLayerNorm(bangopsHandle_t handle, int dimensions, float epsilon, bangopsTensorDescriptor_t xDesc,
                                 const void *x, bangopsTensorDescriptor_t paramDesc, const void *scale,
                                 const void *shift, bangopsTensorDescriptor_t yDesc, void *y, float *mean,
                                 float *factor) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    const int rank = static_cast<int>(from.dims.size());
    expectFloat(from, "x");
    expectSame(to, "y", from);
    expectData(from, x, "x");
    expectData(to, y, "y");
    expect(dimensions >= 1 && dimensions <= rank,
           "the number of dimensions is " + std::to_string(dimensions) + ", expected 1 to " + std::to_string(rank));
    expect(epsilon > 0, "epsilon is " + std::to_string(epsilon) + ", expected a positive number");
    RowsPlan plan = planOf(RowOperation::Normalise);
    const RowView view(from, axesBetween(rank - dimensions, rank));
    if (scale || shift)
      expectVector(paramDesc, scale ? scale : shift, "the descriptor of scale and shift", view.columns, from.dtype);
    plan.scale = scale;
    plan.shift = shift;
    plan.mean = mean;
    plan.factor = factor;
    plan.numbers[0] = epsilon;
    mapRows(handle, plan, from, x, to, y, axesBetween(rank - dimensions, rank));
  });
}

bangopsStatus_t bangopsRmsNorm(bangopsHandle_t handle, float epsilon, bangopsTensorDescriptor_t xDesc, const void *x,
                               bangopsTensorDescriptor_t scaleDesc, const void *scale, bangopsTensorDescriptor_t yDesc,
                               void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expectFloat(from, "x");
    expectSame(to, "y", from);
    expectData(from, x, "x");
    expectData(to, y, "y");
    expect(!from.dims.empty(), "x has no dimensions, expected at least one");
    expect(epsilon > 0, "epsilon is " + std::to_string(epsilon) + ", expected a positive number");
    RowsPlan plan = planOf(RowOperation::RootMeanSquare);
    if (scale)
      expectVector(scaleDesc, scale, "scale", from.dims.back(), from.dtype);
    plan.scale = scale;
    plan.numbers[0] = epsilon;
    mapRows(handle, plan, from, x, to, y, {static_cast<int>(from.dims.size()) - 1});
  });
}

bangopsStatus_t bangopsInstanceNorm(bangopsHandle_t handle, float epsilon, bangopsTensorDescriptor_t xDesc,
                                    const void *x, bangopsTensorDescriptor_t paramDesc, const void *scale,
                                    const void *shift, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expectFloat(from, "x");
    expectSame(to, "y", from);
    expectData(from, x, "x");
    expectData(to, y, "y");
    const int rank = static_cast<int>(from.dims.size());
    expect(rank >= 3, "x has the shape " + shapeText(from.dims) + ", expected an image: n, places, channels");
    mapRows(handle, channelPlan(RowOperation::Normalise, from, paramDesc, scale, shift, epsilon), from, x, to, y,
            axesBetween(1, rank - 1));
  });
}

bangopsStatus_t bangopsBatchNormTraining(bangopsHandle_t handle, float epsilon, float momentum,
                                         bangopsTensorDescriptor_t xDesc, const void *x,
                                         bangopsTensorDescriptor_t paramDesc, const void *scale, const void *shift,
                                         bangopsTensorDescriptor_t yDesc, void *y, float *runningMean,
                                         float *runningVariance, float *mean, float *factor) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expectFloat(from, "x");
    expectSame(to, "y", from);
    expectData(from, x, "x");
    expectData(to, y, "y");
    expect((runningMean == nullptr) == (runningVariance == nullptr),
           "only one of the running mean and the running variance is given, expected both or none");
    RowsPlan plan = channelPlan(RowOperation::Normalise, from, paramDesc, scale, shift, epsilon);
    plan.numbers[1] = momentum;
    plan.runningMean = runningMean;
    plan.runningVariance = runningVariance;
    plan.mean = mean;
    plan.factor = factor;
    mapRows(handle, plan, from, x, to, y, axesBetween(0, static_cast<int>(from.dims.size()) - 1));
  });
}

bangopsStatus_t bangopsBatchNormInference(bangopsHandle_t handle, float epsilon, bangopsTensorDescriptor_t xDesc,
                                          const void *x, bangopsTensorDescriptor_t paramDesc, const void *scale,
                                          const void *shift, const float *mean, const float *variance,
                                          bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expectFloat(from, "x");
    expectSame(to, "y", from);
    expectData(from, x, "x");
    expectData(to, y, "y");
    expect(mean && variance, "mean or variance is a null pointer");
    RowsPlan plan = channelPlan(RowOperation::NormaliseGiven, from, paramDesc, scale, shift, epsilon);
    plan.givenMean = mean;
    plan.givenVariance = variance;
    mapRows(handle, plan, from, x, to, y, axesBetween(0, static_cast<int>(from.dims.size()) - 1));
  });
}

bangopsStatus_t bangopsLocalResponseNorm(bangopsHandle_t handle, int size, float alpha, float beta, float k,
                                         bangopsTensorDescriptor_t xDesc, const void *x,
                                         bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expectFloat(from, "x");
    expectSame(to, "y", from);
    expectData(from, x, "x");
    expectData(to, y, "y");
    expect(!from.dims.empty(), "x has no dimensions, expected channels as the last one");
    expect(size >= 1 && size <= 63 && size % 2 == 1,
           "the size is " + std::to_string(size) + ", expected an odd number from 1 to 63");
    expect(k > 0, "k is " + std::to_string(k) + ", expected a positive number");
    RowsPlan plan = planOf(RowOperation::LocalResponse);
    plan.numbers[0] = static_cast<float>(size);
    plan.numbers[1] = alpha;
    plan.numbers[2] = beta;
    plan.numbers[3] = k;
    mapRows(handle, plan, from, x, to, y, {static_cast<int>(from.dims.size()) - 1});
  });
}

bangopsStatus_t bangopsCrossEntropy(bangopsHandle_t handle, float gradientScale, bangopsTensorDescriptor_t xDesc,
                                    const void *x, const int32_t *labels, bangopsTensorDescriptor_t lossDesc,
                                    void *loss, bangopsTensorDescriptor_t dxDesc, void *dx) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x");
    expectFloat(from, "x");
    expect(from.dims.size() == 2, "x has the shape " + shapeText(from.dims) + ", expected rows and classes");
    expectData(from, x, "x");
    expect(from.dims[0] == 0 || labels, "the labels are a null pointer");
    expect(from.dims[0] == 0 || from.dims[1] > 0, "x has no classes");
    expect(loss || dx, "neither a loss nor a gradient is asked for");
    if (loss)
      expectVector(lossDesc, loss, "loss", from.dims[0], from.dtype);
    RowsPlan plan = planOf(RowOperation::CrossEntropy);
    plan.labels = labels;
    plan.result = loss;
    plan.numbers[0] = gradientScale;
    plan.rows = from.dims[0];
    plan.columns = from.dims[1];
    Dense in(handle, from, x);
    plan.x = in.get();
    if (!dx) {
      runRows(handle, plan, from.dtype);
      return;
    }
    const Tensor &to = tensor(dxDesc, "dx");
    expectSame(to, "dx", from);
    Dense out(handle, to, dx, true);
    plan.y = out.get();
    runRows(handle, plan, from.dtype);
    out.finish();
  });
}

bangopsStatus_t bangopsMseForward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                  bangopsTensorDescriptor_t targetDesc, const void *target,
                                  bangopsTensorDescriptor_t lossDesc, void *loss) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x");
    expectFloat(from, "x");
    expectVector(lossDesc, loss, "loss", 1, from.dtype);
    expectShape(tensor(targetDesc, "target"), "target", from.dims);
    expect(elements(from) > 0, "x has no elements, so there is no mean");
    Scratch squares(handle, elements(from) * elementBytes(from.dtype));
    Tensor dense = from;
    dense.strides = denseStrides(dense.dims);
    runElementwise(handle, Formula::SquaredError, {{"x", xDesc, x}, {"target", targetDesc, target}},
                   {{"squares", &dense, squares.get()}}, {});
    reduceRows(handle, RowOperation::Mean, squares.get(), loss, 1, elements(from), from.dtype);
  });
}

bangopsStatus_t bangopsMseBackward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                   bangopsTensorDescriptor_t targetDesc, const void *target,
                                   bangopsTensorDescriptor_t dxDesc, void *dx) {
  return guarded(__func__, [&] {
    const Tensor &from = tensor(xDesc, "x");
    expectShape(tensor(targetDesc, "target"), "target", from.dims);
    runElementwise(handle, Formula::SquaredErrorBack, {{"x", xDesc, x}, {"target", targetDesc, target}},
                   {{"dx", dxDesc, dx}}, {2.0f / static_cast<float>(std::max<int64_t>(1, elements(from)))});
  });
}

} // extern "C"
