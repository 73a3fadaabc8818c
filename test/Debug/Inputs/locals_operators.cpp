// Calls the operators of one family, named by the argument, with a few elements each, so that every line of its kernels
// runs: the host halves of libbangops cut the tiles, the kernels are those that this program is linked with.
#include "test/tester.h"

using namespace bangops_test;

static const bangopsDataType_t single = BANGOPS_DTYPE_F32, narrow = BANGOPS_DTYPE_F16;

// A tensor of numbers near 1.
struct Numbers : Tensor {
  Numbers(const Dims &dims, bangopsDataType_t type = single, const Dims &strides = {})
      : Tensor(type, dims, randomValues(dims, type, dims.size(), 0.5, 2), strides) {}
};
template <class T = void> static T *at(const Tensor &t) { return static_cast<T *>(t.data); }
static void need(bangopsStatus_t status) {
  if (status == BANGOPS_STATUS_SUCCESS)
    return;
  puts(bangopsGetLastErrorText());
  exit(1);
}

static void elementwise() {
  for (bangopsDataType_t type : {single, narrow}) {
    Numbers a({1100}, type), b({1100}, type), c({1100}, type), d({1100}, type), y({1100}, type), z({1100}, type);
    for (int op = BANGOPS_ABS; op <= BANGOPS_SCALE; ++op)
      need(bangopsUnary(handle, static_cast<bangopsUnaryOp_t>(op), 2, 1, a.desc, a.data, y.desc, y.data));
    for (int op = BANGOPS_ADD; op <= BANGOPS_POWER_DIFFERENCE; ++op)
      need(
          bangopsBinary(handle, static_cast<bangopsBinaryOp_t>(op), 3, a.desc, a.data, b.desc, b.data, y.desc, y.data));
    for (int op = BANGOPS_RELU; op <= BANGOPS_SILU; ++op) {
      const auto kind = static_cast<bangopsActivation_t>(op);
      need(bangopsActivationForward(handle, kind, 0.5, a.desc, a.data, y.desc, y.data));
      need(bangopsActivationBackward(handle, kind, 0.5, a.desc, a.data, b.desc, b.data, y.desc, y.data));
    }
    need(bangopsPReLUForward(handle, a.desc, a.data, b.desc, b.data, y.desc, y.data));
    need(bangopsPReLUBackward(handle, a.desc, a.data, b.desc, b.data, c.desc, c.data, y.desc, y.data, z.desc, z.data));
    need(bangopsDropout(handle, 0.5, 7, a.desc, a.data, y.desc, y.data));
    need(bangopsMseBackward(handle, a.desc, a.data, b.desc, b.data, y.desc, y.data));
    need(bangopsSgd(handle, 0.1, 0.9, 0.01, a.desc, a.data, b.data, c.data));
    need(bangopsAdam(handle, 0.1, 0.9, 0.99, 1e-6, 1, a.desc, a.data, b.data, c.data, d.data));
    Numbers x({2, 8}, type), angle({2, 4}, type), rotated({2, 8}, type);
    need(
        bangopsRotaryEmbedding(handle, x.desc, x.data, angle.desc, angle.data, angle.data, rotated.desc, rotated.data));
    Numbers wx({12, 8}, type), wh({12, 3}, type), bias({12}, type), h({2, 3}, type), cell({2, 3}, type);
    Numbers hOut({2, 3}, type), cellOut({2, 3}, type);
    need(bangopsLstmCell(handle, x.desc, x.data, h.desc, h.data, cell.data, wx.desc, wx.data, wh.desc, wh.data,
                         bias.desc, bias.data, hOut.data, cellOut.data));
  }
}

