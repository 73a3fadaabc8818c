// select.cpp: embedding, gather, scatter, top-k, boxes: checks and launches.
#include "select/select.h"
#include "common/device_constants.h"

#include <algorithm>

namespace bangops {

static int chunkOf(bangopsHandle_t handle, int64_t columns) {
  return static_cast<int>(std::min<int64_t>(columns, (handle->machine.nramBytes - 8 * kLineBytes) / 16 / 64 * 64));
}

// Rows that a core gathers together: two tiles fit, and every core has some of them. One gather reaches 4 GB.
static int rowsOfTile(const Machine &machine, int64_t tableRows, int64_t count, int64_t rowBytes) {
  if (tableRows == 0 || tableRows * std::max<int64_t>(rowBytes, 4) >= int64_t(1) << 32)
    return 0;
  const int64_t fit = (machine.nramBytes / 2 - 4 * kLineBytes) / (rowBytes + 12);
  return static_cast<int>(std::min(fit, std::max<int64_t>(1, count / (4 * static_cast<int64_t>(machine.cores)))));
}

static const Tensor &boxesOf(bangopsTensorDescriptor_t desc, const void *data, const char *name) {
  const Tensor &t = tensor(desc, name);
  expectDtype(t, name, BANGOPS_DTYPE_F32);
  expect(t.dims.size() == 2 && t.dims[1] == 4,
         std::string(name) + " has the shape " + shapeText(t.dims) + ", expected boxes of 4 numbers");
  expectData(t, data, name);
  return t;
}

// The largest part of the channels with which a row of a region fits, and a few more rows; see RoiAlignStage.
static void cutRegions(RoiAlignPlan &plan, int64_t bytes, const Machine &machine) {
  const int64_t weights = 8 * (plan.ph * (plan.h + 2) + plan.pw * (plan.w + 2));
  const int64_t wide = bytes < 4 ? 4 : 0, room = machine.nramBytes - 24 * kLineBytes - weights;
  for (int64_t part = plan.channels; part > 0; part = part > 1 ? (part + 1) / 2 : 0) {
    const int64_t out = plan.ph * plan.pw * part, rest = room - out * (2 * bytes + wide);
    const int64_t region = rest * 3 / 4 / (2 * bytes + wide), rows = rest / 4 / 8;
    if (rest <= 0 || region < plan.w * part || rows < plan.pw * part)
      continue;
    plan.part = static_cast<int>(part);
    plan.outN = static_cast<int>(out);
    plan.regionN = static_cast<int>(region);
    plan.rowsN = static_cast<int>(rows);
    return;
  }
  notSupported("an image of " + std::to_string(plan.h) + " by " + std::to_string(plan.w) + " with bins of " +
               std::to_string(plan.ph) + " by " + std::to_string(plan.pw) + " does not fit into NRAM");
}

} // namespace bangops

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsGather(bangopsHandle_t handle, bangopsTensorDescriptor_t tableDesc, const void *table,
                              int64_t count, const int32_t *index, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(tableDesc, "table"), &to = tensor(yDesc, "y");
    expect(from.dims.size() == 2, "table has the shape " + shapeText(from.dims) + ", expected rows and columns");
    expect(count >= 0, "the count is negative");
    expectShape(to, "y", {count, from.dims[1]});
    expectDtype(to, "y", from.dtype);
    expectWritable(to, "y");
    expectData(from, table, "table");
    expectData(to, y, "y");
    if (elements(to) == 0)
      return;
    expect(index != nullptr, "the index is a null pointer");
    Dense in(handle, from, table), out(handle, to, y, true);
    if (!handle->asked)
      launchGather({in.get(), index, out.get(), count, from.dims[0], from.dims[1], chunkOf(handle, from.dims[1]),
                    rowsOfTile(handle->machine, from.dims[0], count,
                               from.dims[1] * static_cast<int64_t>(elementBytes(from.dtype)))},
                   elementBytes(from.dtype), handle->machine, handle->queue);
    out.finish();
  });
}

