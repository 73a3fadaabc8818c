// windows.cpp: pools, their gradients and depthwise convolutions: checks, bands, launches.
#include "windows/windows.h"
#include "common/device_constants.h"

#include <algorithm>

namespace bangops {

static int64_t reached(int64_t size, int pad, int window, int stride) {
  const int64_t span = size + 2 * static_cast<int64_t>(pad) - window;
  return span < 0 ? 0 : span / stride + 1;
}

static bool isBack(const WindowPlan &p) {
  return p.operation == WindowOperation::MaxBack || p.operation == WindowOperation::AverageBack;
}

// Sets the sizes of a band in NRAM; says how many bytes all buffers take, as kernel.mlu and bands.h cut them.
static int64_t measureBand(WindowPlan &p, int64_t bytes) {
  // A gradient also looks at the windows that reach in from above, and ends where the next band begins.
  const int64_t above = isBack(p) ? (p.kh - 1) / p.strideH : 0, below = isBack(p) ? p.strideH : 0;
  p.columns = static_cast<int>(std::max((p.ow - 1) * p.strideW + p.kw, p.padW + p.w));
  if (p.operation == WindowOperation::Depthwise) // whole phases
    p.columns = (p.columns + p.strideW - 1) / p.strideW * p.strideW;
  const int64_t rows = (p.bandRows + above - 1) * p.strideH + p.kh + below, row = p.ow * p.bandChannels;
  const int64_t large = (rows * p.columns + p.padW) * p.bandChannels, small = (p.bandRows + above) * row;
  const int64_t taps = static_cast<int64_t>(p.kh) * p.kw;
  int64_t all = bytes * ((p.operation == WindowOperation::MaxBack ? 3 : 2) * large + 2 * small) + 16 * kLineBytes;
  if (p.operation == WindowOperation::Depthwise)
    all += 4 * ((bytes < 4 ? large + small : 0) + taps * row + (taps + 1) * p.bandChannels);
  else if (bytes == 1)
    all += 2 * (large + small);
  else
    all += bytes * (2 * small + row);
  p.largeN = static_cast<int>(std::min<int64_t>(large, INT32_MAX)); // of what does not fit it is not asked
  p.smallN = static_cast<int>(std::min<int64_t>(small, INT32_MAX));
  p.rowN = static_cast<int>(std::min<int64_t>(row, INT32_MAX));
  return all;
}

// Bands fit, and there are a few for every core. Windows that overlap read the rows between two bands twice, so
// channels are halved before rows, as long as a pixel has two sectors of memory.
static void cutBands(WindowPlan &plan, int64_t bytes, const Machine &machine) {
  constexpr int64_t kShortest = 128, kSmallBand = 32768; // bytes
  plan.bandChannels = static_cast<int>(plan.channels);
  plan.bandRows = static_cast<int>(plan.oh);
  while (true) {
    const bool fits = measureBand(plan, bytes) <= machine.nramBytes;
    const int64_t bands = plan.images * ((plan.oh + plan.bandRows - 1) / plan.bandRows) *
                          ((plan.channels + plan.bandChannels - 1) / plan.bandChannels);
    if (fits && (bands >= 3 * static_cast<int64_t>(machine.cores) || plan.largeN * bytes < kSmallBand))
      return;
    const int64_t sector = 64 / bytes, half = (plan.bandChannels / 2 + sector - 1) / sector * sector;
    // An instruction of a depthwise convolution takes one row, which should be long.
    const bool wide = plan.channels % sector == 0 && half < plan.bandChannels && half * bytes >= kShortest &&
                      (plan.operation != WindowOperation::Depthwise || plan.ow * half >= 2048);
    if (wide && (plan.kh > plan.strideH || plan.bandRows == 1))
      plan.bandChannels = static_cast<int>(half);
    else if (plan.bandRows > 1)
      plan.bandRows = (plan.bandRows + 1) / 2;
    else if (fits)
      return;
    else if (plan.bandChannels > 1)
      plan.bandChannels = (plan.bandChannels + 1) / 2;
    else
      notSupported("rows of " + std::to_string(plan.w) + " pixels under a window of " + std::to_string(plan.kh) +
                   " by " + std::to_string(plan.kw) + " do not fit into NRAM");
  }
}

static void runWindows(bangopsHandle_t handle, WindowPlan plan, bangopsDataType_t dtype) {
  cutBands(plan, static_cast<int64_t>(elementBytes(dtype)), handle->machine);
  if (!handle->asked)
    launchWindows(plan, dtype, handle->machine, handle->queue);
}

// Checks a window and the two images between which it moves.
static WindowPlan windowPlan(WindowOperation operation, const bangopsWindow_t *window, const Tensor &large,
                             const char *largeName, const Tensor &small, const char *smallName) {
  expect(window != nullptr, "the window is a null pointer");
  expect(window->kh >= 1 && window->kw >= 1 && window->kh <= 1024 && window->kw <= 1024,
         "the window is " + std::to_string(window->kh) + " by " + std::to_string(window->kw) + ", expected 1 to 1024");
  expect(window->strideH >= 1 && window->strideW >= 1, "a stride is less than 1");
  expect(window->padH >= 0 && window->padW >= 0 && window->padH < window->kh && window->padW < window->kw,
         "the padding is not smaller than the window");
  if (operation != WindowOperation::Max || large.dtype != BANGOPS_DTYPE_I8)
    expectFloat(large, largeName);
  expectDtype(small, smallName, large.dtype);
  expect(large.dims.size() == 4,
         std::string(largeName) + " has the shape " + shapeText(large.dims) + ", expected 4 dimensions");
  WindowPlan plan = {};
  plan.operation = operation;
  plan.images = large.dims[0];
  plan.h = large.dims[1];
  plan.w = large.dims[2];
  plan.channels = large.dims[3];
  plan.kh = window->kh;
  plan.kw = window->kw;
  plan.strideH = window->strideH;
  plan.strideW = window->strideW;
  plan.padH = window->padH;
  plan.padW = window->padW;
  plan.countPadding = window->countPadding != 0;
  plan.oh = reached(plan.h, plan.padH, plan.kh, plan.strideH);
  plan.ow = reached(plan.w, plan.padW, plan.kw, plan.strideW);
  expectShape(small, smallName, {plan.images, plan.oh, plan.ow, plan.channels});
  return plan;
}

} // namespace bangops

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsPoolForward(bangopsHandle_t handle, bangopsPool_t pool, const bangopsWindow_t *window,
                                   bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t yDesc,
                                   void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expect(pool == BANGOPS_POOL_MAX || pool == BANGOPS_POOL_AVERAGE, "the pool is unknown");
    WindowPlan plan = windowPlan(pool == BANGOPS_POOL_MAX ? WindowOperation::Max : WindowOperation::Average, window,
                                 from, "x", to, "y");
    expectWritable(to, "y");
    expectData(from, x, "x");
    expectData(to, y, "y");
    if (elements(to) == 0)
      return;
    Dense in(handle, from, x), out(handle, to, y, true);
    plan.x = in.get();
    plan.y = out.get();
    runWindows(handle, plan, from.dtype);
    out.finish();
  });
}