// Many short rows are turned, those of 200 elements lie in NRAM one by one, those of 100000 are read in chunks.
static void rowsOf(int64_t count, int64_t columns, bangopsDataType_t type) {
  const int axis = 1;
  Numbers x({count, columns}, type), y({count, columns}, type), scale({columns}, type), shift({columns}, type);
  Numbers one({count}, type), mean({count}), factor({count});
  Tensor index(BANGOPS_DTYPE_I32, {count}, Values(count, 1));
  for (int op = BANGOPS_REDUCE_SUM; op <= BANGOPS_REDUCE_ARGMIN; ++op) {
    const Tensor &result = op >= BANGOPS_REDUCE_ARGMAX ? index : static_cast<const Tensor &>(one);
    need(bangopsReduce(handle, static_cast<bangopsReduceOp_t>(op), 1, &axis, x.desc, x.data, result.desc, result.data));
  }
  for (bangopsSoftmaxMode_t mode : {BANGOPS_SOFTMAX, BANGOPS_LOG_SOFTMAX})
    need(bangopsSoftmax(handle, mode, 1, x.desc, x.data, y.desc, y.data));
  need(bangopsLayerNorm(handle, 1, 1e-5, x.desc, x.data, scale.desc, scale.data, shift.data, y.desc, y.data,
                        at<float>(mean), at<float>(factor)));
  need(bangopsRmsNorm(handle, 1e-5, x.desc, x.data, scale.desc, scale.data, y.desc, y.data));
  need(bangopsCrossEntropy(handle, 1, x.desc, x.data, at<int32_t>(index), one.desc, one.data, y.desc, y.data));
}
static void rows() {
  rowsOf(300, 8, single);
  rowsOf(300, 8, narrow);
  rowsOf(3, 200, narrow);
  rowsOf(2, 100000, single);
  rowsOf(2, 100000, narrow);
  Numbers x({40, 3}), y({40, 3}), scale({3}), shift({3}), mean({3}), variance({3}), foundMean({3}), factor({3});
  need(bangopsBatchNormTraining(handle, 1e-5, 0.1, x.desc, x.data, scale.desc, scale.data, shift.data, y.desc, y.data,
                                at<float>(mean), at<float>(variance), at<float>(foundMean), at<float>(factor)));
  need(bangopsBatchNormInference(handle, 1e-5, x.desc, x.data, scale.desc, scale.data, shift.data, at<float>(mean),
                                 at<float>(variance), y.desc, y.data));
  Numbers image({2, 40}), response({2, 40});
  need(bangopsLocalResponseNorm(handle, 3, 0.1, 0.75, 1, image.desc, image.data, response.desc, response.data));
}

static void matrix() {
  for (bangopsDataType_t type : {single, narrow}) {
    Numbers a({3, 70}, type), b({5, 70}, type), bias({5}, type), c({3, 5}, type);
    for (int activation :
         {-1, 0 + BANGOPS_RELU, 0 + BANGOPS_SIGMOID, 0 + BANGOPS_TANH, 0 + BANGOPS_GELU, 0 + BANGOPS_SILU})
      need(bangopsGemm(handle, 0, 1, 2, a.desc, a.data, b.desc, b.data, bias.desc, bias.data, activation, 0.5, c.desc,
                       c.data));
    Numbers longA({1, 20000}, type), longB({2, 20000}, type), longC({1, 2}, type);
    need(bangopsGemm(handle, 0, 1, 1, longA.desc, longA.data, longB.desc, longB.data, nullptr, nullptr, -1, 0.5,
                     longC.desc, longC.data));
    // A border of one pixel and every second pixel, both ways.
    const bangopsConvolution_t shape = {1, 1, 2, 2, 1, 1, 1};
    Numbers large({1, 5, 5, 4}, type), w({4, 3, 3, 4}, type), small({1, 3, 3, 4}, type), channels({4}, type);
    Tensor x(type, large.dims, large.read(), {}, BANGOPS_LAYOUT_NHWC),
        y(type, small.dims, small.read(), {}, BANGOPS_LAYOUT_NHWC);
    need(bangopsConvolutionForward(handle, &shape, x.desc, x.data, w.desc, w.data, channels.desc, channels.data, -1,
                                   y.desc, y.data));
    need(bangopsTransposedConvolution(handle, &shape, y.desc, y.data, w.desc, w.data, channels.desc, channels.data, -1,
                                      x.desc, x.data));
  }
  const Dims left = {3, 70}, right = {5, 70};
  const bangopsDataType_t bytes = BANGOPS_DTYPE_I8, whole = BANGOPS_DTYPE_I32;
  Tensor a(bytes, left, randomValues(left, bytes, 1, -9, 9)), b(bytes, right, randomValues(right, bytes, 2, -9, 9));
  Tensor bias(whole, {5}, {1, 2, 3, 4, 5}), c(whole, {3, 5}, Tensor::none());
  need(bangopsGemm(handle, 0, 1, 1, a.desc, a.data, b.desc, b.data, bias.desc, bias.data, -1, 0, c.desc, c.data));
}

// A team of cores shares what several of them need: large enough for several tiles.
static void teams() {
  Numbers a({512, 64}), b({512, 64}), c({512, 512});
  need(bangopsGemm(handle, 0, 1, 1, a.desc, a.data, b.desc, b.data, nullptr, nullptr, -1, 0, c.desc, c.data));
}

