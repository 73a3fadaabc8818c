// Replay.h: when each step of the recorded tasks happens on the card.
//
// Each core has a scalar unit that issues in order and three queues that work in order beside it. Compute work takes a
// time of its own; transfers share off-chip bandwidth and the port of an SRAM with those of other cores
// (Transfers.h). Everything happens in the order of its time, and of core
// numbers where times are equal, so one recording has one outcome.
#ifndef OPENBANG_SIMULATOR_TIMING_REPLAY_H
#define OPENBANG_SIMULATOR_TIMING_REPLAY_H

#include "simulator/timing/Stream.h"
#include "simulator/timing/Transfers.h"

#include <deque>
#include <map>
#include <queue>

namespace dlp::timing {

// Why the scalar unit stands still.
enum class Stall : uint8_t { Io, Move, Compute, QueueFull, Barrier, Result, Lock };
inline constexpr unsigned kStalls = 7;

// Changes of a replay: how much longer each kind of work takes, and what is left out.
struct WhatIf {
  double scalar = 1, vector = 1, tensor = 1, latency = 1, onChip = 1, bandwidth = 1;
  const std::vector<bool> *withoutSync = nullptr; // sites whose syncs wait for nothing
  bool withoutImplied = false;                    // nor do the waits that belong to synchronous copies there
  const std::vector<bool> *free = nullptr;        // sites whose work takes no time
};

// Cycles of one instruction, of all cores together.
struct SiteTime {
  double engine = 0;  // its queue worked on it
  double blamed = 0;  // a scalar unit stood still because of it
  double waited = 0;  // a scalar unit stood still at it
  double starved = 0; // its transfers took longer than they would have alone
  uint64_t count = 0;
};

struct CoreTime {
  double scalar = 0;
  double stalls[kStalls] = {};
  double busy[kUnits] = {}, tensor = 0; // of Compute, the share of the matrix unit
  double starved = 0;
  double end = 0; // of its last task
  uint64_t tasks = 0;
};

struct Outcome {
  double cycles = 0; // from the first instruction to the end of the last task
  std::vector<CoreTime> cores;
  std::vector<SiteTime> sites;
};

// Is told what happens when, for traces. Tracks: the units, then the scalar unit.
class TraceSink {
public:
  virtual ~TraceSink() = default;
  virtual void work(uint32_t core, Unit unit, const Event &event, double begin, double end) = 0;
  virtual void stall(uint32_t core, Stall why, uint32_t site, double begin, double end) = 0;
  virtual void task(uint32_t core, uint64_t order, double begin, double end) = 0;
  virtual void bandwidth(double time, double bytesPerCycle) = 0;
};

class Replay {
public:
  // `tasks`: of the launch, in Block tasks or union tasks of `unionClusters` clusters.
  Replay(const MachineConfig &machine, const Parameters &parameters, size_t sites, uint64_t tasks,
         uint32_t unionClusters, const WhatIf &whatIf = {}, TraceSink *sink = nullptr);

  // Streams come in the order in which their tasks were handed out, and outlive this.
  void add(Stream &stream);
  // Goes on until a stream ends that has not been recorded to its end; `complete`: nothing more will come.
  void advance(bool complete);
  Outcome outcome() const;
  // Forgets events that have happened; how many words of their streams.
  size_t dropReplayed();
  double reached() const { return now; } // cycles, of what has happened so far

private:
  struct Op {
    const Event event; // a copy: streams move while they grow
    bool marker = false;
    uint64_t ioTarget = 0, moveTarget = 0; // of a marker
    double notBefore = 0;
    double begin = 0;
  };
  struct QueueState {
    std::deque<Op> ops;
    uint64_t issued = 0, done = 0;
    bool running = false;
  };
  struct Computing {
    double end;
    uint32_t site;
  };
  enum class Waits : uint8_t { Nothing, Sync, Full, Meet, Halves, Lock };
  struct Actor {
    Stream *stream = nullptr;
    uint64_t cursor = 0, next = 0;  // positions in the stream: of the event, and of the one behind it
    uint64_t readAt = ~uint64_t{0}; // position of `event`
    Event event;
    bool scalarDone = false; // of the event at the cursor
    bool woken = false;      // a wake of the scalar unit is on its way
    Waits waits = Waits::Nothing;
    Unit fullUnit = Unit::Io;
    double since = 0; // it waits, or nothing was blamed
    double taskBegin = 0;
    QueueState queues[2];
    std::deque<Computing> compute;
    double computeEnd = 0;
  };
  struct Wake {
    double time;
    uint8_t kind; // 0: the scalar unit goes on; 1, 2: the first operation of Io, Move; 3, 4: its bytes begin to flow
    uint32_t actor;
    bool operator<(const Wake &o) const { // the queue gives the largest first
      return time != o.time ? time > o.time : kind != o.kind ? kind > o.kind : actor > o.actor;
    }
  };

  bool takeTask(uint32_t a, double t, bool complete, bool &starved);
  bool takeUnion(uint32_t a, double t, bool complete, bool &starved);
  bool step(uint32_t a, double &t, bool complete);
  bool process(uint32_t a, double &t, const Event &event);
  bool processWork(uint32_t a, double &t, const Event &event);
  bool processBarrier(uint32_t a, double t, const Event &event);
  bool queuesEmpty(const Actor &actor, uint32_t mask) const;
  void waitForCompute(uint32_t a, double &t, uint32_t site, Stall why);
  void startFirst(uint32_t a, unsigned unit, double t);
  void finishFirst(uint32_t a, unsigned unit, double t);
  void endTask(uint32_t a, double t);
  void wake(uint32_t a, double t);
  uint32_t awaitedQueues(Actor &actor) const;
  // Does nothing else on the card happen up to `t`?
  bool mayGoOn(double t) const { return transfers.nextEnd() > t && (wakes.empty() || wakes.top().time > t); }
  void stalled(uint32_t a, Stall why, uint32_t site, uint32_t blame, double from, double to);
  bool isFree(uint32_t site) const { return whatIf.free && (*whatIf.free)[site]; }
  void begin(Actor &actor, Stream &stream, double t) const;
  // The event at the cursor. Null: the stream has no more, or does not know it yet.
  const Event *eventAt(Actor &actor) const {
    if (actor.readAt == actor.cursor)
      return &actor.event;
    if (actor.cursor == actor.stream->end() || !actor.stream->read(actor.cursor, actor.event, actor.next))
      return nullptr;
    actor.readAt = actor.cursor;
    return &actor.event;
  }

  const MachineConfig &machine;
  const Parameters parameters;
  const WhatIf whatIf;
  TraceSink *sink;
  const uint64_t totalTasks;
  const uint32_t unionClusters; // 0: Block tasks
  const uint32_t coresInCluster;
  std::vector<Stream *> streams, finished;
  size_t nextStream = 0;
  uint64_t handedOut = 0; // Block tasks, or union tasks
  std::vector<Actor> actors;
  std::priority_queue<Wake> wakes;
  Transfers transfers;
  double now = 0;
  struct Meeting {
    std::vector<std::pair<uint32_t, double>> arrived; // cores and times
  };
  std::map<uint32_t, Meeting> meetings;
  struct Half {
    uint64_t arrived = 0;
    std::vector<std::pair<uint32_t, double>> waiting;
  };
  std::map<std::pair<uint32_t, uint32_t>, Half> halves; // barrier and which time
  struct LockState {
    uint64_t released = 0;
    std::map<uint32_t, std::pair<uint32_t, double>> waiting; // by ticket
  };
  std::map<uint32_t, LockState> locks;
  Outcome result;
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_REPLAY_H
