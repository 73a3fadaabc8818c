// lenet_inference.cpp: a trained LeNet on the card, in float and quantised to 8 bits: same digits, same answers?
//
// Quantised: a tensor is an array of int8 times one factor. Products of int8 are summed exactly in int32; the sum times
// both factors is the float result, which gets bias, relu and pool and is rounded to int8 for the next layer.
#include "training.h"

#include <bangops.h>

#include <cstdlib>
#include <memory>
#include <string>

#define BANGOPS_CHECK(call)                                                                                           \
  do {                                                                                                                \
    if ((call) != BANGOPS_STATUS_SUCCESS) {                                                                           \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, bangopsGetLastErrorText());                                  \
      exit(1);                                                                                                        \
    }                                                                                                                 \
  } while (0)

struct Tensor {
  bangopsTensorDescriptor_t desc;
  void *data;
  size_t count = 1;
  Tensor(bangopsDataType_t type, const std::vector<int64_t> &dims) {
    for (int64_t d : dims)
      count *= d;
    BANGOPS_CHECK(bangopsCreateTensorDescriptor(&desc));
    BANGOPS_CHECK(bangopsSetTensorDescriptor(desc, dims.size() == 4 ? BANGOPS_LAYOUT_NHWC : BANGOPS_LAYOUT_ARRAY, type,
                                             static_cast<int>(dims.size()), dims.data()));
    CNRT_CHECK(cnrtMalloc(&data, count * (type == BANGOPS_DTYPE_I8 ? 1 : 4)));
  }
  Tensor(const Tensor &) = delete;
  ~Tensor() {
    CNRT_CHECK(cnrtFree(data));
    BANGOPS_CHECK(bangopsDestroyTensorDescriptor(desc));
  }
  void upload(const std::vector<float> &values) {
    CNRT_CHECK(cnrtMemcpy(data, const_cast<float *>(values.data()), values.size() * sizeof(float), cnrtMemcpyHostToDev));
  }
};

// The weights of a layer as the card wants them: taps before channels, images pixel by pixel.
static std::vector<float> cardWeights(const Layer &layer, const Layer *before) {
  std::vector<float> w(layer.w.size());
  // A fully connected layer behind an image: its input is what the channels of that image's pixels are.
  const bool behindImage = before && layer.side == 1 && before->pooled > 1;
  const int channels = behindImage ? before->out : layer.in, area = behindImage ? before->pooled * before->pooled : layer.window * layer.window;
  for (int o = 0; o < layer.out; ++o)
    for (int c = 0; c < channels; ++c)
      for (int p = 0; p < area; ++p)
        w[(o * area + p) * channels + c] = layer.w[(o * channels + c) * area + p];
  return w;
}

// A layer on the card with all of its buffers, for `count` images.
struct CardLayer {
  const Layer &layer;
  const bool image, quantised;
  float inputFactor, weightFactor;
  Tensor w, w8, b, input8, sums, sums32, result;
  bangopsTensorDescriptor_t input;  // of the float input, in this layer's shape

  CardLayer(const Layer &layer, const Layer *before, int64_t count, bool quantised, float largest, bangopsHandle_t handle)
      : layer(layer), image(layer.window > 1), quantised(quantised), inputFactor(largest / 127), weightFactor(0),
        w(BANGOPS_DTYPE_F32, shape(layer.out, layer.window, layer.in)), w8(BANGOPS_DTYPE_I8, shape(layer.out, layer.window, layer.in)),
        b(BANGOPS_DTYPE_F32, {layer.out}), input8(BANGOPS_DTYPE_I8, shape(count, layer.side, layer.in)),
        sums(BANGOPS_DTYPE_F32, shape(count, layer.reached, layer.out)),
        sums32(BANGOPS_DTYPE_I32, shape(count, layer.reached, layer.out)),
        result(BANGOPS_DTYPE_F32, shape(count, layer.pooled, layer.out)) {
    const std::vector<int64_t> in = shape(count, layer.side, layer.in);
    BANGOPS_CHECK(bangopsCreateTensorDescriptor(&input));
    BANGOPS_CHECK(bangopsSetTensorDescriptor(input, image ? BANGOPS_LAYOUT_NHWC : BANGOPS_LAYOUT_ARRAY, BANGOPS_DTYPE_F32,
                                             static_cast<int>(in.size()), in.data()));
    w.upload(cardWeights(layer, before));
    b.upload(layer.b);
    for (float v : layer.w)
      weightFactor = std::max(weightFactor, std::fabs(v) / 127);
    if (quantised)
      BANGOPS_CHECK(bangopsCast(handle, 1 / weightFactor, w.desc, w.data, w8.desc, w8.data));
  }
  CardLayer(const CardLayer &) = delete;
  ~CardLayer() { BANGOPS_CHECK(bangopsDestroyTensorDescriptor(input)); }

