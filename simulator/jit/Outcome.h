// Outcome.h: how a step of translated code ends.
#ifndef OPENBANG_SIMULATOR_JIT_OUTCOME_H
#define OPENBANG_SIMULATOR_JIT_OUTCOME_H

#include <cstdint>

namespace dlp::jit {

enum class Outcome : uint32_t {
  Next,    // the next instruction follows
  Jump,    // the branch is taken
  Unusual, // nothing was done; the interpreter has to run the instruction
};

} // namespace dlp::jit

#endif // OPENBANG_SIMULATOR_JIT_OUTCOME_H
