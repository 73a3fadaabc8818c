// Blocks.h: counts how often each basic block of the code runs, for models of time.
//
// The first instruction of a block runs through opBlock, which adds the block's cost to the core's counter and goes on
// to the instruction itself; translated code counts there too. So the interpreter knows nothing of costs, and code that
// is not counted runs as before. A block ends behind a jump, behind an Xdlp instruction, and where 64 bytes of code
// end, so that it lies in one line of the instruction cache. Instructions that run several at once must not reach over
// the start of a block.
#ifndef OPENBANG_SIMULATOR_CORE_BLOCKS_H
#define OPENBANG_SIMULATOR_CORE_BLOCKS_H

#include "simulator/core/Decode.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dlp {

// Stands beside each Op, so that one offset leads from the Op to it.
struct BlockEntry {
  OpFunction *run; // of the first instruction
  uint32_t cost, number;
  uint32_t line, slot; // of the instruction cache
};
static_assert(sizeof(BlockEntry) == sizeof(Op));

struct BlockTable {
  struct Block {
    uint64_t pc;
    uint32_t bytes, instructions, cost;
  };
  std::vector<BlockEntry> entries; // by Op
  std::vector<Block> blocks;       // by number, in the order of their addresses
};

// The counters of one core.
struct BlockCounter {
  struct Count {
    uint64_t entered, jumped, missed; // jumped: how often a jump at its end was taken
  };
  ptrdiff_t toEntry = 0; // bytes from an Op to its entry
  uint64_t cycles = 0;
  uint32_t current = 0; // block
  uint32_t jumpCost = 0, missCost = 0;
  uint64_t missCycles = 0;
  std::vector<Count> counts;
  std::vector<uint32_t> cache; // lines by slot
};

// A core comes to the first instruction of a block.
inline void countBlock(BlockCounter &counter, const BlockEntry &entry) {
  uint64_t cycles = entry.cost;
  if (entry.number != counter.current + 1) { // not by falling into it
    cycles += counter.jumpCost;
    ++counter.counts[counter.current].jumped;
  }
  counter.current = entry.number;
  ++counter.counts[entry.number].entered;
  if (counter.cache[entry.slot] != entry.line) [[unlikely]] {
    counter.cache[entry.slot] = entry.line;
    ++counter.counts[entry.number].missed;
    counter.missCycles += counter.missCost;
    cycles += counter.missCost;
  }
  counter.cycles += cycles;
}

OpFunction opBlock;

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_BLOCKS_H
