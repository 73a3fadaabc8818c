// Allocations.h: the live and the freed blocks of one memory, for checks of ranges before work is queued.
//
// The runtime keeps its own record beside the driver's: a range is then checked on the calling thread at once, even
// while the device is busy.
#ifndef OPENBANG_RUNTIME_CORE_ALLOCATIONS_H
#define OPENBANG_RUNTIME_CORE_ALLOCATIONS_H

#include "runtime/core/Status.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace cnrt {

struct Block {
  uint64_t base = 0, size = 0;
  int device = 0;
  bool isVariable = false; // a __mlu_device__ variable: it comes and goes with its image
};

class Allocations {
public:
  void add(const Block &block);
  // Turns a live block into a freed one. Failure: the sentence says what the address is instead.
  Status remove(uint64_t base);
  void forget(uint64_t base); // a variable whose image went
  // Forgets everything of a device; returns its live allocations, without variables.
  std::vector<Block> clear(int device);

  std::optional<Block> find(uint64_t address) const; // the live block that contains the address
  // Is [address, address + bytes) inside one live block? `role` names the range in the sentence: "the destination".
  Status check(const char *role, uint64_t address, uint64_t bytes) const;

private:
  using Blocks = std::map<uint64_t, Block>; // by base
  static std::optional<Block> findIn(const Blocks &blocks, uint64_t address);
  Status describeMiss(const char *role, uint64_t address) const;

  mutable std::mutex mutex;
  Blocks live, freed;
};

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_ALLOCATIONS_H
