// Monitor.cpp: "monitor <command>" of a debugger (lldb: process plugin packet monitor <command>).
#include "simulator/core/Launch.h"
#include "simulator/debug/Registers.h"
#include "simulator/debug/Server.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace dlp::debug {
namespace {

constexpr char kHelp[] =
    "cores              what every core does\n"
    "queues             copies that have issued and not happened\n"
    "barriers           who waits at barriers and for locks, and who is missing\n"
    "entry all          stop before each kernel\n"
    "entry <kernel>     stop before this kernel\n"
    "entry none         stop before no kernel\n"
    "end on | off       stop when all tasks of a kernel have ended\n"
    "idle on | off      stop when the last copy of a queue of a core has happened\n"
    "back <way>         the next 'continue' backwards goes by: instruction, into, over\n"
    "condition <pc> <code> | none   where the breakpoint there stops (agent expression, hexadecimal)\n"
    "evaluate <code>    the value of an agent expression on the core that stopped\n"
    "register <name>    its value on the core that other packets mean\n"
    "registers          their numbers in agent expressions\n"
    "why                what happened at this stop\n"
    "tables             the bytes of a table of WRAM: row r of a matrix lies in table r % 64, behind r / 64 others\n"
    "image              the file to read symbols from\n"
    "help               this text\n";

const char *stateName(CoreState state) {
  switch (state) {
  case CoreState::Idle:
    return "idle";
  case CoreState::Running:
    return "running";
  case CoreState::Waiting:
    return "waiting";
  case CoreState::Ended:
    return "ended";
  }
  return "";
}

std::string cores(Target &target) {
  std::string text;
  for (unsigned thread : target.threads()) {
    const Core &core = *target.coreOf(thread);
    text +=
        target.threadName(thread) + ": " + stateName(core.state) + " at " + target.currentLaunch()->placeOf(pcOf(core));
    if (core.state == CoreState::Waiting)
      text += " in " + core.waitsAt;
    text += (thread == target.lastStop().thread ? "  <- stopped here\n" : "\n");
  }
  return text;
}

std::string queues(Target &target) {
  std::string text;
  for (unsigned thread : target.threads()) {
    const Core &core = *target.coreOf(thread);
    for (Queue queue : {Queue::Io, Queue::Move})
      for (const Pending &pending : core.pendingOf(queue)) {
        text += target.threadName(thread) + ": " + queueName(queue) + ": ";
        if (!pending.insn) {
          text += "waits for the other queue\n";
          continue;
        }
        text += fullMnemonic(pending.insn->word.id, pending.insn->word.variant);
        unsigned i = 0;
        for (const OperandInfo &operand : pending.insn->info->operands) {
          char value[40];
          std::snprintf(value, sizeof value, "=0x%" PRIx64, pending.operands[i++]);
          text += std::string(" ") + std::string(operand.name) + value;
        }
        text += " (" + target.currentLaunch()->placeOf(pending.insn->pc) + ")\n";
      }
  }
  return text.empty() ? "no copy is pending\n" : text;
}

std::string list(Target &target, const std::vector<Core *> &cores) {
  std::string text;
  for (Core *core : cores)
    text += (text.empty() ? "" : ", ") + target.threadName(target.currentLaunch()->numberOf(*core));
  return text;
}

// Those of a cluster or of a union task that are no part of `here`, and what they do.
std::string missing(Target &target, const std::vector<Core *> &here, bool ofCluster) {
  std::string text;
  for (unsigned thread : target.threads()) {
    Core &core = *target.coreOf(thread);
    const bool concerned =
        ofCluster ? core.clusterIndex() == here[0]->clusterIndex() : core.task.unionIndex == here[0]->task.unionIndex;
    if (concerned && std::find(here.begin(), here.end(), &core) == here.end())
      text += "  not here: " + target.threadName(thread) + ", " + stateName(core.state) + " at " +
              target.currentLaunch()->placeOf(pcOf(core)) +
              (core.state == CoreState::Waiting ? " in " + core.waitsAt : "") + "\n";
  }
  return text;
}

std::string barriers(Target &target) {
  std::string text;
  const Launch::State state = target.currentLaunch()->save();
  for (const auto &[key, barrier] : state.barriers) {
    const BarrierKind kind = std::get<0>(key);
    text += barrier.waiting[0]->waitsAt + ": " + std::to_string(barrier.waiting.size()) + " of " +
            std::to_string(barrier.count) + " cores: " + list(target, barrier.waiting) + "\n" +
            missing(target, barrier.waiting,
                    kind == BarrierKind::Cluster || kind == BarrierKind::ClusterIpu || kind == BarrierKind::Local);
  }
  for (const auto &[key, half] : state.halves)
    if (!half.waiting.empty())
      text += half.waiting[0]->waitsAt + ": " + list(target, half.waiting) + "\n";
  for (const auto &[key, lock] : state.locks)
    text += "lock " + std::to_string(std::get<1>(key)) + ", " + std::to_string(std::get<2>(key)) + " of cluster " +
            std::to_string(std::get<0>(key)) + ": held by " +
            target.threadName(target.currentLaunch()->numberOf(*lock.owner)) +
            (lock.waiting.empty() ? std::string() : "; " + std::to_string(lock.waiting.size()) + " wait") + "\n";
  return text.empty() ? "no core waits\n" : text;
}

std::string registers() {
  std::string text;
  for (unsigned n = 0; n < registerCount(); ++n)
    text += registerName(n) + " " + std::to_string(n) + "\n";
  return text;
}

std::string valueOfRegister(const Core &core, std::string_view name) {
  for (unsigned n = 0; n < registerCount(); ++n)
    if (registerName(n) == name)
      return std::to_string(int64_t(readRegister(core, n).value_or(0))) + "\n";
  return "there is no such register\n";
}

std::unique_ptr<Condition> parseCode(std::string_view hex) {
  auto code = fromHex(hex);
  return code ? Condition::parse(*code) : nullptr;
}

} // namespace

