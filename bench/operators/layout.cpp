// layout.cpp: copies.
#include "bench.h"

#include <string>

void layout(bangopsDataType_t type) {
  const int64_t n = sized(1024);
  Tensor x(type, {n, n}), y(type, {n, n});
  const int turned[] = {1, 0};
  const std::string shape = std::to_string(n) + " x " + std::to_string(n);
  measure("copy", type, shape, 2 * x.bytes, 0, [&] { return bangopsCopy(handle, x.desc, x.data, y.desc, y.data); });
  measure("transpose", type, shape, 2 * x.bytes, 0,
          [&] { return bangopsTranspose(handle, turned, x.desc, x.data, y.desc, y.data); });
}
