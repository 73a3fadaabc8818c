// DebugHandlers.cpp: handlers of Debug.td: what a kernel says to the host, and how it ends.
#include "simulator/core/Launch.h"
#include "simulator/core/Printf.h"

#include <cstring>

namespace dlp {
namespace {

constexpr SpaceMask kText = kInNram | kInSram | kInLdram | kInGdram; // constants come with GDRAM
constexpr uint64_t kMaxText = 64 * 1024;

// A zero-terminated text of at most `limit` characters; byte by byte, because a memory may end behind it.
std::string readText(Exec &x, uint64_t address, uint64_t limit, const char *operand) {
  std::string text;
  while (text.size() < limit) {
    char c = char(*x.read(address + text.size(), 1, kText, operand));
    if (!c)
      break;
    text += c;
  }
  return text;
}

} // namespace

uint64_t execPrint(Exec &x, const PrintOps &ops, Variant) {
  constexpr uint64_t kMaxArguments = 256;
  if (ops.n > kMaxArguments)
    x.badOperand("n", int64_t(ops.n), "at most 256 arguments");
  std::string format = readText(x, ops.format, kMaxText, "format");
  std::vector<uint64_t> words(ops.n);
  if (ops.n)
    std::memcpy(words.data(), x.read(ops.args, 8 * ops.n, kText, "args"), 8 * ops.n);
  std::string text;
  auto readString = [&](uint64_t address, uint64_t limit) {
    return address ? readText(x, address, limit, "a %s argument") : std::string("(null)");
  };
  if (!formatDevice(format, words, readString, text))
    x.fault(FaultKind::BadOperand, "__bang_printf: " + text);
  coreOf(x).launch->print(coreOf(x), text);
  return text.size();
}

uint64_t execAssertFail(Exec &x, const AssertFailOps &ops, Variant) {
  auto text = [&](uint64_t address, const char *operand) {
    return address ? readText(x, address, kMaxText, operand) : std::string("?");
  };
  throw FaultException{FaultKind::Assert, "assertion failed: " + text(ops.expr, "expr") + ", in " +
                                              text(ops.func, "func") + " at " + text(ops.file, "file") + ":" +
                                              std::to_string(uint32_t(ops.line))};
}

uint64_t execTrap(Exec &, const TrapOps &ops, Variant) {
  throw FaultException{FaultKind::Trap, "the kernel stopped itself with code " + std::to_string(int64_t(ops.code))};
}

uint64_t execExit(Exec &x, const ExitOps &, Variant) {
  coreOf(x).endTask();
  return 0;
}

} // namespace dlp
