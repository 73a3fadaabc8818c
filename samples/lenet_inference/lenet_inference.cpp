// lenet_inference.cpp: a trained LeNet on the card, in float and quantised to 8 bits: same digits, same answers?
//
// Quantised: a tensor is an array of int8 times one factor. Products of int8 are summed; the sum times both factors is the
// float result of a layer, which gets bias and relu and is rounded to int8 for the next layer, all in one kernel.
#include "training.h"

#include <bangops.h>

#include <cstdlib>
#include <cstring>
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

// A layer on the card with all of its buffers, for `count` images. Quantised, its input is i8, and its result is i8 for the
// next layer, or float behind the last one.
struct CardLayer {
  const Layer &layer;
  const bool image, quantised;
  float inputFactor, weightFactor, step;
  bangopsDataType_t type, resultType;
  Tensor w, w8, b, input, sums, result;

  CardLayer(const LeNet &net, size_t number, int64_t count, bool quantised, bangopsHandle_t handle)
      : layer(net.layers[number]), image(layer.window > 1), quantised(quantised), inputFactor(net.largest[number] / 127),
        weightFactor(0), step(number + 1 < net.layers.size() ? net.largest[number + 1] / 127 : 1),
        type(quantised ? BANGOPS_DTYPE_I8 : BANGOPS_DTYPE_F32),
        resultType(number + 1 < net.layers.size() ? type : BANGOPS_DTYPE_F32),
        w(BANGOPS_DTYPE_F32, shape(layer.out, layer.window, layer.in)), w8(BANGOPS_DTYPE_I8, shape(layer.out, layer.window, layer.in)),
        b(BANGOPS_DTYPE_F32, {layer.out}), input(type, shape(count, layer.side, layer.in)),
        sums(resultType, shape(count, layer.reached, layer.out)), result(resultType, shape(count, layer.pooled, layer.out)) {
    w.upload(cardWeights(layer, number ? &net.layers[number - 1] : nullptr));
    b.upload(layer.b);
    for (float v : layer.w)
      weightFactor = std::max(weightFactor, std::fabs(v) / 127);
    if (quantised)
      BANGOPS_CHECK(bangopsCast(handle, 1 / weightFactor, w.desc, w.data, w8.desc, w8.data));
  }
  CardLayer(const CardLayer &) = delete;

  // From the input to the layer's result.
  const void *run(bangopsHandle_t handle, const void *x) {
    const bangopsConvolution_t window = {layer.pad, layer.pad, 1, 1, 1, 1, 1};
    const int relu = layer.relu ? BANGOPS_RELU : -1;
    const float factor = inputFactor * weightFactor, *bias = static_cast<const float *>(b.data);
    if (!quantised && image)
      BANGOPS_CHECK(bangopsConvolutionForward(handle, &window, input.desc, x, w.desc, w.data, b.desc, bias, relu, sums.desc,
                                              sums.data));
    else if (!quantised)
      BANGOPS_CHECK(bangopsFullyConnectedForward(handle, input.desc, x, w.desc, w.data, b.desc, bias, relu, sums.desc, sums.data));
    else if (image)
      BANGOPS_CHECK(bangopsQuantisedConvolution(handle, &window, factor, step, input.desc, x, w8.desc, w8.data, b.desc, bias,
                                                relu, sums.desc, sums.data));
    else
      BANGOPS_CHECK(bangopsQuantisedFullyConnected(handle, factor, step, input.desc, x, w8.desc, w8.data, b.desc, bias, relu,
                                                   sums.desc, sums.data));
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
      layers.push_back(std::make_unique<CardLayer>(net, l, batch, quantised, handle));
    Tensor pixels(BANGOPS_DTYPE_F32, {batch, kSide, kSide, 1}), best(BANGOPS_DTYPE_I32, {batch});
    for (size_t first = 0; first + batch <= digits.labels.size(); first += batch) {
      const auto from = digits.pixels.begin() + first * kPixels;
      pixels.upload(std::vector<float>(from, from + batch * kPixels));
      CNRT_CHECK(cnrtPlaceNotifier(start, queue));
      const void *x = pixels.data;
      if (quantised) {  // the only rounding that is a kernel of its own
        CardLayer &one = *layers.front();
        BANGOPS_CHECK(bangopsCast(handle, 1 / one.inputFactor, pixels.desc, x, one.input.desc, one.input.data));
        x = one.input.data;
      }
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
  // Host times of the simulation say nothing about a card.
  const char *timing = getenv("BANG_TIMING");
  if (timing && *timing && strcmp(timing, "0") != 0)
    printf("int8 is %.2f times as fast in the time of the model\n", exact.milliseconds / quantised.milliseconds);
  const bool pass = percent >= wanted && percent - percent8 <= 1 && differ <= n / 500;
  printf("%s quantisation costs %.1f points\n", pass ? "PASS" : "FAIL", percent - percent8);
  return pass ? 0 : 1;
}
