// CoreView.h: the address space of one core: from device addresses to host memory, with every check.
//
// find() is the whole truth: it knows each space and explains a refusal. The scalar unit calls load() and store(),
// which first try two remembered windows: NRAM, where the stack lies, and the last other memory it touched.
#ifndef OPENBANG_SIMULATOR_MEMORY_COREVIEW_H
#define OPENBANG_SIMULATOR_MEMORY_COREVIEW_H

#include "codegen/isa/CoreTags.h"
#include "simulator/core/Exec.h"
#include "simulator/memory/Memories.h"

#include <span>

namespace dlp {

class TurnOrder; // simulator/core/Round.h

// Is told of every scalar access that runs through no window.
class ScalarWatch {
public:
  virtual void scalarAccess(uint64_t address, uint64_t bytes, bool write) = 0;

protected:
  ~ScalarWatch() = default;
};

class CoreView {
public:
  // A memory core has no WRAM; its NRAM serves scalar code only. `sram` may be of size zero.
  CoreView(const MachineConfig &machine, CoreMemory &own, ScratchMemory &sram, SharedMemory &shared, bool memoryCore);

  // Who accesses memory, for messages: "a load", or an operand of an instruction, "vadd.f16: dst".
  struct Accessor {
    const char *what;
    const Exec *exec = nullptr;
    std::string text() const { return exec ? exec->mnemonic() + ": " + what : what; }
  };

  // Host address of [address, address + bytes); throws FaultException. Zero bytes are fine anywhere.
  uint8_t *find(uint64_t address, uint64_t bytes, SpaceMask allowed, bool write, const Accessor &who);

  // Scalar accesses of 1 to 8 bytes, at any alignment. True with the memory in `host` when a remembered window has it.
  bool seenLoad(uint64_t address, uint8_t *&host) const { return seen(address, loadWindow, host); }
  bool seenStore(uint64_t address, uint8_t *&host) const { return seen(address, storeWindow, host); }
  // The memory in any case; throws FaultException.
  uint8_t *load(uint64_t address, uint64_t bytes) {
    uint8_t *host;
    return seenLoad(address, host) ? host : findScalar(address, bytes, false);
  }
  uint8_t *store(uint64_t address, uint64_t bytes) {
    uint8_t *host;
    return seenStore(address, host) ? host : findScalar(address, bytes, true);
  }

  // For a copy of the core in which nothing else is used (simulator/jit/Steps.cpp).
  void takeWindowsOf(const CoreView &other) {
    nramWindow = other.nramWindow;
    loadWindow = other.loadWindow;
    storeWindow = other.storeWindow;
  }

  // Turns of several cores overlap: find() waits for earlier turns before it gives out memory that cores share. Null:
  // they do not. A turn begins without remembered windows, so that its first shared access comes to find().
  void overlap(TurnOrder *newOrder);
  void enterShared();
  bool sharedTouched = false; // set by find(): an access to memory that cores share

  // Addresses may carry the tag of one of `cores` cores; it changes nothing of what they mean here. `own` is what the
  // stack pointer carries.
  void useTags(uint64_t own, uint64_t cores) {
    ownTag = own;
    tagEnd = (cores + 1) << kCoreTagShift;
  }
  uint64_t withoutTag(uint64_t address) const { return address < tagEnd ? address & kUntaggedMask : address; }

  // The first byte of the cluster's SRAM.
  uint8_t *sramBytes() { return sram.data(); }

  // For debuggers: all memory from `address` to the end of what holds it; empty when nothing does.
  std::span<uint8_t> memoryFrom(uint64_t address);

  // Calls visit(bytes, fresh) for each memory of the core that was used; `fresh` is its content before, repeated.
  template <class Visit> void eachMemory(bool withSram, Visit visit) {
    for (ScratchMemory *memory : {&own.nram, &own.wram, withSram ? &sram : nullptr})
      if (memory && memory->isMapped())
        visit(std::span(memory->data(), memory->size()), memory->fresh);
    if (own.ldram.data())
      visit(std::span(own.ldram.data(), own.ldramBytes), uint16_t{0});
  }
  const Gdram *deviceMemory() const { return shared.gdram; }

  // The window an address lies in, whether or not there is memory.
  static Space spaceOf(uint64_t address);

  // Drops remembered windows: before each launch, because allocations come and go between launches.
  void forgetWindows();
  // The same, and from now on `watcher` is told of every scalar access outside the stack.
  void watch(ScalarWatch &watcher, uint64_t stackBegin, uint64_t stackEnd);
  // The same, of every one outside NRAM.
  void watchOutsideNram(ScalarWatch &watcher);

private:
  uint8_t *findScalar(uint64_t address, uint64_t bytes, bool write);
  // The memory that holds `address`, or the nearest before it inside the same space.
  Region regionOf(Space space, uint64_t address);
  [[noreturn]] void refuse(Space space, uint64_t address, uint64_t bytes, const Region &region, const std::string &who);

  const MachineConfig &machine;
  CoreMemory &own;
  ScratchMemory &sram;
  SharedMemory &shared;
  bool memoryCore;
  TurnOrder *order = nullptr;
  uint64_t ownTag = 0, tagEnd = 0; // 0: no tags

  // Offsets below `limit` take any access of up to 8 bytes; the last 7 bytes of a memory take the slow road.
  struct Window {
    uint64_t base = 0, limit = 0;
    uint8_t *host = nullptr;
  };
  // Branches, not selections: they are predicted, and the access need not wait for them.
  bool seen(uint64_t address, const Window &last, uint8_t *&host) const {
    if (address - nramWindow.base < nramWindow.limit) {
      host = nramWindow.host + (address - nramWindow.base);
      return true;
    }
    if (address - last.base < last.limit) [[likely]] {
      host = last.host + (address - last.base);
      return true;
    }
    return false;
  }
  static Window windowOf(const Region &region) {
    return {region.base, region.size > 7 ? region.size - 7 : 0, region.host};
  }
  Window nramWindow, loadWindow, storeWindow; // with a watcher: the stack, and nothing
  Window watchedLoads, watchedStores;         // with a watcher: the last memories touched
  ScalarWatch *watcher = nullptr;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_MEMORY_COREVIEW_H
