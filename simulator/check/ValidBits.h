// ValidBits.h: one bit for each byte of a memory: has it been written?
#ifndef OPENBANG_SIMULATOR_CHECK_VALIDBITS_H
#define OPENBANG_SIMULATOR_CHECK_VALIDBITS_H

#include "simulator/memory/HostMemory.h"

#include <cstdint>
#include <cstring>

namespace dlp::check {

// Offsets are bytes of the memory. All bits start clear.
class ValidBits {
public:
  explicit ValidBits(uint64_t bytes) : bytes(bytes) {}

  uint64_t size() const { return bytes; }
  void clearAll() { bits = HostMemory(); }
  void set(uint64_t offset, uint64_t count) { fill(offset, count, true); }
  void clear(uint64_t offset, uint64_t count) { fill(offset, count, false); }
  bool test(uint64_t offset) const { return bits.data() && (bits.data()[offset / 8] >> offset % 8 & 1); }
  bool all(uint64_t offset, uint64_t count) const { return count == 0 || firstWith(false, offset, count) == count; }
  bool none(uint64_t offset, uint64_t count) const { return firstWith(true, offset, count) == count; }
  // The same for the few bytes of a scalar access.
  bool allFew(uint64_t offset, unsigned count) const {
    if (!bits.data())
      return false;
    uint16_t word;
    std::memcpy(&word, bits.data() + offset / 8, sizeof word);
    const unsigned mask = ((1u << count) - 1) << offset % 8;
    return (word & mask) == mask;
  }
  void setFew(uint64_t offset, unsigned count) {
    if (!bits.data())
      return fill(offset, count, true);
    uint16_t word;
    std::memcpy(&word, bits.data() + offset / 8, sizeof word);
    word |= uint16_t(((1u << count) - 1) << offset % 8);
    std::memcpy(bits.data() + offset / 8, &word, sizeof word);
  }
  // Distance from `offset` to the first byte of that state; `count` when there is none.
  uint64_t firstWith(bool valid, uint64_t offset, uint64_t count) const;

private:
  void fill(uint64_t offset, uint64_t count, bool valid);

  uint64_t bytes;
  HostMemory bits; // mapped when the first bit is set
};

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_VALIDBITS_H
