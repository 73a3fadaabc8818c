// test_refusals.h: what the operators on rows refuse, each with its sentence, and what they do with nothing.
#ifndef BANGOPS_ROWS_TEST_REFUSALS_H
#define BANGOPS_ROWS_TEST_REFUSALS_H

#include "test/tester.h"

namespace bangops_test {

// Tensors of a shape, for calls that are refused before anything is computed.
struct Operands {
  Tensor x, y, half, other, vector, odd, labels, image;
  Operands()
      : x(BANGOPS_DTYPE_F32, {4, 6}, Values(24, 1)), y(BANGOPS_DTYPE_F32, {4, 6}, Values(24, 1)),
        half(BANGOPS_DTYPE_F16, {4, 6}, Values(24, 1)), other(BANGOPS_DTYPE_F32, {6, 4}, Values(24, 1)),
        vector(BANGOPS_DTYPE_F32, {6}, Values(6, 1)), odd(BANGOPS_DTYPE_F32, {5}, Values(5, 1)),
        labels(BANGOPS_DTYPE_I32, {4}, Values(4, 1)),
        image(BANGOPS_DTYPE_F32, {2, 3, 2, 2}, Values(24, 1), {}, BANGOPS_LAYOUT_NHWC) {}
};

inline void refusedReductions(const Operands &o) {
  const bangopsStatus_t bad = BANGOPS_STATUS_BAD_PARAM;
  const int axis = 1;
  const auto reduce = [&](int op, const Tensor &x, const Tensor &y) {
    return bangopsReduce(handle, static_cast<bangopsReduceOp_t>(op), 1, &axis, x.desc, x.data, y.desc, y.data);
  };
  refused("reduce: operation", reduce(99, o.x, o.vector), bad, "the operation is unknown");
  refused("reduce: index type", reduce(BANGOPS_REDUCE_ARGMAX, o.x, o.vector), bad, "y has the shape [6], expected [4]");
  refused("reduce: type of places", reduce(BANGOPS_REDUCE_ARGMAX, o.other, o.vector), bad,
          "y has elements of f32, expected i32");
  refused("reduce: integers", reduce(BANGOPS_REDUCE_SUM, o.labels, o.vector), bad,
          "x has elements of i32, expected f32, f16 or bf16");
  refused("reduce: null axes",
          bangopsReduce(handle, BANGOPS_REDUCE_SUM, 1, nullptr, o.x.desc, o.x.data, o.vector.desc, o.vector.data), bad,
          "the axes are a null pointer");
}

inline void refusedSoftmax(const Operands &o) {
  const bangopsStatus_t bad = BANGOPS_STATUS_BAD_PARAM;
  const auto softmax = [&](int mode, int axis, const Tensor &x, const Tensor &y, const void *data) {
    return bangopsSoftmax(handle, static_cast<bangopsSoftmaxMode_t>(mode), axis, x.desc, data, y.desc, y.data);
  };
  refused("softmax: mode", softmax(7, 1, o.x, o.y, o.x.data), bad, "the mode is unknown");
  refused("softmax: axis", softmax(0, 2, o.x, o.y, o.x.data), bad, "the axis is 2, expected 0 to 1");
  refused("softmax: negative axis", softmax(0, -1, o.x, o.y, o.x.data), bad, "the axis is -1, expected 0 to 1");
  refused("softmax: shape", softmax(0, 1, o.x, o.other, o.x.data), bad, "y has the shape [6, 4], expected [4, 6]");
  refused("softmax: type", softmax(0, 1, o.x, o.half, o.x.data), bad, "y has elements of f16, expected f32");
  refused("softmax: null", softmax(0, 1, o.x, o.y, nullptr), bad, "x is a null pointer");
}

inline void refusedNorms(const Operands &o) {
  const bangopsStatus_t bad = BANGOPS_STATUS_BAD_PARAM;
  const auto layer = [&](int dimensions, float epsilon, const Tensor &scale, const Tensor &y) {
    return bangopsLayerNorm(handle, dimensions, epsilon, o.x.desc, o.x.data, scale.desc, scale.data, nullptr, y.desc,
                            y.data, nullptr, nullptr);
  };
  refused("layer norm: dimensions", layer(3, 1, o.vector, o.y), bad, "the number of dimensions is 3, expected 1 to 2");
  refused("layer norm: no dimensions", layer(0, 1, o.vector, o.y), bad, "the number of dimensions is 0");
  refused("layer norm: epsilon", layer(1, 0, o.vector, o.y), bad, "epsilon is 0.000000, expected a positive number");
  refused("layer norm: scale", layer(1, 1, o.odd, o.y), bad,
          "the descriptor of scale and shift has the shape [5], expected 6 elements side by side");
  refused("layer norm: shape", layer(1, 1, o.vector, o.other), bad, "y has the shape [6, 4], expected [4, 6]");
  const auto rms = [&](float epsilon, const Tensor &scale, const Tensor &y) {
    return bangopsRmsNorm(handle, epsilon, o.x.desc, o.x.data, scale.desc, scale.data, y.desc, y.data);
  };
  refused("rms norm: epsilon", rms(-1, o.vector, o.y), bad, "epsilon is -1.000000, expected a positive number");
  refused("rms norm: scale", rms(1, o.odd, o.y), bad, "scale has the shape [5], expected 6 elements side by side");
  refused("rms norm: type", rms(1, o.vector, o.half), bad, "y has elements of f16, expected f32");
  const auto instance = [&](const Tensor &x, const Tensor &y, const Tensor &scale, float epsilon) {
    return bangopsInstanceNorm(handle, epsilon, x.desc, x.data, scale.desc, scale.data, nullptr, y.desc, y.data);
  };
  refused("instance norm: rank", instance(o.x, o.y, o.vector, 1), bad,
          "x has the shape [4, 6], expected an image: n, places, channels");
  refused("instance norm: scale", instance(o.image, o.image, o.odd, 1), bad, "expected 2 elements side by side");
  refused("instance norm: epsilon", instance(o.image, o.image, o.odd, 0), bad, "epsilon is 0.000000");
  float *numbers = static_cast<float *>(o.vector.data);
  refused("batch norm training: running",
          bangopsBatchNormTraining(handle, 1, 0.1f, o.x.desc, o.x.data, o.vector.desc, nullptr, nullptr, o.y.desc,
                                   o.y.data, numbers, nullptr, nullptr, nullptr),
          bad, "only one of the running mean and the running variance is given, expected both or none");
  refused("batch norm training: shape",
          bangopsBatchNormTraining(handle, 1, 0.1f, o.x.desc, o.x.data, o.vector.desc, nullptr, nullptr, o.other.desc,
                                   o.other.data, nullptr, nullptr, nullptr, nullptr),
          bad, "y has the shape [6, 4], expected [4, 6]");
  refused("batch norm inference: mean",
          bangopsBatchNormInference(handle, 1, o.x.desc, o.x.data, o.vector.desc, nullptr, nullptr, nullptr, numbers,
                                    o.y.desc, o.y.data),
          bad, "mean or variance is a null pointer");
  const auto local = [&](int size, float k, const Tensor &y) {
    return bangopsLocalResponseNorm(handle, size, 1, 0.75f, k, o.x.desc, o.x.data, y.desc, y.data);
  };
  refused("local response norm: even", local(4, 1, o.y), bad, "the size is 4, expected an odd number from 1 to 63");
  refused("local response norm: large", local(65, 1, o.y), bad, "the size is 65, expected an odd number from 1 to 63");
  refused("local response norm: k", local(5, 0, o.y), bad, "k is 0.000000, expected a positive number");
  refused("local response norm: shape", local(5, 1, o.other), bad, "y has the shape [6, 4], expected [4, 6]");
  Tensor wide(BANGOPS_DTYPE_F32, {1, 60000}, Values(60000, 1));
  refused("local response norm: channels",
          bangopsLocalResponseNorm(handle, 5, 1, 0.75f, 1, wide.desc, wide.data, wide.desc, wide.data),
          BANGOPS_STATUS_NOT_SUPPORTED, "a row of 60000 elements does not fit into NRAM");
}

inline void refusedLosses(const Operands &o) {
  const bangopsStatus_t bad = BANGOPS_STATUS_BAD_PARAM;
  const auto *labels = static_cast<const int32_t *>(o.labels.data);
  const auto entropy = [&](const Tensor &x, const int32_t *which, const Tensor &loss, void *lossData, const Tensor &dx,
                           void *dxData) {
    return bangopsCrossEntropy(handle, 1, x.desc, x.data, which, loss.desc, lossData, dx.desc, dxData);
  };
  refused("cross entropy: rank", entropy(o.image, labels, o.vector, o.vector.data, o.image, nullptr), bad,
          "x has the shape [2, 3, 2, 2], expected rows and classes");
  refused("cross entropy: labels", entropy(o.x, nullptr, o.vector, o.vector.data, o.y, o.y.data), bad,
          "the labels are a null pointer");
  refused("cross entropy: loss", entropy(o.x, labels, o.vector, o.vector.data, o.y, o.y.data), bad,
          "loss has the shape [6], expected 4 elements side by side");
  refused("cross entropy: nothing", entropy(o.x, labels, o.vector, nullptr, o.y, nullptr), bad,
          "neither a loss nor a gradient is asked for");
  refused("cross entropy: gradient", entropy(o.x, labels, o.vector, nullptr, o.other, o.other.data), bad,
          "dx has the shape [6, 4], expected [4, 6]");
  Tensor none(BANGOPS_DTYPE_F32, {4, 0}, {}), one(BANGOPS_DTYPE_F32, {1}, Values(1, 0)),
      nothing(BANGOPS_DTYPE_F32, {0}, {});
  refused("cross entropy: classes", entropy(none, labels, o.vector, o.vector.data, none, nullptr), bad,
          "x has no classes");
  const auto mse = [&](const Tensor &x, const Tensor &target, const Tensor &loss) {
    return bangopsMseForward(handle, x.desc, x.data, target.desc, target.data, loss.desc, loss.data);
  };
  refused("mse: shape", mse(o.x, o.other, one), bad, "target has the shape [6, 4], expected [4, 6]");
  refused("mse: type", mse(o.x, o.half, one), bad, "target has elements of f16, expected f32");
  refused("mse: loss", mse(o.x, o.y, o.odd), bad, "loss has the shape [5], expected 1 elements side by side");
  refused("mse: nothing", mse(nothing, nothing, one), bad, "x has no elements, so there is no mean");
  refused("mse backward: shape",
          bangopsMseBackward(handle, o.x.desc, o.x.data, o.other.desc, o.other.data, o.y.desc, o.y.data), bad,
          "target has the shape [6, 4], expected [4, 6]");
  const auto adam = [&](float beta1, float beta2, int step, void *m) {
    return bangopsAdam(handle, 0.1f, beta1, beta2, 1e-8f, step, o.x.desc, o.x.data, o.y.data, m, o.other.data);
  };
  refused("adam: step", adam(0.9f, 0.9f, 0, o.y.data), bad, "the step is 0, expected 1 or more");
  refused("adam: beta", adam(1, 0.9f, 1, o.y.data), bad, "the betas are 1.000000 and 0.900000");
  refused("adam: null", adam(0.9f, 0.9f, 1, nullptr), bad, "m is a null pointer");
  refused("sgd: integers", bangopsSgd(handle, 1, 0, 0, o.labels.desc, o.labels.data, o.labels.data, o.labels.data), bad,
          "w has elements of i32, expected f32, f16 or bf16");
}

// No elements: no error, and nothing is written.
inline void nothing() {
  for (const Dims &dims : {Dims{0, 6}, Dims{4, 0}}) {
    Tensor x(BANGOPS_DTYPE_F16, dims, {}), y(BANGOPS_DTYPE_F16, dims, {}),
        scale(BANGOPS_DTYPE_F16, {dims[1]}, Values(dims[1], 1)),
        labels(BANGOPS_DTYPE_I32, {dims[0]}, Values(dims[0], 1));
    Tensor image(BANGOPS_DTYPE_F16, {1, dims[0], 1, dims[1]}, {}, {}, BANGOPS_LAYOUT_NHWC),
        result(BANGOPS_DTYPE_F16, {1, dims[0], 1, dims[1]}, {}, {}, BANGOPS_LAYOUT_NHWC);
    Tensor mean(BANGOPS_DTYPE_F32, {dims[1]}, Values(dims[1], 1));
    auto *numbers = static_cast<float *>(mean.data);
    const std::string name = " of nothing " + text(dims);
    for (bangopsSoftmaxMode_t mode : {BANGOPS_SOFTMAX, BANGOPS_LOG_SOFTMAX})
      check("softmax" + name, bangopsSoftmax(handle, mode, 1, x.desc, x.data, y.desc, y.data), y, {});
    check("layer norm" + name,
          bangopsLayerNorm(handle, 1, 1, x.desc, x.data, scale.desc, scale.data, scale.data, y.desc, y.data, nullptr,
                           nullptr),
          y, {});
    check("rms norm" + name, bangopsRmsNorm(handle, 1, x.desc, x.data, scale.desc, scale.data, y.desc, y.data), y, {});
    check("instance norm" + name,
          bangopsInstanceNorm(handle, 1, image.desc, image.data, scale.desc, scale.data, nullptr, result.desc,
                              result.data),
          result, {});
    check("batch norm training" + name,
          bangopsBatchNormTraining(handle, 1, 0.1f, x.desc, x.data, scale.desc, scale.data, nullptr, y.desc, y.data,
                                   nullptr, nullptr, nullptr, nullptr),
          y, {});
    check("batch norm inference" + name,
          bangopsBatchNormInference(handle, 1, x.desc, x.data, scale.desc, scale.data, nullptr, numbers, numbers,
                                    y.desc, y.data),
          y, {});
    check("local response norm" + name, bangopsLocalResponseNorm(handle, 3, 1, 0.5f, 1, x.desc, x.data, y.desc, y.data),
          y, {});
    if (dims[0] == 0)
      check("cross entropy" + name,
            bangopsCrossEntropy(handle, 1, x.desc, x.data, nullptr, labels.desc, nullptr, y.desc, y.data), y, {});
    check("mse backward" + name, bangopsMseBackward(handle, x.desc, x.data, x.desc, x.data, y.desc, y.data), y, {});
    check("sgd" + name, bangopsSgd(handle, 1, 0, 0, x.desc, x.data, x.data, y.data), y, {});
    check("adam" + name, bangopsAdam(handle, 1, 0.5f, 0.5f, 1, 1, x.desc, x.data, x.data, y.data, y.data), y, {});
  }
}

inline void refusals() {
  const Operands o;
  refusedReductions(o);
  refusedSoftmax(o);
  refusedNorms(o);
  refusedLosses(o);
  nothing();
}

}  // namespace bangops_test

#endif  // BANGOPS_ROWS_TEST_REFUSALS_H
