// Watch.h: watchpoints on any memory of any core: loads and stores, vector instructions and copies hit them alike.
//
// The instruction that touches watched memory is finished first: a breakpoint behind it ends the core's turn, unless
// the turn ends by itself.
#ifndef OPENBANG_SIMULATOR_DEBUG_WATCH_H
#define OPENBANG_SIMULATOR_DEBUG_WATCH_H

#include "simulator/core/Core.h"
#include "simulator/core/Observer.h"

#include <optional>
#include <string>
#include <vector>

namespace dlp::debug {

enum class WatchKind : uint8_t { Write, Read, Access };

struct WatchRange {
  uint64_t address, bytes; // as the client gave them: with the tag of a core or without
  WatchKind kind;
  bool operator==(const WatchRange &) const = default;
};

struct WatchHit {
  WatchRange range; // of no bytes: a queue has become idle
  std::string text; // who did it
};

class Watch : public Observer {
public:
  // Private memory is that of `core`.
  void add(const WatchRange &range, const Core &core);
  bool remove(const WatchRange &range);
  // Is the moment a hit too in which the last copy of a queue of a core has happened?
  void watchQueues(bool on) { queues = on; }
  void clear() {
    watched.clear();
    queues = false;
  }
  bool empty() const { return watched.empty() && !queues; }

  // The hit of the instruction that the core has done, if there was one.
  std::optional<WatchHit> take(Core &core);
  // The launch is over, or time goes back.
  void forget();

  bool watchesStack() const override { return true; }
  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) override;
  void accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) override;
  void ends(Core &core, const Instruction &instruction) override;

private:
  struct Watched {
    WatchRange range;
    uint64_t begin, end; // without tag
    uint32_t cluster, core;
  };
  const Watched *find(uint32_t cluster, uint32_t core, uint64_t address, uint64_t bytes, bool write) const;
  void arm(Core &core, const WatchRange &range, std::string text);

  std::vector<Watched> watched;
  bool queues = false;
  std::optional<WatchHit> hit;
  const Core *hitBy = nullptr;
  const Op *patched = nullptr;
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_WATCH_H