  // From the float input to the layer's float result.
  const void *run(bangopsHandle_t handle, const void *x) {
    const bangopsConvolution_t window = {layer.pad, layer.pad, 1, 1, 1, 1, 1};
    // The same product for both types of elements.
    const auto product = [&](bangopsTensorDescriptor_t in, const void *from, const Tensor &weights, const Tensor *bias,
                             const Tensor &to) {
      const bangopsTensorDescriptor_t biasDesc = bias ? bias->desc : nullptr;
      const void *biasData = bias ? bias->data : nullptr;
      const int relu = bias && layer.relu ? BANGOPS_RELU : -1;
      if (image)
        BANGOPS_CHECK(bangopsConvolutionForward(handle, &window, in, from, weights.desc, weights.data, biasDesc, biasData,
                                                relu, to.desc, to.data));
      else
        BANGOPS_CHECK(bangopsFullyConnectedForward(handle, in, from, weights.desc, weights.data, biasDesc, biasData, relu,
                                                   to.desc, to.data));
    };
    if (!quantised) {
      product(input, x, w, &b, sums);
    } else {
      BANGOPS_CHECK(bangopsCast(handle, 1 / inputFactor, input, x, input8.desc, input8.data));
      product(input8.desc, input8.data, w8, nullptr, sums32);
      BANGOPS_CHECK(bangopsCast(handle, inputFactor * weightFactor, sums32.desc, sums32.data, sums.desc, sums.data));
      BANGOPS_CHECK(bangopsBinary(handle, BANGOPS_ADD, 1, sums.desc, sums.data, b.desc, b.data, sums.desc, sums.data));
      if (layer.relu)
        BANGOPS_CHECK(bangopsActivationForward(handle, BANGOPS_RELU, 0, sums.desc, sums.data, sums.desc, sums.data));
    }
    if (!layer.pool)
      return sums.data;
    const bangopsWindow_t half = {2, 2, 0, 0, 2, 2, 1};
    BANGOPS_CHECK(bangopsPoolForward(handle, BANGOPS_POOL_MAX, &half, sums.desc, sums.data, result.desc, result.data));
    return result.data;
  }

private:
  std::vector<int64_t> shape(int64_t n, int64_t side, int64_t channels) const {
    return image ? std::vector<int64_t>{n, side, side, channels} : std::vector<int64_t>{n, channels};
  }
};

struct Outcome {
  int right = 0;
  float milliseconds = 0;  // of the first batch
  std::vector<int32_t> found;
};

