// Layout.cpp: transposition, and the order of filters for WRAM.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"

#include <algorithm>
#include <cstring>

namespace dlp {

template <class T> static void transpose(Exec &x, const VtransOps &ops) {
  const uint64_t h = ops.h, w = ops.w, n = checkProduct(x, {{"h", h}, {"w", w}});
  const T *a = readElements<T>(x, ops.src, n, "src");
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  Source<T> source(a, n, dst, n * sizeof(T), InPlace::Copy);
  const T *src = source;
  constexpr uint64_t kTile = 16; // both sides of a tile stay in the first cache
  for (uint64_t h0 = 0; h0 < h; h0 += kTile)
    for (uint64_t w0 = 0; w0 < w; w0 += kTile)
      for (uint64_t j = w0; j < std::min(w, w0 + kTile); ++j)
        for (uint64_t i = h0; i < std::min(h, h0 + kTile); ++i)
          dst[j * h + i] = src[i * w + j];
}

uint64_t execVtrans(Exec &x, const VtransOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { transpose<typename decltype(t)::type>(x, ops); });
  return 0;
}

template <class T> static void orderLanes(Exec &x, const VlanesOps &ops) {
  const uint64_t row = checkProduct(x, {{"h", ops.h}, {"w", ops.w}, {"c", ops.c}});
  const uint64_t total = checkProduct(x, {{"n", ops.n}, {"h", ops.h}, {"w", ops.w}, {"c", ops.c}});
  if (ops.n % kWramTables)
    x.badOperand("n", int64_t(ops.n), "a multiple of 64, one filter for each WRAM table");
  constexpr uint64_t kFilterBytes = 32;
  if (row * sizeof(T) % kFilterBytes)
    x.badOperand("bytes of a filter", int64_t(row * sizeof(T)), "a multiple of 32");
  const T *a = readElements<T>(x, ops.src, total, "src");
  T *dst = writeElements<T>(x, ops.dst, total, "dst");
  Source<T> src(a, total, dst, total * sizeof(T), InPlace::Copy);
  for (uint64_t i = 0; i < ops.n; ++i)
    std::memcpy(dst + (i % kWramTables * (ops.n / kWramTables) + i / kWramTables) * row, src + i * row,
                row * sizeof(T));
}

uint64_t execVlanes(Exec &x, const VlanesOps &ops, Variant v) {
  withBits(v.e0, [&](auto t) { orderLanes<typename decltype(t)::type>(x, ops); });
  return 0;
}

} // namespace dlp
