// mlp_digits.cpp: trains a network on digits that it draws itself, tests it on others, and draws what happened.
#include "network.h"
#include "plot.h"

#include <cstring>

// What a run is made of; compare.py reads the files that --dump leaves and computes the same with NumPy.
struct Options {
  int train = 6000, test = 500, batch = 50, epochs = 6;
  uint64_t seed = 1;
  double accuracy = 0.95;
  float rate = 0.05f, momentum = 0.9f;
  std::string picture = "mlp_digits.png", dump;
};

static bool parse(int argc, char **argv, Options &options) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const char *value = argv[i + 1];
    if (name == "--train")
      options.train = atoi(value);
    else if (name == "--test")
      options.test = atoi(value);
    else if (name == "--epochs")
      options.epochs = atoi(value);
    else if (name == "--seed")
      options.seed = strtoull(value, nullptr, 10);
    else if (name == "--accuracy")
      options.accuracy = atof(value);
    else if (name == "--picture")
      options.picture = value;
    else if (name == "--dump")
      options.dump = value;
    else
      return false;
  }
  return argc % 2 == 1 && options.train >= options.batch && options.test > 0 && options.epochs > 0;
}

template <class T> static void dump(const Options &options, const char *name, const std::vector<T> &values) {
  if (options.dump.empty())
    return;
  FILE *file = fopen((options.dump + "/" + name).c_str(), "wb");
  if (!file || fwrite(values.data(), sizeof(T), values.size(), file) != values.size()) {
    fprintf(stderr, "cannot write to %s\n", options.dump.c_str());
    exit(1);
  }
  fclose(file);
}
static std::vector<float> weightsOf(const Network &network) {
  std::vector<float> all;
  for (const Parameter *p : network.parameters) {
    const std::vector<float> part = p->value.download(p->value.count);
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

int main(int argc, char **argv) {
  Options options;
  if (!parse(argc, argv, options)) {
    fprintf(stderr, "usage: %s [--train n] [--test n] [--epochs n] [--seed n] [--accuracy share] [--picture file.png] "
                    "[--dump folder]\n", argv[0]);
    return 2;
  }
  const Digits train(options.train, options.seed), test(options.test, options.seed + 1000);
  CNRT_CHECK(cnrtSetDevice(0));
  cnrtQueue_t queue;
  CNRT_CHECK(cnrtQueueCreate(&queue));
  std::vector<float> losses;
  double accuracy;
  {
    Network network(std::max(options.batch, 100), options.seed, queue);
    dump(options, "pixels.f32", train.pixels);
    dump(options, "labels.i32", train.labels);
    dump(options, "weights_before.f32", weightsOf(network));
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
      double sum = 0;
      const int steps = options.train / options.batch;
      for (int step = 0; step < steps; ++step) {
        const size_t first = static_cast<size_t>(step) * options.batch;
        losses.push_back(network.train(&train.pixels[first * kPixels], &train.labels[first], options.batch,
                                       options.rate, options.momentum));
        sum += losses.back();
      }
      printf("epoch %d: mean loss %.4f\n", epoch + 1, sum / steps);
      fflush(stdout);
    }
    std::vector<int32_t> found;
    for (int first = 0; first < options.test; first += 100) {
      const int count = std::min(100, options.test - first);
      const std::vector<int32_t> part = network.classify(&test.pixels[static_cast<size_t>(first) * kPixels], count);
      found.insert(found.end(), part.begin(), part.end());
    }
    int right = 0;
    for (int i = 0; i < options.test; ++i)
      right += found[i] == test.labels[i];
    accuracy = static_cast<double>(right) / options.test;
    const std::vector<float> weights = weightsOf(network);
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < weights.size() * sizeof(float); ++i)
      hash = (hash ^ reinterpret_cast<const unsigned char *>(weights.data())[i]) * 1099511628211u;
    printf("weights %016llx\n", static_cast<unsigned long long>(hash));
    dump(options, "weights_after.f32", weights);
    dump(options, "losses.f32", losses);
    Plot plot;
    plot.curve(losses);
    plot.examples(test, found);
    if (!plot.write(options.picture)) {
      fprintf(stderr, "cannot write %s\n", options.picture.c_str());
      return 1;
    }
    printf("picture %s\n", options.picture.c_str());
  }
  CNRT_CHECK(cnrtQueueDestroy(queue));
  const bool pass = accuracy >= options.accuracy;
  printf("%s %.1f %% of %d test digits are recognised\n", pass ? "PASS" : "FAIL", 100 * accuracy, options.test);
  return pass ? 0 : 1;
}