bangopsStatus_t bangopsScatterAdd(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                  const int32_t *index, bangopsTensorDescriptor_t tableDesc, void *table) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(tableDesc, "table");
    expectFloat(from, "x");
    expect(from.dims.size() == 2, "x has the shape " + shapeText(from.dims) + ", expected rows and columns");
    expect(to.dims.size() == 2 && to.dims[1] == from.dims[1],
           "table has the shape " + shapeText(to.dims) + ", expected rows of " + std::to_string(from.dims[1]));
    expectDtype(to, "table", from.dtype);
    expect(isDense(to), "table is not dense");
    expectData(from, x, "x");
    expectData(to, table, "table");
    if (elements(from) == 0 || elements(to) == 0)
      return;
    expect(index != nullptr, "the index is a null pointer");
    const int64_t bytes = static_cast<int64_t>(elementBytes(from.dtype));
    if (std::max(from.dims[0], to.dims[0]) * from.dims[1] * bytes >= int64_t(1) << 32)
      notSupported("x or table has 4 GB or more");
    Dense in(handle, from, x);
    RowsByIndexPlan plan = {in.get(), index, table, from.dims[0], to.dims[0], from.dims[1], 0, 0};
    // Buffers of ScatterAdd: 4 of rows, in the type and in float; seven of numbers, up to 2048 each.
    constexpr int64_t kMostRows = 64, kNumbers = 7 * 2048 * 4;
    const int64_t room = (handle->machine.nramBytes - 16 * kLineBytes - kNumbers) / (2 * bytes + 8);
    plan.chunk = static_cast<int>(std::min(plan.columns, room));
    plan.rowsPerTile = static_cast<int>(std::min(kMostRows, room / plan.chunk));
    if (!handle->asked)
      launchScatterAdd(plan, from.dtype, handle->machine, handle->queue);
  });
}

bangopsStatus_t bangopsTopK(bangopsHandle_t handle, int k, bangopsTensorDescriptor_t xDesc, const void *x,
                            bangopsTensorDescriptor_t valuesDesc, void *values, int32_t *index) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(valuesDesc, "values");
    expectFloat(from, "x");
    expect(!from.dims.empty(), "x has no dimensions, expected at least one");
    std::vector<int64_t> dims = from.dims;
    expect(k >= 1 && k <= dims.back(), "k is " + std::to_string(k) + ", expected 1 to " + std::to_string(dims.back()));
    const int64_t columns = dims.back();
    dims.back() = k;
    expectShape(to, "values", dims);
    expectDtype(to, "values", from.dtype);
    expect(isDense(to), "values is not dense");
    expectData(from, x, "x");
    expectData(to, values, "values");
    if (elements(from) == 0)
      return;
    expect(index != nullptr, "the index is a null pointer");
    // Two tiles of rows and of results; every core has some of them.
    const int64_t bytes = static_cast<int64_t>(elementBytes(from.dtype)), rows = elements(from) / columns;
    const int64_t fit = (handle->machine.nramBytes - 12 * kLineBytes) / (2 * (columns * bytes + k * (bytes + 4)));
    if (fit == 0)
      notSupported("a row of " + std::to_string(columns) + " elements does not fit into NRAM");
    const int64_t share = std::max<int64_t>(1, rows / (4 * static_cast<int64_t>(handle->machine.cores)));
    Dense in(handle, from, x);
    if (!handle->asked)
      launchTopK({in.get(), values, index, rows, static_cast<int>(columns), k, static_cast<int>(std::min(fit, share))},
                 from.dtype, handle->machine, handle->queue);
  });
}

