// History.cpp: the log of a launch, and the way back.
#include "simulator/debug/History.h"

#include <algorithm>

namespace dlp::debug {
namespace {

// Entries are 32 bytes; where a turn ends early because it touched shared memory, they stand for few instructions.
constexpr size_t kMostEntries = 4 << 20;
// A moment far behind its snapshot gets one of its own some rounds before it, so that the next steps back are quick.
constexpr size_t kFar = 256, kNear = 48; // entries

} // namespace

void History::begin(Launch &newLaunch) {
  end();
  launch = &newLaunch;
  snapshots.begin(newLaunch);
}

void History::end() {
  launch = nullptr;
  log.clear();
  lostFront = false;
  changes.clear();
  snapshots.end();
}

void History::roundBegins() {
  if (!launch || !snapshots.refusal().empty())
    return;
  if (log.size() > kMostEntries)
    forgetOldest();
  log.push_back({Kind::Round, 0, 0, 0});
  if (snapshots.due())
    snapshots.take(log.size());
}

void History::ran(Core &core, int64_t left, uint64_t instructions, bool cut) {
  if (!snapshots.empty() && (instructions || !cut))
    log.push_back({cut ? Kind::Cut : Kind::Turn, indexOf(core), left, instructions});
}

void History::ranIntoFault(Core &core, int64_t left) {
  if (!snapshots.empty())
    log.push_back({Kind::Fault, indexOf(core), left, 0});
}

void History::changed(std::function<void()> change) {
  if (snapshots.empty())
    return;
  log.push_back({Kind::Change, 0, 0, changes.size()});
  changes.push_back(std::move(change));
}

// The first half, to a snapshot.
void History::forgetOldest() {
  const size_t middle = snapshots.placeOf(snapshots.lastBefore(log.size() / 2));
  const size_t cut = middle > 1 ? middle : snapshots.placeOf(snapshots.count() - 1);
  log.erase(log.begin(), log.begin() + ptrdiff_t(cut));
  snapshots.forgetFront(cut);
  lostFront = true;
}

std::string History::noPast() const {
  if (!snapshots.refusal().empty())
    return snapshots.refusal();
  return lostFront ? "nothing before this is kept" : "the kernel begins here; nothing ran before";
}

void History::step(Core &core) {
  uint64_t ran = 0;
  launch->repeat(core, kStepOnly, ran);
}

void History::repeat(const Entry &entry) {
  uint64_t ran = 0;
  switch (entry.kind) {
  case Kind::Round:
    launch->repeatRound();
    break;
  case Kind::Change:
    changes[entry.count]();
    break;
  case Kind::Turn:
    launch->repeat(coreOf(entry), entry.left, ran);
    break;
  case Kind::Cut:
  case Kind::Fault:
    for (uint64_t i = 0; i < entry.count; ++i)
      step(coreOf(entry));
    break;
  }
}

void History::repeatTo(size_t from, size_t to) {
  const bool far = to - from > kFar;
  bool near = false;
  for (size_t i = from; i < to; ++i) {
    repeat(log[i]);
    if (far && !near && log[i].kind == Kind::Round && to - i < kFar && to - i > kNear) {
      snapshots.take(i + 1);
      near = true;
    }
  }
}

// How many instructions ran before a fault is found out by running them again.
void History::resolveFault() {
  if (log.empty() || log.back().kind != Kind::Fault)
    return;
  Entry fault = log.back();
  rewind({log.size() - 1, 0});
  fault.kind = Kind::Cut;
  uint64_t ran = 0;
  launch->silence(true);
  while (launch->repeat(coreOf(fault), kStepOnly, ran))
    ++fault.count;
  launch->silence(false);
  log.push_back(fault);
}

std::optional<History::Moment> History::beforeLast(const Core &core) {
  resolveFault();
  for (size_t i = log.size(); i-- > start().entry;)
    if (log[i].isWork() && log[i].core == indexOf(core) && log[i].count)
      return Moment{i, log[i].count - 1};
  return std::nullopt;
}

History::Moment History::start() const {
  for (size_t i = snapshots.empty() ? log.size() : snapshots.placeOf(0); i < log.size(); ++i)
    if (log[i].isWork() || log[i].kind == Kind::Fault)
      return {i, 0};
  return {log.size(), 0};
}

Rewound History::rewind(Moment moment) {
  const Entry entry = log[moment.entry];
  const size_t from = snapshots.lastBefore(moment.entry);
  launch->silence(true);
  snapshots.restore(from);
  repeatTo(snapshots.placeOf(from), moment.entry);
  Core &core = coreOf(entry);
  for (uint64_t i = 0; i < moment.offset; ++i)
    step(core);
  launch->silence(false);
  log.resize(moment.entry);
  snapshots.forgetBehind(log.size());
  if (moment.offset)
    log.push_back({Kind::Cut, entry.core, entry.left, moment.offset});
  return {&core, entry.left - int64_t(moment.offset)};
}

} // namespace dlp::debug
