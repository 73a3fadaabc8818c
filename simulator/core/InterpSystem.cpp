// InterpSystem.cpp: control registers, Xdlp instructions, code that must not run, and the table of all functions.
#include "simulator/core/Interp.h"

namespace dlp {
namespace {

constexpr uint32_t kCsrFflags = 1, kCsrFrm = 2, kCsrFcsr = 3;
constexpr uint32_t kCsrCycle = 0xc00, kCsrTime = 0xc01, kCsrInstret = 0xc02;

[[noreturn]] void illegal(Core &core, const Op *op, const std::string &what) {
  core.op = op;
  throw FaultException{FaultKind::IllegalInstruction, what};
}

uint64_t readCsr(Core &core, const Op *op, int64_t budget) {
  switch (uint32_t csr = uint32_t(op->imm)) {
  case kCsrFflags:
    core.harvestHostFlags();
    return core.floatFlags;
  case kCsrFrm:
    return core.roundMode;
  case kCsrFcsr:
    core.harvestHostFlags();
    return core.floatFlags | unsigned(core.roundMode) << 5;
  case kCsrCycle: // one instruction a cycle
  case kCsrTime:
  case kCsrInstret:
    return core.instructionsSoFar(budget);
  default: {
    bool known = false;
    uint64_t value = core.readSpecial(csr, known);
    if (!known)
      illegal(core, op, "an instruction reads special register " + std::to_string(csr) + ", which does not exist");
    return value;
  }
  }
}

void writeCsr(Core &core, const Op *op, uint64_t value) {
  core.harvestHostFlags();
  switch (op->imm) {
  case kCsrFflags:
    core.floatFlags = value & 31;
    return;
  case kCsrFrm:
    core.roundMode = value & 7;
    return;
  case kCsrFcsr:
    core.floatFlags = value & 31;
    core.roundMode = value >> 5 & 7;
    return;
  default:
    illegal(core, op, "an instruction writes special register " + std::to_string(op->imm) + ", which is read-only");
  }
}

// `update` computes the new value from the old one; `writes` is false where the instruction only reads.
template <typename Update>
void accessCsr(Core &core, const Op *op, int64_t budget, bool reads, bool writes, Update update) {
  uint64_t old = reads ? readCsr(core, op, budget) : 0;
  if (writes)
    writeCsr(core, op, update(old));
  core.x[op->rd] = old;
}

} // namespace

#define DLP_CSR(ID, OPERAND, READS, WRITES, NEW)                                                                       \
  DLP_OP(ID) {                                                                                                         \
    uint64_t operand = OPERAND;                                                                                        \
    accessCsr(core, op, budget, READS, WRITES, [=]([[maybe_unused]] uint64_t old) { return NEW; });                    \
    DLP_NEXT();                                                                                                        \
  }
DLP_CSR(CSRRW, core.x[op->rs1], op->rd != 32, true, operand)
DLP_CSR(CSRRS, core.x[op->rs1], true, op->rs1 != 0, old | operand)
DLP_CSR(CSRRC, core.x[op->rs1], true, op->rs1 != 0, old & ~operand)
DLP_CSR(CSRRWI, op->rs1, op->rd != 32, true, operand)
DLP_CSR(CSRRSI, op->rs1, true, op->rs1 != 0, old | operand)
DLP_CSR(CSRRCI, op->rs1, true, op->rs1 != 0, old & ~operand)

// Cores take turns, so memory is always in order.
DLP_OP(FENCE) { DLP_NEXT(); }
DLP_OP(FENCE_I) { DLP_NEXT(); }

DLP_OP(ECALL) { illegal(core, op, "an operating system call; a kernel has none"); }
DLP_OP(EBREAK) {
  core.op = op;
  throw FaultException{FaultKind::Trap, "the kernel ran into a breakpoint instruction"};
}

void opUnimp(Core &core, const Op *op, int64_t) {
  core.op = op;
  throw FaultException{FaultKind::Trap, "the kernel reached code that must never run: __builtin_trap, or the end of a "
                                        "function that returns no value"};
}

void opIllegal(Core &core, const Op *op, int64_t) { illegal(core, op, "these bytes are no instruction"); }

void opDecode(Core &core, const Op *op, int64_t budget) {
  core.view.enterShared();
  core.program->decodeOp(op);
  [[clang::musttail]] return op->run(core, op, budget);
}

void opXdlp(Core &core, const Op *op, int64_t budget) {
  core.op = op;
  core.budgetLeft = budget;
  core.view.sharedTouched = false;
  core.issue(core.program->xdlp(op));
  // A turn ends with an instruction that touched shared memory: the next core's access need not wait for what follows.
  if (core.state != CoreState::Running || core.view.sharedTouched) {
    core.op = op->next();
    core.budgetLeft = budget - 1;
    return;
  }
  DLP_NEXT();
}

void opBreakpoint(Core &core, const Op *op, int64_t budget) {
  core.op = op;
  core.budgetLeft = budget;
  if (!core.program->stops(core, op)) {
    OpFunction *run = core.program->runOf(op);
    [[clang::musttail]] return run(core, op, budget);
  }
  core.atBreakpoint = true;
}

OpFunction *runFunction(ScalarId id) {
  static constexpr OpFunction *table[] = {
#define DLP_SCALAR(ID, NAME, MATCH, MASK, FORMAT) op##ID,
#define DLP_FLOAT(ID, NAME, MATCH, MASK, FORMAT) op##ID##_S, op##ID##_D, op##ID##_H,
#include "simulator/core/ScalarOps.inc"
#undef DLP_SCALAR
#undef DLP_FLOAT
  };
  return table[unsigned(id)];
}

OpFunction *stackStoreFunction(ScalarId id) {
  switch (id) {
  case ScalarId::SB:
    return opSB_SP;
  case ScalarId::SH:
    return opSH_SP;
  case ScalarId::SW:
    return opSW_SP;
  case ScalarId::SD:
    return opSD_SP;
  case ScalarId::FSH:
    return opFSH_SP;
  case ScalarId::FSW:
    return opFSW_SP;
  case ScalarId::FSD:
    return opFSD_SP;
  default:
    return runFunction(id);
  }
}

} // namespace dlp
