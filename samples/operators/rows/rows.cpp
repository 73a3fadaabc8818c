// rows.cpp: reductions, softmax, normalisations, losses: which dimensions make a row, how rows are cut, launches.
#include "rows/rows.h"
#include "common/device_constants.h"
#include "elementwise/elementwise.h"
#include "layout/layout.h"

#include <algorithm>
#include <memory>

namespace bangops {

// A short description of an operation on rows; the callers and runRows fill in the other members.
static RowsPlan planOf(RowOperation operation) {
  RowsPlan plan = {};
  plan.operation = operation;
  return plan;
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
// The operands of every operator that makes a y of x's shape.
static void expectMapped(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                         bangopsTensorDescriptor_t yDesc, const void *y) {
  expectHandle(handle);
  const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
  expectFloat(from, "x");
  expectSame(to, "y", from);
  expectData(from, x, "x");
  expectData(to, y, "y");
}
static void expectEpsilon(float epsilon) {
  expect(epsilon > 0, "epsilon is " + std::to_string(epsilon) + ", expected a positive number");
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

// Queues a plan for rows that lie side by side or across memory as they lie; false if they do neither, or do not fit
// so.
static bool runInPlace(bangopsHandle_t handle, RowsPlan plan, const Tensor &x, const void *from, const RowView &view) {
  plan.x = from;
  plan.rows = view.rows;
  plan.columns = view.columns;
  plan.inner = rowsAcross(x, view);
  return plan.inner > 0 && runRows(handle, plan, x.dtype);
}
// The same for a dense tensor with the rows last.
static void runDense(bangopsHandle_t handle, RowsPlan plan, const RowView &view, bangopsDataType_t dtype) {
  plan.rows = view.rows;
  plan.columns = view.columns;
  if (!runRows(handle, plan, dtype))
    notSupported("a row of " + std::to_string(view.columns) + " elements does not fit into NRAM");
}

// Maps every row along `axes` of x to y.
static void mapRows(bangopsHandle_t handle, RowsPlan plan, const Tensor &x, const void *xData, const Tensor &y,
                    void *yData, const std::vector<int> &axes) {
  const RowView view(x, axes);
  plan.y = yData;
  if (x.strides == y.strides && runInPlace(handle, plan, x, xData, view))
    return;
  Dense in(handle, permuted(x, view.order), xData), out(handle, permuted(y, view.order), yData, true);
  plan.x = in.get();
  plan.y = out.get();
  runDense(handle, plan, view, x.dtype);
  out.finish();
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
  Dense out(handle, y, yData, true);
  if (view.columns == 0) {
    if (!handle->asked)
      launchFill(out.get(), view.rows, 1024, 0, y.dtype, handle->machine, handle->queue);
    out.finish();
    return;
  }
  RowsPlan plan = planOf(operation);
  if (index)
    plan.index = out.get<int32_t>();
  else
    plan.result = out.get();
  if (!runInPlace(handle, plan, x, xData, view)) {
    Dense in(handle, permuted(x, view.order), xData);
    plan.x = in.get();
    runDense(handle, plan, view, x.dtype);
  }
  out.finish();
}

// The row holds everything but the channels; scale and shift have an element for each channel.
static RowsPlan channelPlan(RowOperation operation, const Tensor &x, bangopsTensorDescriptor_t paramDesc,
                            const void *scale, const void *shift, float epsilon) {
  expect(!x.dims.empty(), "x has no dimensions, expected channels as the last one");
  expectEpsilon(epsilon);
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

// A row holds all places of a channel. Channels lie across memory, or the places of each channel in an image side by
// side, and then the numbers of a channel are found from all images'.
static void batchNorm(bangopsHandle_t handle, RowsPlan plan, const Tensor &x, const void *xData, const Tensor &y,
                      void *yData) {
  const int channelAxis = static_cast<int>(x.dims.size()) - 1;
  const int64_t channels = x.dims.back();
  plan.x = xData;
  plan.y = yData;
  plan.numberCount = channels;
  if (elements(x) == 0)
    return;
  if (x.strides == y.strides && isDense(x)) {
    plan.inner = plan.rows = channels;
    plan.columns = elements(x) / channels;
    if (runRows(handle, plan, x.dtype))
      return;
  }
  if (x.strides == y.strides && channelAxis >= 2) {
    const RowView places(x, axesBetween(1, channelAxis));
    plan.inner = rowsAcross(x, places);
    plan.rows = places.rows;
    plan.columns = places.columns;
    if (plan.inner == 1 && runRows(handle, plan, x.dtype))
      return;
  }
  plan.numberCount = 0;
  plan.inner = 0;
  mapRows(handle, plan, x, xData, y, yData, axesBetween(0, channelAxis));
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
    expectMapped(handle, xDesc, x, yDesc, y);
    const Tensor &from = *xDesc, &to = *yDesc;
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
    expectMapped(handle, xDesc, x, yDesc, y);
    const Tensor &from = *xDesc, &to = *yDesc;
    const int rank = static_cast<int>(from.dims.size());
    expect(dimensions >= 1 && dimensions <= rank,
           "the number of dimensions is " + std::to_string(dimensions) + ", expected 1 to " + std::to_string(rank));
    expectEpsilon(epsilon);
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
    expectMapped(handle, xDesc, x, yDesc, y);
    const Tensor &from = *xDesc, &to = *yDesc;
    expect(!from.dims.empty(), "x has no dimensions, expected at least one");
    expectEpsilon(epsilon);
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
    expectMapped(handle, xDesc, x, yDesc, y);
    const Tensor &from = *xDesc, &to = *yDesc;
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
    expectMapped(handle, xDesc, x, yDesc, y);
    const Tensor &from = *xDesc, &to = *yDesc;
    expect((runningMean == nullptr) == (runningVariance == nullptr),
           "only one of the running mean and the running variance is given, expected both or none");
    RowsPlan plan = channelPlan(RowOperation::Normalise, from, paramDesc, scale, shift, epsilon);
    plan.numbers[1] = momentum;
    plan.runningMean = runningMean;
    plan.runningVariance = runningVariance;
    plan.mean = mean;
    plan.factor = factor;
    batchNorm(handle, plan, from, x, to, y);
  });
}

bangopsStatus_t bangopsBatchNormInference(bangopsHandle_t handle, float epsilon, bangopsTensorDescriptor_t xDesc,
                                          const void *x, bangopsTensorDescriptor_t paramDesc, const void *scale,
                                          const void *shift, const float *mean, const float *variance,
                                          bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectMapped(handle, xDesc, x, yDesc, y);
    const Tensor &from = *xDesc, &to = *yDesc;
    expect(mean && variance, "mean or variance is a null pointer");
    RowsPlan plan = channelPlan(RowOperation::NormaliseGiven, from, paramDesc, scale, shift, epsilon);
    plan.givenMean = mean;
    plan.givenVariance = variance;
    batchNorm(handle, plan, from, x, to, y);
  });
}

bangopsStatus_t bangopsLocalResponseNorm(bangopsHandle_t handle, int size, float alpha, float beta, float k,
                                         bangopsTensorDescriptor_t xDesc, const void *x,
                                         bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectMapped(handle, xDesc, x, yDesc, y);
    const Tensor &from = *xDesc, &to = *yDesc;
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
    expectHandle(handle);
    expectFloat(from, "x");
    expectData(from, x, "x");
    expectVector(lossDesc, loss, "loss", 1, from.dtype);
    expectShape(tensor(targetDesc, "target"), "target", from.dims);
    expect(elements(from) > 0, "x has no elements, so there is no mean");
    expectDtype(*targetDesc, "target", from.dtype);
    expectData(*targetDesc, target, "target");
    Dense in(handle, from, x), other(handle, *targetDesc, target);
    RowsPlan plan = planOf(RowOperation::MeanSquaredError);
    plan.x = in.get();
    plan.target = other.get();
    plan.result = loss;
    plan.rows = 1;
    plan.columns = elements(from);
    runRows(handle, plan, from.dtype);
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
