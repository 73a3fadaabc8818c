// layout.cpp: copies by strides and what is made of them: transposes, concatenation, borders; fills and conversions.
#include "layout/layout.h"
#include "common/device_constants.h"

#include <algorithm>
#include <cmath>

namespace bangops {

constexpr int64_t kSectorBytes = 64; // that memory moves at least

struct Axis {
  int64_t size, from, to;
};

// Drops dimensions of one element and joins neighbours that are one run in both tensors.
static std::vector<Axis> mergedAxes(const Tensor &x, const Tensor &y) {
  std::vector<Axis> axes;
  for (size_t d = 0; d < x.dims.size(); ++d) {
    if (x.dims[d] == 1)
      continue;
    const Axis axis = {x.dims[d], x.strides[d], y.strides[d]};
    if (!axes.empty() && axes.back().from == axis.from * axis.size && axes.back().to == axis.to * axis.size)
      axes.back() = {axes.back().size * axis.size, axis.from, axis.to};
    else
      axes.push_back(axis);
  }
  return axes;
}

static int unitAxis(const std::vector<Axis> &axes, int64_t Axis::*stride) {
  for (size_t i = 0; i < axes.size(); ++i)
    if (axes[i].*stride == 1)
      return static_cast<int>(i);
  return -1;
}
static int largestAxis(const std::vector<Axis> &axes, int but, int alsoBut = -1) {
  int best = -1;
  for (size_t i = 0; i < axes.size(); ++i)
    if (static_cast<int>(i) != but && static_cast<int>(i) != alsoBut && (best < 0 || axes[i].size > axes[best].size))
      best = static_cast<int>(i);
  return best;
}
// The third dimension of a tile: one that makes the run in x or in y longer, else the largest.
static int thirdAxis(const std::vector<Axis> &axes, int a, int b) {
  for (size_t i = 0; i < axes.size(); ++i)
    if (static_cast<int>(i) != a && static_cast<int>(i) != b &&
        ((a >= 0 && axes[i].from == axes[a].size) || (b >= 0 && axes[i].to == axes[b].size)))
      return static_cast<int>(i);
  return largestAxis(axes, a, b);
}

void copyStrided(bangopsHandle_t handle, const Tensor &x, const void *from, const Tensor &y, void *to) {
  if (elements(x) == 0)
    return;
  const size_t bytes = elementBytes(x.dtype);
  std::vector<Axis> axes = mergedAxes(x, y);
  int a = unitAxis(axes, &Axis::from), b = unitAxis(axes, &Axis::to);
  const bool turned = a >= 0 && b >= 0 && a != b;
  const int64_t gap = a < 0 && b >= 0 && axes[b].from * bytes <= kSectorBytes ? axes[b].from : 0;
  if (a < 0 || b < 0) // one element at a time; runs on one side only do not help, unless the gaps are small
    a = -1;
  if (!turned && gap == 0)
    b = largestAxis(axes, a);
  const int c = gap ? -1 : thirdAxis(axes, a, b);
  CopyPlan plan = {};
  plan.from = from;
  plan.to = to;
  plan.turned = turned;
  const auto axisOf = [&](int i) { return i >= 0 ? axes[i] : Axis{1, 1, 1}; };
  const Axis axisA = axisOf(a), axisB = axisOf(b), axisC = axisOf(c);
  plan.a = axisA.size, plan.fromA = axisA.from, plan.toA = axisA.to;
  plan.b = axisB.size, plan.fromB = axisB.from, plan.toB = axisB.to;
  plan.c = axisC.size, plan.fromC = axisC.from, plan.toC = axisC.to;
  plan.repeated = !turned && plan.fromB == 0;
  plan.gap = plan.repeated ? 0 : gap;
  plan.joined = turned && c >= 0 && plan.toC == plan.b;
  int64_t outerTiles = 1;
  for (size_t i = 0; i < axes.size(); ++i) {
    expect(axes[i].from < (int64_t(1) << 31) / 4 && axes[i].to < (int64_t(1) << 31) / 4,
           "a stride is larger than 2^29 elements");
    if (static_cast<int>(i) == a || static_cast<int>(i) == b || static_cast<int>(i) == c)
      continue;
    plan.outer[plan.outerCount] = axes[i].size;
    plan.fromOuter[plan.outerCount] = axes[i].from;
    plan.toOuter[plan.outerCount++] = axes[i].to;
    outerTiles *= axes[i].size;
  }
  // Tiles fill a buffer, but every core should have a few of them. Turned ones have runs on both sides.
  constexpr int64_t kShortest = 256, kMostSegments = 32768;
  const int64_t copies = turned ? 6 : plan.gap ? 3 * (plan.gap + 1) : 3;
  const int64_t room = handle->machine.nramBytes / copies / bytes - kLineBytes;
  const int64_t wanted = std::max<int64_t>(1024, elements(x) / (handle->machine.cores * 4));
  const int64_t tile = std::min(room, wanted);
  const int64_t side = std::min(kShortest, static_cast<int64_t>(std::sqrt(tile)));
  plan.tileA = std::min(plan.a, turned ? tile / std::min(plan.b, side) : tile);
  plan.tileB = std::min({plan.b, std::max<int64_t>(1, tile / plan.tileA), kMostSegments});
  plan.tileC = std::min({plan.c, std::max<int64_t>(1, tile / (plan.tileA * plan.tileB)), kMostSegments});
  plan.tilesA = (plan.a + plan.tileA - 1) / plan.tileA;
  plan.tilesB = (plan.b + plan.tileB - 1) / plan.tileB;
  plan.tilesC = (plan.c + plan.tileC - 1) / plan.tileC;
  plan.tiles = outerTiles * plan.tilesA * plan.tilesB * plan.tilesC;
  if (!handle->asked)
    launchCopy(plan, bytes, handle->machine, handle->queue);
}

// The part of y that begins `offset` elements behind its data.
static void *shifted(void *data, int64_t offset, bangopsDataType_t dtype) {
  return static_cast<char *>(data) + offset * elementBytes(dtype);
}

static int elementwiseTile(bangopsHandle_t handle, int64_t n, int bytesPerElement) {
  const int64_t room = (handle->machine.nramBytes - 16 * 128) / bytesPerElement / 64 * 64;
  const int64_t share = (n / (handle->machine.cores * 4) + 63) / 64 * 64;
  return static_cast<int>(std::min(room, std::max<int64_t>(1024, share)));
}

static void fill(bangopsHandle_t handle, float value, const Tensor &y, void *data) {
  const int64_t n = elements(y);
  if (n == 0)
    return;
  Dense out(handle, y, data, true);
  if (!handle->asked)
    launchFill(out.get(), n, elementwiseTile(handle, n, 4), value, y.dtype, handle->machine, handle->queue);
  out.finish();
}

} // namespace bangops

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsCopy(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                            bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expectShape(to, "y", from.dims);
    expectDtype(to, "y", from.dtype);
    expectWritable(to, "y");
    expectData(from, x, "x");
    expectData(to, y, "y");
    copyStrided(handle, from, x, to, y);
  });
}

