// Orders.cpp: repeated runs of one launch.
#include "simulator/core/Orders.h"

#include <cstring>

namespace dlp {

MemoryImage::MemoryImage(Gdram &gdram, std::span<const Region> regions) {
  gdram.forEach([&](const Gdram::Block &block) {
    pieces.push_back({block.base, block.host.data(), {block.host.data(), block.host.data() + block.size}});
  });
  for (const Region &region : regions)
    if (region.writable)
      pieces.push_back({region.base, region.host, {region.host, region.host + region.size}});
}

void MemoryImage::restore() const {
  for (const Piece &piece : pieces)
    std::memcpy(piece.host, piece.bytes.data(), piece.bytes.size());
}

bool MemoryImage::equals(uint64_t &firstAddress, uint64_t &differentBytes) const {
  differentBytes = 0;
  for (const Piece &piece : pieces) {
    if (std::memcmp(piece.host, piece.bytes.data(), piece.bytes.size()) == 0)
      continue;
    for (uint64_t i = 0; i < piece.bytes.size(); ++i)
      if (piece.host[i] != piece.bytes[i] && differentBytes++ == 0)
        firstAddress = piece.address + i;
  }
  return differentBytes == 0;
}

OrderResult compareOrders(unsigned orders, const MemoryImage &before, const MemoryImage &after,
                          std::span<const uint64_t> copies, const TimedRun &run) {
  OrderResult result;
  result.tried = 1; // the usual one: every copy as late as it may happen
  auto differs = [&](const CopyTiming &timing) {
    before.restore();
    std::optional<Fault> fault = run(timing);
    OrderResult found = result;
    if (fault)
      found.faultMessage = fault->message;
    if (!fault && after.equals(found.address, found.differentBytes))
      return false;
    found.same = false;
    found.timing = timing;
    result = found;
    return true;
  };
  for (unsigned i = 1; i < orders && !copies.empty(); ++i) {
    ++result.tried;
    if (!differs(i == 1 ? CopyTiming{CopyTiming::Earliest, 0} : CopyTiming{CopyTiming::Random, i}))
      continue;
    // The shortest order that breaks moves the copies of one line only, if there is such a line.
    for (uint64_t pc : copies)
      if (differs({CopyTiming::OneLine, pc}))
        break;
    break;
  }
  after.restore();
  return result;
}

} // namespace dlp