static Outcome classify(const LeNet &net, const Digits &digits, bool quantised, int batch, cnrtQueue_t queue) {
  bangopsHandle_t handle;
  BANGOPS_CHECK(bangopsCreate(&handle));
  BANGOPS_CHECK(bangopsSetQueue(handle, queue));
  cnrtNotifier_t start, end;
  CNRT_CHECK(cnrtNotifierCreate(&start));
  CNRT_CHECK(cnrtNotifierCreate(&end));
  Outcome outcome;
  {
    std::vector<std::unique_ptr<CardLayer>> layers;
    for (size_t l = 0; l < net.layers.size(); ++l)
      layers.push_back(std::make_unique<CardLayer>(net.layers[l], l ? &net.layers[l - 1] : nullptr, batch, quantised,
                                                   net.largest[l], handle));
    Tensor pixels(BANGOPS_DTYPE_F32, {batch, kSide, kSide, 1}), best(BANGOPS_DTYPE_I32, {batch});
    for (size_t first = 0; first + batch <= digits.labels.size(); first += batch) {
      const auto from = digits.pixels.begin() + first * kPixels;
      pixels.upload(std::vector<float>(from, from + batch * kPixels));
      CNRT_CHECK(cnrtPlaceNotifier(start, queue));
      const void *x = pixels.data;
      for (auto &layer : layers)
        x = layer->run(handle, x);
      CNRT_CHECK(cnrtPlaceNotifier(end, queue));
      const int axis = 1;
      BANGOPS_CHECK(bangopsReduce(handle, BANGOPS_REDUCE_ARGMAX, 1, &axis, layers.back()->sums.desc, x, best.desc, best.data));
      CNRT_CHECK(cnrtQueueSync(queue));
      if (first == 0)
        CNRT_CHECK(cnrtNotifierElapsedTime(start, end, &outcome.milliseconds));
      std::vector<int32_t> part(batch);
      CNRT_CHECK(cnrtMemcpy(part.data(), best.data, batch * sizeof(int32_t), cnrtMemcpyDevToHost));
      for (int i = 0; i < batch; ++i)
        outcome.right += part[i] == digits.labels[first + i];
      outcome.found.insert(outcome.found.end(), part.begin(), part.end());
    }
  }
  CNRT_CHECK(cnrtNotifierDestroy(start));
  CNRT_CHECK(cnrtNotifierDestroy(end));
  BANGOPS_CHECK(bangopsDestroy(handle));
  return outcome;
}

int main(int argc, char **argv) {
  const int train = argc > 1 ? atoi(argv[1]) : 3000, epochs = argc > 2 ? atoi(argv[2]) : 4, test = argc > 3 ? atoi(argv[3]) : 1000;
  const double wanted = argc > 4 ? atof(argv[4]) : 95;
  if (train < 20 || epochs < 1 || test < 100 || argc > 5) {
    fprintf(stderr, "usage: %s [training digits, at least 20] [epochs] [test digits, at least 100] [percent wanted]\n", argv[0]);
    return 2;
  }
  const Digits digits(train, 1), tests(test / 100 * 100, 1001);
  LeNet net(1);
  net.train(digits, epochs);
  net.calibrate(digits, std::min(train, 200));

  CNRT_CHECK(cnrtSetDevice(0));
  cnrtQueue_t queue;
  CNRT_CHECK(cnrtQueueCreate(&queue));
  const Outcome exact = classify(net, tests, false, 100, queue), quantised = classify(net, tests, true, 100, queue);
  CNRT_CHECK(cnrtQueueDestroy(queue));
  // The host's own answers say whether the card computes the network that was trained.
  int differ = 0, different8 = 0;
  for (size_t i = 0; i < tests.labels.size(); ++i) {
    const std::vector<float> &logits = net.forward(&tests.pixels[i * kPixels]);
    const auto best = static_cast<int32_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
    differ += best != exact.found[i];
    different8 += best != quantised.found[i];
  }
  const double n = static_cast<double>(tests.labels.size());
  const double percent = 100 * exact.right / n, percent8 = 100 * quantised.right / n;
  printf("float: %.1f %% right, %d answers differ from the host's, %.2f ms for 100 digits\n", percent, differ, exact.milliseconds);
  printf("int8:  %.1f %% right, %d answers differ from the host's, %.2f ms for 100 digits\n", percent8, different8, quantised.milliseconds);
  const bool pass = percent >= wanted && percent - percent8 <= 1 && differ <= n / 500;
  printf("%s quantisation costs %.1f points\n", pass ? "PASS" : "FAIL", percent - percent8);
  return pass ? 0 : 1;
}
