// network.h: a network as a list of steps, read from a folder, which card.h runs. The files:
//   network.txt   first the image: height and width; then a step a line:
//                   convolution <channels in> <channels out> <window> <stride> [bias]     the border is padded with
//                   zeros normalise <channels> [relu]                                           of each channel of the
//                   image upsample           every pixel becomes 2 x 2 keep, add          remembers the image; adds
//                   what was remembered last sigmoid
//   weights.f32   the numbers of the steps in their order: filters [out][row][column][in], then biases; scales, then
//   shifts input.f32     the image, [row][column][red, green, blue], 0 to 1 expected.f32  what another program computes
//   from it
#ifndef SAMPLES_STYLE_TRANSFER_NETWORK_H
#define SAMPLES_STYLE_TRANSFER_NETWORK_H

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

[[noreturn]] inline void fail(const std::string &text) {
  fprintf(stderr, "%s\n", text.c_str());
  exit(1);
}

struct Step {
  std::string kind;
  int in = 0, out = 0, window = 0, stride = 1; // of a convolution; `out` is also the channels of a normalisation
  bool bias = false, relu = false;
  std::string text; // the line

  size_t filters() const { return static_cast<size_t>(out) * window * window * in; }
};

struct Network {
  int height = 0, width = 0;
  std::vector<Step> steps;
  std::vector<float> weights, input, expected;

  explicit Network(const std::string &folder) {
    const std::string path = folder + "/network.txt";
    std::ifstream file(path);
    if (!(file >> height >> width) || height <= 0 || width <= 0)
      fail("cannot read " + path +
           ": expected the height and the width of an image; samples/style_transfer/run makes it");
    std::string line;
    std::getline(file, line);
    size_t wanted = 0;
    while (std::getline(file, line)) {
      const Step step = parse(line, path);
      steps.push_back(step);
      wanted +=
          step.kind == "convolution" ? step.filters() + (step.bias ? step.out : 0) : 2 * static_cast<size_t>(step.out);
    }
    const size_t pixels = 3 * static_cast<size_t>(height) * width;
    weights = floats(folder + "/weights.f32", wanted);
    input = floats(folder + "/input.f32", pixels);
    expected = floats(folder + "/expected.f32", pixels);
  }

private:
  static Step parse(const std::string &line, const std::string &path) {
    std::istringstream words(line);
    Step step;
    step.text = line;
    std::string last;
    words >> step.kind;
    bool known = false;
    if (step.kind == "convolution")
      known = words >> step.in >> step.out >> step.window >> step.stride && step.in > 0 && step.out > 0 &&
              step.window % 2 == 1 && step.stride > 0;
    else if (step.kind == "normalise")
      known = words >> step.out && step.out > 0;
    else
      known = step.kind == "upsample" || step.kind == "keep" || step.kind == "add" || step.kind == "sigmoid";
    if (known && words >> last) {
      step.bias = last == "bias";
      step.relu = last == "relu";
      known = (step.kind == "convolution" && step.bias) || (step.kind == "normalise" && step.relu);
    }
    if (!known)
      fail(path + ": found the line '" + line + "', expected one of the steps that network.h lists");
    return step;
  }

  static std::vector<float> floats(const std::string &path, size_t count) {
    std::vector<float> values(count);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char *>(values.data()), count * sizeof(float));
    if (!file || file.peek() != std::ifstream::traits_type::eof())
      fail("cannot read " + path + ": expected " + std::to_string(count) + " floats, as network.txt says");
    return values;
  }
};

#endif // SAMPLES_STYLE_TRANSFER_NETWORK_H
