// Replay.cpp: scalar units, queues and the clock.
#include "simulator/timing/Replay.h"

#include <algorithm>

namespace dlp::timing {
namespace {

constexpr uint8_t kStep = 0, kStartIo = 1, kFlowIo = 3;

Stall stallOf(Unit unit) { return unit == Unit::Io ? Stall::Io : unit == Unit::Move ? Stall::Move : Stall::Compute; }

} // namespace

Replay::Replay(const MachineConfig &machine, const Parameters &parameters, size_t sites, uint64_t tasks,
               uint32_t unionClusters, const WhatIf &whatIf, TraceSink *sink)
    : machine(machine), parameters(parameters), whatIf(whatIf), sink(sink), totalTasks(tasks),
      unionClusters(unionClusters), coresInCluster(machine.coresPerCluster + machine.memoryCore),
      actors(size_t(machine.clusters) * coresInCluster),
      transfers(parameters, machine.clusters, whatIf.bandwidth, whatIf.onChip) {
  result.cores.resize(actors.size());
  result.sites.resize(sites);
  // Of a slot of clusters one core takes the work for all.
  for (uint32_t a = 0; a < actors.size(); a += unionClusters ? unionClusters * coresInCluster : 1)
    wake(a, 0);
}

void Replay::wake(uint32_t a, double t) {
  if (!actors[a].woken)
    wakes.push({t, kStep, a});
  actors[a].woken = true;
}

// Of the event at the cursor; at the end of a task of all.
uint32_t Replay::awaitedQueues(Actor &actor) const {
  const Event *event = eventAt(actor);
  return event ? event->group : kAllBits;
}

void Replay::begin(Actor &actor, Stream &stream, double t) const {
  actor.stream = &stream;
  actor.cursor = stream.begin();
  actor.readAt = ~uint64_t{0};
  actor.taskBegin = t;
}

void Replay::add(Stream &stream) { streams.push_back(&stream); }

void Replay::stalled(uint32_t a, Stall why, uint32_t site, uint32_t blame, double from, double to) {
  if (to <= from)
    return;
  result.cores[a].stalls[unsigned(why)] += to - from;
  result.sites[site].waited += to - from;
  result.sites[blame].blamed += to - from;
  if (sink)
    sink->stall(a, why, site, from, to);
}

// A free core takes the next Block task; a free slot of clusters the next union task.
bool Replay::takeTask(uint32_t a, double t, bool complete, bool &starved) {
  if (unionClusters)
    return takeUnion(a, t, complete, starved);
  if (machine.memoryCore && a % coresInCluster == machine.coresPerCluster)
    return false;
  if (nextStream == streams.size()) {
    starved = !complete && handedOut < totalTasks;
    return false;
  }
  ++handedOut;
  begin(actors[a], *streams[nextStream++], t);
  return true;
}

bool Replay::takeUnion(uint32_t a, double t, bool complete, bool &starved) {
  const uint32_t slotCores = unionClusters * coresInCluster, first = a / slotCores * slotCores;
  if (first + slotCores > actors.size())
    return false;
  for (uint32_t i = first; i < first + slotCores; ++i)
    if (actors[i].stream)
      return false; // the last core of the slot takes for all
  const uint64_t unions = totalTasks / (uint64_t(unionClusters) * machine.coresPerCluster);
  if (handedOut == unions)
    return false;
  if (streams.size() < nextStream + slotCores) {
    starved = !complete;
    return false;
  }
  ++handedOut;
  for (uint32_t i = 0; i < slotCores; ++i) {
    Stream *stream = streams[nextStream++];
    const uint32_t target = first + stream->cluster * coresInCluster + stream->core;
    begin(actors[target], *stream, t);
    if (target != a)
      wake(target, t);
  }
  return true;
}

void Replay::endTask(uint32_t a, double t) {
  Actor &actor = actors[a];
  CoreTime &core = result.cores[a];
  if (sink)
    sink->task(a, actor.stream->order, actor.taskBegin, t);
  finished.push_back(actor.stream);
  actor.stream = nullptr;
  actor.scalarDone = false;
  core.end = t;
  ++core.tasks;
  result.cycles = std::max(result.cycles, t);
}

bool Replay::queuesEmpty(const Actor &actor, uint32_t mask) const {
  return (!(mask & kIoBit) || actor.queues[0].ops.empty()) && (!(mask & kMoveBit) || actor.queues[1].ops.empty());
}

// The scalar unit waits until compute work is done; each piece of it is blamed for its part.
void Replay::waitForCompute(uint32_t a, double &t, uint32_t site, Stall why) {
  Actor &actor = actors[a];
  for (const Computing &work : actor.compute)
    if (work.end > t) {
      stalled(a, why, site, work.site, t, work.end);
      t = work.end;
    }
  actor.compute.clear();
}

// Goes on with one scalar unit. False when it needs what is not recorded yet.
bool Replay::step(uint32_t a, double &t, bool complete) {
  Actor &actor = actors[a];
  while (true) {
    if (!actor.stream) {
      bool starved = false;
      if (!takeTask(a, t, complete, starved))
        return !starved;
      continue;
    }
    Stream &stream = *actor.stream;
    const Event *here = eventAt(actor);
    const bool atEnd = actor.cursor == stream.end();
    if (!here && !(atEnd && stream.ended) && !complete)
      return false;
    // A recording that a fault cut off ends where it is.
    const bool over = !here;
    const double scalar = (over ? (atEnd ? stream.tail : 0) : here->scalar) * whatIf.scalar;
    if (!actor.scalarDone) {
      actor.scalarDone = true;
      result.cores[a].scalar += scalar;
      t += scalar;
      if (!mayGoOn(t)) {
        wake(a, t);
        return true;
      }
    }
    static const Event endOfTask = [] {
      Event event;
      event.kind = Event::Sync;
      event.group = kAllBits;
      event.implied = true;
      return event;
    }();
    const Event event = over ? endOfTask : *here;
    if (!process(a, t, event))
      return true;
    actor.scalarDone = false;
    if (over)
      endTask(a, t);
    else
      actor.cursor = actor.next;
    if (!mayGoOn(t)) {
      wake(a, t);
      return true;
    }
  }
}

// True: done at `t`, which may have moved. False: the scalar unit waits and will be woken for the same event again, or
// behind it.
bool Replay::process(uint32_t a, double &t, const Event &event) {
  Actor &actor = actors[a];
  switch (event.kind) {
  case Event::Work:
    return processWork(a, t, event);
  case Event::Sync:
    if (actor.waits == Waits::Nothing) {
      result.sites[event.site].count += !event.implied;
      if (whatIf.withoutSync && (*whatIf.withoutSync)[event.site] && (!event.implied || whatIf.withoutImplied))
        return true;
    }
    if (!queuesEmpty(actor, event.group)) {
      actor.waits = Waits::Sync;
      actor.since = t;
      return false;
    }
    actor.waits = Waits::Nothing;
    if (event.group & kComputeBit)
      waitForCompute(a, t, event.site, Stall::Compute);
    t += event.start * whatIf.scalar;
    result.cores[a].scalar += event.start * whatIf.scalar;
    return true;
  case Event::Order: {
    QueueState &q = actor.queues[unsigned(event.unit)];
    Op op{event, true};
    op.ioTarget = event.group & kIoBit ? actor.queues[0].issued : 0;
    op.moveTarget = event.group & kMoveBit ? actor.queues[1].issued : 0;
    op.notBefore = event.group & kComputeBit ? actor.computeEnd : 0;
    q.ops.push_back(op);
    ++q.issued;
    startFirst(a, unsigned(event.unit), t);
    return true;
  }
  case Event::Nothing:
    return true;
  default:
    return processBarrier(a, t, event);
  }
}

bool Replay::processWork(uint32_t a, double &t, const Event &event) {
  Actor &actor = actors[a];
  CoreTime &core = result.cores[a];
  SiteTime &site = result.sites[event.site];
  if (event.unit != Unit::Compute) {
    QueueState &q = actor.queues[unsigned(event.unit)];
    if (q.ops.size() >= machine.queueDepth) {
      actor.waits = Waits::Full;
      actor.fullUnit = event.unit;
      actor.since = t;
      return false;
    }
    actor.waits = Waits::Nothing;
    ++site.count;
    q.ops.push_back(Op{event});
    ++q.issued;
    startFirst(a, unsigned(event.unit), t);
    return true;
  }
  while (!actor.compute.empty() && actor.compute.front().end <= t)
    actor.compute.pop_front();
  if (actor.compute.size() >= machine.queueDepth) {
    const Computing oldest = actor.compute.front();
    stalled(a, Stall::QueueFull, event.site, oldest.site, t, oldest.end);
    t = oldest.end;
    actor.compute.pop_front();
  }
  double duration = isFree(event.site) ? 0 : event.start * (event.tensor ? whatIf.tensor : whatIf.vector);
  if (!actor.queues[0].ops.empty())
    duration *= parameters.overlapPenalty;
  const double begin = std::max(t, actor.computeEnd + (event.depends ? parameters.vectorDependent : 0));
  actor.computeEnd = begin + duration;
  actor.compute.push_back({actor.computeEnd, event.site});
  core.busy[unsigned(Unit::Compute)] += duration;
  if (event.tensor)
    core.tensor += duration;
  site.engine += duration;
  ++site.count;
  if (sink)
    sink->work(a, Unit::Compute, event, begin, actor.computeEnd);
  if (event.result)
    waitForCompute(a, t, event.site, Stall::Result);
  return true;
}

bool Replay::processBarrier(uint32_t a, double t, const Event &event) {
  Actor &actor = actors[a];
  // Goes on behind the event at `until`.
  auto release = [&](uint32_t other, double since, double until, Stall why, uint32_t site) {
    stalled(other, why, site, site, since, until);
    actors[other].waits = Waits::Nothing;
    actors[other].scalarDone = false;
    actors[other].cursor = actors[other].next;
    wake(other, until);
  };
  switch (event.kind) {
  case Event::Meet: {
    Meeting &meeting = meetings[event.group];
    meeting.arrived.push_back({a, t});
    actor.waits = Waits::Meet;
    ++result.sites[event.site].count;
    if (meeting.arrived.size() < event.ticket)
      return false;
    for (auto [other, since] : meeting.arrived)
      release(other, since, t + event.start, Stall::Barrier, eventAt(actors[other])->site);
    meetings.erase(event.group);
    return false;
  }
  case Event::Arrive: {
    Half &half = halves[{event.group, event.ticket}];
    if (++half.arrived == event.bytes)
      for (auto [other, since] : half.waiting)
        release(other, since, t + event.start, Stall::Barrier, eventAt(actors[other])->site);
    return true;
  }
  case Event::Wait: {
    Half &half = halves[{event.group, event.ticket}];
    ++result.sites[event.site].count;
    if (half.arrived == event.bytes)
      return true;
    half.waiting.push_back({a, t});
    actor.waits = Waits::Halves;
    return false;
  }
  case Event::Lock: {
    LockState &lock = locks[event.group];
    ++result.sites[event.site].count;
    if (lock.released >= event.ticket)
      return true;
    lock.waiting[event.ticket] = {a, t};
    actor.waits = Waits::Lock;
    return false;
  }
  case Event::Unlock: {
    LockState &lock = locks[event.group];
    ++lock.released;
    if (auto it = lock.waiting.find(uint32_t(lock.released)); it != lock.waiting.end()) {
      auto [other, since] = it->second;
      lock.waiting.erase(it);
      release(other, since, t, Stall::Lock, eventAt(actors[other])->site);
    }
    return true;
  }
  default:
    return true;
  }
}

// Starts the first operation of a queue if nothing keeps it.
void Replay::startFirst(uint32_t a, unsigned unit, double t) {
  Actor &actor = actors[a];
  QueueState &q = actor.queues[unit];
  while (!q.running && !q.ops.empty()) {
    Op &op = q.ops.front();
    if (!op.marker) {
      op.begin = t;
      q.running = true;
      const bool offChip = op.event.flow == Flow::DramRead || op.event.flow == Flow::DramWrite;
      const double start = isFree(op.event.site) ? 0 : op.event.start * (offChip ? whatIf.latency : whatIf.onChip);
      wakes.push({t + start, uint8_t(kFlowIo + unit), a});
      return;
    }
    if (actor.queues[0].done < op.ioTarget || actor.queues[1].done < op.moveTarget)
      return; // finishFirst() of the other queue comes back
    if (op.notBefore > t) {
      wakes.push({op.notBefore, uint8_t(kStartIo + unit), a});
      return;
    }
    q.ops.pop_front();
    ++q.done;
    // A sync may wait for the marker only.
    if (actor.waits == Waits::Sync && queuesEmpty(actor, awaitedQueues(actor)))
      wake(a, t);
  }
}

void Replay::finishFirst(uint32_t a, unsigned unit, double t) {
  Actor &actor = actors[a];
  QueueState &q = actor.queues[unit];
  const Op op = q.ops.front();
  q.ops.pop_front();
  ++q.done;
  q.running = false;
  const uint32_t site = op.event.site;
  result.cores[a].busy[unit] += t - op.begin;
  result.sites[site].engine += t - op.begin;
  if (sink)
    sink->work(a, Unit(unit), op.event, op.begin, t);
  if (actor.waits == Waits::Sync) {
    const uint32_t mask = awaitedQueues(actor);
    if (mask >> unit & 1) {
      const Event *waiting = eventAt(actor);
      stalled(a, stallOf(Unit(unit)), waiting ? waiting->site : 0, site, actor.since, t);
      actor.since = t;
      if (queuesEmpty(actor, mask))
        wake(a, t);
    }
  } else if (actor.waits == Waits::Full && unsigned(actor.fullUnit) == unit) {
    stalled(a, Stall::QueueFull, eventAt(actor)->site, site, actor.since, t);
    wake(a, t);
  }
  startFirst(a, unit, t);
  startFirst(a, 1 - unit, t);
}

void Replay::advance(bool complete) {
  while (!wakes.empty() || transfers.nextEnd() < std::numeric_limits<double>::infinity()) {
    if (wakes.empty() || transfers.nextEnd() <= wakes.top().time) {
      const double t = now = transfers.nextEnd();
      Transfers::Transfer ended = transfers.endNext();
      Actor &actor = actors[ended.actor];
      const Op &op = actor.queues[ended.unit].ops.front();
      const double start = op.begin + op.event.start * whatIf.latency;
      const double lost = t - start - transfers.alone(ended, op.event.bytes);
      if (lost > 0 && ended.flow != Flow::Sram) {
        result.cores[ended.actor].starved += lost;
        result.sites[op.event.site].starved += lost;
      }
      finishFirst(ended.actor, ended.unit, t);
      if (sink)
        sink->bandwidth(t, transfers.offChipRate());
      continue;
    }
    const Wake next = wakes.top();
    wakes.pop();
    now = next.time;
    if (next.kind == kStep) {
      actors[next.actor].woken = false;
      double t = next.time;
      if (step(next.actor, t, complete))
        continue;
      wake(next.actor, t); // goes on here when more is recorded
      return;
    }
    if (next.kind < kFlowIo) {
      startFirst(next.actor, next.kind - kStartIo, next.time);
      continue;
    }
    const unsigned unit = next.kind - kFlowIo;
    const Event &event = actors[next.actor].queues[unit].ops.front().event;
    if (event.flow == Flow::None || !event.bytes || isFree(event.site)) {
      finishFirst(next.actor, unit, next.time);
      continue;
    }
    const uint32_t cluster = next.actor / coresInCluster;
    const bool memoryCore = machine.memoryCore && next.actor % coresInCluster == machine.coresPerCluster;
    transfers.begin({next.actor, cluster, memoryCore, uint8_t(unit), event.flow}, event.bytes, next.time);
    if (sink)
      sink->bandwidth(next.time, transfers.offChipRate());
  }
}

Outcome Replay::outcome() const { return result; }

size_t Replay::dropReplayed() {
  size_t dropped = 0;
  for (Actor &actor : actors) {
    if (actor.stream)
      dropped += actor.stream->dropBefore(actor.cursor);
  }
  for (Stream *stream : finished)
    dropped += stream->dropBefore(stream->end());
  finished.clear();
  return dropped;
}

} // namespace dlp::timing
