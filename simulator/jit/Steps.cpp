// Steps.cpp: the interpreter's functions once more, as steps of translated code.
//
// This file becomes LLVM bitcode, not machine code: Translate.cpp inlines its functions. They work on a copy of the
// core whose registers end up in registers of the host. A step says how it ended; what the interpreter would do in an
// unusual case, translated code leaves to the interpreter.
#define OPENBANG_SIMULATOR_CORE_INTERP_H // its macros mean something else here
#include "simulator/core/Core.h"
#include "simulator/jit/Outcome.h"

#define DLP_OP(ID)                                                                                                     \
  extern "C" uint32_t step##ID([[maybe_unused]] Core &core, const Op *op, [[maybe_unused]] int64_t budget)
#define DLP_UNUSUAL(NAME)                                                                                              \
  [[maybe_unused]] static uint32_t NAME(Core &core, const Op *op, [[maybe_unused]] int64_t budget)
#define DLP_NEXT() return uint32_t(jit::Outcome::Next)
#define DLP_JUMP(target) return uint32_t(jit::Outcome::Jump)
#define DLP_OTHERWISE(function) return uint32_t(jit::Outcome::Unusual)

#include "simulator/core/InterpFloat.cpp"
#include "simulator/core/InterpInteger.cpp"
#include "simulator/core/InterpMemory.cpp"

namespace dlp {

// What steps read of a core, into its copy.
extern "C" void stepsEnter(Core &copy, const Core &core) {
  for (unsigned i = 0; i < 32; ++i) {
    copy.x[i] = core.x[i];
    copy.f[i] = core.f[i];
  }
  copy.x[0] = 0;
  copy.view.takeWindowsOf(core.view);
  copy.roundMode = core.roundMode;
  copy.stackLimit = core.stackLimit;
}
extern "C" void stepsLeaveX(Core &core, const Core &copy, uint64_t index) { core.x[index] = copy.x[index]; }
extern "C" void stepsLeaveF(Core &core, const Core &copy, uint64_t index) { core.f[index] = copy.f[index]; }
extern "C" void stepsLink(Core &copy, uint64_t index, uint64_t pc) { copy.x[index] = pc; }
extern "C" uint64_t stepsReturnAddress(const Core &copy) { return copy.x[1] & ~uint64_t{1}; }
extern "C" void stepsCount(Core &core, const BlockEntry *entry) { countBlock(*core.blocks, *entry); }
extern "C" void stepsEndTurn(Core &core, const Op *op, int64_t budgetLeft) {
  core.op = op;
  core.budgetLeft = budgetLeft;
}

} // namespace dlp
