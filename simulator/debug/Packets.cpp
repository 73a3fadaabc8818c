// Packets.cpp: packets that look at and move the cores.
#include "simulator/debug/Registers.h"
#include "simulator/debug/Server.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

namespace dlp::debug {
namespace {

// Errors of the protocol are two digits without a meaning; these are for readers of logs.
constexpr const char *kBadPacket = "E01", *kNoThread = "E02", *kNoMemory = "E14", *kNoRegister = "E15",
                     *kRunning = "E16";

constexpr uint64_t kMaxRead = kMaxPacket / 2 - 16;

std::string threadId(unsigned thread) {
  char text[12];
  std::snprintf(text, sizeof text, "%x", thread);
  return text;
}

// "-1" and "0" are all or any: nullopt is a malformed number.
std::optional<unsigned> takeThread(Scanner &packet) {
  if (packet.take("-1"))
    return 0;
  auto number = packet.takeHexNumber();
  return number ? std::optional(unsigned(*number)) : std::nullopt;
}

} // namespace

std::optional<std::string> Server::answer(std::string_view packet) {
  Scanner rest(packet);
  if (packet.empty())
    return "";
  if (!target.isStopped())
    return kRunning;
  if (rest.take("QStartNoAckMode")) {
    acknowledges = false;
    return "OK";
  }
  if (packet[0] == 'q' || packet[0] == 'Q' || packet[0] == 'j')
    return query(packet);
  if (rest.take("vCont?"))
    return "vCont;c;C;s;S";
  if (rest.take("vCont"))
    return resume(rest);
  if (rest.take("vKill") || rest.take("k")) {
    target.end();
    listener.close();
    std::raise(SIGKILL);
  }
  if (packet[0] == 'v')
    return "";
  rest.take(packet[0]);
  switch (packet[0]) {
  case '?':
    return stopReply(target.lastStop().thread);
  case 'm':
    return readMemory(rest);
  case 'M':
    return writeMemory(rest, false);
  case 'X':
    return writeMemory(rest, true);
  case 'g':
    return readAllRegisters(rest);
  case 'G':
    return writeAllRegisters(rest);
  case 'p':
    return readOneRegister(rest);
  case 'P':
    return writeOneRegister(rest);
  case 'H':
    return selectThread(rest);
  case 'T': {
    auto thread = rest.takeHexNumber();
    return thread && target.coreOf(unsigned(*thread)) ? "OK" : kNoThread;
  }
  case 'Z':
    return breakpoint(rest, true);
  case 'z':
    return breakpoint(rest, false);
  case 'c':
  case 's':
  case 'C':
  case 'S':
    return resumeOld(packet[0], rest);
  case 'b': {
    const bool step = rest.take('s');
    if ((!step && !rest.take('c')) || !rest.empty())
      return kBadPacket;
    expectsStop = true;
    if (Target::Back way = std::exchange(wayBack, Target::Back::No); way != Target::Back::No)
      target.goBack(way, focusThread);
    else
      target.goBack(step ? Target::Back::Instruction : Target::Back::Run, target.coreOf(stepThread) ? stepThread : 0);
    return std::nullopt;
  }
  case 'D':
    leaving = true;
    return "OK";
  default:
    return "";
  }
}

std::string Server::stopReply(unsigned thread) {
  const Stop &stop = target.lastStop();
  const bool here = thread == stop.thread;
  std::string text = "T" + toHex(here ? stop.signal : 0, 1) + "thread:" + threadId(thread) + ";";
  // gdb then reads the list of libraries; lldb forgets where an executable lies that it loads so, and is told by its
  // script (frontend/bang/debugger/bang_lldb.py).
  if (here && stop.kind == StopKind::Beginning && !isLldb)
    text += "replaylog:begin;";
  if (here && stop.newImage && !isLldb)
    text += "library:;";
  if (here && stop.kind == StopKind::Breakpoint)
    text += "swbreak:;";
  if (here && stop.kind == StopKind::Watchpoint && !isLldb) {
    constexpr const char *kKeys[] = {"watch:", "rwatch:", "awatch:"};
    char address[24];
    std::snprintf(address, sizeof address, "%llx;", static_cast<unsigned long long>(stop.watched));
    text += std::string(kKeys[unsigned(stop.watchKind)]) + address;
  }
  if (isLldb) {
    text += "name:" + target.threadName(thread) + ";";
    std::string ids, pcs;
    for (unsigned other : target.threads()) {
      ids += (ids.empty() ? "" : ",") + threadId(other);
      char pc[20];
      std::snprintf(pc, sizeof pc, "%llx", static_cast<unsigned long long>(shownPc(*target.coreOf(other))));
      pcs += (pcs.empty() ? "" : ",") + std::string(pc);
    }
    text += "threads:" + ids + ";thread-pcs:" + pcs + ";";
    if (here && stop.kind == StopKind::Breakpoint)
      text += "reason:breakpoint;";
    else if (here && stop.kind == StopKind::Step)
      text += "reason:trace;";
    else if (here && stop.kind == StopKind::Watchpoint)
      text += "reason:watchpoint;description:" + toHex(std::to_string(stop.watched)) + ";";
    else if (here && stop.kind == StopKind::Beginning)
      text += "reason:history boundary;description:" + toHex(stop.text) + ";";
    else if (here)
      text += "reason:exception;description:" + toHex(stop.text) + ";";
  }
  const Core &core = *target.coreOf(thread);
  constexpr unsigned kExpedited[] = {kPcRegister, 1, 2, 8};
  for (unsigned n : kExpedited)
    text += toHex(n, 1) + ":" + shownRegister(core, n) + ";";
  return text;
}

// One byte into an instruction is the same line and in no breakpoint's place. A core that waits at a barrier is shown
// there: a debugger that steps it off a breakpoint sees it move. So are cores, to lldb, that have come to a breakpoint
// and not stopped yet: when lldb goes on, it steps every thread that stands at a breakpoint over it, and they would
// never stop.
uint64_t Server::shownPc(const Core &core) const {
  const Stop &stop = target.lastStop();
  if (stop.kind == StopKind::Finding && stop.pc && target.coreOf(stop.thread) == &core)
    return stop.pc;
  const bool moved = core.state == CoreState::Waiting ||
                     (isLldb && target.coreOf(target.lastStop().thread) != &core && target.comesToBreakpoint(core));
  return pcOf(core) + moved;
}

std::string Server::shownRegister(const Core &core, unsigned number) const {
  return toHex(number == kPcRegister ? shownPc(core) : *readRegister(core, number), registerBytes(number));
}

Core *Server::focus() const {
  Core *core = target.coreOf(focusThread);
  return core ? core : target.coreOf(target.lastStop().thread);
}

// lldb appends ";thread:<id>;" to packets about registers.
Core *Server::threadSuffix(Scanner &packet) {
  packet.take(';');
  if (!packet.take("thread:"))
    return focus();
  auto thread = packet.takeHexNumber();
  packet.take(';');
  if (thread)
    focusThread = unsigned(*thread);
  return thread ? target.coreOf(unsigned(*thread)) : nullptr;
}

std::string Server::selectThread(Scanner packet) {
  const bool forSteps = packet.take('c');
  if (!forSteps && !packet.take('g'))
    return kBadPacket;
  auto thread = takeThread(packet);
  if (!thread)
    return kBadPacket;
  if (*thread && !target.coreOf(*thread))
    return kNoThread;
  (forSteps ? stepThread : focusThread) = *thread;
  return "OK";
}

std::string Server::readMemory(Scanner packet) {
  auto address = packet.takeHexNumber();
  auto bytes = packet.take(',') ? packet.takeHexNumber() : std::nullopt;
  if (!address || !bytes)
    return kBadPacket;
  std::span<uint8_t> found = target.memory(*focus(), *address, std::min(*bytes, kMaxRead), false);
  return found.empty() && *bytes ? kNoMemory : toHex(found);
}

std::string Server::writeMemory(Scanner packet, bool binary) {
  auto address = packet.takeHexNumber();
  auto bytes = packet.take(',') ? packet.takeHexNumber() : std::nullopt;
  if (!address || !bytes || !packet.take(':'))
    return kBadPacket;
  std::optional<std::string> data = binary ? unescape(packet.takeRest()) : fromHex(packet.takeRest());
  if (!data || data->size() != *bytes)
    return kBadPacket;
  if (data->empty())
    return "OK";
  std::span<uint8_t> found = target.memory(*focus(), *address, *bytes, true);
  if (found.size() < *bytes)
    return kNoMemory;
  target.change([found, bytes = *data] { std::memcpy(found.data(), bytes.data(), bytes.size()); });
  return "OK";
}

std::string Server::readOneRegister(Scanner packet) {
  auto number = packet.takeHexNumber();
  Core *core = number ? threadSuffix(packet) : nullptr;
  if (!core)
    return number ? kNoThread : kBadPacket;
  return *number < registerCount() ? shownRegister(*core, unsigned(*number)) : kNoRegister;
}

std::string Server::writeOneRegister(Scanner packet) {
  auto number = packet.takeHexNumber();
  if (!number || *number >= registerCount() || !packet.take('='))
    return kBadPacket;
  auto bytes = fromHex(packet.takeUntil(';'));
  if (!bytes || bytes->size() != registerBytes(unsigned(*number)))
    return kBadPacket;
  Core *core = threadSuffix(packet);
  if (!core)
    return kNoThread;
  uint64_t value = 0;
  std::memcpy(&value, bytes->data(), bytes->size());
  if (!writeRegister(target, *core, unsigned(*number), value))
    return kNoRegister;
  target.change([=, this] { writeRegister(target, *core, unsigned(*number), value); });
  return "OK";
}

std::string Server::readAllRegisters(Scanner packet) {
  Core *core = threadSuffix(packet);
  if (!core)
    return kNoThread;
  std::string text;
  for (unsigned n = 0; n < registerCount(); ++n)
    text += shownRegister(*core, n);
  return text;
}

std::string Server::writeAllRegisters(Scanner packet) {
  auto bytes = fromHex(packet.takeUntil(';'));
  Core *core = threadSuffix(packet);
  if (!bytes || !core)
    return kBadPacket;
  size_t at = 0;
  for (unsigned n = 0; n < registerCount() && at + registerBytes(n) <= bytes->size(); at += registerBytes(n++)) {
    uint64_t value = 0;
    std::memcpy(&value, bytes->data() + at, registerBytes(n));
    target.change([=, this] { writeRegister(target, *core, n, value); }); // read-only ones keep their values
  }
  return "OK";
}

std::string Server::breakpoint(Scanner packet, bool insert) {
  auto kind = packet.takeHexNumber();
  auto address = packet.take(',') ? packet.takeHexNumber() : std::nullopt;
  auto size = packet.take(',') ? packet.takeHexNumber() : std::nullopt;
  if (!kind || !address || !size)
    return kBadPacket;
  constexpr uint64_t kHardware = 1, kFirstWatch = 2, kLastWatch = 4;
  if (*kind > kLastWatch)
    return "";
  if (*kind > kHardware) {
    WatchRange range{*address, *size, WatchKind(*kind - kFirstWatch)};
    bool done = insert ? target.insertWatchpoint(range, *focus()) : target.removeWatchpoint(range);
    return done ? "OK" : kNoMemory;
  }
  const Target::Place place{*address, *kind == kHardware};
  if (!insert)
    return target.removeBreakpoint(place) ? "OK" : kNoMemory;
  std::vector<std::unique_ptr<Condition>> conditions;
  packet.take(';');
  while (packet.take('X')) {
    auto length = packet.takeHexNumber();
    auto code = packet.take(',') && length ? fromHex(packet.takeSome(2 * *length)) : std::nullopt;
    auto condition = code && code->size() == *length ? Condition::parse(*code) : nullptr;
    if (!condition)
      return kBadPacket;
    conditions.push_back(std::move(condition));
    packet.take(';');
  }
  return target.insertBreakpoint(place, std::move(conditions)) ? "OK" : kNoMemory;
}

// vCont;action[:thread]...: the first action that names a thread, or all, is its own.
std::optional<std::string> Server::resume(Scanner packet) {
  std::vector<Resume> actions(target.coreCount(), Resume::Hold);
  std::vector<bool> given(actions.size());
  if (!packet.take(';') || packet.empty())
    return kBadPacket;
  while (!packet.empty()) {
    Scanner one(packet.takeUntil(';'));
    Resume action;
    if (one.take('c') || one.take('C'))
      action = Resume::Run;
    else if (one.take('s') || one.take('S'))
      action = Resume::Step;
    else
      return kBadPacket;
    one.takeHexNumber(); // a signal, which a kernel does not take
    std::optional<unsigned> thread = 0;
    if (one.take(':'))
      thread = takeThread(one);
    if (!thread || !one.empty() || *thread > actions.size())
      return kBadPacket;
    for (size_t i = *thread ? *thread - 1 : 0; i < (*thread ? *thread : actions.size()); ++i)
      if (!given[i]) {
        given[i] = true;
        actions[i] = action;
      }
  }
  expectsStop = true;
  target.resumeAll(actions);
  return std::nullopt;
}

std::optional<std::string> Server::resumeOld(char letter, Scanner packet) {
  const bool withSignal = letter == 'C' || letter == 'S', step = letter == 's' || letter == 'S';
  if (withSignal) { // a kernel takes no signals
    if (!packet.takeHexNumber())
      return kBadPacket;
    packet.take(';');
  }
  Core *core = stepThread ? target.coreOf(stepThread) : focus();
  if (!packet.empty()) {
    auto pc = packet.takeHexNumber();
    if (!pc || !packet.empty() || !target.setPc(*core, *pc))
      return kBadPacket;
  }
  std::vector<Resume> actions(target.coreCount(), step ? Resume::Hold : Resume::Run);
  if (step)
    for (unsigned thread : target.threads())
      if (target.coreOf(thread) == core)
        actions[thread - 1] = Resume::Step;
  expectsStop = true;
  target.resumeAll(actions);
  return std::nullopt;
}

} // namespace dlp::debug
