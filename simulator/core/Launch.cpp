// Launch.cpp: tasks, turns, barriers, and the fault that ends a launch.
#include "simulator/core/Launch.h"

#include "simulator/core/Interrupt.h"

#include <algorithm>
#include <cfenv>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace dlp {
namespace {

// Host arithmetic in the default mode while cores run, whatever the program around us uses.
class HostFloatDefaults {
public:
  HostFloatDefaults() {
    std::fegetenv(&saved);
    std::fesetenv(FE_DFL_ENV);
  }
  ~HostFloatDefaults() { std::fesetenv(&saved); }

private:
  std::fenv_t saved;
};

std::string coreName(const Core &core) {
  return core.isMemoryCore() ? "memory core" : "core " + std::to_string(core.coreIndex());
}

bool isWaiting(const std::unique_ptr<Core> &core) { return core->state == CoreState::Waiting; }

} // namespace

Launch::Launch(const MachineConfig &machine, std::vector<std::unique_ptr<Core>> &cores, Program &program,
               const ImageKernel &kernel, const LaunchRequest &request, const LaunchHost &host,
               uint64_t maxInstructions, Round &round)
    : machine(machine), cores(cores), program(program), kernel(kernel), request(request), host(host),
      maxInstructions(maxInstructions), round(round),
      totalTasks(uint64_t(request.dim.x) * request.dim.y * request.dim.z), lines(program.elfBytes()) {
  const char *wish = std::getenv("BANG_PRINTF_PREFIX");
  if (wish && *wish && std::string_view(wish) != "0")
    prefix = std::make_unique<LinePrefix>();
  if (!this->host.print)
    this->host.print = [](std::string_view text) {
      std::fwrite(text.data(), 1, text.size(), stdout);
      std::fflush(stdout);
    };
}

void Launch::startTask(Core &core, uint64_t taskId, uint64_t clusterId, uint64_t clusterDim, uint32_t unionIndex) {
  TaskPosition p;
  p.taskId = taskId;
  p.taskIdX = taskId % request.dim.x;
  p.taskIdY = taskId / request.dim.x % request.dim.y;
  p.taskIdZ = taskId / request.dim.x / request.dim.y;
  p.clusterId = clusterId;
  p.clusterDim = clusterDim;
  p.unionIndex = unionIndex;
  core.timing = request.timing;
  core.timingState = request.timing.value * 0x9e3779b97f4a7c15u + taskId;
  core.startTask(program, *this, kernel, p);
}

// Gives work to free cores. False when nothing is left to hand out and every core is idle.
bool Launch::assignTasks() {
  if (isUnion())
    return assignUnions();
  bool busy = false;
  for (auto &core : cores) {
    if (core->isMemoryCore())
      continue;
    if (core->state == CoreState::Ended)
      core->state = CoreState::Idle;
    if (core->state == CoreState::Idle && nextTask < totalTasks)
      startTask(*core, nextTask++, 0, 0, 0);
    busy |= core->state != CoreState::Idle;
  }
  return busy;
}

bool Launch::assignUnions() {
  const uint32_t width = clustersPerUnion();
  const uint32_t coresInCluster = machine.coresPerCluster + machine.memoryCore;
  const size_t slotCores = size_t(width) * coresInCluster;
  bool busy = false;
  for (size_t first = 0; first + slotCores <= cores.size(); first += slotCores) {
    auto begin = cores.begin() + ptrdiff_t(first), end = begin + ptrdiff_t(slotCores);
    bool free = std::all_of(
        begin, end, [](auto &core) { return core->state == CoreState::Ended || core->state == CoreState::Idle; });
    if (!free) {
      busy = true;
      continue;
    }
    for (auto it = begin; it != end; ++it)
      (*it)->state = CoreState::Idle;
    if (nextTask == totalTasks)
      continue;
    uint64_t unionTasks = uint64_t(width) * machine.coresPerCluster;
    uint32_t unionIndex = uint32_t(nextTask / unionTasks);
    for (auto it = begin; it != end; ++it) {
      uint64_t clusterId = (*it)->clusterIndex() - (*begin)->clusterIndex();
      uint64_t index = (*it)->isMemoryCore() ? 0 : (*it)->coreIndex();
      startTask(**it, nextTask + clusterId * machine.coresPerCluster + index, clusterId, width, unionIndex);
    }
    nextTask += unionTasks;
    busy = true;
  }
  return busy;
}

