// KernelEntry.cpp: wrappers from the image's symbols, prologues from its line table.
#include "simulator/debug/KernelEntry.h"

#include <cstring>
#include <elf.h>
#include <string_view>

namespace dlp::debug {
namespace {

constexpr unsigned kMostSteps = 2000;
constexpr std::string_view kWrapper = "__bang_entry.";

template <typename T> bool readAt(std::span<const uint8_t> elf, uint64_t offset, T &value) {
  if (offset > elf.size() || elf.size() - offset < sizeof value)
    return false;
  std::memcpy(&value, elf.data() + offset, sizeof value);
  return true;
}

// The end of the wrapper that begins at `address`; `address` itself when the function there is none.
uint64_t endOfWrapper(std::span<const uint8_t> elf, uint64_t address) {
  Elf64_Ehdr header;
  if (!readAt(elf, 0, header))
    return address;
  for (unsigned i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr table, names;
    if (!readAt(elf, header.e_shoff + uint64_t(i) * header.e_shentsize, table) || table.sh_type != SHT_SYMTAB ||
        !readAt(elf, header.e_shoff + uint64_t(table.sh_link) * header.e_shentsize, names))
      continue;
    Elf64_Sym symbol;
    for (uint64_t at = 0; at < table.sh_size && readAt(elf, table.sh_offset + at, symbol); at += sizeof symbol) {
      const uint64_t name = names.sh_offset + symbol.st_name;
      if (symbol.st_value == address && ELF64_ST_TYPE(symbol.st_info) == STT_FUNC &&
          name + kWrapper.size() < elf.size() && !std::memcmp(elf.data() + name, kWrapper.data(), kWrapper.size()))
        return address + symbol.st_size;
    }
  }
  return address;
}

} // namespace

void KernelEntry::begin(Launch &newLaunch) {
  launch = &newLaunch;
  last = nullptr;
  steps = 0;
  wrapperEnd = endOfWrapper(launch->runningProgram().elfBytes(), launch->runningKernel().entry);
}

bool KernelEntry::inWrapper(uint64_t pc) const {
  return pc >= launch->runningKernel().entry && pc < wrapperEnd && !launch->lineOf(pc).line;
}

bool KernelEntry::arrived(Core &core) {
  Program &program = *core.program;
  if (wrapperEnd == launch->runningKernel().entry || ++steps > kMostSteps)
    return true;
  if (last) {
    // Optimised code may jump away before another line begins.
    const bool jumped = core.op != expected;
    expected = core.op->next();
    return core.op == last || jumped;
  }
  const uint64_t pc = program.pcOf(core.op);
  if (inWrapper(pc))
    return false;
  // The kernel's first instruction: the prologue ends where the line table names another place.
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
