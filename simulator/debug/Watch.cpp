// Watch.cpp: which accesses a watchpoint means, and the stop behind them.
#include "simulator/debug/Watch.h"

#include "simulator/core/Launch.h"

#include <algorithm>
#include <utility>

namespace dlp::debug {

void Watch::add(const WatchRange &range, const Core &core) {
  uint64_t begin = range.address & kUntaggedMask;
  watched.push_back({range, begin, begin + range.bytes, core.clusterIndex(), core.coreIndex()});
}

bool Watch::remove(const WatchRange &range) {
  auto it = std::find_if(watched.begin(), watched.end(), [&](const Watched &w) { return w.range == range; });
  if (it == watched.end())
    return false;
  watched.erase(it);
  return true;
}

const Watch::Watched *Watch::find(uint32_t cluster, uint32_t core, uint64_t address, uint64_t bytes, bool write) const {
  for (const Watched &w : watched) {
    if (address >= w.end || w.begin >= address + bytes || w.range.kind == (write ? WatchKind::Read : WatchKind::Write))
      continue;
    switch (CoreView::spaceOf(w.begin)) {
    case Space::Nram:
    case Space::Wram:
    case Space::Ldram:
      if (cluster == w.cluster && core == w.core)
        return &w;
      break;
    case Space::Sram:
      if (cluster == w.cluster)
        return &w;
      break;
    default:
      return &w;
    }
  }
  return nullptr;
}

void Watch::scalar(Core &core, uint64_t address, uint64_t bytes, bool write) {
  if (const Watched *w = find(core.clusterIndex(), core.coreIndex(), address, bytes, write))
    arm(core, w->range, std::string(write ? "a store" : "a load"));
}

void Watch::accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) {
  uint32_t cluster = core.clusterIndex();
  if (piece.remote) {
    const Core *other = core.launch->coreOfCluster(core, piece.clusterOfUnion);
    cluster = other ? other->clusterIndex() : cluster;
  }
  const Watched *w = find(cluster, core.coreIndex(), core.view.withoutTag(piece.address), piece.bytes, piece.write);
  if (!w)
    return;
  std::string text = fullMnemonic(instruction.insn.word.id, instruction.insn.word.variant) +
                     (piece.write ? " writing " : " reading ") + std::to_string(piece.bytes) + " bytes";
  if (instruction.queue != Queue::None)
    text += std::string(" on the ") + queueName(instruction.queue) + " queue";
  arm(core, w->range, text + ", issued at " + core.launch->placeOf(instruction.insn.pc));
}

void Watch::ends(Core &core, const Instruction &instruction) {
  if (queues && instruction.queue != Queue::None && core.pendingOf(instruction.queue).empty())
    arm(core, {0, 0, WatchKind::Access},
        std::string("the ") + queueName(instruction.queue) + " queue is idle, its last copy was issued at " +
            core.launch->placeOf(instruction.insn.pc));
}

// Of several accesses of an instruction the first is reported.
void Watch::arm(Core &core, const WatchRange &range, std::string text) {
  if (hit)
    return;
  hit = {range, std::move(text) + " by " +
                    (core.isMemoryCore() ? "the memory core" : "core " + std::to_string(core.coreIndex())) +
                    " of cluster " + std::to_string(core.clusterIndex()) + " at " +
                    core.launch->placeOf(core.program->pcOf(core.op))};
  hitBy = &core;
  patched = core.op->next();
  core.program->patch(patched);
}

void Watch::forget() {
  if (hit)
    hitBy->program->unpatch(patched);
  hit.reset();
}

std::optional<WatchHit> Watch::take(Core &core) {
  if (!hit || hitBy != &core)
    return std::nullopt;
  core.program->unpatch(patched);
  return std::exchange(hit, std::nullopt);
}

} // namespace dlp::debug
