// Condition.h: conditions of breakpoints, evaluated here and not by the debugger: millions in a second.
//
// The code is that of gdb's agent expressions ("The Agent Expression Mechanism" of its manual), with instructions of
// ours from 0x80 on for floating point, which gdb's lack. `bang break` compiles to it
// (frontend/bang/debugger/bang_condition.py).
#ifndef OPENBANG_SIMULATOR_DEBUG_CONDITION_H
#define OPENBANG_SIMULATOR_DEBUG_CONDITION_H

#include "simulator/core/Program.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace dlp::debug {

class Condition final : public StopCondition {
public:
  // Null when the bytes are no code.
  static std::unique_ptr<Condition> parse(std::string_view code);

  // Nothing where it cannot be computed: memory that does not exist, a division by zero, a loop without end.
  std::optional<uint64_t> evaluate(Core &core) const;
  // A core stops too where the condition cannot be computed.
  bool holds(Core &core) override { return evaluate(core).value_or(1) != 0; }

private:
  struct Step {
    uint8_t code;
    uint64_t value; // of a constant; bits; a register; where to go on
  };
  std::vector<Step> steps;
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_CONDITION_H