std::optional<Fault> Launch::run(LaunchStats &stats) {
  Observer *observer = cores.front()->observer;
  if (observer)
    observer->launchBegins(*this);
  std::optional<Fault> fault = runTasks(stats);
  if (observer)
    observer->launchEnds(*this, fault ? &*fault : nullptr);
  return fault;
}

bool Launch::mayTranslate() const {
  const Observer *observer = cores.front()->observer;
  return !debugger && (!observer || (observer->onlyCounts() && !observer->watchesStack()));
}

std::optional<Fault> Launch::takeRound(std::vector<Turn> &turns, const std::optional<Rewound> &rewound) {
  std::optional<Fault> fault;
  if (debugger && !rewound)
    debugger->roundBegins();
  size_t failed = debugger ? debugTurns(turns, rewound) : worthOverlapping() ? overlapTurns(turns) : takeTurns(turns);
  if (Observer *observer = cores.front()->observer)
    observer->roundEnds(*this);
  if (mayTranslate() && failed == cores.size())
    for (size_t i = 0; i < cores.size(); ++i)
      if (turns[i].ran && cores[i]->state == CoreState::Running)
        program.hot.turnEnded(cores[i]->op, turns[i].instructions);
  if (failed < cores.size()) {
    fault = faultOf(*cores[failed], *turns[failed].fault);
  } else if (std::none_of(turns.begin(), turns.end(), [](const Turn &turn) { return turn.ran; })) {
    fault = deadlock();
    failed = size_t(std::find_if(cores.begin(), cores.end(), isWaiting) - cores.begin());
  } else if (interruptingSignal()) [[unlikely]] {
    fault = interrupted();
    failed =
        size_t(std::find_if(turns.begin(), turns.end(), [](const Turn &turn) { return turn.ran; }) - turns.begin());
  }
  if (fault && debugger)
    debugger->faulted(*cores[failed], *fault);
  return fault;
}

Launch::State Launch::save() const {
  State state{instructions, nextTask, barriers, halves, locks, {}};
  for (auto &core : cores)
    state.cores.push_back(core->save());
  return state;
}

void Launch::restore(const State &saved) {
  instructions = saved.instructions;
  nextTask = saved.nextTask;
  barriers = saved.barriers;
  halves = saved.halves;
  locks = saved.locks;
  for (size_t i = 0; i < cores.size(); ++i)
    cores[i]->restore(saved.cores[i]);
}

bool Launch::repeat(Core &core, int64_t budget, uint64_t &ran) {
  Turn turn;
  bool success = takeTurn(core, budget, turn);
  ran = turn.instructions;
  instructions += ran;
  return success;
}

std::optional<Fault> Launch::runTasks(LaunchStats &stats) {
  HostFloatDefaults floatDefaults;
  Interruptible interruptible;
  for (auto &core : cores)
    core->state = CoreState::Idle;
  if (const Op *entry = program.opAt(kernel.entry); entry && mayTranslate())
    program.hot.kernelBegins(entry);
  std::vector<Turn> turns;
  std::optional<Fault> fault;
  std::optional<Rewound> rewound;
  bool begun = false;
  try {
    for (bool busy = true; busy && !fault;) {
      turns.assign(cores.size(), {});
      try {
        busy = rewound || assignTasks();
        if (debugger && !std::exchange(begun, true))
          debugger->launchBegins(*this);
        if (busy)
          fault = takeRound(turns, rewound);
        else if (debugger)
          debugger->tasksOver();
        rewound.reset();
      } catch (const Rewound &moment) {
        rewound = moment;
        busy = true;
      }
    }
  } catch (const FaultException &e) { // at the start of a task
    fault = faultOf(*cores.front(), e);
  }
  stats.instructions = instructions;
  if (debugger)
    debugger->launchEnds(*this);
  if (prefix)
    prefix->finish(host.print);
  return fault;
}

Core *Launch::coreOfCluster(const Core &core, uint64_t clusterId) {
  if (clusterId >= std::max<uint64_t>(core.task.clusterDim, 1))
    return nullptr;
  uint64_t wanted = core.clusterIndex() - core.task.clusterId + clusterId;
  for (auto &other : cores)
    if (other->clusterIndex() == wanted)
      return other.get();
  return nullptr;
}

