// windows.cpp: pools, their gradients and depthwise convolutions: checks, bands, launches.
#include "windows/windows.h"
#include "common/device_constants.h"

#include <algorithm>

namespace bangops {

static int64_t reached(int64_t size, int pad, int window, int stride) {
  const int64_t span = size + 2 * static_cast<int64_t>(pad) - window;
  return span < 0 ? 0 : span / stride + 1;
}

// NRAM of a band, buffer by buffer as kernel.mlu cuts it.
static int64_t bandBytes(const WindowPlan &p, int bytes) {
  const int64_t columns = (p.ow - 1) * p.strideW + p.kw, rows = (p.bandRows - 1) * static_cast<int64_t>(p.strideH) + p.kh;
  const int64_t large = std::max(rows * columns, p.w) * p.bandChannels, row = p.ow * p.bandChannels;
  return large * (8 + bytes) + p.bandRows * row * (4 + bytes) + 3 * row * 4 + (p.kh * p.kw + 2) * p.bandChannels * 4 +
         16 * kLineBytes;
}

static void runWindows(bangopsHandle_t handle, WindowPlan plan, bangopsDataType_t dtype) {
  const int bytes = static_cast<int>(elementBytes(dtype));
  const bool back = plan.operation == WindowOperation::MaxBack || plan.operation == WindowOperation::AverageBack;
  const auto bands = [&] {
    return plan.images * ((plan.oh + plan.bandRows - 1) / plan.bandRows) *
           ((plan.channels + plan.bandChannels - 1) / plan.bandChannels);
  };
  plan.bandChannels = static_cast<int>(std::min<int64_t>(plan.channels, 4096));
  plan.bandRows = static_cast<int>(plan.oh);
  // Gradients of neighbouring windows meet in a pixel, so a band of them is a whole image.
  while (bandBytes(plan, bytes) > handle->machine.nramBytes || bands() < handle->machine.cores) {
    const bool fits = bandBytes(plan, bytes) <= handle->machine.nramBytes;
    if (!back && plan.bandRows > 1)
      plan.bandRows = (plan.bandRows + 1) / 2;
    else if (plan.bandChannels > (fits ? 32 : 1))
      plan.bandChannels = (plan.bandChannels + 1) / 2;
    else if (fits)
      break;
    else
      notSupported("an image of " + std::to_string(plan.h) + " by " + std::to_string(plan.w) +
                   " does not fit into NRAM");
  }
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
  expect(large.dims.size() == 4, std::string(largeName) + " has the shape " + shapeText(large.dims) + ", expected 4 dimensions");
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

}  // namespace bangops

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
    WindowPlan plan = windowPlan(max ? WindowOperation::MaxBack : WindowOperation::AverageBack, window, from, "x",
                                 gradient, "dy");
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
    Tensor unread = from;  // an average's gradient does not depend on x
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

}  // extern "C"
