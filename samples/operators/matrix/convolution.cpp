// convolution.cpp: convolutions and transposed convolutions as products whose left operand is bands of an image.
#include "matrix/matrix.h"

namespace bangops {

constexpr int64_t kMatrixLine = 64;    // bytes; the matrix unit pads the channels of a pixel to that
constexpr int64_t kColumns = 64;       // it pads those of a product to that
constexpr int64_t kLongestFold = 2048; // bytes of a row of the window that is taken for one pixel

// Sizes of a convolution along one dimension.
static int64_t reached(int64_t size, int pad, int window, int dilation, int stride) {
  const int64_t span = size + 2 * static_cast<int64_t>(pad) - (static_cast<int64_t>(window) - 1) * dilation - 1;
  return span < 0 ? 0 : span / stride + 1;
}

// How many groups become one: what the matrix unit fills up costs as much as what is there. Of equal ones the largest,
// whose pixels are loaded and stored in longer runs.
static int64_t groupsToJoin(int64_t groups, int64_t rows, int64_t channels, int64_t line) {
  const auto full = [](int64_t n, int64_t multiple) { return (n + multiple - 1) / multiple * multiple; };
  int64_t best = 1;
  const auto cost = [&](int64_t joined) {
    return groups / joined * full(joined * rows, kColumns) * full(joined * channels, line);
  };
  for (int64_t joined = 2; joined <= groups && joined * rows <= kColumns; ++joined)
    if (groups % joined == 0 && cost(joined) <= cost(best))
      best = joined;
  return best;
}

static void checkParameters(const bangopsConvolution_t *p) {
  expect(p != nullptr, "the parameters are a null pointer");
  const auto positive = [](int value, const char *name) {
    expect(value >= 1 && value <= 1024, std::string(name) + " is " + std::to_string(value) + ", expected 1 to 1024");
  };
  positive(p->strideH, "the vertical stride");
  positive(p->strideW, "the horizontal stride");
  positive(p->dilationH, "the vertical dilation");
  positive(p->dilationW, "the horizontal dilation");
  positive(p->groups, "the number of groups");
  expect(p->padH >= 0 && p->padW >= 0, "the padding is negative");
}

void convolve(bangopsHandle_t handle, bool transposed, const bangopsConvolution_t *p, bangopsTensorDescriptor_t xDesc,
              const void *x, bangopsTensorDescriptor_t wDesc, const void *w, bangopsTensorDescriptor_t biasDesc,
              const void *bias, int activation, bangopsTensorDescriptor_t yDesc, void *y, const Quantised *quantised) {
  expectHandle(handle);
  checkParameters(p);
  const Tensor &in = tensor(xDesc, "x"), &filter = tensor(wDesc, "w"), &out = tensor(yDesc, "y");
  for (const Tensor *t : {&in, &filter, &out})
    expect(t->dims.size() == 4, std::string(t == &in       ? "x"
                                            : t == &filter ? "w"
                                                           : "y") +
                                    " has the shape " + shapeText(t->dims) + ", expected 4 dimensions");
  expect(in.dtype != BANGOPS_DTYPE_I32, "x has elements of i32, expected f32, f16, bf16 or i8");
  expectDtype(filter, "w", in.dtype);
  ProductPlan plan = {};
  describeResult(plan, in, out, "y", biasDesc, bias, activation, quantised);
  const int64_t images = in.dims[0], h = in.dims[1], width = in.dims[2], channels = in.dims[3], co = filter.dims[0];
  const int kh = static_cast<int>(filter.dims[1]), kw = static_cast<int>(filter.dims[2]);
  expect(channels % p->groups == 0 && co % p->groups == 0,
         std::to_string(channels) + " input and " + std::to_string(co) + " output channels do not divide into " +
             std::to_string(p->groups) + " groups");
  expect(filter.dims[3] == channels / p->groups, "w has " + std::to_string(filter.dims[3]) +
                                                     " input channels, expected " +
                                                     std::to_string(channels / p->groups));
  expect(out.dims[0] == images && out.dims[3] == co, "y has the shape " + shapeText(out.dims) + ", expected " +
                                                         std::to_string(images) + " images of " + std::to_string(co) +
                                                         " channels");
  if (!transposed) {
    expectShape(out, "y",
                {images, reached(h, p->padH, kh, p->dilationH, p->strideH),
                 reached(width, p->padW, kw, p->dilationW, p->strideW), co});
  } else {
    // The convolution of y would have x's size; up to stride - 1 rows and columns of y are free.
    const bool matches = reached(out.dims[1], p->padH, kh, p->dilationH, p->strideH) == h &&
                         reached(out.dims[2], p->padW, kw, p->dilationW, p->strideW) == width;
    expect(matches || elements(out) == 0, "y has the shape " + shapeText(out.dims) +
                                              ", whose convolution has not x's " + std::to_string(h) + " by " +
                                              std::to_string(width) + " places");
  }
  if (bias)
    expectShape(tensor(biasDesc, "bias"), "bias", {co});
  expectData(in, x, "x");
  expectData(filter, w, "w");
  expectData(out, y, "y");
  if (elements(out) == 0)
    return;
  expect(kh > 0 && kw > 0 && channels > 0, "the window or the channels are empty");
  Dense image(handle, in, x), filters(handle, filter, w), result(handle, out, y, true);
  plan.a = image.get();
  plan.c = result.get();
  plan.image = true;
  plan.turned = transposed;
  const int64_t bytes = static_cast<int64_t>(elementBytes(in.dtype));
  Filters packed(handle, in.dtype, filters.get(), co, co / p->groups, kh, kw, channels / p->groups);
  const int64_t joined = groupsToJoin(p->groups, packed.groupRows, packed.channels, kMatrixLine / bytes);
  if (joined > 1)
    packed.join(joined);
  const bool parts = transposed && (p->strideH > 1 || p->strideW > 1);
  if (parts)
    packed.split(*p);
  const bool whole = !transposed && p->groups == joined && kw > 1; // a row of the window may be taken for one pixel
  const bool gathered = whole && p->strideW == 1 && kw * co <= kColumns;
  const bool folded = whole && !gathered && p->dilationW == 1 && p->strideW <= kw &&
                      packed.channels * bytes < kMatrixLine && kw * packed.channels * bytes <= kLongestFold;
  if (gathered)
    packed.columnsFirst();
  plan.b = packed.get();
  plan.batch = p->groups / joined;
  plan.images = plan.m = images;
  plan.n = packed.groupRows;
  plan.kh = static_cast<int>(packed.kh);
  plan.kw = parts ? static_cast<int>(packed.kw) : kw;
  plan.taps = static_cast<int>(packed.kh * packed.kw);
  plan.depth = packed.channels;
  plan.aBatch = plan.depth;
  plan.bBatch = plan.n * plan.taps * plan.depth;
  plan.cBatch = plan.n;
  plan.biasBatch = plan.n;
  plan.cRow = co;
  plan.h = h;
  plan.w = width;
  plan.channels = channels;
  plan.oh = out.dims[1];
  plan.ow = out.dims[2];
  plan.dilationH = parts ? 1 : p->dilationH;
  plan.dilationW = parts ? 1 : p->dilationW;
  plan.strideH = transposed ? 1 : p->strideH;
  plan.strideW = transposed ? 1 : p->strideW;
  plan.partsH = transposed ? p->strideH : 1;
  plan.partsW = transposed ? p->strideW : 1;
  plan.shiftH = p->padH % plan.partsH;
  plan.shiftW = p->padW % plan.partsW;
  // Seen from the turned window, the first output pixel lies where the window's last tap meets the first input pixel.
  plan.padTop = transposed ? (plan.kh - 1) * static_cast<int64_t>(plan.dilationH) - p->padH / p->strideH : p->padH;
  plan.padLeft = transposed ? (plan.kw - 1) * static_cast<int64_t>(plan.dilationW) - p->padW / p->strideW : p->padW;
  plan.folded = folded;
  plan.gathered = gathered ? static_cast<int>(co) : 0;
  if (folded) {
    plan.taps = kh;
    plan.depth = kw * packed.channels;
  }
  runProduct(handle, plan, in.dtype);
  result.finish();
}

} // namespace bangops

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsConvolutionForward(bangopsHandle_t handle, const bangopsConvolution_t *parameters,
                                          bangopsTensorDescriptor_t xDesc, const void *x,
                                          bangopsTensorDescriptor_t wDesc, const void *w,
                                          bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
                                          bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    convolve(handle, false, parameters, xDesc, x, wDesc, w, biasDesc, bias, activation, yDesc, y, nullptr);
  });
}

bangopsStatus_t bangopsTransposedConvolution(bangopsHandle_t handle, const bangopsConvolution_t *parameters,
                                             bangopsTensorDescriptor_t xDesc, const void *x,
                                             bangopsTensorDescriptor_t wDesc, const void *w,
                                             bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
                                             bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    convolve(handle, true, parameters, xDesc, x, wDesc, w, biasDesc, bias, activation, yDesc, y, nullptr);
  });
}

} // extern "C"
