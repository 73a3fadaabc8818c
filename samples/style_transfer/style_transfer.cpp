// style_transfer.cpp: runs the network of a folder on the card, in float and in half, and compares the picture with the
// one that another program, PyTorch in `run`, computed from the same weights.
#include "../common/png.h"
#include "card.h"

#include <chrono>
#include <cmath>
#include <cstring>

// The ratio of the largest value, 1, to the mean difference, in decibels: 40 are a difference of 1 %.
static double peakSignalToNoise(const std::vector<float> &found, const std::vector<float> &expected) {
  double squares = 0;
  for (size_t i = 0; i < found.size(); ++i)
    squares += (found[i] - expected[i]) * static_cast<double>(found[i] - expected[i]);
  return 10 * std::log10(found.size() / std::max(squares, 1e-30));
}

static bool writePicture(const std::string &path, const std::vector<float> &rgb, int width, int height) {
  Picture picture(width, height);
  for (size_t i = 0; i < rgb.size(); ++i)
    picture.rgb[i] = static_cast<uint8_t>(std::lround(255 * std::min(std::max(rgb[i], 0.0f), 1.0f)));
  return PngFile::write(path, picture);
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3 || (argc == 3 && strcmp(argv[2], "float") != 0 && strcmp(argv[2], "half") != 0)) {
    fprintf(stderr, "usage: %s folder [float|half]\nthe folder holds a network and an image, see network.h\n", argv[0]);
    return 2;
  }
  const std::string folder = argv[1];
  const Network network(folder);
  CNRT_CHECK(cnrtSetDevice(0));
  cnrtQueue_t queue;
  CNRT_CHECK(cnrtQueueCreate(&queue));
  bool pass = true;
  for (const char *name : {"float", "half"}) {
    if (argc == 3 && strcmp(argv[2], name) != 0)
      continue;
    printf("%s\n", name);
    const auto before = std::chrono::steady_clock::now();
    double sum = 0;
    int number = 0;
    std::vector<float> picture;
    {
      Card card(strcmp(name, "float") == 0 ? BANGOPS_DTYPE_F32 : BANGOPS_DTYPE_F16, queue);
      picture = card.run(network, [&](const Step &step, const std::vector<int64_t> &dims, float ms) {
        printf("%3d  %-30s -> %4d x %4d x %3d  %10.3f ms\n", ++number, step.text.c_str(), static_cast<int>(dims[1]),
               static_cast<int>(dims[2]), static_cast<int>(dims[3]), ms);
        fflush(stdout);
        sum += ms;
      });
    }
    if (picture.size() != network.expected.size())
      fail("network.txt: the last step leaves " + std::to_string(picture.size()) + " numbers, expected an image of " +
           std::to_string(network.expected.size()));
    const std::string path = folder + "/" + name + ".png";
    if (!writePicture(path, picture, network.width, network.height))
      fail("cannot write " + path);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
    printf("sum of the steps %.3f ms, simulated in %.1f s\npicture %s\n", sum, seconds, path.c_str());
    const double decibels = peakSignalToNoise(picture, network.expected);
    printf("%s %s: PSNR %.1f dB to the expected picture, 40 wanted\n", decibels >= 40 ? "PASS" : "FAIL", name,
           decibels);
    pass &= decibels >= 40;
  }
  CNRT_CHECK(cnrtQueueDestroy(queue));
  return pass ? 0 : 1;
}
