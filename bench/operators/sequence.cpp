// sequence.cpp: what language models are made of.
#include "bench.h"

#include <string>

void sequence(bangopsDataType_t type) {
  const int64_t length = sized(512);
  Tensor q(type, {8, length, 64}), k(type, {8, length, 64}), out(type, {8, length, 64});
  measure("attention", type, "8 x " + std::to_string(length) + " x 64", 4 * q.bytes,
          2.0 * 8 * static_cast<double>(length) * static_cast<double>(length) * 64, [&] {
            return bangopsAttention(handle, 0.125f, 0, q.desc, q.data, k.desc, k.data, k.data, out.desc, out.data);
          });
}
