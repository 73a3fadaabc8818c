// card.h: runs a network on the card, every step by libbangops, with images and weights in float or in half.
#ifndef SAMPLES_STYLE_TRANSFER_CARD_H
#define SAMPLES_STYLE_TRANSFER_CARD_H

#include "../common/device_tensor.h"
#include "network.h"

#include <memory>

class Card {
public:
  Card(bangopsDataType_t type, cnrtQueue_t queue) : type(type), queue(queue) {
    BANGOPS_CHECK(bangopsCreate(&handle));
    BANGOPS_CHECK(bangopsSetQueue(handle, queue));
    CNRT_CHECK(cnrtNotifierCreate(&start));
    CNRT_CHECK(cnrtNotifierCreate(&end));
  }
  Card(const Card &) = delete;
  Card &operator=(const Card &) = delete;
  ~Card() {
    CNRT_CHECK(cnrtNotifierDestroy(start));
    CNRT_CHECK(cnrtNotifierDestroy(end));
    BANGOPS_CHECK(bangopsDestroy(handle));
  }

  // The image behind the last step. `told` hears of each step with the shape of its result and its milliseconds.
  template <class Told> std::vector<float> run(const Network &network, Told told) {
    weights = network.weights.data();
    Image image = newImage(network.height, network.width, 3);
    image->upload(network.input.data());
    std::vector<Image> kept;
    for (const Step &step : network.steps) {
      float ms = 0;
      if (step.kind == "keep") {
        kept.push_back(image);
        continue;
      }
      if (step.kind == "convolution") {
        image = convolution(step, *image, ms);
      } else if (step.kind == "normalise") {
        image = normalise(step, *image, ms);
      } else if (step.kind == "upsample") {
        image = upsample(*image, ms);
      } else if (step.kind == "add") {
        if (kept.empty())
          fail("network.txt: found 'add', expected a 'keep' before it");
        image = add(*image, *kept.back(), ms);
        kept.pop_back();
      } else {
        image = sigmoid(*image, ms);
      }
      told(step, image->dims, ms);
    }
    return image->download();
  }

private:
  using Image = std::shared_ptr<DeviceTensor>;

  Image convolution(const Step &step, const DeviceTensor &x, float &ms) {
    const int pad = step.window / 2, stride = step.stride;
    const bangopsConvolution_t parameters = {pad, pad, stride, stride, 1, 1, 1};
    const Image filters = nextWeights({step.out, step.window, step.window, step.in});
    const Image bias = step.bias ? nextWeights({step.out}) : nullptr;
    const Image y = newImage((x.dims[1] - 1) / stride + 1, (x.dims[2] - 1) / stride + 1, step.out);
    ms = clocked([&] {
      return bangopsConvolutionForward(handle, &parameters, x.desc, x.data, filters->desc, filters->data,
                                       bias ? bias->desc : nullptr, bias ? bias->data : nullptr, -1, y->desc, y->data);
    });
    return y;
  }

  Image normalise(const Step &step, const DeviceTensor &x, float &ms) {
    const Image scale = nextWeights({step.out}), shift = nextWeights({step.out});
    const Image y = newImage(x.dims[1], x.dims[2], x.dims[3]);
    ms = clocked([&] {
      const bangopsStatus_t status =
          bangopsInstanceNorm(handle, 1e-5f, x.desc, x.data, scale->desc, scale->data, shift->data, y->desc, y->data);
      return !step.relu || status != BANGOPS_STATUS_SUCCESS
                 ? status
                 : bangopsActivationForward(handle, BANGOPS_RELU, 0, y->desc, y->data, y->desc, y->data);
    });
    return y;
  }

  // A copy whose source stands still (stride 0) for two rows and for two columns.
  Image upsample(const DeviceTensor &x, float &ms) {
    const int64_t height = x.dims[1], width = x.dims[2], channels = x.dims[3];
    const Image y = newImage(2 * height, 2 * width, channels);
    const int64_t dims[] = {height, 2, width, 2, channels}, repeat[] = {width * channels, 0, channels, 0, 1};
    bangopsTensorDescriptor_t from, to;
    BANGOPS_CHECK(bangopsCreateTensorDescriptor(&from));
    BANGOPS_CHECK(bangopsCreateTensorDescriptor(&to));
    BANGOPS_CHECK(bangopsSetTensorDescriptorStrided(from, BANGOPS_LAYOUT_ARRAY, type, 5, dims, repeat));
    BANGOPS_CHECK(bangopsSetTensorDescriptor(to, BANGOPS_LAYOUT_ARRAY, type, 5, dims));
    ms = clocked([&] { return bangopsCopy(handle, from, x.data, to, y->data); });
    BANGOPS_CHECK(bangopsDestroyTensorDescriptor(from));
    BANGOPS_CHECK(bangopsDestroyTensorDescriptor(to));
    return y;
  }

  Image add(const DeviceTensor &a, const DeviceTensor &b, float &ms) {
    const Image y = newImage(a.dims[1], a.dims[2], a.dims[3]);
    ms = clocked(
        [&] { return bangopsBinary(handle, BANGOPS_ADD, 1, a.desc, a.data, b.desc, b.data, y->desc, y->data); });
    return y;
  }

  Image sigmoid(const DeviceTensor &x, float &ms) {
    const Image y = newImage(x.dims[1], x.dims[2], x.dims[3]);
    ms =
        clocked([&] { return bangopsActivationForward(handle, BANGOPS_SIGMOID, 0, x.desc, x.data, y->desc, y->data); });
    return y;
  }

  Image newImage(int64_t height, int64_t width, int64_t channels) const {
    return std::make_shared<DeviceTensor>(type, std::vector<int64_t>{1, height, width, channels});
  }
  Image nextWeights(const std::vector<int64_t> &dims) {
    Image tensor = std::make_shared<DeviceTensor>(type, dims, BANGOPS_LAYOUT_ARRAY);
    tensor->upload(weights);
    weights += tensor->count;
    return tensor;
  }

  // Queues work, waits for it, and gives its milliseconds.
  template <class Work> float clocked(Work work) {
    CNRT_CHECK(cnrtPlaceNotifier(start, queue));
    BANGOPS_CHECK(work());
    CNRT_CHECK(cnrtPlaceNotifier(end, queue));
    CNRT_CHECK(cnrtQueueSync(queue));
    float ms = 0;
    CNRT_CHECK(cnrtNotifierElapsedTime(start, end, &ms));
    return ms;
  }

  bangopsDataType_t type;
  cnrtQueue_t queue;
  bangopsHandle_t handle = nullptr;
  cnrtNotifier_t start, end;
  const float *weights = nullptr; // of the next step
};

#endif // SAMPLES_STYLE_TRANSFER_CARD_H
