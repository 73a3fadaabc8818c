// Fault.cpp: a fault as the lines a user reads.
#include "simulator/Device.h"

#include <cinttypes>
#include <cstdio>

namespace dlp {
namespace {

const char *kindName(FaultKind kind) {
  switch (kind) {
  case FaultKind::IllegalInstruction:
    return "illegal instruction";
  case FaultKind::NullAccess:
    return "null pointer access";
  case FaultKind::OutOfBounds:
    return "access out of bounds";
  case FaultKind::UseAfterFree:
    return "use after free";
  case FaultKind::ReadOnly:
    return "write to read-only memory";
  case FaultKind::WrongSpace:
    return "wrong memory space";
  case FaultKind::Misaligned:
    return "misaligned access";
  case FaultKind::BadOperand:
    return "bad operand";
  case FaultKind::StackOverflow:
    return "stack overflow";
  case FaultKind::Deadlock:
    return "deadlock";
  case FaultKind::BarrierMismatch:
    return "barrier mismatch";
  case FaultKind::Assert:
    return "assertion failed";
  case FaultKind::Trap:
    return "trap";
  case FaultKind::InstructionLimit:
    return "instruction limit reached";
  case FaultKind::Interrupted:
    return "interrupted";
  case FaultKind::HostMemory:
    return "out of host memory";
  }
  return "fault";
}

std::string hex(uint64_t v) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%" PRIx64, v);
  return text;
}

} // namespace

std::string Fault::describe() const {
  constexpr uint32_t kMemoryCore = 0x80;
  std::string text = std::string("kernel fault: ") + kindName(kind) + "\n";
  auto line = [&](const char *label, const std::string &value) {
    char padded[24];
    std::snprintf(padded, sizeof padded, "  %-12s", label);
    text += padded + value + "\n";
  };
  line("what", message);
  for (const std::string &position : cores)
    line("core", position);
  if (kind == FaultKind::Interrupted) {
    line("kernel", kernel);
    return text;
  }
  if (sourceLine)
    line("where", sourceFile + ":" + std::to_string(sourceLine) +
                      (sourceColumn ? ":" + std::to_string(sourceColumn) : std::string()));
  if (!kernel.empty())
    line("kernel", kernel);
  line("task", std::to_string(task) + " on cluster " + std::to_string(cluster) + ", " +
                   (core == kMemoryCore ? "memory core" : "core " + std::to_string(core)));
  std::string at = "pc " + hex(pc);
  if (!queue.empty() && queue != "scalar")
    at += ", " + queue + " queue";
  line("instruction", instruction.empty() ? at : instruction + " (" + at + ")");
  if (size || address)
    line("memory", (space.empty() ? "" : space + " ") + hex(address) +
                       (size ? ", " + std::to_string(size) + (size == 1 ? " byte" : " bytes") : std::string()));
  if (!sourceLine)
    line("hint", "compile with -g to see the source line");
  return text;
}

} // namespace dlp
