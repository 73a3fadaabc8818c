// lenet_inference.cpp: a trained LeNet on the card, in float and quantised to 8 bits: same digits, same answers?
//
// Quantised: a tensor is an array of int8 times one factor. Products of int8 are summed; the sum times both factors is
// the float result of a layer, which gets bias and relu and is rounded to int8 for the next layer, all in one kernel.
#include "../common/clock.h"
#include "../common/device_tensor.h"
#include "training.h"

#include <memory>

// The weights of a layer as the card wants them: taps before channels, images pixel by pixel.
static std::vector<float> cardWeights(const Layer &layer, const Layer *before) {
  std::vector<float> w(layer.w.size());
  // A fully connected layer behind an image: its input is what the channels of that image's pixels are.
  const bool behindImage = before && layer.side == 1 && before->pooled > 1;
  const int channels = behindImage ? before->out : layer.in,
            area = behindImage ? before->pooled * before->pooled : layer.window * layer.window;
  for (int o = 0; o < layer.out; ++o)
    for (int c = 0; c < channels; ++c)
      for (int p = 0; p < area; ++p)
        w[(o * area + p) * channels + c] = layer.w[(o * channels + c) * area + p];
  return w;
}

// A layer on the card with all of its buffers, for `count` images. Quantised, its input is i8, and its result is i8 for
// the next layer, or float behind the last one.
struct CardLayer {
  const Layer &layer;
  const bool image, quantised;
  float inputFactor, weightFactor, step;
  bangopsDataType_t type, resultType;
  DeviceTensor w, w8, b, input, sums, result;

  CardLayer(const LeNet &net, size_t number, int64_t count, bool quantised, bangopsHandle_t handle)
      : layer(net.layers[number]), image(layer.window > 1), quantised(quantised),
        inputFactor(net.largest[number] / 127), weightFactor(0),
        step(number + 1 < net.layers.size() ? net.largest[number + 1] / 127 : 1),
        type(quantised ? BANGOPS_DTYPE_I8 : BANGOPS_DTYPE_F32),
        resultType(number + 1 < net.layers.size() ? type : BANGOPS_DTYPE_F32),
        w(BANGOPS_DTYPE_F32, shape(layer.out, layer.window, layer.in)),
        w8(BANGOPS_DTYPE_I8, shape(layer.out, layer.window, layer.in)), b(BANGOPS_DTYPE_F32, {layer.out}),
        input(type, shape(count, layer.side, layer.in)), sums(resultType, shape(count, layer.reached, layer.out)),
        result(resultType, shape(count, layer.pooled, layer.out)) {
    w.upload(cardWeights(layer, number ? &net.layers[number - 1] : nullptr).data());
    b.upload(layer.b.data());
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
    const float factor = inputFactor * weightFactor, *bias = b.floats();
    if (!quantised && image)
      BANGOPS_CHECK(bangopsConvolutionForward(handle, &window, input.desc, x, w.desc, w.data, b.desc, bias, relu,
                                              sums.desc, sums.data));
    else if (!quantised)
      BANGOPS_CHECK(bangopsFullyConnectedForward(handle, input.desc, x, w.desc, w.data, b.desc, bias, relu, sums.desc,
                                                 sums.data));
    else if (image)
      BANGOPS_CHECK(bangopsQuantisedConvolution(handle, &window, factor, step, input.desc, x, w8.desc, w8.data, b.desc,
                                                bias, relu, sums.desc, sums.data));
    else
      BANGOPS_CHECK(bangopsQuantisedFullyConnected(handle, factor, step, input.desc, x, w8.desc, w8.data, b.desc, bias,
                                                   relu, sums.desc, sums.data));
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
  float milliseconds = 0;
  std::vector<int32_t> found;
};

// All digits at once: with few of them, starting eight kernels takes longer than what they do.
static Outcome classify(const LeNet &net, const Digits &digits, bool quantised, cnrtQueue_t queue) {
  const auto count = static_cast<int64_t>(digits.labels.size());
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
      layers.push_back(std::make_unique<CardLayer>(net, l, count, quantised, handle));
    DeviceTensor pixels(BANGOPS_DTYPE_F32, {count, kSide, kSide, 1}), best(BANGOPS_DTYPE_I32, {count});
    pixels.upload(digits.pixels.data());
    CNRT_CHECK(cnrtPlaceNotifier(start, queue));
    const void *x = pixels.data;
    if (quantised) { // the only rounding that is a kernel of its own
      CardLayer &one = *layers.front();
      BANGOPS_CHECK(bangopsCast(handle, 1 / one.inputFactor, pixels.desc, x, one.input.desc, one.input.data));
      x = one.input.data;
    }
    for (auto &layer : layers)
      x = layer->run(handle, x);
    CNRT_CHECK(cnrtPlaceNotifier(end, queue));
    const int axis = 1;
    BANGOPS_CHECK(
        bangopsReduce(handle, BANGOPS_REDUCE_ARGMAX, 1, &axis, layers.back()->sums.desc, x, best.desc, best.data));
    CNRT_CHECK(cnrtQueueSync(queue));
    CNRT_CHECK(cnrtNotifierElapsedTime(start, end, &outcome.milliseconds));
    outcome.found = best.downloadIntegers(count);
    for (int64_t i = 0; i < count; ++i)
      outcome.right += outcome.found[i] == digits.labels[i];
  }
  CNRT_CHECK(cnrtNotifierDestroy(start));
  CNRT_CHECK(cnrtNotifierDestroy(end));
  BANGOPS_CHECK(bangopsDestroy(handle));
  return outcome;
}

int main(int argc, char **argv) {
  const int train = argc > 1 ? atoi(argv[1]) : 3000, epochs = argc > 2 ? atoi(argv[2]) : 4,
            test = argc > 3 ? atoi(argv[3]) : 1000;
  const double wanted = argc > 4 ? atof(argv[4]) : 95;
  if (train < 20 || epochs < 1 || test < 1 || argc > 5) {
    fprintf(stderr, "usage: %s [training digits, at least 20] [epochs] [test digits] [percent wanted]\n", argv[0]);
    return 2;
  }
  const Digits digits(train, 1), tests(test, 1001);
  LeNet net(1);
  net.train(digits, epochs);
  net.calibrate(digits, std::min(train, 200));

  CNRT_CHECK(cnrtSetDevice(0));
  cnrtQueue_t queue;
  CNRT_CHECK(cnrtQueueCreate(&queue));
  const Outcome exact = classify(net, tests, false, queue), quantised = classify(net, tests, true, queue);
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
  printf("float: %.1f %% right, %d answers differ from the host's, %.2f ms for %d digits\n", percent, differ,
         exact.milliseconds, test);
  printf("int8:  %.1f %% right, %d answers differ from the host's, %.2f ms for %d digits\n", percent8, different8,
         quantised.milliseconds, test);
  // Host times of the simulation say nothing about a card.
  if (clockIsModel())
    printf("int8 is %.2f times as fast in the time of the model\n", exact.milliseconds / quantised.milliseconds);
  const bool pass = percent >= wanted && percent - percent8 <= 1 && differ <= n / 500;
  printf("%s quantisation costs %.1f points\n", pass ? "PASS" : "FAIL", percent - percent8);
  return pass ? 0 : 1;
}