void Launch::arrive(Core &core, BarrierKind kind, uint64_t id, uint64_t count) {
  core.drainAll();
  if (!isUnion())
    return;
  core.view.enterShared();
  const uint64_t perCluster = machine.coresPerCluster, withMemory = perCluster + machine.memoryCore;
  bool ofCluster = kind == BarrierKind::Cluster || kind == BarrierKind::ClusterIpu || kind == BarrierKind::Local;
  const uint64_t clusters = ofCluster ? 1 : clustersPerUnion();
  switch (kind) {
  case BarrierKind::ClusterIpu:
  case BarrierKind::AllIpu:
    if (core.isMemoryCore())
      return;
    count = perCluster * clusters;
    break;
  case BarrierKind::AllMpu:
    if (!core.isMemoryCore())
      return;
    count = clusters;
    break;
  case BarrierKind::Cluster:
  case BarrierKind::All:
    count = withMemory * clusters;
    break;
  case BarrierKind::Local:
  case BarrierKind::Global:
    if (count < 1 || count > withMemory * clusters)
      core.badOperand("count", int64_t(count), "1 to " + std::to_string(withMemory * clusters) + " cores");
    break;
  }
  BarrierKey key{kind, ofCluster ? core.clusterIndex() : core.task.unionIndex, id};
  auto [it, first] = barriers.try_emplace(key, Barrier{count, {}});
  Barrier &barrier = it->second;
  if (barrier.count != count)
    core.fault(FaultKind::BarrierMismatch, "barrier " + std::to_string(id) + " is entered for " +
                                               std::to_string(count) + " cores, but " + coreName(*barrier.waiting[0]) +
                                               " of cluster " + std::to_string(barrier.waiting[0]->clusterIndex()) +
                                               " waits there for " + std::to_string(barrier.count));
  core.waitsAt = core.mnemonic();
  if (kind == BarrierKind::Local || kind == BarrierKind::Global)
    core.waitsAt += " " + std::to_string(id) + ", " + std::to_string(count);
  core.waitsPc = core.currentPc();
  barrier.waiting.push_back(&core);
  core.state = CoreState::Waiting;
  if (barrier.waiting.size() < barrier.count)
    return;
  for (Core *waiting : barrier.waiting)
    waiting->state = CoreState::Running;
  if (core.observer)
    core.observer->meet(barrier.waiting);
  barriers.erase(it);
}

Launch::HalvesKey Launch::halvesOf(const Core &core, BarrierKind kind, uint64_t &count) const {
  const bool ofCluster = kind == BarrierKind::Cluster;
  count = (machine.coresPerCluster + machine.memoryCore) * (ofCluster ? 1 : clustersPerUnion());
  return {kind, ofCluster ? core.clusterIndex() : core.task.unionIndex};
}

// Tells the barriers in halves of a launch apart, for observers.
uint64_t Launch::numberOfHalves(const Core &core, BarrierKind kind) const {
  uint64_t count;
  const auto [ofKind, place] = halvesOf(core, kind, count);
  return uint64_t(ofKind) << 32 | place;
}

bool Launch::Halves::complete(const Core *core, uint64_t count) const {
  const uint64_t wanted = arrivals.at(core);
  uint64_t here = 0;
  for (const auto &[other, times] : arrivals)
    here += times >= wanted;
  return here == count;
}

void Launch::arriveOnly(Core &core, BarrierKind kind) {
  core.drainAll();
  if (!isUnion())
    return;
  core.view.enterShared();
  uint64_t count;
  Halves &barrier = halves[halvesOf(core, kind, count)];
  ++barrier.arrivals[&core];
  const uint64_t number = numberOfHalves(core, kind);
  if (core.observer)
    core.observer->arrived(core, number, barrier.arrivals[&core]);
  std::erase_if(barrier.waiting, [&](Core *waiting) {
    if (!barrier.complete(waiting, count))
      return false;
    waiting->state = CoreState::Running;
    if (core.observer)
      core.observer->passed(*waiting, number, barrier.arrivals[waiting]);
    return true;
  });
}

void Launch::waitArrived(Core &core, BarrierKind kind) {
  core.drainAll();
  if (!isUnion())
    return;
  core.view.enterShared();
  uint64_t count;
  Halves &barrier = halves[halvesOf(core, kind, count)];
  if (!barrier.arrivals[&core])
    core.fault(FaultKind::BarrierMismatch, "this core has not arrived at the barrier; arrive before waiting");
  if (barrier.complete(&core, count)) {
    if (core.observer)
      core.observer->passed(core, numberOfHalves(core, kind), barrier.arrivals[&core]);
    return;
  }
  core.waitsAt = core.mnemonic();
  core.waitsPc = core.currentPc();
  core.state = CoreState::Waiting;
  barrier.waiting.push_back(&core);
}

