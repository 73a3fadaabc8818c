// ValidBits.cpp: ranges of bits, whole words at a time.
#include "simulator/check/ValidBits.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

namespace dlp::check {

void ValidBits::fill(uint64_t offset, uint64_t count, bool valid) {
  if (!count || (!bits.data() && !valid))
    return;
  if (!bits.data() && !bits.map(bytes / 8 + 16)) // room for a whole word behind the end
    throw std::bad_alloc();
  uint8_t *data = bits.data();
  uint64_t first = offset / 8, last = (offset + count) / 8;
  uint8_t head = uint8_t(0xff << offset % 8), tail = uint8_t(~(0xff << (offset + count) % 8));
  auto apply = [&](uint64_t at, uint8_t mask) { data[at] = valid ? data[at] | mask : data[at] & ~mask; };
  if (first == last)
    return apply(first, head & tail);
  apply(first, head);
  std::memset(data + first + 1, valid ? 0xff : 0, last - first - 1);
  apply(last, tail);
}

uint64_t ValidBits::firstWith(bool valid, uint64_t offset, uint64_t count) const {
  if (!bits.data())
    return valid ? count : 0;
  for (uint64_t at = 0; at < count;) {
    uint64_t byte = (offset + at) / 8, shift = (offset + at) % 8, word;
    std::memcpy(&word, bits.data() + byte, sizeof word);
    word = (valid ? word : ~word) >> shift;
    if (word)
      return std::min(count, at + uint64_t(std::countr_zero(word)));
    at += 64 - shift;
  }
  return count;
}

} // namespace dlp::check
