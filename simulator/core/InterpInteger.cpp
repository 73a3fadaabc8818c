// InterpInteger.cpp: integer arithmetic and control transfers: RV64IM, Zba, Zbb, Zbs, Zicond.
#include "simulator/core/Interp.h"
#include "simulator/core/Steps.h"

namespace dlp {
namespace {

[[noreturn]] void leaveCode(Core &core, const Op *op, uint64_t target) {
  core.op = op;
  char text[96];
  snprintf(text, sizeof text, "a jump to 0x%llx, which is no code; a function pointer or return address is damaged",
           static_cast<unsigned long long>(target));
  throw FaultException{FaultKind::IllegalInstruction, text, CoreView::spaceOf(target), target, 0};
}

} // namespace

#define DLP_VALUE(ID, VALUE)                                                                                           \
  DLP_OP(ID) {                                                                                                         \
    core.x[op->rd] = steps::ID::value(core.x[op->rs1], core.x[op->rs2], uint64_t(op->imm));                            \
    DLP_NEXT();                                                                                                        \
  }
// Branch offsets are even; an odd one marks a target outside the code (Program::decodeOp).
#define DLP_CONDITION(ID, TAKEN)                                                                                       \
  DLP_OP(ID) {                                                                                                         \
    if (steps::ID::taken(core.x[op->rs1], core.x[op->rs2])) {                                                          \
      if (op->imm & 1) [[unlikely]]                                                                                    \
        leaveCode(core, op, core.program->pcOf(op) + uint64_t(op->imm & ~int64_t{1}));                                 \
      DLP_JUMP(op + (op->imm >> 1));                                                                                   \
    }                                                                                                                  \
    DLP_NEXT();                                                                                                        \
  }
#include "simulator/core/IntegerSteps.inc"

DLP_OP(JAL) {
  uint64_t pc = core.program->pcOf(op);
  if (op->imm & 1) [[unlikely]]
    leaveCode(core, op, pc + uint64_t(op->imm & ~int64_t{1}));
  core.x[op->rd] = pc + op->length();
  DLP_JUMP(op + (op->imm >> 1));
}

DLP_OP(JALR) {
  uint64_t target = (core.x[op->rs1] + uint64_t(op->imm)) & ~uint64_t{1};
  const Op *next = core.program->opAt(target);
  if (!next) [[unlikely]]
    leaveCode(core, op, target);
  core.x[op->rd] = core.program->pcOf(op) + op->length();
  DLP_JUMP(next);
}

} // namespace dlp
