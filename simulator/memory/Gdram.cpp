// Gdram.cpp: next-fit allocation over the GDRAM window.
#include "simulator/memory/Gdram.h"

namespace dlp {

// The first gap of `bytes` at offset `from` or later; returns `capacity` when there is none.
uint64_t Gdram::findRoom(uint64_t bytes, uint64_t from) const {
  auto rounded = [](uint64_t n) { return (n + kAlignment - 1) / kAlignment * kAlignment; };
  uint64_t at = from;
  auto it = live.upper_bound(base + from);
  if (it != live.begin()) {
    const Block &before = std::prev(it)->second;
    at = std::max(at, before.base - base + rounded(before.size));
  }
  for (; it != live.end(); ++it) {
    if (it->second.base - base - at >= bytes)
      return at;
    at = it->second.base - base + rounded(it->second.size);
  }
  return at <= capacity && capacity - at >= bytes ? at : capacity;
}

uint64_t Gdram::allocate(uint64_t bytes) {
  if (bytes > capacity)
    return 0;
  uint64_t size = bytes ? bytes : 1;
  uint64_t rounded = (size + kAlignment - 1) / kAlignment * kAlignment;
  uint64_t at = findRoom(rounded, cursor);
  if (at == capacity)
    at = findRoom(rounded, 0);
  if (at == capacity)
    return 0;
  Block block{base + at, size, {}};
  if (!block.host.map(rounded))
    return 0;
  cursor = at + rounded;
  used += rounded;

  // This range is no longer freed memory.
  uint64_t begin = block.base, end = begin + rounded;
  auto it = dead.upper_bound(begin);
  if (it != dead.begin() && std::prev(it)->second > begin)
    --it;
  while (it != dead.end() && it->first < end) {
    auto [deadBegin, deadEnd] = *it;
    it = dead.erase(it);
    if (deadBegin < begin)
      dead[deadBegin] = begin;
    if (deadEnd > end)
      dead[end] = deadEnd;
  }
  uint64_t address = block.base;
  live.emplace(address, std::move(block));
  return address;
}

bool Gdram::release(uint64_t address) {
  auto it = live.find(address);
  if (it == live.end())
    return false;
  uint64_t rounded = it->second.host.size();
  used -= rounded;
  live.erase(it);
  dead[address] = address + rounded;
  return true;
}

const Gdram::Block *Gdram::nearestBelow(uint64_t address) const {
  auto it = live.upper_bound(address);
  return it == live.begin() ? nullptr : &std::prev(it)->second;
}

const Gdram::Block *Gdram::find(uint64_t address) const {
  const Block *block = nearestBelow(address);
  return block && address - block->base < block->size ? block : nullptr;
}

bool Gdram::wasFreed(uint64_t address) const {
  auto it = dead.upper_bound(address);
  return it != dead.begin() && address < std::prev(it)->second;
}

} // namespace dlp
