// History.cpp: the log of a launch, snapshots, and the way back.
#include "simulator/debug/History.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace dlp::debug {
namespace {

constexpr size_t kChunk = 64 * 1024;
constexpr size_t kMostBytes = size_t{512} << 20; // of snapshots
// Snapshots cost at most this part of the time.
constexpr int kCostShare = 8;

void fillFresh(std::span<uint8_t> bytes, uint16_t pattern) {
  for (size_t i = 0; i + 2 <= bytes.size(); i += 2)
    std::memcpy(bytes.data() + i, &pattern, 2);
}

} // namespace

// Memory that a kernel can change.
template <class Visit> void History::eachMemory(Visit visit) {
  uint32_t cluster = ~0u;
  for (auto &core : launch->allCores()) {
    core->view.eachMemory(core->clusterIndex() != cluster, visit);
    cluster = core->clusterIndex();
  }
  for (const Region &region : launch->runningProgram().regions())
    if (region.writable)
      visit(std::span(region.host, region.size), uint16_t{0});
  if (const Gdram *gdram = launch->allCores().front()->view.deviceMemory())
    gdram->forEach([&](const Gdram::Block &block) { visit(std::span(block.host.data(), block.size), uint16_t{0}); });
}

void History::begin(Launch &newLaunch) {
  end();
  launch = &newLaunch;
}

void History::end() {
  launch = nullptr;
  log.clear();
  changes.clear();
  snapshots.clear();
  heldBytes = 0;
  cost = {};
}

void History::roundBegins() {
  log.push_back({Kind::Round, 0, 0, 0});
  if (snapshots.empty() || std::chrono::steady_clock::now() - taken > kCostShare * cost)
    takeSnapshot();
}

void History::ran(Core &core, int64_t left, uint64_t instructions, bool cut) {
  if (instructions || !cut)
    log.push_back({cut ? Kind::Cut : Kind::Turn, uint16_t(launch->numberOf(core) - 1), left, instructions});
}

void History::ranIntoFault(Core &core, int64_t left) {
  log.push_back({Kind::Fault, uint16_t(launch->numberOf(core) - 1), left, 0});
}

void History::changed(std::function<void()> change) {
  if (!launch)
    return;
  log.push_back({Kind::Change, 0, 0, changes.size()});
  changes.push_back(std::move(change));
}

void History::takeSnapshot() {
  const auto start = std::chrono::steady_clock::now();
  std::unordered_map<uint8_t *, std::shared_ptr<const std::vector<uint8_t>>> last;
  if (!snapshots.empty())
    for (const Chunk &chunk : snapshots.back().memory)
      last[chunk.host] = chunk.bytes;
  Snapshot snapshot{log.size(), launch->save(), {}};
  eachMemory([&](std::span<uint8_t> memory, uint16_t) {
    for (size_t offset = 0; offset < memory.size(); offset += kChunk) {
      auto piece = memory.subspan(offset, std::min(kChunk, memory.size() - offset));
      auto &known = last[piece.data()];
      const bool same =
          known && known->size() == piece.size() && !std::memcmp(known->data(), piece.data(), piece.size());
      if (!same) {
        known = std::make_shared<const std::vector<uint8_t>>(piece.begin(), piece.end());
        heldBytes += piece.size();
      }
      snapshot.memory.push_back({piece.data(), known});
    }
  });
  snapshots.push_back(std::move(snapshot));
  if (heldBytes > kMostBytes && snapshots.size() > 2)
    thinOut();
  taken = std::chrono::steady_clock::now();
  cost = taken - start;
}

// Every second snapshot goes; the first and the last stay.
void History::thinOut() {
  std::vector<Snapshot> kept;
  for (size_t i = 0; i < snapshots.size(); ++i)
    if (i % 2 == 0 || i + 1 == snapshots.size())
      kept.push_back(std::move(snapshots[i]));
  snapshots = std::move(kept);
  std::unordered_map<const void *, size_t> held;
  for (const Snapshot &snapshot : snapshots)
    for (const Chunk &chunk : snapshot.memory)
      held[chunk.bytes.get()] = chunk.bytes->size();
  heldBytes = 0;
  for (const auto &[bytes, size] : held)
    heldBytes += size;
}

