// sequence.cpp: what language models are made of.
#include "bench.h"

#include <string>

static void attention(bangopsDataType_t type, bool causal, int64_t heads, int64_t length, int64_t depth) {
  Tensor q(type, {heads, length, depth}), k(type, {heads, length, depth}), out(type, {heads, length, depth});
  // A causal mask leaves a little more than half of the products.
  const double pairs = static_cast<double>(length) * static_cast<double>(causal ? length + 1 : 2 * length) / 2;
  measure(causal ? "attention, causal" : "attention", type,
          std::to_string(heads) + " x " + std::to_string(length) + " x " + std::to_string(depth), 4 * q.bytes,
          2.0 * static_cast<double>(heads * depth) * pairs, [&] {
            return bangopsAttention(handle, 0.125f, causal, q.desc, q.data, k.desc, k.data, k.data, out.desc, out.data);
          });
}

void sequence(bangopsDataType_t type) {
  attention(type, false, 8, sized(512), 64);
  attention(type, false, 8, sized(2048), 64);
  if (type == BANGOPS_DTYPE_BF16)
    return;
  attention(type, true, 8, sized(512), 64);
  attention(type, true, 8, sized(2048), 64);
  attention(type, false, 8, sized(1024), 128);
}
