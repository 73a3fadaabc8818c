// Fill.cpp: fills by the IO and Move engines. The value is the low bits of a register.
#include "simulator/insns/Copy.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"

#include <algorithm>
#include <cstring>

namespace dlp {
namespace {

uint64_t bytesOf(uint8_t e) {
  switch (Suffix(e)) {
  case Suffix::B8:
    return 1;
  case Suffix::B16:
    return 2;
  default:
    return 4;
  }
}

// The destination needs no alignment, so the filled part doubles by copying.
void fill(uint8_t *dst, uint64_t value, uint64_t n, uint64_t size) {
  std::memcpy(dst, &value, size);
  const uint64_t bytes = n * size;
  for (uint64_t done = size; done < bytes; done *= 2)
    std::memcpy(dst + done, dst, std::min(done, bytes - done));
}

template <class Ops> void fill1D(Exec &x, const Ops &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n), size = bytesOf(v.e0);
  fill(x.write(ops.dst, n * size, maskOf(Space(v.e1)), "dst"), ops.value, n, size);
}

template <class Ops> void fill2D(Exec &x, const Ops &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n), size = bytesOf(v.e0);
  const uint64_t count = segmentCount(x, "segnum", ops.segnum);
  for (uint64_t s = 0; s < count; ++s)
    fill(x.write(ops.dst + s * ops.stride, n * size, maskOf(Space(v.e1)), "dst"), ops.value, n, size);
}

template <class Ops> void fill3D(Exec &x, const Ops &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n), size = bytesOf(v.e0);
  const Segments dst{ops.dst, int64_t(ops.stride0), segmentCount(x, "seg1", ops.seg1), int64_t(ops.stride1),
                     segmentCount(x, "seg2", ops.seg2)};
  for (uint64_t k = 0; k < dst.count(); ++k)
    fill(x.write(dst.at(k), n * size, maskOf(Space(v.e1)), "dst"), ops.value, n, size);
}

} // namespace

#define DLP_FILL(ROW)                                                                                                  \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    fill1D(x, ops, v);                                                                                                 \
    return 0;                                                                                                          \
  }                                                                                                                    \
  uint64_t exec##ROW##2d(Exec & x, const ROW##2dOps & ops, Variant v) {                                                \
    fill2D(x, ops, v);                                                                                                 \
    return 0;                                                                                                          \
  }                                                                                                                    \
  uint64_t exec##ROW##3d(Exec & x, const ROW##3dOps & ops, Variant v) {                                                \
    fill3D(x, ops, v);                                                                                                 \
    return 0;                                                                                                          \
  }

DLP_FILL(Set)
DLP_FILL(SetAsync)
DLP_FILL(Setx)
DLP_FILL(SetxAsync)

} // namespace dlp
