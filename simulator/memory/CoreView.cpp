// CoreView.cpp: window lookup and the sentences of memory faults.
#include "simulator/memory/CoreView.h"

#include "simulator/core/Round.h"

#include <algorithm>
#include <bit>
#include <cinttypes>
#include <cstring>

namespace dlp {
namespace {

constexpr SpaceMask kReadOnlySpaces = kInRom | kInParam;
constexpr SpaceMask kScalarSpaces = kInNram | kInSram | kInLdram | kInGdram | kInRom | kInParam;

std::string hex(uint64_t v) {
  char text[24];
  snprintf(text, sizeof text, "0x%" PRIx64, v);
  return text;
}

std::string spaceList(SpaceMask mask) {
  std::string text;
  for (unsigned s = 1; s <= unsigned(Space::Rom); ++s)
    if (mask & (1u << s))
      text.append(text.empty() ? "" : " or ").append(spaceName(Space(s)));
  return text;
}

std::string count(uint64_t n, const char *noun) { return std::to_string(n) + " " + noun + (n == 1 ? "" : "s"); }

} // namespace

void ScratchMemory::fill() {
  if (!host.map(bytes))
    throw FaultException{FaultKind::HostMemory, "the host has no memory left for an on-chip memory of the card"};
  static_assert(std::endian::native == std::endian::little);
  uint64_t word = fresh * 0x0001000100010001ull;
  for (uint64_t i = 0; i < bytes; i += 8)
    std::memcpy(host.data() + i, &word, 8);
}

CoreView::CoreView(const MachineConfig &machine, CoreMemory &own, ScratchMemory &sram, SharedMemory &shared,
                   bool memoryCore)
    : machine(machine), own(own), sram(sram), shared(shared), memoryCore(memoryCore) {}

void CoreView::forgetWindows() {
  watcher = nullptr;
  nramWindow = loadWindow = storeWindow = watchedLoads = watchedStores = {};
  if (!memoryCore)
    nramWindow = windowOf({kNramBase + ownTag, machine.nramBytes, own.nram.data(), true});
}

void CoreView::overlap(TurnOrder *newOrder) {
  order = newOrder;
  if (order)
    loadWindow = storeWindow = watchedLoads = watchedStores = {};
}

void CoreView::enterShared() {
  if (order)
    order->enter();
}

void CoreView::watch(ScalarWatch &newWatcher, uint64_t stackBegin, uint64_t stackEnd) {
  forgetWindows();
  watcher = &newWatcher;
  nramWindow = {};
  if (stackBegin == stackEnd)
    return;
  // Most stacks stay small; what lies between a large one and the variables is watched too.
  stackBegin = std::max(stackBegin, stackEnd - kMinStackBytes);
  const uint64_t plain = withoutTag(stackBegin);
  Region region = regionOf(spaceOf(plain), plain);
  nramWindow = windowOf({stackBegin, stackEnd - stackBegin, region.host + (plain - region.base), true});
}

void CoreView::watchOutsideNram(ScalarWatch &newWatcher) {
  forgetWindows();
  watcher = &newWatcher;
}

Space CoreView::spaceOf(uint64_t a) {
  if (a < kNramBase)
    return Space::None;
  if (a < kWramBase)
    return Space::Nram;
  if (a < kSramBase)
    return Space::Wram;
  if (a < kRomBase)
    return Space::Sram;
  if (a < kRomEnd)
    return Space::Rom;
  if (a >= kParamBase && a < kParamEnd)
    return Space::Param;
  if (a >= kDeviceDataBase && a < kDeviceDataEnd)
    return Space::Gdram;
  if (a >= kLdramBase && a < kViewBase)
    return Space::Ldram;
  return a >= kGdramBase ? Space::Gdram : Space::None;
}

Region CoreView::regionOf(Space space, uint64_t address) {
  switch (space) {
  case Space::Nram:
    return {kNramBase, machine.nramBytes, own.nram.data(), true};
  case Space::Wram:
    return memoryCore ? Region{} : Region{kWramBase, machine.wramBytes, own.wram.data(), true};
  case Space::Sram:
    return {kSramBase, sram.size(), sram.data(), true};
  case Space::Ldram:
    if (!own.ldram.data() && !own.ldram.map(own.ldramBytes))
      throw FaultException{FaultKind::HostMemory, "the host has no memory left for LDRAM"};
    return {kLdramBase, own.ldramBytes, own.ldram.data(), true};
  case Space::Param:
    return shared.params;
  case Space::Rom:
  case Space::Gdram:
    if (address < kLdramBase) {
      Region best{};
      for (const Region &r : shared.image)
        if (r.base <= address && spaceOf(r.base) == space)
          best = r;
      return best;
    }
    for (const Region &window : shared.windows)
      if (address >= window.base && address - window.base < window.size)
        return window;
    if (shared.gdram)
      if (const Gdram::Block *block = shared.gdram->nearestBelow(address))
        return {block->base, block->size, block->host.data(), true};
    return {};
  case Space::None:
    break;
  }
  return {};
}

std::span<uint8_t> CoreView::memoryFrom(uint64_t address) {
  address = withoutTag(address);
  Region region = regionOf(spaceOf(address), address);
  if (!region.host || address - region.base >= region.size)
    return {};
  return {region.host + (address - region.base), region.size - (address - region.base)};
}

uint8_t *CoreView::find(uint64_t address, uint64_t bytes, SpaceMask allowed, bool write, const Accessor &who) {
  static uint8_t nothing;
  if (!bytes)
    return &nothing;
  address = withoutTag(address);
  Space space = spaceOf(address);
  if ((allowed & kInGdram) && !write)
    allowed |= kReadOnlySpaces;
  if (!(allowed & maskOf(space)) && space != Space::None) {
    if (write && (maskOf(space) & kReadOnlySpaces))
      throw FaultException{FaultKind::ReadOnly,
                           who.text() + ": writes to " + hex(address) +
                               (space == Space::Rom ? ", a constant or code" : ", a kernel parameter") +
                               "; this memory is read-only",
                           space, address, bytes};
    throw FaultException{FaultKind::WrongSpace,
                         who.text() + " is in " + spaceName(space) + " (" + hex(address) +
                             "), expected an address in " +
                             spaceList(allowed & ~kReadOnlySpaces ? allowed & ~kReadOnlySpaces : allowed),
                         space, address, bytes};
  }
  if (space == Space::Gdram || space == Space::Sram) {
    enterShared();
    sharedTouched = true;
  }
  Region region = regionOf(space, address);
  uint64_t offset = address - region.base;
  if (region.host && offset < region.size && bytes <= region.size - offset)
    return region.host + offset;
  refuse(space, address, bytes, region, who.text());
}

uint8_t *CoreView::findScalar(uint64_t tagged, uint64_t bytes, bool write) {
  const uint64_t address = withoutTag(tagged);
  if (watcher) {
    watcher->scalarAccess(address, bytes, write);
    const Window &last = write ? watchedStores : watchedLoads;
    if (address - last.base < last.limit)
      return last.host + (address - last.base);
  }
  Space space = spaceOf(address);
  SpaceMask allowed = write ? kScalarSpaces & ~kReadOnlySpaces : kScalarSpaces;
  if (space == Space::Wram)
    throw FaultException{FaultKind::WrongSpace,
                         std::string(write ? "a store" : "a load") +
                             " reaches WRAM, which scalar code cannot access; copy through NRAM instead",
                         space, address, bytes};
  uint8_t *host = find(address, bytes, allowed, write, {write ? "a store" : "a load"});
  const Region region = regionOf(space, address);
  if (watcher)
    (write ? watchedStores : watchedLoads) = windowOf(region);
  else
    (write ? storeWindow : loadWindow) = windowOf({region.base + (tagged - address), region.size, region.host, true});
  return host;
}

void CoreView::refuse(Space space, uint64_t address, uint64_t bytes, const Region &region, const std::string &who) {
  std::string access = who + ": " + count(bytes, "byte") + " at " + hex(address);
  auto fault = [&](FaultKind kind, const std::string &why) {
    return FaultException{kind, access + " " + why, space, address, bytes};
  };
  if (address < kNullEnd)
    throw fault(FaultKind::NullAccess, "lie in the null page; the pointer was never set");
  if (space == Space::None)
    throw fault(FaultKind::OutOfBounds, "lie in no memory");
  if (memoryCore && space == Space::Wram)
    throw fault(FaultKind::WrongSpace,
                "lie in WRAM, which a memory core does not have; guard this code with __is_mpu()");
  if (space == Space::Gdram && address >= kGdramBase && shared.gdram && shared.gdram->wasFreed(address))
    throw fault(FaultKind::UseAfterFree, "lie in memory that the host has freed");
  if (!region.size)
    throw fault(FaultKind::OutOfBounds,
                space == Space::Gdram ? "lie in no allocation"
                                      : std::string("lie in ") + spaceName(space) + ", of which there is none here");
  uint64_t offset = address - region.base;
  bool allocation = space == Space::Gdram && address >= kGdramBase;
  if (allocation && offset >= region.size && offset - region.size >= machine.gdramBytes) // that far it is no overrun
    throw fault(FaultKind::OutOfBounds, "lie in no allocation");
  std::string owner = allocation ? "the allocation of " + count(region.size, "byte") + " at " + hex(region.base)
                                 : std::string(spaceName(space)) + " (" + count(region.size, "byte") + ")";
  if (offset < region.size)
    throw fault(FaultKind::OutOfBounds,
                "reach " + count(bytes - (region.size - offset), "byte") + " past the end of " + owner);
  throw fault(FaultKind::OutOfBounds,
              "lie " + std::to_string(offset - region.size) + " bytes past the end of " + owner);
}

} // namespace dlp
