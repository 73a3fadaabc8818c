// NpyFuzzer.cpp: .npy files of any content are read or refused; what was read can be written again.
#include "simulator/tools/Npy.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string error;
  auto array = dlp::parseNpy({data, size}, error);
  if (!array) {
    if (error.empty())
      std::abort();
    return 0;
  }
  if (dlp::npyBytes(*array->type, array->shape) != array->data.size())
    std::abort();
  std::string again = dlp::npyHeader(*array->type, array->shape);
  again.append(array->data.begin(), array->data.end());
  auto second = dlp::parseNpy({reinterpret_cast<const uint8_t *>(again.data()), again.size()}, error);
  if (!second || second->shape != array->shape || second->data != array->data || second->type != array->type)
    std::abort();
  return 0;
}
