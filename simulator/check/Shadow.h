// Shadow.h: something known of each byte of all memories a kernel reaches: whether it was written, what it depends on.
//
// `Bits` holds it for one memory: made from a size, cleared by clearAll(). On-chip memories are forgotten when a task
// begins, SRAM when another union task gets it; device memory lives as long as its allocation. Not followed are the
// stack, kernel parameters, constants and __mlu_device__ variables.
#ifndef OPENBANG_SIMULATOR_CHECK_SHADOW_H
#define OPENBANG_SIMULATOR_CHECK_SHADOW_H

#include "simulator/core/Launch.h"

#include <algorithm>
#include <map>
#include <vector>

namespace dlp::check {

// Bytes of one memory. Without bits: of one that is not followed.
template <class Bits> struct ShadowRange {
  Bits *bits = nullptr;
  uint64_t offset = 0, bytes = 0;
};

template <class Bits> class Shadow {
public:
  using Range = ShadowRange<Bits>;

  void allocated(uint64_t base, uint64_t bytes) {
    last = {};
    gdram.insert_or_assign(base, Bits(bytes));
  }
  void released(uint64_t base) {
    last = {};
    gdram.erase(base);
  }
  // The bits of the allocation that starts at `base`, null: none.
  const Bits *allocation(uint64_t base) const {
    auto it = gdram.find(base);
    return it == gdram.end() ? nullptr : &it->second;
  }
  bool isOnChip(const Bits *bits) const {
    return std::none_of(gdram.begin(), gdram.end(), [&](const auto &entry) { return &entry.second == bits; });
  }

  void launchBegins(Launch &newLaunch) {
    launch = &newLaunch;
    coresInCluster = launch->config().coresPerCluster + launch->config().memoryCore;
    cores.clear();
    srams.clear();
    sramUnion.clear();
    last = {};
    const MachineConfig &machine = launch->config();
    for (auto &core : launch->allCores()) {
      bool memoryCore = core->isMemoryCore();
      cores.push_back({Bits(memoryCore ? 0 : machine.nramBytes), Bits(memoryCore ? 0 : machine.wramBytes),
                       Bits(machine.ldramBytes)});
      srams.try_emplace(core->clusterIndex(), machine.sramBytes);
    }
  }

  void taskBegins(const Core &core) {
    Own &own = cores[ordinal(core)];
    own.nram.clearAll();
    own.wram.clearAll();
    own.ldram.clearAll();
    auto [it, fresh] = sramUnion.try_emplace(core.clusterIndex(), core.task.unionIndex);
    if (!fresh && it->second != core.task.unionIndex) {
      srams.at(core.clusterIndex()).clearAll();
      it->second = core.task.unionIndex;
    }
  }

  Range inGdram(uint64_t address, uint64_t bytes) {
    if (!last.bits || address - last.base >= last.bits->size()) {
      auto it = gdram.upper_bound(address);
      if (it == gdram.begin())
        return {};
      --it;
      last = {&it->second, it->first};
    }
    uint64_t offset = address - last.base;
    if (offset >= last.bits->size() || bytes > last.bits->size() - offset)
      return {};
    return {last.bits, offset, bytes};
  }

  // Bytes that `core` reaches at an address; SRAM is that of `cluster`.
  Range resolve(const Core &core, uint64_t address, uint64_t bytes, uint64_t cluster) {
    if (address >= kGdramBase)
      return inGdram(address, bytes);
    auto within = [&](Bits &bits, uint64_t base, uint64_t used) -> Range {
      uint64_t offset = address - base;
      if (offset >= used || bytes > used - offset)
        return {};
      return {&bits, offset, bytes};
    };
    const ImageKernel &kernel = launch->runningKernel();
    Own &own = cores[ordinal(core)];
    switch (CoreView::spaceOf(address)) {
    case Space::Nram:
      return within(own.nram, kNramBase, std::min<uint64_t>(kernel.nramBytes, own.nram.size()));
    case Space::Wram:
      return within(own.wram, kWramBase, own.wram.size());
    case Space::Ldram:
      return within(own.ldram, kLdramBase, std::min<uint64_t>(kernel.ldramBytes, own.ldram.size()));
    case Space::Sram:
      return within(srams.at(uint32_t(cluster)), kSramBase, srams.at(uint32_t(cluster)).size());
    default:
      return {};
    }
  }

  Range resolve(const Core &core, const MemoryPiece &piece) {
    uint64_t cluster = core.clusterIndex();
    if (piece.remote)
      if (Core *other = launch->coreOfCluster(core, piece.clusterOfUnion))
        cluster = other->clusterIndex();
    return resolve(core, piece.address, piece.bytes, cluster);
  }

private:
  struct Own {
    Bits nram, wram, ldram;
  };
  size_t ordinal(const Core &core) const { return core.clusterIndex() * coresInCluster + core.coreIndex(); }

  Launch *launch = nullptr;
  size_t coresInCluster = 0;
  std::map<uint64_t, Bits> gdram;
  std::vector<Own> cores;
  std::map<uint32_t, Bits> srams;         // by cluster
  std::map<uint32_t, uint32_t> sramUnion; // by cluster: the union task whose SRAM it is
  struct {
    Bits *bits = nullptr;
    uint64_t base = 0;
  } last; // the allocation found last
};

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_SHADOW_H
