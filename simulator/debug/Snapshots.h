// Snapshots.h: copies of all that a launch can change, from which earlier moments are reached again.
//
// A snapshot keeps 64 KB pieces of memory and shares those that did not change with the one before it; pages that were
// never touched cost nothing. Snapshots are taken as often as costs a small part of the time. When they hold more than
// their bound, every second one goes, so that those of the recent past stay the densest.
#ifndef OPENBANG_SIMULATOR_DEBUG_SNAPSHOTS_H
#define OPENBANG_SIMULATOR_DEBUG_SNAPSHOTS_H

#include "simulator/core/Launch.h"

#include <chrono>
#include <memory>
#include <vector>

namespace dlp::debug {

class Snapshots {
public:
  Snapshots();
  ~Snapshots();
  Snapshots(const Snapshots &) = delete;
  Snapshots &operator=(const Snapshots &) = delete;

  void begin(Launch &newLaunch);
  void end();

  bool empty() const { return taken.empty(); }
  // Why there are none; empty: there will be.
  const std::string &refusal() const { return noSnapshots; }
  // The place in the log that follows a snapshot; places are in order.
  size_t count() const { return taken.size(); }
  size_t placeOf(size_t number) const { return taken[number].place; }
  // The number of the last one at or before a place.
  size_t lastBefore(size_t place) const;
  // Is the last snapshot old enough for another?
  bool due() const;
  void take(size_t place);
  void restore(size_t number);
  // Those behind a place are of a future that will not be.
  void forgetBehind(size_t place);
  // The log has lost its first entries.
  void forgetFront(size_t entries);

private:
  struct Chunk {
    uint8_t *host;
    std::shared_ptr<const std::vector<uint8_t>> bytes; // null: never touched
  };
  struct Snapshot {
    size_t place;
    Launch::State state;
    std::vector<Chunk> memory;
  };
  template <class Visit> void eachMemory(Visit visit);
  const std::vector<uint64_t> &pagesOf(std::span<uint8_t> memory);
  bool touched(size_t offset, size_t bytes) const;
  size_t touchedBytes();
  void thinOut();
  void weigh();

  Launch *launch = nullptr;
  std::vector<Snapshot> taken;
  std::string noSnapshots;
  size_t mostBytes, heldBytes = 0;
  std::chrono::steady_clock::time_point lastTime;
  std::chrono::steady_clock::duration cost{};
  int pageMap = -1;            // /proc/self/pagemap; below zero: every page counts as touched
  std::vector<uint64_t> pages; // of the memory being looked at
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_SNAPSHOTS_H