// history <thread> <address> <bytes> <count in decimal>: a line for each write, its content first.
std::string Server::history(Scanner words) {
  auto thread = words.takeHexNumber();
  auto address = words.take(' ') ? words.takeHexNumber() : std::nullopt;
  auto bytes = words.take(' ') ? words.takeHexNumber() : std::nullopt;
  const size_t most = words.take(' ') ? size_t(std::atoi(std::string(words.takeRest()).c_str())) : 0;
  Core *core = thread ? target.coreOf(unsigned(*thread)) : nullptr;
  constexpr uint64_t kMostBytes = 64;
  if (!core || !address || !bytes || !*bytes || *bytes > kMostBytes || !most)
    return "expected 'history <thread> <address> <bytes, at most 40> <count>'\n";
  std::string text;
  for (const History::Touch &touch : target.lastWrites({*address, *bytes, WatchKind::Write}, *core, most))
    text += touch.bytes + " " + touch.who + "\n";
  return text.empty() ? "nothing in this kernel has written there\n" : text;
}

std::string Server::condition(Scanner words) {
  auto pc = words.takeHexNumber();
  if (!pc || !words.take(' '))
    return "expected 'condition <pc> <code>' with hexadecimal numbers\n";
  if (words.take("none")) {
    target.setCondition(*pc, nullptr);
    return "";
  }
  auto code = parseCode(words.takeRest());
  if (!code)
    return "this is no agent expression\n";
  target.setCondition(*pc, std::move(code));
  return "";
}

std::string Server::monitor(std::string_view command) {
  Scanner words(command);
  std::string_view first = words.takeUntil(' '), second = words.takeRest();
  if (first == "cores")
    return cores(target);
  if (first == "queues")
    return queues(target);
  if (first == "entry?") // the script's question: does the user want this stop?
    return target.lastStop().wanted ? "wanted\n" : "passing\n";
  if (first == "back") { // lldb can run back, but not step back
    wayBack = second == "into"   ? Target::Back::Line
              : second == "over" ? Target::Back::LineOver
                                 : Target::Back::Instruction;
    return "";
  }
  if (first == "barriers")
    return barriers(target);
  if (first == "history")
    return history(Scanner(second));
  if (first == "registers")
    return registers();
  if (first == "register")
    return valueOfRegister(*focus(), second);
  if (first == "condition")
    return condition(Scanner(second));
  if (first == "evaluate") {
    auto code = parseCode(second);
    auto value = code ? code->evaluate(*target.coreOf(target.lastStop().thread)) : std::nullopt;
    return value  ? std::to_string(int64_t(*value)) + "\n"
           : code ? "it cannot be computed here\n"
                  : "this is no agent expression\n";
  }
  if (first == "end" && (second == "on" || second == "off")) {
    target.stopAtEnd(second == "on");
    return second == "on" ? "kernels stop when all their tasks have ended\n" : "kernels end without a stop\n";
  }
  if (first == "idle" && (second == "on" || second == "off")) {
    target.stopAtIdle(second == "on");
    return second == "on" ? "cores stop when a queue of theirs has become idle\n"
                          : "queues become idle without a stop\n";
  }
  if (first == "why")
    return target.lastStop().text + "\n";
  if (first == "tables")
    return std::to_string(target.currentLaunch()->config().wramTableBytes()) + "\n";
  if (first == "image")
    return target.imageFile() + "\n";
  if (first == "help")
    return kHelp;
  if (first == "entry" && !second.empty()) {
    if (second == "all" || second == "none")
      target.stopAtEntry(second == "all");
    else
      target.stopAtEntry(std::string(second));
    return second == "none"  ? "kernels start without a stop\n"
           : second == "all" ? "every kernel stops before it starts\n"
                             : "kernel " + std::string(second) + " stops before it starts\n";
  }
  return "unknown command '" + std::string(command) + "'; these exist:\n" + kHelp;
}

} // namespace dlp::debug
