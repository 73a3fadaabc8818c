// Copy.cpp: moving bytes between memories, and the spreading of plain copies over the WRAM tables.
#include "simulator/insns/Copy.h"
#include "simulator/insns/Operands.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace dlp {

CopyRoute routeOfDirection(const Exec &x, uint64_t direction) {
  using enum Space; // in the order of the values
  static constexpr CopyRoute kRoutes[] = {{Nram, Gdram},  {Gdram, Nram},  {Nram, Ldram},  {Ldram, Nram}, {Wram, Gdram},
                                          {Gdram, Wram},  {Wram, Ldram},  {Ldram, Wram},  {Nram, Nram},  {Wram, Nram},
                                          {Nram, Wram},   {Sram, Gdram},  {Gdram, Sram},  {Sram, Ldram}, {Ldram, Sram},
                                          {Nram, Sram},   {Sram, Nram},   {Wram, Sram},   {Sram, Wram},  {Gdram, Gdram},
                                          {Ldram, Gdram}, {Gdram, Ldram}, {Ldram, Ldram}, {Sram, Sram}};
  if (direction >= std::size(kRoutes))
    x.badOperand("direction", int64_t(direction), "0 to 23, a value of mluMemcpyDirection_t");
  return kRoutes[direction];
}

uint64_t segmentCount(const Exec &x, const char *name, uint64_t operand) {
  constexpr uint64_t kMaxSegment = 65535;
  if (operand > kMaxSegment)
    x.badOperand(name, int64_t(operand), "0 to 65535, the number of segments less one");
  return operand + 1;
}

// The share of a plain copy in one table, after checking that it fits there.
static uint64_t tableShare(Exec &x, const char *name, uint64_t address, uint64_t bytes) {
  if (bytes % kWramTables)
    x.badOperand("bytes", int64_t(bytes), "a multiple of 64, to spread over the WRAM tables");
  const uint64_t table = x.machine().wramTableBytes(), share = bytes / kWramTables, offset = address - kWramBase;
  if (address < kWramBase || offset >= x.machine().wramBytes)
    return share; // the machine refuses the address itself
  if (offset >= table)
    x.fault(FaultKind::BadOperand,
            std::string(name) + " lies in WRAM table " + std::to_string(offset / table) +
                ", expected an offset in table 0, since a copy without segments spreads over all 64 tables",
            address, share);
  if (offset + share > table)
    x.fault(FaultKind::OutOfBounds,
            std::string(name) + " takes " + std::to_string(share) + " bytes of each WRAM table from offset " +
                std::to_string(offset) + ", a table has " + std::to_string(table),
            address, share);
  return share;
}

void copyPlain(Exec &x, CopyRoute route, uint64_t dst, uint64_t src, uint64_t bytes) {
  if (bytes == 0)
    x.badOperand("bytes", 0, "at least 1");
  const SpaceMask dstMask = maskOf(route.dst), srcMask = maskOf(route.src);
  if (route.dst == Space::Wram) {
    const uint64_t share = tableShare(x, "dst", dst, bytes), table = x.machine().wramTableBytes();
    const uint8_t *from = x.read(src, bytes, srcMask, "src");
    for (uint64_t i = 0; i < kWramTables; ++i)
      std::memcpy(x.write(dst + i * table, share, dstMask, "dst"), from + i * share, share);
    return;
  }
  if (route.src == Space::Wram) {
    const uint64_t share = tableShare(x, "src", src, bytes), table = x.machine().wramTableBytes();
    uint8_t *to = x.write(dst, bytes, dstMask, "dst");
    for (uint64_t i = 0; i < kWramTables; ++i)
      std::memcpy(to + i * share, x.read(src + i * table, share, srcMask, "src"), share);
    return;
  }
  const uint8_t *from = x.read(src, bytes, srcMask, "src");
  uint8_t *to = x.write(dst, bytes, dstMask, "dst");
  // A large tile of results is rarely read again before others have pushed it out of the host's caches.
  constexpr uint64_t kLarge = 128 * 1024;
  if (route.dst == Space::Gdram && route.src != Space::Gdram && bytes >= kLarge)
    copyStreaming(to, from, bytes);
  else
    std::memmove(to, from, bytes);
}

// The smallest range of addresses that holds all segments.
static std::pair<uint64_t, uint64_t> extent(const Segments &s, uint64_t bytes) {
  uint64_t first = s.address, last = s.address;
  for (const auto &[stride, count] : {std::pair{s.stride0, s.count0}, std::pair{s.stride1, s.count1}})
    (stride < 0 ? first : last) += uint64_t(stride) * (count - 1);
  return {first, last + bytes};
}

static bool isContiguous(const Segments &s, uint64_t bytes) {
  return (s.count0 == 1 || s.stride0 == int64_t(bytes)) && (s.count1 == 1 || s.stride1 == int64_t(bytes * s.count0));
}

void copySegments(Exec &x, CopyRoute route, const Segments &dst, const Segments &src, uint64_t bytes) {
  constexpr int64_t kWramUnit = 8;
  if (bytes == 0)
    x.badOperand("bytes", 0, "at least 1");
  if (route.dst == Space::Wram)
    for (const auto &[stride, segments] : {std::pair{dst.stride0, dst.count0}, std::pair{dst.stride1, dst.count1}})
      if (segments > 1 && stride % kWramUnit)
        x.badOperand("destination stride", stride, "a multiple of 8 in WRAM");
  const SpaceMask dstMask = maskOf(route.dst), srcMask = maskOf(route.src);
  const uint64_t count = dst.count();
  if (isContiguous(dst, bytes) && isContiguous(src, bytes)) {
    const uint8_t *from = x.read(src.address, bytes * count, srcMask, "src");
    std::memmove(x.write(dst.address, bytes * count, dstMask, "dst"), from, bytes * count);
    return;
  }
  const auto [dstFirst, dstEnd] = extent(dst, bytes);
  const auto [srcFirst, srcEnd] = extent(src, bytes);
  if (route.dst == route.src && dstFirst < srcEnd && srcFirst < dstEnd) {
    std::vector<uint8_t> sources;
    for (uint64_t k = 0; k < count; ++k) {
      const uint8_t *from = x.read(src.at(k), bytes, srcMask, "src");
      sources.insert(sources.end(), from, from + bytes);
    }
    for (uint64_t k = 0; k < count; ++k)
      std::memcpy(x.write(dst.at(k), bytes, dstMask, "dst"), sources.data() + k * bytes, bytes);
    return;
  }
  for (uint64_t k = 0; k < count; ++k) {
    const uint8_t *from = x.read(src.at(k), bytes, srcMask, "src");
    std::memcpy(x.write(dst.at(k), bytes, dstMask, "dst"), from, bytes);
  }
}

} // namespace dlp