void History::restore(const Snapshot &snapshot) {
  std::unordered_map<uint8_t *, const std::vector<uint8_t> *> known;
  for (const Chunk &chunk : snapshot.memory)
    known[chunk.host] = chunk.bytes.get();
  eachMemory([&](std::span<uint8_t> memory, uint16_t fresh) {
    if (!known.contains(memory.data())) { // first used later
      fillFresh(memory, fresh);
      return;
    }
    for (size_t offset = 0; offset < memory.size(); offset += kChunk) {
      const std::vector<uint8_t> &bytes = *known.at(memory.data() + offset);
      if (std::memcmp(memory.data() + offset, bytes.data(), bytes.size()))
        std::memcpy(memory.data() + offset, bytes.data(), bytes.size());
    }
  });
  launch->restore(snapshot.state);
}

const History::Snapshot &History::snapshotBefore(size_t entry) const {
  auto it = std::find_if(snapshots.rbegin(), snapshots.rend(), [&](const Snapshot &s) { return s.entry <= entry; });
  return *it;
}

void History::step(Core &core) {
  uint64_t ran = 0;
  launch->repeat(core, kStepOnly, ran);
}

void History::repeat(const Entry &entry) {
  Core &core = *launch->allCores()[entry.core];
  uint64_t ran = 0;
  switch (entry.kind) {
  case Kind::Round:
    launch->repeatRound();
    break;
  case Kind::Change:
    changes[entry.count]();
    break;
  case Kind::Turn:
    launch->repeat(core, entry.left, ran);
    break;
  case Kind::Cut:
  case Kind::Fault:
    for (uint64_t i = 0; i < entry.count; ++i)
      step(core);
    break;
  }
}

// How many instructions ran before a fault is found out by running them again.
void History::resolveFault() {
  if (log.empty() || log.back().kind != Kind::Fault)
    return;
  Moment here{log.size() - 1, 0};
  Entry fault = log.back();
  rewind(here);
  Core &core = *launch->allCores()[fault.core];
  fault.kind = Kind::Cut;
  uint64_t ran = 0;
  launch->silence(true);
  while (launch->repeat(core, kStepOnly, ran))
    ++fault.count;
  launch->silence(false);
  log.push_back(fault);
}

std::optional<History::Moment> History::beforeLast(const Core &core) {
  resolveFault();
  const uint16_t number = uint16_t(launch->numberOf(core) - 1);
  for (size_t i = log.size(); i--;)
    if ((log[i].kind == Kind::Turn || log[i].kind == Kind::Cut) && log[i].core == number && log[i].count)
      return Moment{i, log[i].count - 1};
  return std::nullopt;
}

History::Moment History::start() const {
  for (size_t i = 0; i < log.size(); ++i)
    if (log[i].kind == Kind::Turn || log[i].kind == Kind::Cut || log[i].kind == Kind::Fault)
      return {i, 0};
  return {log.size(), 0};
}

std::optional<History::Found> History::lastHit(Watch &watch) {
  resolveFault();
  launch->silence(true);
  std::optional<Found> found;
  size_t end = log.size();
  for (size_t s = snapshots.size(); s-- && !found; end = snapshots[s].entry) {
    restore(snapshots[s]);
    for (size_t i = snapshots[s].entry; i < end; ++i) {
      const Entry &entry = log[i];
      Core &core = *launch->allCores()[entry.core];
      if (entry.kind != Kind::Turn && entry.kind != Kind::Cut) {
        repeat(entry);
        continue;
      }
      for (uint64_t done = 0; done < entry.count;) {
        if (core.program->isPatched(core.op))
          found = Found{{i, done}, &core, std::nullopt};
        core.passesBreakpoint = true;
        uint64_t ran = 0;
        launch->repeat(core, entry.kind == Kind::Cut ? kStepOnly : entry.left - int64_t(done), ran);
        done += ran;
        if (auto hit = watch.take(core))
          found = Found{{i, done - 1}, &core, std::move(hit)};
        if (!ran)
          break;
      }
    }
  }
  launch->silence(false);
  return found;
}

Rewound History::rewind(Moment moment) {
  const Entry entry = log[moment.entry];
  const Snapshot &from = snapshotBefore(moment.entry);
  launch->silence(true);
  restore(from);
  for (size_t i = from.entry; i < moment.entry; ++i)
    repeat(log[i]);
  Core &core = *launch->allCores()[entry.core];
  for (uint64_t i = 0; i < moment.offset; ++i)
    step(core);
  launch->silence(false);
  log.resize(moment.entry);
  while (snapshots.back().entry > log.size())
    snapshots.pop_back();
  if (moment.offset)
    log.push_back({Kind::Cut, entry.core, entry.left, moment.offset});
  return {&core, entry.left - int64_t(moment.offset)};
}

} // namespace dlp::debug