bangopsStatus_t bangopsTranspose(bangopsHandle_t handle, const int *permutation, bangopsTensorDescriptor_t xDesc,
                                 const void *x, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    const size_t rank = from.dims.size();
    expect(permutation != nullptr || rank == 0, "the permutation is a null pointer");
    std::vector<int> order(permutation, permutation + rank), sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (size_t d = 0; d < rank; ++d)
      expect(sorted[d] == static_cast<int>(d),
             "the permutation does not name each dimension from 0 to " + std::to_string(rank - 1) + " once");
    const Tensor turned = permuted(from, order);
    expectShape(to, "y", turned.dims);
    expectDtype(to, "y", from.dtype);
    expectWritable(to, "y");
    expectData(from, x, "x");
    expectData(to, y, "y");
    copyStrided(handle, turned, x, to, y);
  });
}

bangopsStatus_t bangopsConcat(bangopsHandle_t handle, int axis, int count, const bangopsTensorDescriptor_t *xDescs,
                              const void *const *xs, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &to = tensor(yDesc, "y");
    const int rank = static_cast<int>(to.dims.size());
    expect(axis >= 0 && axis < rank,
           "the axis is " + std::to_string(axis) + ", expected 0 to " + std::to_string(rank - 1));
    expect(count > 0 && xDescs && xs, "no inputs are given, expected at least one");
    expectWritable(to, "y");
    expectData(to, y, "y");
    int64_t all = 0;
    for (int i = 0; i < count; ++i) {
      const std::string name = "input " + std::to_string(i);
      const Tensor &from = tensor(xDescs[i], name.c_str());
      std::vector<int64_t> dims = to.dims;
      expect(from.dims.size() == dims.size(),
             name + " has the shape " + shapeText(from.dims) + ", expected " + std::to_string(rank) + " dimensions");
      dims[axis] = from.dims[axis];
      expectShape(from, name.c_str(), dims);
      expectDtype(from, name.c_str(), to.dtype);
      expectData(from, xs[i], name.c_str());
      all += from.dims[axis];
    }
    expect(all == to.dims[axis], "y has " + std::to_string(to.dims[axis]) + " elements along axis " +
                                     std::to_string(axis) + ", the inputs have " + std::to_string(all));
    int64_t first = 0;
    for (int i = 0; i < count; ++i) {
      Tensor part = to;
      part.dims = xDescs[i]->dims;
      copyStrided(handle, *xDescs[i], xs[i], part, shifted(y, first * to.strides[axis], to.dtype));
      first += part.dims[axis];
    }
  });
}

