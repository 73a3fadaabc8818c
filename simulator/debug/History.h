// History.h: what ran since a launch began, so that it can be put back to any earlier moment.
//
// The simulator is deterministic: a moment is reached again from a snapshot by running the same cores for the same
// numbers of instructions. The log holds those numbers, a few words for each turn.
#ifndef OPENBANG_SIMULATOR_DEBUG_HISTORY_H
#define OPENBANG_SIMULATOR_DEBUG_HISTORY_H

#include "simulator/debug/Snapshots.h"
#include "simulator/debug/Watch.h"

#include <functional>
#include <optional>
#include <vector>

namespace dlp::debug {

class History {
public:
  // A moment: before instruction `offset` of an entry of the log.
  struct Moment {
    size_t entry;
    uint64_t offset;
  };
  struct Found {
    Moment moment;
    std::optional<WatchHit> watch; // nullopt: a breakpoint
  };

  void begin(Launch &launch);
  void end();
  void roundBegins();
  void ran(Core &core, int64_t left, uint64_t instructions, bool cut);
  void ranIntoFault(Core &core, int64_t left);
  // The user changed registers or memory: done again when time comes by.
  void changed(std::function<void()> change);

  // Has anything run that can be taken back? If not, why.
  bool hasPast() const { return !snapshots.empty() && start().entry < log.size(); }
  std::string noPast() const;
  bool lostBeginning() const { return lostFront; }
  // The earliest moment that is kept.
  Moment start() const;

  // The moments below leave the launch somewhere in the past: rewind() follows.
  // Before the last instruction of the core; nullopt: it has run nothing yet.
  std::optional<Moment> beforeLast(const Core &core);
  // The begin of the source line that the core is in the middle of, or of the one before. `over` the lines of functions
  // that this one called. (HistoryLines.cpp)
  std::optional<Moment> lineBefore(const Core &core, bool over);
  // The last breakpoint or touch of watched memory before now; both are in place.
  std::optional<Found> lastHit(Watch &watch);

  // The last touches of watched memory, the latest first: who, and what it held then. The launch stays where it is.
  struct Touch {
    std::string who;
    std::string bytes;
  };
  std::vector<Touch> touches(Watch &watch, size_t most, const std::function<std::string()> &content);

  // Puts the launch there and forgets what came after.
  Rewound rewind(Moment moment);

private:
  enum class Kind : uint8_t { Turn, Cut, Fault, Round, Change };
  struct Entry {
    Kind kind;
    uint16_t core;
    int64_t left;
    uint64_t count; // Change: its place in `changes`
    bool isWork() const { return kind == Kind::Turn || kind == Kind::Cut; }
  };
  // Some instructions of a core in a row that belong together, seen backwards.
  struct Stretch {
    std::optional<Moment> begin;  // the first of them
    std::optional<Moment> before; // what the core did before them
    uint64_t pcBefore = 0;
  };
  using Belongs = std::function<bool(uint64_t pc)>;
  Stretch stretchBefore(const Core &core, Moment end, bool over, const Belongs &belongs);

  void forgetOldest();
  // Runs entries of the log again and calls visit(entry, instructions done, core) before each piece of work, and
  // seen(entry, instruction, hit) behind each touch of watched memory. (HistoryHits.cpp)
  template <class Visit, class Seen> void replayWatched(size_t from, size_t to, Watch &watch, Visit visit, Seen seen);
  void repeat(const Entry &entry);
  void repeatTo(size_t from, size_t to);
  void step(Core &core);
  void resolveFault();
  Core &coreOf(const Entry &entry) const { return *launch->allCores()[entry.core]; }
  uint16_t indexOf(const Core &core) const { return uint16_t(launch->numberOf(core) - 1); }

  Launch *launch = nullptr;
  std::vector<Entry> log;
  bool lostFront = false; // of the log
  std::vector<std::function<void()>> changes;
  Snapshots snapshots;
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_HISTORY_H
