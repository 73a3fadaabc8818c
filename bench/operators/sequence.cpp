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

static void rotary(bangopsDataType_t type) {
  const int64_t length = sized(512);
  for (int64_t depth : {int64_t(64), int64_t(34)}) {
    Tensor x(type, {32, length, depth}), y(type, {32, length, depth}), angles(type, {length, depth / 2});
    measure("rotary embedding", type, shapeText({32, length, depth}), 2 * x.bytes + 2 * angles.bytes, 0, [&] {
      return bangopsRotaryEmbedding(handle, x.desc, x.data, angles.desc, angles.data, angles.data, y.desc, y.data);
    });
  }
}

static void lstm(bangopsDataType_t type) {
  for (int64_t hidden : {sized(512), int64_t(72)}) {
    const int64_t rows = hidden == 72 ? 33 : 64;
    Tensor x(type, {rows, hidden}), h(type, {rows, hidden}), c(type, {rows, hidden}), w(type, {4 * hidden, hidden}),
        u(type, {4 * hidden, hidden}), bias(type, {4 * hidden}), newH(type, {rows, hidden}), newC(type, {rows, hidden});
    measure("LSTM cell", type, shapeText({rows, hidden}), 5 * x.bytes + 2 * w.bytes + bias.bytes,
            8.0 * static_cast<double>(rows * hidden * hidden), [&] {
              return bangopsLstmCell(handle, x.desc, x.data, h.desc, h.data, c.data, w.desc, w.data, u.desc, u.data,
                                     bias.desc, bias.data, newH.data, newC.data);
            });
  }
}

void sequence(bangopsDataType_t type) {
  rotary(type);
  lstm(type);
  attention(type, false, 8, sized(512), 64);
  attention(type, false, 8, sized(2048), 64);
  if (type == BANGOPS_DTYPE_BF16)
    return;
  attention(type, true, 8, sized(512), 64);
  attention(type, true, 8, sized(2048), 64);
  attention(type, false, 8, sized(1024), 128);
}
