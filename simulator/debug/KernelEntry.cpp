// KernelEntry.cpp: wrappers from the image's symbols, prologues from its line table.
#include "simulator/debug/KernelEntry.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <string_view>

namespace dlp::debug {
namespace {

constexpr unsigned kMostSteps = 100000; // the wrapper copies parameters, 64 KB of them at most
constexpr std::string_view kWrapper = "__bang_entry.";

template <typename T> bool readAt(std::span<const uint8_t> elf, uint64_t offset, T &value) {
  if (offset > elf.size() || elf.size() - offset < sizeof value)
    return false;
  std::memcpy(&value, elf.data() + offset, sizeof value);
  return true;
}

std::string_view nameAt(std::span<const uint8_t> elf, uint64_t offset) {
  const size_t end = offset < elf.size() ? std::find(elf.begin() + offset, elf.end(), 0) - elf.begin() : 0;
  return offset < end ? std::string_view(reinterpret_cast<const char *>(elf.data()) + offset, end - offset) : "";
}

// Calls fn(symbol, name) for each function.
template <typename Fn> void forEachFunction(std::span<const uint8_t> elf, Fn fn) {
  Elf64_Ehdr header;
  if (!readAt(elf, 0, header))
    return;
  for (unsigned i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr table, names;
    if (!readAt(elf, header.e_shoff + uint64_t(i) * header.e_shentsize, table) || table.sh_type != SHT_SYMTAB ||
        !readAt(elf, header.e_shoff + uint64_t(table.sh_link) * header.e_shentsize, names))
      continue;
    Elf64_Sym symbol;
    for (uint64_t at = 0; at < table.sh_size && readAt(elf, table.sh_offset + at, symbol); at += sizeof symbol)
      if (ELF64_ST_TYPE(symbol.st_info) == STT_FUNC)
        fn(symbol, nameAt(elf, names.sh_offset + symbol.st_name));
  }
}

} // namespace

void KernelEntry::begin(Launch &newLaunch) {
  launch = &newLaunch;
  last = nullptr;
  steps = 0;
  const uint64_t entry = launch->runningKernel().entry;
  const std::span<const uint8_t> elf = launch->runningProgram().elfBytes();
  wrapperEnd = entry;
  kernel = 0;
  std::string_view name;
  forEachFunction(elf, [&](const Elf64_Sym &symbol, std::string_view function) {
    if (symbol.st_value == entry && function.starts_with(kWrapper)) {
      wrapperEnd = entry + symbol.st_size;
      name = function.substr(kWrapper.size());
    }
  });
  forEachFunction(elf, [&](const Elf64_Sym &symbol, std::string_view function) {
    if (symbol.st_size && !name.empty() && function == name)
      kernel = symbol.st_value;
  });
  // Inlined, and without debug information: the wrapper is all there is to see.
  uint64_t pc = entry;
  while (!kernel && pc < wrapperEnd && !launch->lineOf(pc).line)
    pc += 2;
  if (pc >= wrapperEnd)
    wrapperEnd = entry;
}

bool KernelEntry::inWrapper(uint64_t pc) const {
  return pc >= launch->runningKernel().entry && pc < wrapperEnd && !launch->lineOf(pc).line;
}

bool KernelEntry::arrived(Core &core) {
  Program &program = *core.program;
  const uint64_t entry = launch->runningKernel().entry;
  if (wrapperEnd == entry || ++steps > kMostSteps)
    return true;
  program.ensureDecoded(core.op);
  if (last) {
    // Optimised code may jump away before another line begins.
    const bool jumped = core.op != expected;
    expected = core.op->next();
    return core.op == last || jumped;
  }
  const uint64_t pc = program.pcOf(core.op);
  const bool within = pc >= entry && pc < wrapperEnd;
  // The wrapper calls functions that copy parameters.
  if (inWrapper(pc) || (!within && (kernel ? pc != kernel : !launch->lineOf(pc).line)))
    return false;
  // The kernel's first instruction. The prologue ends where the line table names another place. Cores stop in front of
  // its end, so that a breakpoint on the first line is still ahead; emitted code has stored all parameters by then.
  const SourceLine opening = launch->lineOf(pc);
  last = core.op;
  expected = core.op->next();
  for (const Op *op = core.op; opening.line;) {
    program.ensureDecoded(op);
    const Op *next = op->next();
    if (!program.opAt(program.pcOf(next)))
      break;
    const SourceLine place = launch->lineOf(program.pcOf(next));
    if (place.line != opening.line || place.column != opening.column) {
      last = op;
      break;
    }
    op = next;
  }
  return core.op == last;
}

} // namespace dlp::debug
