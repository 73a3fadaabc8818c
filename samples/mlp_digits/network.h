// network.h: a network of 784 inputs, 100 hidden units and 10 classes. Everything that is computed from pictures and
// weights runs on the card, by libbangops; the host only queues it.
#ifndef SAMPLES_MLP_DIGITS_NETWORK_H
#define SAMPLES_MLP_DIGITS_NETWORK_H

#include "digits.h"

#include <bangops.h>

#include <cstdio>
#include <cstdlib>
#include <initializer_list>

#define BANGOPS_CHECK(call)                                                                                           \
  do {                                                                                                                \
    if ((call) != BANGOPS_STATUS_SUCCESS) {                                                                           \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, bangopsGetLastErrorText());                                  \
      exit(1);                                                                                                        \
    }                                                                                                                 \
  } while (0)

// Device memory with a shape.
template <class T = float> class DeviceTensor {
public:
  DeviceTensor(std::initializer_list<int64_t> dims) : dims(dims) {
    count = 1;
    for (int64_t d : dims)
      count *= d;
    CNRT_CHECK(cnrtMalloc(reinterpret_cast<void **>(&data), count * sizeof(T)));
    CNRT_CHECK(cnrtMemset(data, 0, count * sizeof(T)));
    BANGOPS_CHECK(bangopsCreateTensorDescriptor(&desc));
    describe(this->dims[0]);
  }
  DeviceTensor(const DeviceTensor &) = delete;
  ~DeviceTensor() {
    CNRT_CHECK(cnrtFree(data));
    BANGOPS_CHECK(bangopsDestroyTensorDescriptor(desc));
  }
  // The same memory with fewer rows.
  void describe(int64_t rows) {
    dims[0] = rows;
    BANGOPS_CHECK(bangopsSetTensorDescriptor(desc, BANGOPS_LAYOUT_ARRAY,
                                             sizeof(T) == 4 && T(0.5) == 0 ? BANGOPS_DTYPE_I32 : BANGOPS_DTYPE_F32,
                                             static_cast<int>(dims.size()), dims.data()));
  }
  void upload(const T *from, size_t n) { CNRT_CHECK(cnrtMemcpy(data, const_cast<T *>(from), n * sizeof(T), cnrtMemcpyHostToDev)); }
  std::vector<T> download(size_t n) const {
    std::vector<T> values(n);
    CNRT_CHECK(cnrtMemcpy(values.data(), data, n * sizeof(T), cnrtMemcpyDevToHost));
    return values;
  }
  T *data = nullptr;
  bangopsTensorDescriptor_t desc = nullptr;
  std::vector<int64_t> dims;
  size_t count;
};

// Weights or biases with what the optimiser needs.
struct Parameter {
  DeviceTensor<> value, gradient, velocity;
  Parameter(std::initializer_list<int64_t> dims) : value(dims), gradient(dims), velocity(dims) {}
};

class Network {
public:
  static constexpr int kHidden = 100;
  Parameter w1{kHidden, kPixels}, b1{kHidden}, w2{kClasses, kHidden}, b2{kClasses};
  Parameter *const parameters[4] = {&w1, &b1, &w2, &b2};

  Network(int largestBatch, uint64_t seed, cnrtQueue_t queue)
      : queue(queue), x{largestBatch, kPixels}, hidden{largestBatch, kHidden}, logits{largestBatch, kClasses},
        dHidden{largestBatch, kHidden}, dLogits{largestBatch, kClasses}, losses{largestBatch}, meanLoss{1},
        labels{largestBatch}, best{largestBatch, 1} {
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
    for (DeviceTensor<> *t : {&dHidden, &dLogits, &losses})
      t->describe(count);
    BANGOPS_CHECK(bangopsCrossEntropy(handle, 1.0f / count, logits.desc, logits.data, labels.data, losses.desc,
                                      losses.data, dLogits.desc, dLogits.data));
    const int axis = 0;
    BANGOPS_CHECK(bangopsReduce(handle, BANGOPS_REDUCE_MEAN, 1, &axis, losses.desc, losses.data, meanLoss.desc,
                                meanLoss.data));
    BANGOPS_CHECK(bangopsFullyConnectedBackward(handle, hidden.desc, hidden.data, w2.value.desc, w2.value.data,
                                                dLogits.desc, dLogits.data, dHidden.data, w2.gradient.data,
                                                b2.value.desc, b2.gradient.data));
    BANGOPS_CHECK(bangopsActivationBackward(handle, BANGOPS_RELU, 0, hidden.desc, hidden.data, dHidden.desc,
                                            dHidden.data, dHidden.desc, dHidden.data));
    BANGOPS_CHECK(bangopsFullyConnectedBackward(handle, x.desc, x.data, w1.value.desc, w1.value.data, dHidden.desc,
                                                dHidden.data, nullptr, w1.gradient.data, b1.value.desc,
                                                b1.gradient.data));
    for (Parameter *p : parameters)
      BANGOPS_CHECK(bangopsSgd(handle, rate, momentum, 0, p->value.desc, p->value.data, p->gradient.data,
                               p->velocity.data));
    CNRT_CHECK(cnrtQueueSync(queue));
    return meanLoss.download(1)[0];
  }

  std::vector<int32_t> classify(const float *pixels, int count) {
    forward(pixels, count);
    best.describe(count);
    const int axis = 1;
    BANGOPS_CHECK(bangopsReduce(handle, BANGOPS_REDUCE_ARGMAX, 1, &axis, logits.desc, logits.data, best.desc, best.data));
    CNRT_CHECK(cnrtQueueSync(queue));
    return best.download(count);
  }

private:
  void forward(const float *pixels, int count) {
    x.upload(pixels, static_cast<size_t>(count) * kPixels);
    for (DeviceTensor<> *t : {&x, &hidden, &logits})
      t->describe(count);
    BANGOPS_CHECK(bangopsFullyConnectedForward(handle, x.desc, x.data, w1.value.desc, w1.value.data, b1.value.desc,
                                               b1.value.data, BANGOPS_RELU, hidden.desc, hidden.data));
    BANGOPS_CHECK(bangopsFullyConnectedForward(handle, hidden.desc, hidden.data, w2.value.desc, w2.value.data,
                                               b2.value.desc, b2.value.data, -1, logits.desc, logits.data));
  }

  cnrtQueue_t queue;
  bangopsHandle_t handle;
  DeviceTensor<> x, hidden, logits, dHidden, dLogits, losses, meanLoss;
  DeviceTensor<int32_t> labels, best;
};

#endif  // SAMPLES_MLP_DIGITS_NETWORK_H
