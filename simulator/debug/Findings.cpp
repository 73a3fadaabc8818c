// Findings.cpp: calls on their way to the checks, without the tags of addresses, and the stop behind an instruction.
#include "simulator/debug/Findings.h"

#include "simulator/check/Context.h"

#include <utility>

namespace dlp::debug {

void Findings::found(const std::string &sentence, uint64_t pc, const std::string &where) {
  if (claimed || unclaimed)
    return; // of several at once the first is shown; all are in the report
  if (!current) {
    unclaimed = {sentence + ", at " + where, 0};
    return;
  }
  const uint64_t here = current->program->pcOf(current->op);
  claimed = {pc == here ? sentence : sentence + ", at " + where, here};
  by = current;
  patched = current->op->next();
  current->program->patch(patched);
}

std::optional<Findings::Found> Findings::take(Core &core) {
  if (claimed && by == &core) {
    core.program->unpatch(patched);
    return std::exchange(claimed, std::nullopt);
  }
  return std::exchange(unclaimed, std::nullopt);
}

void Findings::forget() {
  if (claimed)
    by->program->unpatch(patched);
  claimed.reset();
  unclaimed.reset();
}

// Under a debugger addresses carry the tags of their cores (codegen/isa/CoreTags.h), which the checks do not know.
template <class Tell> void Findings::during(Core &core, const Instruction &instruction, Tell tell) {
  uint64_t operands[kMaxOperands];
  unsigned count = 0;
  for (const OperandInfo &operand : instruction.insn.info->operands) {
    const uint64_t value = instruction.operands[count];
    operands[count++] =
        operand.kind == OperandKind::Value || operand.kind == OperandKind::Result ? value : core.view.withoutTag(value);
  }
  current = &core;
  tell(Instruction{instruction.insn, operands, instruction.queue});
  current = nullptr;
}

void Findings::scalar(Core &core, uint64_t address, uint64_t bytes, bool write) {
  watch->scalar(core, address, bytes, write);
  if (check::Context::isStack(core, address))
    return; // seen for watchpoints only
  current = &core;
  checks->scalar(core, address, bytes, write);
  current = nullptr;
}

void Findings::issues(Core &core, const Instruction &instruction) {
  during(core, instruction, [&](const Instruction &plain) { checks->issues(core, plain); });
}

void Findings::announces(Core &core, const Instruction &instruction, const MemoryPiece &piece) {
  MemoryPiece plain = piece;
  plain.address = core.view.withoutTag(piece.address);
  during(core, instruction, [&](const Instruction &one) { checks->announces(core, one, plain); });
}

void Findings::skips(Core &core, const Instruction &instruction) {
  during(core, instruction, [&](const Instruction &plain) { checks->skips(core, plain); });
}

void Findings::begins(Core &core, const Instruction &instruction) {
  during(core, instruction, [&](const Instruction &plain) { checks->begins(core, plain); });
}

void Findings::accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) {
  watch->accesses(core, instruction, piece);
  MemoryPiece plain = piece;
  plain.address = core.view.withoutTag(piece.address);
  during(core, instruction, [&](const Instruction &one) { checks->accesses(core, one, plain); });
}

void Findings::ends(Core &core, const Instruction &instruction) {
  watch->ends(core, instruction);
  during(core, instruction, [&](const Instruction &plain) { checks->ends(core, plain); });
}

} // namespace dlp::debug