void Launch::lock(Core &core, uint64_t id0, uint64_t id1) {
  core.view.enterShared();
  auto [it, free] = locks.try_emplace(LockKey{core.clusterIndex(), id0, id1}, Lock{&core, {}});
  if (free)
    return;
  if (it->second.owner == &core)
    core.fault(FaultKind::Deadlock, "this core holds the lock already; unlock it before locking it again");
  core.waitsAt = core.mnemonic() + " " + std::to_string(id0) + ", " + std::to_string(id1);
  core.waitsPc = core.currentPc();
  core.state = CoreState::Waiting;
  it->second.waiting.push_back(&core);
}

void Launch::unlock(Core &core, uint64_t id0, uint64_t id1) {
  core.drainAll();
  core.view.enterShared();
  auto it = locks.find(LockKey{core.clusterIndex(), id0, id1});
  if (it == locks.end() || it->second.owner != &core)
    core.fault(FaultKind::BadOperand, "this core does not hold the lock; unlock what this core has locked");
  if (it->second.waiting.empty()) {
    locks.erase(it);
    return;
  }
  it->second.owner = it->second.waiting.front();
  it->second.waiting.pop_front();
  it->second.owner->state = CoreState::Running;
}

void Launch::print(Core &core, std::string_view text) {
  core.view.enterShared();
  if (silent)
    return;
  if (prefix)
    prefix->print(core, text, host.print);
  else
    host.print(text);
}

std::string Launch::placeOf(uint64_t pc) {
  SourceLine line = lines.find(pc);
  if (!line.file.empty())
    return line.file + ":" + std::to_string(line.line);
  char text[24];
  snprintf(text, sizeof text, "pc 0x%llx", static_cast<unsigned long long>(pc));
  return text;
}

Fault Launch::faultOf(const Core &core, const FaultException &e) {
  Fault fault;
  fault.kind = e.kind;
  fault.message = e.message;
  fault.kernel = kernel.displayName;
  fault.cluster = core.clusterIndex();
  fault.core = core.coreId();
  fault.task = core.task.taskId;
  fault.pc = core.currentPc();
  fault.instruction = program.disassemble(fault.pc);
  fault.space = spaceName(e.space);
  fault.address = e.address;
  fault.size = e.size;
  fault.queue = core.currentQueue();
  SourceLine line = lines.find(fault.pc);
  fault.sourceFile = line.file;
  fault.sourceLine = line.line;
  fault.sourceColumn = line.column;
  return fault;
}

Fault Launch::interrupted() {
  Fault fault;
  fault.kind = FaultKind::Interrupted;
  fault.message = "a signal stopped the kernel while it ran";
  fault.kernel = kernel.displayName;
  for (auto &core : cores) {
    if (core->state != CoreState::Running && core->state != CoreState::Waiting)
      continue;
    const bool waits = core->state == CoreState::Waiting;
    fault.cores.push_back(
        coreName(*core) + " of cluster " + std::to_string(core->clusterIndex()) + ", task " +
        std::to_string(core->task.taskId) + ": " +
        (waits ? "waits at " + core->waitsAt + " (" + placeOf(core->waitsPc) + ")" : placeOf(core->currentPc())));
  }
  return fault;
}

// Every live core waits. Cores that wait at the same place are listed together.
Fault Launch::deadlock() {
  std::map<std::string, std::vector<const Core *>> places;
  std::vector<const Core *> ended;
  const Core *first = nullptr;
  for (auto &core : cores) {
    if (core->state == CoreState::Waiting) {
      places[core->waitsAt + " (" + placeOf(core->waitsPc) + ")"].push_back(core.get());
      first = first ? first : core.get();
    } else if (core->state == CoreState::Ended) {
      ended.push_back(core.get());
    }
  }
  auto list = [](const std::vector<const Core *> &group) {
    std::string text;
    for (const Core *core : group)
      text += (text.empty() ? "" : ", ") + coreName(*core) + " of cluster " + std::to_string(core->clusterIndex());
    return text;
  };
  std::string message = "every core waits and none can go on";
  for (const auto &[place, group] : places)
    message += "; at " + place + ": " + list(group);
  if (!ended.empty())
    message += "; already at the end of the kernel: " + list(ended);
  Fault fault = faultOf(*first, {FaultKind::Deadlock, message});
  fault.pc = first->waitsPc;
  fault.instruction = program.disassemble(fault.pc);
  SourceLine line = lines.find(fault.pc);
  fault.sourceFile = line.file;
  fault.sourceLine = line.line;
  fault.sourceColumn = line.column;
  return fault;
}

} // namespace dlp
