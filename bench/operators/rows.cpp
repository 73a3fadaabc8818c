// rows.cpp: reductions, softmax and norms, along the last dimension.
#include "bench.h"

#include <algorithm>
#include <string>

void rows(bangopsDataType_t type) {
  for (int64_t columns : {int64_t(128), int64_t(1024), int64_t(65536)}) {
    const int64_t count = std::max<int64_t>(16, sized(2 << 20) / columns);
    const std::string shape = std::to_string(count) + " x " + std::to_string(columns);
    Tensor x(type, {count, columns}), y(type, {count, columns}), sums(type, {count}), affine(type, {columns});
    const int axis = 1;
    measure("sum", type, shape, x.bytes, 0,
            [&] { return bangopsReduce(handle, BANGOPS_REDUCE_SUM, 1, &axis, x.desc, x.data, sums.desc, sums.data); });
    measure("softmax", type, shape, 2 * x.bytes, 0,
            [&] { return bangopsSoftmax(handle, BANGOPS_SOFTMAX, 1, x.desc, x.data, y.desc, y.data); });
    measure("layer norm", type, shape, 2 * x.bytes, 0, [&] {
      return bangopsLayerNorm(handle, 1, 1e-5f, x.desc, x.data, affine.desc, affine.data, affine.data, y.desc, y.data,
                              nullptr, nullptr);
    });
  }
}