bangopsStatus_t bangopsPad(bangopsHandle_t handle, const int64_t *before, float value, bangopsTensorDescriptor_t xDesc,
                           const void *x, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    const size_t rank = to.dims.size();
    expect(from.dims.size() == rank,
           "x has the shape " + shapeText(from.dims) + ", expected " + std::to_string(rank) + " dimensions as y");
    expect(before != nullptr || rank == 0, "the border is a null pointer");
    expectDtype(to, "y", from.dtype);
    expectWritable(to, "y");
    expectData(from, x, "x");
    expectData(to, y, "y");
    int64_t offset = 0;
    for (size_t d = 0; d < rank; ++d) {
      expect(before[d] >= 0 && before[d] + from.dims[d] <= to.dims[d],
             "y has " + std::to_string(to.dims[d]) + " elements along dimension " + std::to_string(d) + ", but " +
                 std::to_string(before[d]) + " and x's " + std::to_string(from.dims[d]) + " do not fit");
      offset += before[d] * to.strides[d];
    }
    fill(handle, value, to, y);
    Tensor inside = to;
    inside.dims = from.dims;
    copyStrided(handle, from, x, inside, shifted(y, offset, to.dtype));
  });
}

bangopsStatus_t bangopsFill(bangopsHandle_t handle, float value, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &to = tensor(yDesc, "y");
    expectWritable(to, "y");
    expectData(to, y, "y");
    fill(handle, value, to, y);
  });
}

bangopsStatus_t bangopsCast(bangopsHandle_t handle, float scale, bangopsTensorDescriptor_t xDesc, const void *x,
                            bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expectShape(to, "y", from.dims);
    expectWritable(to, "y");
    expectData(from, x, "x");
    expectData(to, y, "y");
    const int64_t n = elements(from);
    if (n == 0)
      return;
    Dense in(handle, from, x), out(handle, to, y, true);
    const int perElement = static_cast<int>(2 * (elementBytes(from.dtype) + elementBytes(to.dtype)) + 4);
    if (!handle->asked)
      launchCast({in.get(), out.get(), n, elementwiseTile(handle, n, perElement), scale}, from.dtype, to.dtype,
                 handle->machine, handle->queue);
    out.finish();
  });
}

} // extern "C"
