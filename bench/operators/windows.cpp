// windows.cpp: operators on windows over images.
#include "bench.h"

#include <string>

void windows(bangopsDataType_t type) {
  const int64_t side = scale < 1 ? 14 : 112;
  Tensor x(type, {1, side, side, 64}, BANGOPS_LAYOUT_NHWC), y(type, {1, side / 2, side / 2, 64}, BANGOPS_LAYOUT_NHWC);
  const bangopsWindow_t half = {2, 2, 0, 0, 2, 2, 1};
  measure("max pool 2 x 2", type, std::to_string(side) + " x " + std::to_string(side) + " x 64", x.bytes + y.bytes, 0,
          [&] { return bangopsPoolForward(handle, BANGOPS_POOL_MAX, &half, x.desc, x.data, y.desc, y.data); });
}
