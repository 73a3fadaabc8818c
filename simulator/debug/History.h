// History.h: what ran since a launch began, so that it can be put back to any earlier moment.
//
// The simulator is deterministic: a moment is reached again from a snapshot by running the same cores for the same
// numbers of instructions. The log holds those numbers, a few words for each turn; snapshots are taken as often as
// costs a small part of the time, and thinned out when they hold too much memory.
#ifndef OPENBANG_SIMULATOR_DEBUG_HISTORY_H
#define OPENBANG_SIMULATOR_DEBUG_HISTORY_H

#include "simulator/core/Launch.h"
#include "simulator/debug/Watch.h"

#include <chrono>
#include <functional>
#include <memory>
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
    Core *core;
    std::optional<WatchHit> watch; // nullopt: a breakpoint
  };

  void begin(Launch &launch);
  void end();
  void roundBegins();
  void ran(Core &core, int64_t left, uint64_t instructions, bool cut);
  void ranIntoFault(Core &core, int64_t left);
  // The user changed registers or memory: done again when time comes by.
  void changed(std::function<void()> change);

  // The moment before the last instruction of the core; nullopt: it has run nothing yet.
  std::optional<Moment> beforeLast(const Core &core);
  // The last breakpoint (they are in place) or touch of watched memory before now. Leaves the launch in the past.
  std::optional<Found> lastHit(Watch &watch);
  // Has anything run?
  bool hasPast() const { return start().entry < log.size(); }
  // The moment when the launch began.
  Moment start() const;
  // Puts the launch there and forgets what came after.
  Rewound rewind(Moment moment);

private:
  enum class Kind : uint8_t { Turn, Cut, Fault, Round, Change };
  struct Entry {
    Kind kind;
    uint16_t core;
    int64_t left;
    uint64_t count; // Change: its place in `changes`
  };
  struct Chunk {
    uint8_t *host;
    std::shared_ptr<const std::vector<uint8_t>> bytes;
  };
  struct Snapshot {
    size_t entry; // the next one
    Launch::State state;
    std::vector<Chunk> memory;
  };
  template <class Visit> void eachMemory(Visit visit);
  void takeSnapshot();
  void thinOut();
  void restore(const Snapshot &snapshot);
  const Snapshot &snapshotBefore(size_t entry) const;
  void repeat(const Entry &entry);
  void step(Core &core);
  void resolveFault();

  Launch *launch = nullptr;
  std::vector<Entry> log;
  std::vector<std::function<void()>> changes;
  std::vector<Snapshot> snapshots;
  std::chrono::steady_clock::time_point taken; // the last snapshot
  std::chrono::steady_clock::duration cost{};
  size_t heldBytes = 0;
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_HISTORY_H
