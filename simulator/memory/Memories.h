// Memories.h: the on-chip and core-private memories of the card, and the parts of it every core shares.
#ifndef OPENBANG_SIMULATOR_MEMORY_MEMORIES_H
#define OPENBANG_SIMULATOR_MEMORY_MEMORIES_H

#include "simulator/memory/Gdram.h"
#include "simulator/memory/HostMemory.h"

#include <cstdint>
#include <vector>

namespace dlp {

// What a memory holds before anything was written: 0x7fdb repeated, which is a NaN as f16, bf16 and f32 and 32731 as
// i16, so that results computed from unwritten memory show.
inline constexpr uint16_t kFreshPattern = 0x7fdb;

// A private memory of a core or cluster; mapped and filled with the pattern when it is first used.
class ScratchMemory {
public:
  explicit ScratchMemory(uint64_t bytes, uint16_t fresh = kFreshPattern) : fresh(fresh), bytes(bytes) {}
  uint8_t *data() {
    if (!host.data() && bytes)
      fill();
    return host.data();
  }
  uint64_t size() const { return bytes; }
  bool isMapped() const { return host.data(); }
  // As before the first use.
  void forget() { host = HostMemory(); }

  const uint16_t fresh; // what it holds before, repeated

private:
  void fill();
  uint64_t bytes;
  HostMemory host;
};

struct CoreMemory {
  ScratchMemory nram, wram;
  HostMemory ldram; // zero until written: it is large
  uint64_t ldramBytes;
};

// A loaded piece of a device image, or the parameter block.
struct Region {
  uint64_t base;
  uint64_t size;
  uint8_t *host;
  bool writable;
};

// What all cores see during a launch.
struct SharedMemory {
  Gdram *gdram = nullptr;
  std::vector<Region> image;   // constants, code and __mlu_device__ variables
  std::vector<Region> windows; // the variables of all loaded images, where the host sees them
  Region params{};
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_MEMORY_MEMORIES_H
