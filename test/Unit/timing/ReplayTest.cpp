// ReplayTest.cpp: queues, waits, barriers, tasks and waves, each against times worked out by hand.
#include "simulator/timing/Replay.h"
#include "Machine.h"

#include <gtest/gtest.h>

using namespace dlp;
using namespace dlp::timing;

namespace {

constexpr size_t kSites = 16;

// Builds the events of one task.
struct Task : Stream {
  Task() {
    ended = true;
    use(std::make_shared<Shapes>());
  }
  // Records the events that are not yet, up to `most`.
  Stream &record(size_t most = ~size_t{0}) {
    for (; recorded < std::min(most, events.size()); ++recorded)
      Stream::add(events[recorded]);
    return *this;
  }
  size_t recorded = 0;
  std::vector<Event> events;
  Event &add(Event::Kind kind, double scalar) {
    Event &event = events.emplace_back();
    event.kind = kind;
    event.scalar = scalar;
    event.site = uint32_t(events.size());
    return event;
  }
  Task &compute(double scalar, double cycles, bool depends = false, bool result = false) {
    Event &event = add(Event::Work, scalar);
    event.start = cycles;
    event.depends = depends;
    event.result = result;
    return *this;
  }
  Task &copy(double scalar, Unit unit, double start, uint64_t bytes = 0, Flow flow = Flow::DramRead) {
    Event &event = add(Event::Work, scalar);
    event.unit = unit;
    event.start = start;
    event.bytes = bytes;
    event.flow = bytes ? flow : Flow::None;
    return *this;
  }
  Task &sync(double scalar, uint32_t mask = kAllBits, double cost = 4) {
    Event &event = add(Event::Sync, scalar);
    event.group = mask;
    event.start = cost;
    return *this;
  }
  Task &meet(double scalar, uint32_t group, uint32_t cores, double cost) {
    Event &event = add(Event::Meet, scalar);
    event.group = group;
    event.ticket = cores;
    event.start = cost;
    return *this;
  }
};

Outcome run(std::vector<Task> &tasks, const MachineConfig &machine, const WhatIf &whatIf = {}) {
  Replay replay(machine, plainParameters(), kSites, tasks.size(), 0, whatIf);
  for (Task &task : tasks)
    replay.add(task.record());
  replay.advance(true);
  return replay.outcome();
}

Outcome run(Task task, const WhatIf &whatIf = {}) {
  std::vector<Task> tasks{std::move(task)};
  static const MachineConfig machine = plainMachine();
  return run(tasks, machine, whatIf);
}

double stall(const Outcome &outcome, Stall why) { return outcome.cores[0].stalls[unsigned(why)]; }

TEST(Replay, scalarCyclesAddUp) {
  Task task;
  task.compute(10, 0).sync(5, kAllBits, 4);
  task.tail = 7;
  EXPECT_DOUBLE_EQ(run(task).cycles, 26);
}

TEST(Replay, computeRunsBesideTheScalarUnit) {
  Outcome o = run(Task().compute(1, 100).compute(1, 50).sync(20));
  EXPECT_DOUBLE_EQ(o.cycles, 1 + 100 + 50 + 4);
  EXPECT_DOUBLE_EQ(stall(o, Stall::Compute), 151 - 22);
  EXPECT_DOUBLE_EQ(o.cores[0].busy[unsigned(Unit::Compute)], 150);
  // The wait is blamed on what it waited for.
  EXPECT_DOUBLE_EQ(o.sites[1].blamed, 101 - 22);
  EXPECT_DOUBLE_EQ(o.sites[2].blamed, 50);
  EXPECT_DOUBLE_EQ(o.sites[3].waited, 151 - 22);
}

TEST(Replay, aDependentPairHasAGap) {
  EXPECT_DOUBLE_EQ(run(Task().compute(1, 100).compute(1, 50, true)).cycles, 1 + 100 + 8 + 50);
  // Not when the first one is long over.
  EXPECT_DOUBLE_EQ(run(Task().compute(1, 100).compute(1000, 50, true)).cycles, 1001 + 50);
}

TEST(Replay, aResultHoldsTheScalarUnit) {
  Outcome o = run(Task().compute(1, 100, false, true).compute(10, 5));
  EXPECT_DOUBLE_EQ(o.cycles, 1 + 100 + 10 + 5);
  EXPECT_DOUBLE_EQ(stall(o, Stall::Result), 100);
}

TEST(Replay, aFullQueueHoldsTheScalarUnit) {
  Outcome o = run(Task().compute(1, 100).compute(1, 100).compute(1, 100)); // two fit
  EXPECT_DOUBLE_EQ(o.cycles, 301);
  EXPECT_DOUBLE_EQ(stall(o, Stall::QueueFull), 101 - 3);
  o = run(Task().copy(1, Unit::Io, 100).copy(1, Unit::Io, 100).copy(1, Unit::Io, 100));
  EXPECT_DOUBLE_EQ(o.cycles, 301);
  EXPECT_DOUBLE_EQ(stall(o, Stall::QueueFull), 101 - 3);
}

TEST(Replay, queuesOverlap) {
  EXPECT_DOUBLE_EQ(run(Task().copy(1, Unit::Io, 100).copy(1, Unit::Move, 80).compute(1, 60).sync(1)).cycles, 105);
  // In order within a queue.
  EXPECT_DOUBLE_EQ(run(Task().copy(1, Unit::Io, 100).copy(1, Unit::Io, 80).sync(1)).cycles, 185);
}

TEST(Replay, bytesFlowBehindTheStart) {
  Outcome o = run(Task().copy(0, Unit::Io, 320, 2000).sync(0));
  EXPECT_DOUBLE_EQ(o.cycles, 320 + 100 + 4);
  EXPECT_DOUBLE_EQ(stall(o, Stall::Io), 420);
  EXPECT_DOUBLE_EQ(o.cores[0].starved, 0);
}

TEST(Replay, aSyncWaitsForItsQueuesOnly) {
  Task task;
  task.copy(0, Unit::Io, 1000).copy(0, Unit::Move, 100).sync(0, kMoveBit).compute(0, 10, false, true);
  Outcome o = run(task);
  EXPECT_DOUBLE_EQ(stall(o, Stall::Move), 100);
  EXPECT_DOUBLE_EQ(o.cycles, 1000); // the end of the task waits for all
}

TEST(Replay, aQueueWaitsForAnother) {
  Task task;
  task.copy(0, Unit::Io, 500);
  Event &order = task.add(Event::Order, 0);
  order.unit = Unit::Move;
  order.group = kIoBit;
  task.copy(0, Unit::Move, 100);
  EXPECT_DOUBLE_EQ(run(task).cycles, 600);
}

TEST(Replay, coresShareBandwidth) {
  const MachineConfig machine = plainMachine();
  std::vector<Task> tasks(4);
  for (Task &task : tasks)
    task.copy(0, Unit::Io, 100, 2000);
  // Two cores of each cluster at 20 of its 50.
  EXPECT_DOUBLE_EQ(run(tasks, machine).cycles, 200);
  Parameters p = plainParameters();
  p.gdramBandwidth = 40;
  Replay replay(machine, p, kSites, 4, 0);
  for (Task &task : tasks)
    replay.add(task.record());
  replay.advance(true);
  EXPECT_DOUBLE_EQ(replay.outcome().cycles, 300); // two at a time
  EXPECT_DOUBLE_EQ(replay.outcome().cores[1].starved, 0);
  EXPECT_DOUBLE_EQ(replay.outcome().cores[3].starved, 100); // cluster 1 comes last
}

TEST(Replay, tasksOfABlockLaunchTakeTheFirstFreeCore) {
  const MachineConfig machine = plainMachine(); // 4 cores besides memory cores
  std::vector<Task> tasks(6);
  const double lengths[] = {100, 400, 400, 400, 50, 10};
  for (size_t i = 0; i < tasks.size(); ++i)
    tasks[i].tail = lengths[i];
  Outcome o = run(tasks, machine);
  EXPECT_DOUBLE_EQ(o.cycles, 400);
  EXPECT_EQ(o.cores[0].tasks, 3u); // 100, 50, 10
  EXPECT_DOUBLE_EQ(o.cores[0].end, 160);
  EXPECT_EQ(o.cores[2].tasks, 0u); // a memory core
}

// A union task of one cluster: two cores and the memory core.
std::vector<Task> unionTask(uint64_t number) {
  std::vector<Task> tasks(3);
  for (uint32_t core = 0; core < 3; ++core) {
    tasks[core].ofUnion = true;
    tasks[core].order = number;
    tasks[core].core = core;
  }
  return tasks;
}

TEST(Replay, coresMeetAtABarrier) {
  const MachineConfig machine = plainMachine();
  std::vector<Task> tasks = unionTask(0);
  tasks[0].meet(100, 0, 3, 40).compute(1, 10);
  tasks[1].meet(300, 0, 3, 40);
  tasks[2].meet(50, 0, 3, 40);
  Replay replay(machine, plainParameters(), kSites, 2, 1);
  for (Task &task : tasks)
    replay.add(task.record());
  replay.advance(true);
  Outcome o = replay.outcome();
  EXPECT_DOUBLE_EQ(o.cycles, 340 + 11);
  EXPECT_DOUBLE_EQ(o.cores[0].stalls[unsigned(Stall::Barrier)], 240);
  EXPECT_DOUBLE_EQ(o.cores[1].stalls[unsigned(Stall::Barrier)], 40);
  EXPECT_DOUBLE_EQ(o.cores[2].stalls[unsigned(Stall::Barrier)], 290);
}

TEST(Replay, unionTasksTakeClustersInWaves) {
  const MachineConfig machine = plainMachine(); // 2 clusters
  std::vector<std::vector<Task>> unions;
  for (uint64_t u = 0; u < 3; ++u) {
    unions.push_back(unionTask(u));
    unions.back()[0].tail = u == 0 ? 100 : 300;
    unions.back()[1].tail = 80;
  }
  Replay replay(machine, plainParameters(), kSites, 6, 1);
  for (auto &tasks : unions)
    for (Task &task : tasks)
      replay.add(task.record());
  replay.advance(true);
  // The third goes to the first cluster, where both cores are free at 100.
  EXPECT_DOUBLE_EQ(replay.outcome().cycles, 400);
  EXPECT_DOUBLE_EQ(replay.outcome().cores[1].end, 180);
}

TEST(Replay, halvesOfABarrierWaitForTheLastArrival) {
  const MachineConfig machine = plainMachine();
  std::vector<Task> tasks = unionTask(0);
  for (uint32_t core = 0; core < 3; ++core) {
    Event &arrive = tasks[core].add(Event::Arrive, 100 * (core + 1));
    arrive.bytes = 3;
    arrive.start = 40;
    if (core == 0) {
      Event &wait = tasks[core].add(Event::Wait, 50);
      wait.bytes = 3;
    }
  }
  Replay replay(machine, plainParameters(), kSites, 2, 1);
  for (Task &task : tasks)
    replay.add(task.record());
  replay.advance(true);
  EXPECT_DOUBLE_EQ(replay.outcome().cores[0].end, 340);
  EXPECT_DOUBLE_EQ(replay.outcome().cores[0].stalls[unsigned(Stall::Barrier)], 190);
}

TEST(Replay, locksServeInTurn) {
  const MachineConfig machine = plainMachine();
  std::vector<Task> tasks = unionTask(0);
  for (uint32_t core = 0; core < 2; ++core) {
    tasks[core].add(Event::Lock, 10).ticket = core;
    tasks[core].add(Event::Unlock, 100);
  }
  Replay replay(machine, plainParameters(), kSites, 2, 1);
  for (Task &task : tasks)
    replay.add(task.record());
  replay.advance(true);
  EXPECT_DOUBLE_EQ(replay.outcome().cycles, 210);
  EXPECT_DOUBLE_EQ(replay.outcome().cores[1].stalls[unsigned(Stall::Lock)], 100);
}

TEST(Replay, whatIfChangesOneThing) {
  Task task;
  task.copy(10, Unit::Io, 100, 2000).compute(10, 200).sync(10);
  EXPECT_DOUBLE_EQ(run(task).cycles, 20 + 200 + 4); // 10 + 100 + 100 of the copy are hidden
  EXPECT_DOUBLE_EQ(run(task, {.vector = 0.5}).cycles, 210 + 4);
  EXPECT_DOUBLE_EQ(run(task, {.vector = 0.5, .latency = 0.5}).cycles, 160 + 4);
  EXPECT_DOUBLE_EQ(run(task, {.vector = 0.5, .bandwidth = 2}).cycles, 160 + 4);
  EXPECT_DOUBLE_EQ(run(task, {.scalar = 0.5}).cycles, 10 + 200 + 2);
  std::vector<bool> site(kSites);
  site[2] = true; // the compute work
  EXPECT_DOUBLE_EQ(run(task, {.free = &site}).cycles, 210 + 4);
}

TEST(Replay, aSyncCanBeLeftOut) {
  Task task;
  for (int i = 0; i < 3; ++i)
    task.copy(0, Unit::Io, 100).compute(0, 100).sync(0);
  EXPECT_DOUBLE_EQ(run(task).cycles, 312);
  std::vector<bool> syncs(kSites);
  syncs[3] = syncs[6] = syncs[9] = true;
  EXPECT_DOUBLE_EQ(run(task, {.withoutSync = &syncs}).cycles, 300);
}

// However the recording is cut in pieces, the outcome is the same.
TEST(Replay, piecesOfARecordingGiveTheSameTimes) {
  const MachineConfig machine = plainMachine();
  std::vector<Task> whole(6);
  uint32_t state = 1;
  auto random = [&](uint32_t bound) {
    state = state * 1664525 + 1013904223;
    return (state >> 16) % bound;
  };
  for (Task &task : whole)
    for (unsigned i = 0; i < 200; ++i) {
      switch (random(4)) {
      case 0:
        task.copy(random(40), Unit::Io, random(300), 64 * (1 + random(100)));
        break;
      case 1:
        task.copy(random(40), Unit::Move, random(100), 64 * (1 + random(100)), Flow::Sram);
        break;
      case 2:
        task.compute(random(40), random(500), random(2));
        break;
      default:
        task.sync(random(40), 1 + random(7));
      }
      task.events.back().site = random(kSites);
    }
  const Outcome expected = run(whole, machine);
  std::vector<Task> parts(whole.size());
  Replay replay(machine, plainParameters(), kSites, whole.size(), 0);
  size_t added = 0;
  for (size_t most = 1; most <= 240; most += 7) {
    for (size_t i = 0; i < whole.size() && i * 10 < most; ++i) {
      Task &part = parts[i];
      part.ended = false;
      if (i == added) {
        part.events = whole[i].events;
        replay.add(part);
        ++added;
      }
      part.record(most);
      part.ended = part.recorded == part.events.size();
    }
    replay.advance(false);
    replay.dropReplayed();
  }
  replay.advance(true);
  const Outcome outcome = replay.outcome();
  EXPECT_EQ(outcome.cycles, expected.cycles);
  for (size_t i = 0; i < outcome.cores.size(); ++i)
    EXPECT_EQ(outcome.cores[i].end, expected.cores[i].end) << i;
  for (size_t i = 0; i < kSites; ++i)
    EXPECT_EQ(outcome.sites[i].blamed, expected.sites[i].blamed) << i;
}

} // namespace
