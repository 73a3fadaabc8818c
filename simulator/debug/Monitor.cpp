// Monitor.cpp: "monitor <command>" of a debugger (lldb: process plugin packet monitor <command>).
#include "simulator/core/Launch.h"
#include "simulator/debug/Registers.h"
#include "simulator/debug/Server.h"

#include <cinttypes>
#include <cstdio>

namespace dlp::debug {
namespace {

constexpr char kHelp[] = "cores            what every core does\n"
                         "queues           copies that have issued and not happened\n"
                         "entry all        stop before each kernel\n"
                         "entry <kernel>   stop before this kernel\n"
                         "entry none       stop before no kernel\n"
                         "back <way>       the next 'continue' backwards goes by: instruction, into, over\n"
                         "why              what happened at this stop\n"
                         "image            the file to read symbols from\n"
                         "help             this text\n";

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

} // namespace

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
  if (first == "why")
    return target.lastStop().text + "\n";
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
