// Gdram.h: the card's off-chip memory: what the host allocates and every core can reach.
//
// Each allocation is a block of host memory of its own. Freed ranges are remembered until they are handed out again, so
// that a late access is reported as use after free. New memory reads as zero (chosen; real cards leave old content).
#ifndef OPENBANG_SIMULATOR_MEMORY_GDRAM_H
#define OPENBANG_SIMULATOR_MEMORY_GDRAM_H

#include "codegen/isa/AddressMap.h"
#include "simulator/memory/HostMemory.h"

#include <cstdint>
#include <map>

namespace dlp {

class Gdram {
public:
  static constexpr uint64_t kAlignment = 256; // of allocations (chosen)

  struct Block {
    uint64_t base;
    uint64_t size; // as asked for
    HostMemory host;
  };

  explicit Gdram(uint64_t capacity, uint64_t base = kGdramBase) : capacity(capacity), base(base) {}

  // 0: no room. A zero-sized request takes one byte.
  uint64_t allocate(uint64_t bytes);
  // False when `address` is not the start of a live allocation.
  bool release(uint64_t address);

  // The live allocation that holds `address`, or null.
  const Block *find(uint64_t address) const;
  // The live allocation with the highest base at or below `address`, or null.
  const Block *nearestBelow(uint64_t address) const;
  bool wasFreed(uint64_t address) const;

  // Calls visit(const Block &) for each live allocation, by address.
  template <class Visit> void forEach(Visit visit) const {
    for (const auto &[base, block] : live)
      visit(block);
  }

  uint64_t freeBytes() const { return capacity - used; }
  uint64_t totalBytes() const { return capacity; }

private:
  uint64_t findRoom(uint64_t bytes, uint64_t from) const;

  uint64_t capacity;
  uint64_t base;                     // address of its first byte
  uint64_t used = 0;                 // rounded sizes of live blocks
  uint64_t cursor = 0;               // where the search for room begins: reuse of freed memory comes last
  std::map<uint64_t, Block> live;    // by base
  std::map<uint64_t, uint64_t> dead; // base -> end of freed ranges not handed out again
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_MEMORY_GDRAM_H