bangopsStatus_t bangopsPoolBackward(bangopsHandle_t handle, bangopsPool_t pool, const bangopsWindow_t *window,
                                    bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t dyDesc,
                                    const void *dy, bangopsTensorDescriptor_t dxDesc, void *dx) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &gradient = tensor(dyDesc, "dy"), &to = tensor(dxDesc, "dx");
    expect(pool == BANGOPS_POOL_MAX || pool == BANGOPS_POOL_AVERAGE, "the pool is unknown");
    const bool max = pool == BANGOPS_POOL_MAX;
    WindowPlan plan =
        windowPlan(max ? WindowOperation::MaxBack : WindowOperation::AverageBack, window, from, "x", gradient, "dy");
    expectShape(to, "dx", from.dims);
    expectDtype(to, "dx", from.dtype);
    expectWritable(to, "dx");
    expectData(from, max ? x : dx, max ? "x" : "dx");
    expectData(gradient, dy, "dy");
    expectData(to, dx, "dx");
    if (elements(to) == 0)
      return;
    if (elements(gradient) == 0) {
      if (bangopsFill(handle, 0, dxDesc, dx) != BANGOPS_STATUS_SUCCESS)
        refuse(bangopsGetLastErrorText());
      return;
    }
    Tensor unread = from; // an average's gradient does not depend on x
    unread.strides = denseStrides(unread.dims);
    Dense in(handle, max ? from : unread, x), small(handle, gradient, dy), out(handle, to, dx, true);
    plan.x = in.get();
    plan.dy = small.get();
    plan.y = out.get();
    runWindows(handle, plan, from.dtype);
    out.finish();
  });
}

bangopsStatus_t bangopsDepthwiseConvolution(bangopsHandle_t handle, const bangopsWindow_t *window,
                                            bangopsTensorDescriptor_t xDesc, const void *x,
                                            bangopsTensorDescriptor_t wDesc, const void *w,
                                            bangopsTensorDescriptor_t biasDesc, const void *bias,
                                            bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &from = tensor(xDesc, "x"), &filter = tensor(wDesc, "w"), &to = tensor(yDesc, "y");
    WindowPlan plan = windowPlan(WindowOperation::Depthwise, window, from, "x", to, "y");
    expectShape(filter, "w", {plan.kh, plan.kw, plan.channels});
    expectDtype(filter, "w", from.dtype);
    expectWritable(to, "y");
    expectData(from, x, "x");
    expectData(filter, w, "w");
    expectData(to, y, "y");
    if (bias) {
      const Tensor &t = tensor(biasDesc, "bias");
      expectShape(t, "bias", {plan.channels});
      expectDtype(t, "bias", from.dtype);
      expect(isDense(t), "bias is not dense");
    }
    if (elements(to) == 0)
      return;
    Dense in(handle, from, x), filters(handle, filter, w), out(handle, to, y, true);
    plan.x = in.get();
    plan.weights = filters.get();
    plan.bias = bias;
    plan.y = out.get();
    runWindows(handle, plan, from.dtype);
    out.finish();
  });
}

} // extern "C"
