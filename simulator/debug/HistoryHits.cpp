// HistoryHits.cpp: what stopped or touched memory in the past. Its parts, each from its snapshot, run again with
// breakpoints and watchpoints in place, the last part first.
#include "simulator/debug/History.h"

namespace dlp::debug {

template <class Visit, class Seen>
void History::replayWatched(size_t from, size_t to, Watch &watch, Visit visit, Seen seen) {
  for (size_t i = from; i < to; ++i) {
    const Entry &entry = log[i];
    if (!entry.isWork()) {
      repeat(entry);
      continue;
    }
    Core &core = coreOf(entry);
    for (uint64_t done = 0; done < entry.count;) {
      visit(i, done, core);
      core.passesBreakpoint = true;
      uint64_t ran = 0;
      launch->repeat(core, entry.kind == Kind::Cut ? kStepOnly : entry.left - int64_t(done), ran);
      done += ran;
      if (auto hit = watch.take(core))
        seen(i, done - 1, std::move(*hit));
      if (!ran)
        break;
    }
  }
}

std::optional<History::Found> History::lastHit(Watch &watch) {
  resolveFault();
  launch->silence(true);
  std::optional<Found> found;
  size_t end = log.size();
  for (size_t s = snapshots.count(); s-- && !found; end = snapshots.placeOf(s)) {
    snapshots.restore(s);
    replayWatched(
        snapshots.placeOf(s), end, watch,
        [&](size_t entry, uint64_t done, Core &core) {
          if (core.program->stops(core, core.op))
            found = Found{{entry, done}, std::nullopt};
        },
        [&](size_t entry, uint64_t done, WatchHit hit) { found = Found{{entry, done}, std::move(hit)}; });
  }
  launch->silence(false);
  return found;
}

std::vector<History::Touch> History::touches(Watch &watch, size_t most, const std::function<std::string()> &content) {
  resolveFault();
  std::vector<bool> passes; // a core that stands at a breakpoint has stopped there
  for (auto &core : launch->allCores())
    passes.push_back(core->passesBreakpoint);
  launch->silence(true);
  std::vector<Touch> all;
  size_t end = log.size();
  for (size_t s = snapshots.count(); s-- && all.size() < most; end = snapshots.placeOf(s)) {
    snapshots.restore(s);
    std::vector<Touch> part;
    replayWatched(
        snapshots.placeOf(s), end, watch, [](size_t, uint64_t, Core &) {},
        [&](size_t, uint64_t, WatchHit hit) { part.push_back({std::move(hit.text), content()}); });
    for (size_t i = part.size(); i-- && all.size() < most;)
      all.push_back(std::move(part[i]));
  }
  watch.clear(); // nothing is looked for on the way to now
  const size_t last = snapshots.count() - 1;
  snapshots.restore(last);
  repeatTo(snapshots.placeOf(last), log.size());
  launch->silence(false);
  for (size_t i = 0; i < passes.size(); ++i)
    launch->allCores()[i]->passesBreakpoint = passes[i];
  return all;
}

} // namespace dlp::debug
