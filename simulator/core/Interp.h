// Interp.h: how the functions that run one scalar instruction are written (Interp*.cpp).
//
// Each ends by calling the function of the next instruction as a tail call, so that the interpreter is a chain of
// jumps. `budget` counts down; only control transfers look at it and end the turn.
//
// simulator/jit/Steps.cpp gives these macros another meaning and compiles the same files again, for translated code.
#ifndef OPENBANG_SIMULATOR_CORE_INTERP_H
#define OPENBANG_SIMULATOR_CORE_INTERP_H

#include "simulator/core/Core.h"

#define DLP_OP(ID) void op##ID([[maybe_unused]] Core &core, const Op *op, int64_t budget)
// A function for the unusual case of an instruction, called through DLP_OTHERWISE only.
#define DLP_UNUSUAL(NAME) static void NAME(Core &core, const Op *op, int64_t budget)

// Goes on to `next`.
#define DLP_GO(next)                                                                                                   \
  do {                                                                                                                 \
    const Op *to = (next);                                                                                             \
    [[clang::musttail]] return to->run(core, to, budget - 1);                                                          \
  } while (0)

// The instruction behind one of 2, 4 or 8 bytes.
#define DLP_NEXT() DLP_GO(op->next())

// Leaves the work to another function, which goes on itself.
#define DLP_OTHERWISE(function)                                                                                        \
  do {                                                                                                                 \
    [[clang::musttail]] return function(core, op, budget);                                                             \
  } while (0)

// Goes on to `target`, an Op, or ends the turn there.
#define DLP_JUMP(target)                                                                                               \
  do {                                                                                                                 \
    const Op *to = (target);                                                                                           \
    if (budget <= 0) [[unlikely]] {                                                                                    \
      core.op = to;                                                                                                    \
      core.budgetLeft = budget - 1;                                                                                    \
      return;                                                                                                          \
    }                                                                                                                  \
    [[clang::musttail]] return to->run(core, to, budget - 1);                                                          \
  } while (0)

namespace dlp {

#define DLP_SCALAR(ID, NAME, MATCH, MASK, FORMAT) OpFunction op##ID;
#define DLP_FLOAT(ID, NAME, MATCH, MASK, FORMAT) OpFunction op##ID##_S, op##ID##_D, op##ID##_H;
#include "simulator/core/ScalarOps.inc"
#undef DLP_SCALAR
#undef DLP_FLOAT

// Stores relative to sp that check the end of the stack.
OpFunction opSB_SP, opSH_SP, opSW_SP, opSD_SP, opFSH_SP, opFSW_SP, opFSD_SP;

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_INTERP_H
