// network.h: a network of 784 inputs, 100 hidden units and 10 classes. Everything that is computed from pictures and
// weights runs on the card, by libbangops; the host only queues it.
#ifndef SAMPLES_MLP_DIGITS_NETWORK_H
#define SAMPLES_MLP_DIGITS_NETWORK_H

#include "../common/device_tensor.h"
#include "digits.h"

#include <initializer_list>

// Weights or biases with what the optimiser needs.
struct Parameter {
  DeviceTensor value, gradient, velocity;
  Parameter(std::initializer_list<int64_t> dims)
      : value(BANGOPS_DTYPE_F32, dims), gradient(BANGOPS_DTYPE_F32, dims), velocity(BANGOPS_DTYPE_F32, dims) {}
};

class Network {
public:
  static constexpr int kHidden = 100;
  static constexpr bangopsDataType_t kFloat = BANGOPS_DTYPE_F32;
  Parameter w1{kHidden, kPixels}, b1{kHidden}, w2{kClasses, kHidden}, b2{kClasses};
  Parameter *const parameters[4] = {&w1, &b1, &w2, &b2};

  Network(int largestBatch, uint64_t seed, cnrtQueue_t queue)
      : queue(queue), x(kFloat, {largestBatch, kPixels}), hidden(kFloat, {largestBatch, kHidden}),
        logits(kFloat, {largestBatch, kClasses}), dHidden(kFloat, {largestBatch, kHidden}),
        dLogits(kFloat, {largestBatch, kClasses}), losses(kFloat, {largestBatch}), meanLoss(kFloat, {1}),
        labels(BANGOPS_DTYPE_I32, {largestBatch}), best(BANGOPS_DTYPE_I32, {largestBatch, 1}) {
    BANGOPS_CHECK(bangopsCreate(&handle));
    BANGOPS_CHECK(bangopsSetQueue(handle, queue));
    Random random(seed);
    for (Parameter *p : {&w1, &w2}) {
      std::vector<float> values(p->value.count);
      const double range = std::sqrt(6.0 / static_cast<double>(p->value.dims[0] + p->value.dims[1]));
      for (float &v : values)
        v = static_cast<float>(random.in(-range, range));
      p->value.upload(values.data(), values.size());
    }
  }
  ~Network() { BANGOPS_CHECK(bangopsDestroy(handle)); }

  // One step on `count` pictures; gives the mean loss.
  float train(const float *pixels, const int32_t *classes, int count, float rate, float momentum) {
    forward(pixels, count);
    labels.upload(classes, count);
    for (DeviceTensor *t : {&dHidden, &dLogits, &losses})
      t->describe(count);
    BANGOPS_CHECK(bangopsCrossEntropy(handle, 1.0f / count, logits.desc, logits.data, labels.integers(), losses.desc,
                                      losses.data, dLogits.desc, dLogits.data));
    const int axis = 0;
    BANGOPS_CHECK(
        bangopsReduce(handle, BANGOPS_REDUCE_MEAN, 1, &axis, losses.desc, losses.data, meanLoss.desc, meanLoss.data));
    BANGOPS_CHECK(bangopsFullyConnectedBackward(handle, hidden.desc, hidden.data, w2.value.desc, w2.value.data,
                                                dLogits.desc, dLogits.data, dHidden.data, w2.gradient.data,
                                                b2.value.desc, b2.gradient.data));
    BANGOPS_CHECK(bangopsActivationBackward(handle, BANGOPS_RELU, 0, hidden.desc, hidden.data, dHidden.desc,
                                            dHidden.data, dHidden.desc, dHidden.data));
    BANGOPS_CHECK(bangopsFullyConnectedBackward(handle, x.desc, x.data, w1.value.desc, w1.value.data, dHidden.desc,
                                                dHidden.data, nullptr, w1.gradient.data, b1.value.desc,
                                                b1.gradient.data));
    for (Parameter *p : parameters)
      BANGOPS_CHECK(
          bangopsSgd(handle, rate, momentum, 0, p->value.desc, p->value.data, p->gradient.data, p->velocity.data));
    CNRT_CHECK(cnrtQueueSync(queue));
    return meanLoss.download(1)[0];
  }

  std::vector<int32_t> classify(const float *pixels, int count) {
    forward(pixels, count);
    best.describe(count);
    const int axis = 1;
    BANGOPS_CHECK(
        bangopsReduce(handle, BANGOPS_REDUCE_ARGMAX, 1, &axis, logits.desc, logits.data, best.desc, best.data));
    CNRT_CHECK(cnrtQueueSync(queue));
    return best.downloadIntegers(count);
  }

private:
  void forward(const float *pixels, int count) {
    x.upload(pixels, static_cast<size_t>(count) * kPixels);
    for (DeviceTensor *t : {&x, &hidden, &logits})
      t->describe(count);
    BANGOPS_CHECK(bangopsFullyConnectedForward(handle, x.desc, x.data, w1.value.desc, w1.value.data, b1.value.desc,
                                               b1.value.data, BANGOPS_RELU, hidden.desc, hidden.data));
    BANGOPS_CHECK(bangopsFullyConnectedForward(handle, hidden.desc, hidden.data, w2.value.desc, w2.value.data,
                                               b2.value.desc, b2.value.data, -1, logits.desc, logits.data));
  }

  cnrtQueue_t queue;
  bangopsHandle_t handle;
  DeviceTensor x, hidden, logits, dHidden, dLogits, losses, meanLoss;
  DeviceTensor labels, best;
};

#endif // SAMPLES_MLP_DIGITS_NETWORK_H
