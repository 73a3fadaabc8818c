// elementwise.cpp: arithmetic, activations, optimisers.
#include "bench.h"

#include <string>

void elementwise(bangopsDataType_t type) {
  const int64_t n = sized(4 << 20);
  const std::string shape = std::to_string(n);
  Tensor x(type, {n}), z(type, {n}), y(type, {n});
  measure("add", type, shape, 3 * x.bytes, 0,
          [&] { return bangopsBinary(handle, BANGOPS_ADD, 1, x.desc, x.data, z.desc, z.data, y.desc, y.data); });
  measure("power difference 2", type, shape, 3 * x.bytes, 0, [&] {
    return bangopsBinary(handle, BANGOPS_POWER_DIFFERENCE, 2, x.desc, x.data, z.desc, z.data, y.desc, y.data);
  });
  measure("gelu", type, shape, 2 * x.bytes, 0,
          [&] { return bangopsActivationForward(handle, BANGOPS_GELU, 0, x.desc, x.data, y.desc, y.data); });
  measure("gelu backward", type, shape, 3 * x.bytes, 0, [&] {
    return bangopsActivationBackward(handle, BANGOPS_GELU, 0, x.desc, x.data, z.desc, z.data, y.desc, y.data);
  });
  measure("dropout", type, shape, 2 * x.bytes, 0,
          [&] { return bangopsDropout(handle, 0.1f, 1, x.desc, x.data, y.desc, y.data); });
  measure("adam", type, shape, 7 * x.bytes, 0,
          [&] { return bangopsAdam(handle, 0.1f, 0.9f, 0.99f, 1e-8f, 1, x.desc, x.data, z.data, y.data, y.data); });
}
