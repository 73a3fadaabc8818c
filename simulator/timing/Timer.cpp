// Timer.cpp: recording and replay of launches.
#include "simulator/timing/Timer.h"

#include "simulator/core/Launch.h"
#include "simulator/timing/Pipeline.h"

#include <algorithm>

namespace dlp::timing {
namespace {

uint32_t clustersOf(TaskType type) { return type == TaskType::Block ? 0 : uint32_t(type) / 4; }

} // namespace

Timer::Timer(const MachineConfig &machine, const Parameters &parameters, size_t mostBytes)
    : machine(machine), p(parameters), mostBytes(mostBytes),
      coresInCluster(machine.coresPerCluster + machine.memoryCore) {
  for (uint32_t i = 0; i < machine.clusters * coresInCluster; ++i)
    recorders.push_back(std::make_unique<CoreRecorder>());
}

Timer::~Timer() = default;

void Timer::hostCopies(uint64_t bytes) { now += p.hostStart * 1e3 + double(bytes) / p.hostBandwidth; }

void Timer::hostCopied(uint64_t, uint64_t, uint64_t bytes) {
  now +=
      p.hostStart * 1e3 + double(bytes) / p.gdramBandwidth * (1 / p.gdramReadEfficiency + 1 / p.gdramWriteEfficiency);
}

void Timer::launchBegins(Launch &launch) {
  running = &launch;
  if (progress)
    progress->launchBegins();
  Program &program = launch.runningProgram();
  const auto slots = uint32_t(std::max(1.0, p.icacheSize * 1024 / 64));
  program.countBlocks([this](const Op &op) { return scalarCost(op, p); }, slots);
  for (const auto &core : launch.allCores()) {
    CoreRecorder &recorder = of(*core);
    recorder.launchBegins(p, program, *core);
    recorder.blocks.jumpCost = uint32_t(p.takenBranch);
    recorder.blocks.missCost = uint32_t(p.icacheMiss);
    recorder.blocks.cache.assign(slots, ~uint32_t{0}); // another kernel ran before
  }
  streams.clear();
  early.reset();
  given = forgotten = 0;
  nextMeeting = 0;
  halfGroups.clear();
  halfTimes.clear();
  lockGroups.clear();
  lockTickets.clear();
}

void Timer::taskBegins(Core &core) {
  Stream &stream = streams.emplace_back();
  stream.ofUnion = running->launchRequest().type != TaskType::Block;
  stream.order = stream.ofUnion ? core.task.unionIndex : core.task.taskId;
  stream.cluster = uint32_t(core.task.clusterId);
  stream.core = core.coreIndex();
  of(core).taskBegins(stream);
}

void Timer::ends(Core &core, const Instruction &instruction) {
  const InsnId id = instruction.insn.word.id;
  CoreRecorder &recorder = of(core);
  switch (id) {
  case InsnId::BARRIER_CLUSTER_ARRIVE:
  case InsnId::BARRIER_CLUSTER_WAIT:
  case InsnId::BARRIER_ALL_ARRIVE:
  case InsnId::BARRIER_ALL_WAIT:
    recorder.drains(kAllBits, 0, true);
    if (running->launchRequest().type != TaskType::Block)
      endsHalf(core, instruction);
    return;
  case InsnId::LOCK:
  case InsnId::UNLOCK: {
    auto [it, first] = lockGroups.try_emplace({core.clusterIndex(), instruction.operands[0], instruction.operands[1]},
                                              uint32_t(lockGroups.size()));
    if (first)
      lockTickets.push_back(0);
    if (id == InsnId::UNLOCK)
      recorder.drains(kAllBits, 0, true);
    Event event = recorder.make(id == InsnId::LOCK ? Event::Lock : Event::Unlock);
    event.group = it->second;
    // Those who come are served in the order in which they came.
    if (id == InsnId::LOCK)
      event.ticket = lockTickets[it->second]++;
    recorder.put(event);
    return;
  }
  default:
    recorder.ends(core, instruction);
  }
}

// The k-th arrival of a core belongs to its k-th wait.
void Timer::endsHalf(Core &core, const Instruction &instruction) {
  const InsnId id = instruction.insn.word.id;
  const bool ofCluster = id == InsnId::BARRIER_CLUSTER_ARRIVE || id == InsnId::BARRIER_CLUSTER_WAIT;
  const bool arrives = id == InsnId::BARRIER_CLUSTER_ARRIVE || id == InsnId::BARRIER_ALL_ARRIVE;
  const uint32_t place = ofCluster ? core.clusterIndex() : core.task.unionIndex;
  const uint32_t group = halfGroups.try_emplace({ofCluster, place}, uint32_t(halfGroups.size())).first->second;
  CoreRecorder &recorder = of(core);
  Event event = recorder.make(arrives ? Event::Arrive : Event::Wait);
  event.group = group;
  const uint32_t arrivals = halfTimes[{group, &core, false}];
  event.ticket = arrives ? halfTimes[{group, &core, false}]++ : (arrivals ? arrivals - 1 : 0);
  event.bytes = uint64_t(coresInCluster) * (ofCluster ? 1 : clustersOf(running->launchRequest().type));
  event.start = ofCluster ? p.barrierCluster : p.barrierAll;
  recorder.put(event);
}

void Timer::meet(std::span<Core *const> cores) {
  const uint32_t group = nextMeeting++;
  for (Core *core : cores)
    of(*core).meets(group, uint32_t(cores.size()));
}

std::unique_ptr<Replay> Timer::makeReplay(const WhatIf &whatIf, TraceSink *sink) const {
  const LaunchRequest &request = running->launchRequest();
  const uint64_t tasks = uint64_t(request.dim.x) * request.dim.y * request.dim.z;
  return std::make_unique<Replay>(machine, p, running->runningProgram().blockTable()->blocks.size(), tasks,
                                  clustersOf(request.type), whatIf, sink);
}

size_t Timer::bytesHeld() const {
  size_t words = 0;
  for (const auto &recorder : recorders)
    words += recorder->words;
  return (words - forgotten) * sizeof(uint32_t);
}

// What has been recorded so far.
void Timer::replayEarly() {
  if (!early)
    early = makeReplay({}, nullptr);
  for (; given < streams.size(); ++given)
    early->add(streams[given]);
  early->advance(false);
}

void Timer::showProgress() {
  replayEarly();
  const LaunchRequest &request = running->launchRequest();
  const uint64_t tasks = uint64_t(request.dim.x) * request.dim.y * request.dim.z;
  const uint32_t clusters = clustersOf(request.type);
  // Of union tasks a stream for each core, with those of memory cores.
  const double all = double(tasks) * (clusters ? double(coresInCluster) / machine.coresPerCluster : 1);
  const auto ended = std::count_if(streams.begin(), streams.end(), [](const Stream &stream) { return stream.ended; });
  progress->show(running->runningKernel().displayName, p.nanoseconds(early->reached()), double(ended) / all);
}

void Timer::roundEnds(Launch &launch) {
  if (interrupted && interrupted()) {
    launchEnds(launch, nullptr);
    stopped();
  }
  if (progress && progress->due())
    showProgress();
  if (bytesHeld() < mostBytes)
    return;
  replayEarly();
  forgotten += early->dropReplayed();
  for (const auto &recorder : recorders)
    recorder->tidy();
}

void Timer::launchEnds(Launch &launch, const Fault *fault) {
  std::unique_ptr<Replay> replay = early ? std::move(early) : makeReplay({}, nullptr);
  size_t events = 0;
  for (const auto &recorder : recorders)
    events += recorder->events;
  for (; given < streams.size(); ++given)
    replay->add(streams[given]);
  replay->advance(true);
  if (progress)
    progress->launchEnds();
  LaunchRecord record{launch, p, fault, now, 0, replay->outcome(), recorders, {}, events};
  last = record.nanoseconds = p.nanoseconds(record.outcome.cycles);
  record.begin = now + p.launch * 1e3;
  now = record.begin + last;
  if (!forgotten)
    record.again = [this](const WhatIf &whatIf, TraceSink *sink) {
      auto again = makeReplay(whatIf, sink);
      for (Stream &stream : streams)
        again->add(stream);
      again->advance(true);
      return again->outcome();
    };
  if (launched)
    launched(record);
  for (const auto &core : launch.allCores())
    core->blocks = nullptr;
  running = nullptr;
}

} // namespace dlp::timing
