// Allocations.cpp: range checks over allocated blocks.
#include "runtime/core/Allocations.h"

#include <cinttypes>

namespace cnrt {

void Allocations::add(const Block &block) {
  std::lock_guard lock(mutex);
  const uint64_t base = block.base, size = block.size;
  live[base] = block;
  // Freed blocks that the new one covers are history: an address in it is no use after free.
  auto it = freed.lower_bound(base);
  if (it != freed.begin() && std::prev(it)->first + std::prev(it)->second.size > base)
    --it;
  while (it != freed.end() && it->first < base + size)
    it = freed.erase(it);
}

std::optional<Block> Allocations::findIn(const Blocks &blocks, uint64_t address) {
  auto it = blocks.upper_bound(address);
  if (it == blocks.begin())
    return std::nullopt;
  --it;
  if (address - it->first >= it->second.size)
    return std::nullopt;
  return it->second;
}

// Requires the lock.
Status Allocations::describeMiss(const char *role, uint64_t address) const {
  if (address == 0)
    return failure(cnrtErrorArgsInvalid, "%s is a null pointer, expected device memory from cnrtMalloc", role);
  if (std::optional<Block> block = findIn(freed, address))
    return failure(cnrtErrorArgsInvalid,
                   "%s 0x%" PRIx64 " lies in device memory that was freed (%" PRIu64 " bytes at 0x%" PRIx64
                   "); use it before cnrtFree",
                   role, address, block->size, block->base);
  return failure(cnrtErrorArgsInvalid, "%s 0x%" PRIx64 " is not device memory, expected a pointer from cnrtMalloc",
                 role, address);
}

Status Allocations::remove(uint64_t base) {
  std::lock_guard lock(mutex);
  auto it = live.find(base);
  if (it != live.end() && it->second.isVariable)
    return failure(cnrtErrorArgsInvalid, "0x%" PRIx64 " is a __mlu_device__ variable, which is not freed", base);
  if (it != live.end()) {
    freed[base] = it->second;
    live.erase(it);
    return success();
  }
  if (std::optional<Block> block = findIn(live, base))
    return failure(cnrtErrorArgsInvalid,
                   "0x%" PRIx64 " points %" PRIu64 " bytes into an allocation of %" PRIu64
                   " bytes; free its start, 0x%" PRIx64,
                   base, base - block->base, block->size, block->base);
  return describeMiss("the pointer", base);
}

std::vector<Block> Allocations::clear(int device) {
  std::lock_guard lock(mutex);
  std::vector<Block> blocks;
  auto isOf = [&](const auto &entry) { return entry.second.device == device; };
  for (const auto &[base, block] : live)
    if (block.device == device && !block.isVariable)
      blocks.push_back(block);
  std::erase_if(live, isOf);
  std::erase_if(freed, isOf);
  return blocks;
}

void Allocations::forget(uint64_t base) {
  std::lock_guard lock(mutex);
  live.erase(base);
}

std::optional<Block> Allocations::find(uint64_t address) const {
  std::lock_guard lock(mutex);
  return findIn(live, address);
}

Status Allocations::check(const char *role, uint64_t address, uint64_t bytes) const {
  std::lock_guard lock(mutex);
  std::optional<Block> block = findIn(live, address);
  if (!block)
    return describeMiss(role, address);
  uint64_t room = block->size - (address - block->base);
  if (bytes > room)
    return failure(cnrtErrorArgsInvalid,
                   "%" PRIu64 " bytes at %s 0x%" PRIx64 " end %" PRIu64 " bytes past its allocation (%" PRIu64
                   " bytes at 0x%" PRIx64 "); at most %" PRIu64 " bytes fit",
                   bytes, role, address, bytes - room, block->size, block->base, room);
  return success();
}

} // namespace cnrt
