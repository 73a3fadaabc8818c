// Launch.h: one launch of a kernel: hands tasks to cores, takes their turns, runs barriers, notices deadlocks.
//
// Cores take turns of a fixed number of instructions in a fixed order, so that equal inputs give an equal run. A Block
// task takes the first free core. A UnionN task takes N neighbouring clusters at once: core k of its cluster c runs
// task c * coreDim + k of the union, and the memory core of each cluster runs the same kernel beside them.
#ifndef OPENBANG_SIMULATOR_CORE_LAUNCH_H
#define OPENBANG_SIMULATOR_CORE_LAUNCH_H

#include "simulator/core/Core.h"
#include "simulator/core/Debugger.h"
#include "simulator/core/LinePrefix.h"
#include "simulator/core/Round.h"
#include "simulator/core/SourceLines.h"

#include <map>
#include <memory>
#include <span>
#include <tuple>
#include <vector>

namespace dlp {

enum class BarrierKind : uint8_t { Cluster, All, ClusterIpu, AllIpu, AllMpu, Local, Global };

class Launch {
public:
  // `cores` in the order of turns: cluster by cluster, its cores and then its memory core. `round` has the host threads
  // on which turns may overlap.
  Launch(const MachineConfig &machine, std::vector<std::unique_ptr<Core>> &cores, Program &program,
         const ImageKernel &kernel, const LaunchRequest &request, const LaunchHost &host, uint64_t maxInstructions,
         Round &round);

  std::optional<Fault> run(LaunchStats &stats);

  const MachineConfig &config() const { return machine; }
  Program &runningProgram() const { return program; }
  const ImageKernel &runningKernel() const { return kernel; }
  const LaunchRequest &launchRequest() const { return request; }
  std::span<const std::unique_ptr<Core>> allCores() const { return cores; }
  Debugger *debugger = nullptr; // asked by run(), when there is one

  // For going back in time: the state apart from memories, and running what ran before.
  struct State;
  State save() const;
  void restore(const State &saved);
  void repeatRound() { assignTasks(); }
  // Runs a core as in its turn; false when it faults.
  bool repeat(Core &core, int64_t budget, uint64_t &ran);
  void silence(bool quiet) { silent = quiet; }

  const Dim3 &dim() const { return request.dim; }
  // From 1, in the order of turns.
  unsigned numberOf(const Core &core) const {
    return core.clusterIndex() * (machine.coresPerCluster + machine.memoryCore) + core.coreIndex() + 1;
  }
  // "k.mlu:12", or the address where the line is not known.
  std::string placeOf(uint64_t pc);
  SourceLine lineOf(uint64_t pc) { return lines.find(pc); }
  void print(Core &core, std::string_view text);
  // A core of cluster `clusterId` of the union task that `core` belongs to; null when there is no such cluster.
  Core *coreOfCluster(const Core &core, uint64_t clusterId);
  // `core` arrives at a barrier; it waits unless it is the last. `id` and `count` belong to numbered barriers.
  void arrive(Core &core, BarrierKind kind, uint64_t id, uint64_t count);
  // A barrier in halves, of a cluster or of the union task: `arriveOnly` never waits.
  void arriveOnly(Core &core, BarrierKind kind);
  void waitArrived(Core &core, BarrierKind kind);
  // Locks belong to a cluster and are named by two ids. `core` waits while another core holds the lock.
  void lock(Core &core, uint64_t id0, uint64_t id1);
  void unlock(Core &core, uint64_t id0, uint64_t id1);

private:
  // Instructions of a turn. A core with no other beside it takes longer ones: nobody can tell.
  static constexpr int64_t kTurn = 4096, kTurnAlone = 8 * kTurn;
  int64_t turnLength() const;
  int64_t withinBound(int64_t length) const;

  // A barrier is told apart by its kind, its place (union task or cluster) and its number.
  using BarrierKey = std::tuple<BarrierKind, uint32_t, uint64_t>;
  struct Barrier {
    uint64_t count;
    std::vector<Core *> waiting;
  };

  struct Halves {
    std::map<const Core *, uint64_t> arrivals; // how often each core has arrived
    std::vector<Core *> waiting;
    // Whether every one of `count` cores has arrived as often as `core`.
    bool complete(const Core *core, uint64_t count) const;
  };
  using HalvesKey = std::pair<BarrierKind, uint32_t>;
  HalvesKey halvesOf(const Core &core, BarrierKind kind, uint64_t &count) const;
  uint64_t numberOfHalves(const Core &core, BarrierKind kind) const;
  using LockKey = std::tuple<uint32_t, uint64_t, uint64_t>; // cluster, ids
  struct Lock {
    Core *owner;
    std::deque<Core *> waiting; // in the order they came
  };

  bool isUnion() const { return request.type != TaskType::Block; }
  uint32_t clustersPerUnion() const { return uint32_t(request.type) / 4; }
  // What a core did in its turn.
  struct Turn {
    uint64_t instructions = 0;
    bool ran = false;
    std::optional<FaultException> fault;
  };
  bool worthOverlapping();
  // Scalar code: unless somebody looks at single instructions, or at most loads and stores.
  bool mayTranslate() const;
  static bool takeTurn(Core &core, int64_t budget, Turn &turn);
  // A round: turns[i] is what core i did. Both return the first core that faulted, or the number of cores. (Turns.cpp)
  size_t takeTurns(std::vector<Turn> &turns);
  size_t overlapTurns(std::vector<Turn> &turns);
  // The same with a debugger. (DebugTurns.cpp)
  size_t debugTurns(std::vector<Turn> &turns, std::optional<Rewound> from);
  bool debugTurn(Core &core, Turn &turn, int64_t left);
  // False with a fault in `turn` when the launch reached the bound on instructions.
  bool withinLimit(const Core &core, Turn &turn) const;

  std::optional<Fault> runTasks(LaunchStats &stats);
  std::optional<Fault> takeRound(std::vector<Turn> &turns, const std::optional<Rewound> &rewound);
  bool assignTasks();
  bool assignUnions();
  void startTask(Core &core, uint64_t taskId, uint64_t clusterId, uint64_t clusterDim, uint32_t unionIndex);
  Fault faultOf(const Core &core, const FaultException &e);
  Fault deadlock();
  Fault interrupted();

  const MachineConfig &machine;
  std::vector<std::unique_ptr<Core>> &cores;
  Program &program;
  const ImageKernel &kernel;
  const LaunchRequest &request;
  LaunchHost host;
  uint64_t maxInstructions;
  Round &round;
  uint64_t instructions = 0;             // of all cores so far
  double roundMicroseconds = 0;          // of work in the last round
  double recentWall = 0, recentWork = 0; // microseconds of overlapped rounds, fading
  unsigned roundsApart = 0;              // rounds to take on one thread before overlapping is tried again
  uint64_t nextTask = 0, totalTasks;
  std::map<BarrierKey, Barrier> barriers;
  std::map<HalvesKey, Halves> halves;
  std::map<LockKey, Lock> locks; // those that somebody holds
  SourceLines lines;
  bool silent = false;
  std::unique_ptr<LinePrefix> prefix; // null: lines appear as kernels print them
};

struct Launch::State {
  uint64_t instructions, nextTask;
  std::map<BarrierKey, Barrier> barriers;
  std::map<HalvesKey, Halves> halves;
  std::map<LockKey, Lock> locks;
  std::vector<Core::State> cores;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_LAUNCH_H