static void windows() {
  const bangopsWindow_t shape = {3, 3, 1, 1, 2, 2, 0};
  for (bangopsDataType_t type : {single, narrow}) {
    Numbers x({2, 5, 5, 3}, type), y({2, 3, 3, 3}, type), w({3, 3, 3}, type), bias({3}, type);
    for (bangopsPool_t pool : {BANGOPS_POOL_MAX, BANGOPS_POOL_AVERAGE}) {
      need(bangopsPoolForward(handle, pool, &shape, x.desc, x.data, y.desc, y.data));
      need(bangopsPoolBackward(handle, pool, &shape, x.desc, x.data, y.desc, y.data, x.desc, x.data));
    }
    need(bangopsDepthwiseConvolution(handle, &shape, x.desc, x.data, w.desc, w.data, bias.desc, bias.data, y.desc,
                                     y.data));
  }
  Numbers x({2, 5, 5, 3}, BANGOPS_DTYPE_I8), y({2, 3, 3, 3}, BANGOPS_DTYPE_I8);
  need(bangopsPoolForward(handle, BANGOPS_POOL_MAX, &shape, x.desc, x.data, y.desc, y.data));
}

static void layout() {
  const int turn[] = {2, 1, 0};
  for (bangopsDataType_t type : {single, narrow, BANGOPS_DTYPE_I8}) {
    Numbers x({4, 3, 5}, type), apart({4, 3, 5}, type, gaps({4, 3, 5})), y({5, 3, 4}, type), number({4, 3, 5});
    need(bangopsTranspose(handle, turn, x.desc, x.data, y.desc, y.data));
    need(bangopsCopy(handle, x.desc, x.data, apart.desc, apart.data));
    need(bangopsFill(handle, 1, x.desc, x.data));
    need(bangopsCast(handle, 2, x.desc, x.data, number.desc, number.data));
    need(bangopsCast(handle, 2, number.desc, number.data, x.desc, x.data));
  }
}

static void select() {
  for (bangopsDataType_t type : {single, narrow}) {
    Numbers table({4, 6}, type), some({3, 6}, type), values({4, 2}, type);
    Tensor index(BANGOPS_DTYPE_I32, {3}, {2, 7, 0}), places(BANGOPS_DTYPE_I32, {4, 2}, Tensor::none());
    need(bangopsGather(handle, table.desc, table.data, 3, at<int32_t>(index), some.desc, some.data));
    need(bangopsScatterAdd(handle, some.desc, some.data, at<int32_t>(index), table.desc, table.data));
    need(bangopsTopK(handle, 2, table.desc, table.data, values.desc, values.data, at<int32_t>(places)));
    // The second one needs its size raised to 1.
    Tensor rois(single, {2, 5}, {0, 0.5, 0.5, 3, 3.5, 0, 1, 1, 1.2, 1.2});
    Numbers x({1, 5, 5, 3}, type), y({2, 2, 2, 3}, type);
    need(bangopsRoiAlign(handle, 1, 2, 0, x.desc, x.data, rois.desc, at<float>(rois), y.desc, y.data));
  }
  // A row longer than a tile.
  Numbers table({2, 200000}), row({1, 200000});
  Tensor second(BANGOPS_DTYPE_I32, {1}, {1});
  need(bangopsGather(handle, table.desc, table.data, 1, at<int32_t>(second), row.desc, row.data));
  Tensor boxes(single, {3, 4}, {0, 0, 2, 2, 0, 0, 2, 1.9, 5, 5, 6, 7}), scores(single, {3}, {0.5, 0.9, 0.7});
  Tensor iou(single, {3, 3}, Tensor::none()), kept(BANGOPS_DTYPE_I32, {4}, Tensor::none());
  need(bangopsIoU(handle, boxes.desc, at<float>(boxes), boxes.desc, at<float>(boxes), at<float>(iou)));
  need(bangopsNms(handle, 0.5, 3, boxes.desc, at<float>(boxes), at<float>(scores), at<int32_t>(kept),
                  at<int32_t>(kept) + 3));
}

static void sequence() {
  for (bangopsDataType_t type : {single, narrow}) {
    Numbers q({2, 5, 20}, type), k({2, 300, 20}, type), v({2, 300, 20}, type), y({2, 5, 20}, type);
    for (int causal : {0, 1})
      need(bangopsAttention(handle, 0.25, causal, q.desc, q.data, k.desc, k.data, v.data, y.desc, y.data));
  }
}

int main(int argc, char **argv) {
  const struct {
    const char *name;
    void (*calls)();
  } families[] = {{"elementwise", elementwise}, {"rows", rows},     {"matrix", matrix}, {"teams", teams},
                  {"windows", windows},         {"layout", layout}, {"select", select}, {"sequence", sequence}};
  for (const auto &family : families)
    if (argc == 2 && !strcmp(argv[1], family.name))
      return run(family.calls);
  return 2;
}
