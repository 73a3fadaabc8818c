// Copy.h: what a copy between two memories does; Dma.cpp turns instruction rows into these calls.
//
// WRAM is 64 tables of T = WRAM bytes / 64. Copies with segments see it as plain bytes in which table i occupies
// [i * T, (i + 1) * T), so a destination stride of T writes one segment to each table. A plain copy of S bytes spreads:
// share i of S / 64 bytes goes to the same offset of table i, or comes from there; its address names the offset in
// table 0, and it takes S / 64 bytes of the address range.
#ifndef OPENBANG_SIMULATOR_INSNS_COPY_H
#define OPENBANG_SIMULATOR_INSNS_COPY_H

#include "simulator/core/Exec.h"

namespace dlp {

struct CopyRoute {
  Space dst, src;
};

// Segment k of `count0 * count1` starts at address + (k % count0) * stride0 + (k / count0) * stride1.
struct Segments {
  uint64_t address;
  int64_t stride0 = 0;
  uint64_t count0 = 1;
  int64_t stride1 = 0;
  uint64_t count1 = 1;

  uint64_t count() const { return count0 * count1; }
  uint64_t at(uint64_t k) const {
    return address + (k % count0) * uint64_t(stride0) + (k / count0) * uint64_t(stride1);
  }
};

// The two sides of a value of mluMemcpyDirection_t.
CopyRoute routeOfDirection(const Exec &x, uint64_t direction);

// A number of segments from its operand, which holds the number less one.
uint64_t segmentCount(const Exec &x, const char *name, uint64_t operand);

// Copies past the host's caches, for much that will not be read soon; dst and src apart. (Stream.cpp)
void copyStreaming(uint8_t *dst, const uint8_t *src, uint64_t bytes);

void copyPlain(Exec &x, CopyRoute route, uint64_t dst, uint64_t src, uint64_t bytes);
void copySegments(Exec &x, CopyRoute route, const Segments &dst, const Segments &src, uint64_t bytes);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_INSNS_COPY_H
