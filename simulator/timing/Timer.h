// Timer.h: the clock of a simulated card: an observer that records launches, replays them, and adds up their times.
#ifndef OPENBANG_SIMULATOR_TIMING_TIMER_H
#define OPENBANG_SIMULATOR_TIMING_TIMER_H

#include "simulator/timing/Progress.h"
#include "simulator/timing/Recorder.h"
#include "simulator/timing/Replay.h"

#include <functional>
#include <memory>

namespace dlp::timing {

// A launch that is over, for those who look closer; valid during the call only.
struct LaunchRecord {
  Launch &launch;
  const Parameters &parameters;
  const Fault *fault;
  double begin, nanoseconds; // on the card's clock; without the cost of launching
  Outcome outcome;
  const std::vector<std::unique_ptr<CoreRecorder>> &recorders; // by core
  // Replays once more with changes. Null: the launch was too long to keep its events.
  std::function<Outcome(const WhatIf &, TraceSink *)> again;
  size_t events; // how many were recorded
};

class Timer : public Observer {
public:
  static constexpr size_t kMostBytes = 8 << 20; // a million events or two

  // Launches with recordings of more than `mostBytes` are replayed while they run, and forgotten.
  Timer(const MachineConfig &machine, const Parameters &parameters, size_t mostBytes = kMostBytes);
  ~Timer() override;

  double nanoseconds() const { return now; } // since the start of the program
  double lastLaunch() const { return last; } // nanoseconds of the last launch, without the cost of launching
  std::function<void(const LaunchRecord &)> launched;
  // Asked after each round; where it says so, the launch counts as over, and stopped() ends the program.
  std::function<bool()> interrupted;
  std::function<void()> stopped;
  // At a terminal; null: nobody watches.
  std::unique_ptr<Progress> progress;
  // Loads and stores of NRAM by scalar code are looked at too, which takes time: they say whether a sync was needed.
  bool watchesUses = false;

  void hostWrote(uint64_t address, uint64_t bytes) override { hostCopies(bytes); }
  void hostRead(uint64_t address, uint64_t bytes) override { hostCopies(bytes); }
  void hostCopied(uint64_t dst, uint64_t src, uint64_t bytes) override;

  bool onlyCounts() const override { return true; }
  bool watchesStack() const override { return watchesUses; }
  void launchBegins(Launch &launch) override;
  void roundEnds(Launch &launch) override;
  void launchEnds(Launch &launch, const Fault *fault) override;
  void taskBegins(Core &core) override;
  void taskEnds(Core &core) override { of(core).taskEnds(); }
  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) override {
    of(core).scalar(core, address, bytes, write);
  }
  void issues(Core &core, const Instruction &instruction) override { of(core).issues(instruction); }
  void begins(Core &core, const Instruction &) override { of(core).begins(); }
  void accesses(Core &core, const Instruction &, const MemoryPiece &piece) override { of(core).accesses(piece); }
  void ends(Core &core, const Instruction &instruction) override;
  void meet(std::span<Core *const> cores) override;

private:
  CoreRecorder &of(const Core &core) const {
    return *recorders[core.clusterIndex() * coresInCluster + core.coreIndex()];
  }
  void hostCopies(uint64_t bytes);
  void endsHalf(Core &core, const Instruction &instruction);
  std::unique_ptr<Replay> makeReplay(const WhatIf &whatIf, TraceSink *sink) const;
  size_t bytesHeld() const;
  void replayEarly();
  void showProgress();

  const MachineConfig machine;
  const Parameters p;
  const size_t mostBytes;
  const uint32_t coresInCluster;
  std::vector<std::unique_ptr<CoreRecorder>> recorders;
  double now = 0, last = 0;

  // Of the running launch.
  Launch *running = nullptr;
  std::deque<Stream> streams;    // in the order in which tasks were handed out
  std::unique_ptr<Replay> early; // of a long launch
  size_t given = 0;              // streams that it has
  size_t forgotten = 0;          // words of streams
  uint32_t nextMeeting = 0;
  std::map<std::tuple<uint32_t, uint32_t>, uint32_t> halfGroups;          // kind and place
  std::map<std::tuple<uint32_t, const Core *, bool>, uint32_t> halfTimes; // group, core, waiting
  std::map<std::tuple<uint32_t, uint64_t, uint64_t>, uint32_t> lockGroups;
  std::vector<uint32_t> lockTickets;
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_TIMER_H