bangopsStatus_t bangopsIoU(bangopsHandle_t handle, bangopsTensorDescriptor_t aDesc, const float *a,
                           bangopsTensorDescriptor_t bDesc, const float *b, float *iou) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &left = boxesOf(aDesc, a, "a"), &right = boxesOf(bDesc, b, "b");
    if (elements(left) == 0 || elements(right) == 0)
      return;
    expect(iou != nullptr, "iou is a null pointer");
    Dense denseA(handle, left, a), denseB(handle, right, b);
    BoxPlan plan = {};
    plan.a = denseA.get<float>();
    plan.b = denseB.get<float>();
    plan.iou = iou;
    plan.countA = static_cast<int>(left.dims[0]);
    plan.countB = static_cast<int>(right.dims[0]);
    // Parts of b of about the same size; 13 vectors of it are in NRAM.
    const int most = (handle->machine.nramBytes - 16 * kLineBytes) / (13 * 4), parts = (plan.countB + most - 1) / most;
    plan.part = (plan.countB + parts - 1) / parts;
    if (!handle->asked)
      launchIoU(plan, handle->machine, handle->queue);
  });
}

bangopsStatus_t bangopsNms(bangopsHandle_t handle, float limit, int maxKept, bangopsTensorDescriptor_t boxesDesc,
                           const float *boxes, const float *scores, int32_t *kept, int32_t *keptCount) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &t = boxesOf(boxesDesc, boxes, "boxes");
    expect(kept && keptCount, "the place for the result is a null pointer");
    expect(maxKept >= 0, "the largest number of results is negative");
    BoxPlan plan = {};
    plan.countA = static_cast<int>(t.dims[0]);
    plan.maxKept = std::min(maxKept, plan.countA);
    plan.limit = limit;
    plan.kept = kept;
    plan.keptCount = keptCount;
    if (plan.countA == 0) {
      if (!handle->asked)
        checkRuntime(cnrtMemset(keptCount, 0, sizeof(int32_t)), "cnrtMemset");
      return;
    }
    expect(scores != nullptr, "the scores are a null pointer");
    if (plan.countA * int64_t(44) + 16 * kLineBytes > handle->machine.nramBytes)
      notSupported(std::to_string(plan.countA) + " boxes do not fit into NRAM");
    Dense dense(handle, t, boxes);
    plan.a = dense.get<float>();
    plan.scores = scores;
    if (!handle->asked)
      launchNms(plan, handle->machine, handle->queue);
  });
}

bangopsStatus_t bangopsRoiAlign(bangopsHandle_t handle, float scale, int sampling, int aligned,
                                bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t roisDesc,
                                const float *rois, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &regions = tensor(roisDesc, "rois"), &to = tensor(yDesc, "y");
    expectFloat(from, "x");
    expect(from.dims.size() == 4 && to.dims.size() == 4, "x and y are images: expected 4 dimensions of both");
    expectDtype(regions, "rois", BANGOPS_DTYPE_F32);
    expect(regions.dims.size() == 2 && regions.dims[1] == 5 && isDense(regions),
           "rois has the shape " + shapeText(regions.dims) +
               ", expected an image and 4 coordinates each, side by side");
    expectShape(to, "y", {regions.dims[0], to.dims[1], to.dims[2], from.dims[3]});
    expectDtype(to, "y", from.dtype);
    expectWritable(to, "y");
    expect(sampling >= 0, "the number of samples is negative");
    expectData(from, x, "x");
    expectData(regions, rois, "rois");
    expectData(to, y, "y");
    if (elements(to) == 0)
      return;
    RoiAlignPlan plan = {};
    plan.images = from.dims[0], plan.h = from.dims[1], plan.w = from.dims[2], plan.channels = from.dims[3];
    plan.roiCount = regions.dims[0], plan.ph = to.dims[1], plan.pw = to.dims[2];
    plan.rois = rois;
    plan.sampling = sampling;
    plan.scale = scale;
    plan.aligned = aligned != 0;
    if (elements(from) == 0)
      refuse("x has the shape " + shapeText(from.dims) + ", expected images with pixels");
    cutRegions(plan, static_cast<int64_t>(elementBytes(from.dtype)), handle->machine);
    Dense in(handle, from, x), out(handle, to, y, true);
    plan.x = in.get();
    plan.y = out.get();
    if (!handle->asked)
      launchRoiAlign(plan, from.dtype, handle->machine, handle->queue);
    out.finish();
  });
}

} // extern "C"
