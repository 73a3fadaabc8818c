// ImageFuzzer.cpp: device images and fat objects of any content are read or refused with a sentence.
//
// Any bytes rarely look like an image. Inputs whose first byte is odd change bytes of a good image, or of a fat object
// with one, instead: two bytes say where, one says what.
#include "codegen/object/DeviceImage.h"
#include "codegen/object/FatBinary.h"
#include "test/Unit/simulator/TestImage.h"

#include <cstdlib>

static void readBoth(std::span<const uint8_t> bytes) {
  std::string error;
  if (auto image = dlp::readDeviceImage(bytes, error)) {
    for (const auto &kernel : image->kernels)
      image->bytesAt(kernel.entry, 8);
  } else if (error.empty()) {
    std::abort();
  }
  error.clear();
  if (auto fat = dlp::readFatBinary(bytes, error)) {
    for (const auto &part : fat->images)
      dlp::readDeviceImage(part.bytes, error);
  } else if (error.empty()) {
    std::abort();
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!size || !(data[0] & 1)) {
    readBoth({data, size});
    return 0;
  }
  dlp::test::ImageOptions options;
  options.inits = {{dlp::kNramBase, 0, 8}};
  options.constants = {1, 2, 3, 4, 5, 6, 7, 8};
  std::vector<uint8_t> bytes = dlp::test::buildImage(dlp::test::Code().exit(), options);
  if (data[0] & 2) {
    dlp::FatImage part{372, bytes};
    bytes = dlp::writeFatBinary({&part, 1});
  }
  for (size_t at = 1; at + 3 <= size; at += 3)
    bytes[(data[at] | data[at + 1] << 8) % bytes.size()] = data[at + 2];
  readBoth(bytes);
  return 0;
}
