// Target.cpp: stopping and going on, and what a stopped card shows.
#include "simulator/debug/Target.h"

#include "simulator/core/Launch.h"
#include "simulator/debug/Packet.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

namespace dlp::debug {
namespace {

Signal signalOf(FaultKind kind) {
  switch (kind) {
  case FaultKind::IllegalInstruction:
  case FaultKind::BadOperand:
    return kSigIll;
  case FaultKind::Assert:
    return kSigAbort;
  case FaultKind::Trap:
  case FaultKind::Deadlock:
  case FaultKind::BarrierMismatch:
  case FaultKind::InstructionLimit:
  case FaultKind::Interrupted:
    return kSigTrap;
  default:
    return kSigSegv;
  }
}

Stop stopOf(const WatchHit &hit) {
  Stop stop{hit.range.bytes ? StopKind::Watchpoint : StopKind::Idle, kSigTrap, 0, hit.text};
  stop.watched = hit.range.address;
  stop.watchKind = hit.range.kind;
  return stop;
}

} // namespace

Target::Target(std::function<void()> onFirstLaunch, std::function<void(const Stop &)> onStop)
    : onFirstLaunch(std::move(onFirstLaunch)), onStop(std::move(onStop)) {}

Target::~Target() {
  std::error_code ignored;
  if (!folder.empty())
    fs::remove_all(folder, ignored);
}

Observer &Target::stopAtFindings(Observer &checks) {
  found.checks = &checks;
  found.watch = &watch;
  checksOn = true;
  return found;
}

void Target::launchBegins(Launch &newLaunch) {
  std::unique_lock guard(mutex);
  launch = &newLaunch;
  image.clear();
  actions.assign(coreCount(), Resume::Run);
  allRun = true;
  patchAll(true);
  observeAll();
  const std::string &kernel = launch->runningKernel().displayName;
  const bool first = !std::exchange(begun, true);
  if (first)
    onFirstLaunch();
  if (first || attached)
    history.begin(newLaunch);
  kernelEntry.begin(newLaunch);
  for (auto &core : newLaunch.allCores())
    if (core->state == CoreState::Idle)
      core->launch = nullptr; // of an earlier launch
  const bool another = attached && shownImage != imageFile();
  const bool wanted = attached && (entryOfAll || entryOf.contains(kernel.substr(0, kernel.find('<'))));
  if (!first && !another && !wanted)
    return;
  auto core = std::find_if(launch->allCores().begin(), launch->allCores().end(),
                           [](auto &core) { return core->state == CoreState::Running; });
  Stop entry{StopKind::Entry, kSigTrap, 0, "kernel " + kernel + " starts"};
  entry.wanted = first || wanted;
  if (entry.wanted)
    entering = std::move(entry); // the stop comes in the kernel itself
  else
    stopHere(guard, core->get(), std::move(entry));
}

void Target::launchEnds(Launch &) {
  std::unique_lock guard(mutex);
  patchAll(false);
  watch.forget();
  found.forget();
  history.end();
  entering = std::nullopt;
  launch = nullptr;
  changed.notify_all();
}

// Breakpoints stay with the client when programs change; those of addresses that the program lacks do nothing.
void Target::patchAll(bool insert) {
  for (const auto &[place, breakpoint] : breakpoints)
    patch(place, breakpoint, insert);
}

void Target::patch(const Place &place, const Breakpoint &breakpoint, bool insert) {
  Program &program = launch->runningProgram();
  const Op *op = program.opAt(place.pc);
  if (!op)
    return;
  auto apply = [&](StopCondition *condition) {
    insert ? program.patch(op, condition) : program.unpatch(op, condition);
  };
  const auto own = place.conditional ? conditions.find(place.pc) : conditions.end();
  if (breakpoint.conditions.empty())
    return apply(own == conditions.end() ? nullptr : own->second.get());
  for (const auto &condition : breakpoint.conditions)
    apply(condition.get());
}

// Threads that the user holds run all the same while each one that may go on waits for others.
bool Target::anyChosenCanRun() const {
  for (size_t i = 0; i < actions.size(); ++i)
    if (actions[i] != Resume::Hold && launch->allCores()[i]->state == CoreState::Running)
      return true;
  return false;
}

Resume Target::resume(Core &core) {
  if (arrival)
    stopHere(core, *std::exchange(arrival, std::nullopt));
  if (entering) {
    if (!kernelEntry.arrived(core))
      return Resume::Step;
    std::unique_lock guard(mutex);
    stopHere(guard, &core, *std::exchange(entering, std::nullopt));
  }
  if (found.waits())
    stopForFinding(core);
  if (interruptWanted)
    stopHere(core, {StopKind::Interrupt, kSigInt, 0, "interrupted"});
  if (allRun)
    return Resume::Run;
  std::unique_lock guard(mutex);
  Resume action = actions[threadOf(core) - 1];
  return action == Resume::Hold && !anyChosenCanRun() ? Resume::Run : action;
}

void Target::reachedBreakpoint(Core &core) {
  if (stopForFinding(core) || stopForWatch(core))
    return;
  core.passesBreakpoint = true;
  stopHere(core, {StopKind::Breakpoint, kSigTrap, 0, "breakpoint"});
}

void Target::stepped(Core &core) {
  if (entering)
    return;
  if (stopForFinding(core) || stopForWatch(core))
    return;
  // The end of a task is no place to stop: there is no instruction behind it. Others go on.
  if (core.state == CoreState::Ended) {
    std::unique_lock guard(mutex);
    actions.assign(actions.size(), Resume::Run);
    allRun = true;
    auto other = std::find_if(launch->allCores().begin(), launch->allCores().end(),
                              [](auto &one) { return one->state == CoreState::Running; });
    if (tellsEnds && attached && other != launch->allCores().end())
      stopHere(guard, other->get(), {StopKind::Step, kSigTrap, 0, "a task has ended"});
    return;
  }
  // Behind the kernel's last line is no line: on to the end of the task.
  if (core.state == CoreState::Running && kernelEntry.inWrapper(core.program->pcOf(core.op)))
    return;
  stopHere(core, {StopKind::Step, kSigTrap, 0, "step"});
}

void Target::turnOver(Core &core) {
  stopForFinding(core);
  stopForWatch(core);
}

// Cores keep what the last instruction of their task left; time can go back from here.
void Target::tasksOver() {
  if (!endOfAll)
    return;
  atEnd = true;
  stopHere(*launch->allCores().front(),
           {StopKind::Interrupt, kSigTrap, 0, "kernel " + launch->runningKernel().displayName + " is over"});
  atEnd = false;
}

// The instruction that a check did not like is done.
bool Target::stopForFinding(Core &core) {
  std::optional<Findings::Found> one = found.take(core);
  if (!one)
    return false;
  Stop next{StopKind::Finding, kSigTrap, 0, one->text};
  next.pc = one->pc;
  stopHere(core, std::move(next));
  return true;
}

// The instruction that touched watched memory is done.
bool Target::stopForWatch(Core &core) {
  std::optional<WatchHit> hit = watch.take(core);
  if (!hit)
    return false;
  stopHere(core, stopOf(*hit));
  return true;
}

void Target::faulted(Core &core, const Fault &fault) {
  watch.take(core);
  const std::optional<Findings::Found> one = found.take(core); // says more
  if (attached)
    stopHere(core, {StopKind::Fault, signalOf(fault.kind), 0, one ? one->text : fault.message});
}

void Target::stopHere(Core &core, Stop next) {
  std::unique_lock guard(mutex);
  if (attached)
    stopHere(guard, &core, std::move(next));
}

void Target::stopHere(std::unique_lock<std::mutex> &guard, Core *core, Stop next) {
  interruptWanted = false;
  stop = std::move(next);
  stop.thread = threadOf(*core);
  stop.newImage = std::exchange(shownImage, imageFile()) != image;
  while (true) {
    stoppedNow = true;
    changed.notify_all();
    onStop(stop);
    changed.wait(guard, [&] { return !stoppedNow; });
    if (back == Back::No)
      return;
    if (history.hasPast())
      goBack(*core);
    back = Back::No;
    stop = {StopKind::Beginning, kSigTrap, stop.thread, history.noPast()};
  }
}

// Puts the launch into the past and leaves the present by an exception: the turn that is on the stack is not to go on.
void Target::goBack(Core &here) {
  const Back way = std::exchange(back, Back::No);
  atEnd = false;
  std::optional<History::Moment> moment;
  Stop next{StopKind::Step, kSigTrap, 0, "step"};
  Core &core = backThread ? *launch->allCores()[backThread - 1] : here;
  watch.forget();
  found.forget();
  checksOn = false;
  if (way == Back::Run) {
    std::optional<History::Found> found = history.lastHit(watch);
    next = {StopKind::Breakpoint, kSigTrap, 0, "breakpoint"};
    if (found) {
      moment = found->moment;
      if (found->watch)
        next = stopOf(*found->watch);
    }
  }
  // Nothing stops what runs again from here on.
  patchAll(false);
  Watch nobody;
  std::swap(watch, nobody);
  observeAll();
  if (way == Back::Instruction)
    moment = history.beforeLast(core);
  else if (way != Back::Run)
    moment = history.lineBefore(core, way == Back::LineOver);
  if (!moment) {
    next = {StopKind::Beginning, kSigTrap, 0, history.noPast()};
    moment = history.start();
  }
  Rewound there = history.rewind(*moment);
  std::swap(watch, nobody);
  patchAll(true);
  observeAll();
  there.core->passesBreakpoint = next.kind == StopKind::Breakpoint;
  actions.assign(coreCount(), Resume::Run);
  allRun = true;
  if (next.kind == StopKind::Beginning && !history.lostBeginning()) {
    kernelEntry.begin(*launch);
    entering = std::move(next);
  } else {
    arrival = std::move(next);
  }
  throw there;
}

std::vector<History::Touch> Target::lastWrites(const WatchRange &range, Core &seenFrom, size_t most) {
  if (!history.hasPast())
    return {};
  const uint64_t tag = range.address >> kCoreTagShift;
  if (tag > coreCount())
    return {};
  Core &owner = tag ? *launch->allCores()[tag - 1] : seenFrom;
  patchAll(false);
  const bool checkedOn = std::exchange(checksOn, false);
  Watch only;
  only.add(range, owner);
  std::swap(watch, only);
  observeAll();
  std::vector<History::Touch> writes = history.touches(watch, most, [&] {
    std::span<uint8_t> bytes = memory(owner, range.address, range.bytes, false);
    return toHex(bytes);
  });
  std::swap(watch, only);
  checksOn = checkedOn;
  patchAll(true);
  observeAll();
  return writes;
}

void Target::goBack(Back way, unsigned thread) {
  back = way;
  backThread = thread;
  resumeAll(std::vector<Resume>(actions.size(), Resume::Run));
}

void Target::change(std::function<void()> change) {
  change();
  history.changed(std::move(change));
}

bool Target::attach(std::unique_lock<std::mutex> &guard) {
  attached = true;
  interruptWanted = !stoppedNow;
  changed.wait(guard, [&] { return stoppedNow || ending; });
  return stoppedNow;
}

void Target::detach(std::unique_lock<std::mutex> &guard) {
  // What a core runs now is not to be changed under it.
  while (launch && !stoppedNow && !ending) {
    interruptWanted = true;
    changed.wait_for(guard, std::chrono::milliseconds(10));
  }
  if (launch)
    patchAll(false);
  history.end();
  breakpoints.clear();
  conditions.clear();
  watch.clear();
  observeAll();
  entryOf.clear();
  entryOfAll = endOfAll = attached = false;
  interruptWanted = false;
  shownImage.clear();
  resumeAll(std::vector<Resume>(actions.size(), Resume::Run));
}

void Target::end() {
  ending = true;
  attached = false;
  stoppedNow = false;
  std::error_code ignored;
  if (!folder.empty())
    fs::remove_all(folder, ignored);
  folder.clear();
  image.clear();
  changed.notify_all();
}

void Target::resumeAll(const std::vector<Resume> &newActions) {
  actions = newActions;
  allRun = std::all_of(actions.begin(), actions.end(), [](Resume r) { return r == Resume::Run; });
  if (allRun)
    lifted.clear();
  stoppedNow = false;
  changed.notify_all();
}

size_t Target::coreCount() const { return launch ? launch->allCores().size() : 0; }

unsigned Target::threadOf(const Core &core) const { return launch->numberOf(core); }

std::vector<unsigned> Target::threads() const {
  std::vector<unsigned> list;
  for (size_t i = 0; i < coreCount(); ++i) {
    const Core &core = *launch->allCores()[i];
    const bool works = core.state == CoreState::Running || core.state == CoreState::Waiting;
    if (works || i + 1 == stop.thread || (atEnd && core.launch == launch))
      list.push_back(unsigned(i) + 1);
  }
  return list;
}

Core *Target::coreOf(unsigned thread) const {
  auto list = threads();
  return std::find(list.begin(), list.end(), thread) == list.end() ? nullptr : launch->allCores()[thread - 1].get();
}

std::string Target::threadName(unsigned thread) const {
  const Core &core = *launch->allCores()[thread - 1];
  return "cluster " + std::to_string(core.clusterIndex()) +
         (core.isMemoryCore() ? " memory core" : " core " + std::to_string(core.coreIndex())) + " task " +
         std::to_string(core.task.taskId);
}

// A core that waits at a barrier shows the barrier, not what comes behind it.
bool Target::setPc(Core &core, uint64_t pc) {
  const Op *op = core.program->opAt(pc);
  if (!op || core.state != CoreState::Running)
    return false;
  if (op != core.op)
    core.passesBreakpoint = false;
  core.op = op;
  return true;
}

std::span<uint8_t> Target::memory(Core &seenFrom, uint64_t address, uint64_t bytes, bool forWriting) {
  const uint64_t tag = address >> kCoreTagShift;
  if (tag > coreCount())
    return {};
  Core &core = tag ? *launch->allCores()[tag - 1] : seenFrom;
  address &= kUntaggedMask;
  Space space = CoreView::spaceOf(address);
  if (forWriting && (space == Space::Rom || space == Space::Param))
    return {};
  std::span<uint8_t> all = core.view.memoryFrom(address);
  return all.first(std::min<uint64_t>(all.size(), bytes));
}

bool Target::insertBreakpoint(const Place &place, std::vector<std::unique_ptr<Condition>> newConditions) {
  if (!launch->runningProgram().opAt(place.pc))
    return false;
  removeBreakpoint(place); // a debugger gives all conditions again when one changes
  Breakpoint &breakpoint = breakpoints[place];
  breakpoint.conditions = std::move(newConditions);
  patch(place, breakpoint, true);
  return true;
}

bool Target::removeBreakpoint(const Place &place) {
  auto it = breakpoints.find(place);
  if (it == breakpoints.end())
    return false;
  patch(place, it->second, false);
  breakpoints.erase(it);
  lifted.insert(place.pc);
  return true;
}

bool Target::comesToBreakpoint(const Core &core) const {
  const uint64_t pc = core.program->pcOf(core.op);
  return core.state == CoreState::Running && !core.passesBreakpoint &&
         (lifted.contains(pc) || breakpoints.contains({pc, false}) || breakpoints.contains({pc, true}));
}

void Target::setCondition(uint64_t pc, std::unique_ptr<Condition> condition) {
  auto it = breakpoints.find({pc, true});
  if (it != breakpoints.end())
    patch(it->first, it->second, false);
  if (condition)
    conditions[pc] = std::move(condition);
  else
    conditions.erase(pc);
  if (it != breakpoints.end())
    patch(it->first, it->second, true);
}

void Target::observeAll() {
  if (launch)
    for (auto &core : launch->allCores())
      if (core->program)
        core->observe(observer());
}

Observer *Target::observer() {
  if (checksOn)
    return &found; // which tells the watchpoints
  return watch.empty() ? nullptr : &watch;
}

bool Target::insertWatchpoint(const WatchRange &range, const Core &seenFrom) {
  const uint64_t tag = range.address >> kCoreTagShift;
  if (tag > coreCount() || CoreView::spaceOf(range.address & kUntaggedMask) == Space::None || !range.bytes)
    return false;
  watch.add(range, tag ? *launch->allCores()[tag - 1] : seenFrom);
  observeAll();
  return true;
}

bool Target::removeWatchpoint(const WatchRange &range) {
  if (!watch.remove(range))
    return false;
  observeAll();
  return true;
}

std::string Target::imageFile() {
  if (!image.empty())
    return image; // of this launch: every stop asks
  std::span<const uint8_t> elf = launch->runningProgram().elfBytes();
  const uint64_t checksum = imageChecksum(elf.data(), elf.size());
  for (const ImageFile &file : files)
    if (file.checksum == checksum && file.bytes == elf.size())
      return image = file.path;
  if (folder.empty()) {
    std::error_code failure;
    std::string name = (fs::temp_directory_path(failure) / "bang-debug-XXXXXX").string();
    if (failure || !mkdtemp(name.data()))
      return {};
    folder = name;
  }
  std::string path = folder + "/device-image-" + std::to_string(files.size() + 1) + ".elf";
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char *>(elf.data()), std::streamsize(elf.size()));
  files.push_back({path, checksum, elf.size()});
  return image = path;
}

} // namespace dlp::debug
