// DebugTurns.cpp: a round under a debugger. Turns begin and end where they would without it: a stop interrupts a turn,
// and what is left of it is taken afterwards.
#include "simulator/core/Debugger.h"
#include "simulator/core/Launch.h"

#include <algorithm>

namespace dlp {

// False when the core faulted.
bool Launch::debugTurn(Core &core, Turn &turn) {
  int64_t left = int64_t(std::min<uint64_t>(kTurn, maxInstructions - instructions));
  bool over = false;
  while (core.state == CoreState::Running && !over) {
    const Resume resume = debugger->resume(core);
    if (resume == Resume::Hold)
      return true;
    const Op *first = core.op;
    Turn piece;
    bool success = takeTurn(core, resume == Resume::Step ? kStepOnly : left, piece);
    turn.ran = true;
    turn.instructions += piece.instructions;
    turn.fault = piece.fault;
    instructions += piece.instructions;
    if (!success)
      return false;
    if (core.atBreakpoint) {
      left -= int64_t(piece.instructions);
      debugger->reachedBreakpoint(core);
      continue;
    }
    if (resume == Resume::Step) {
      const bool jumped = core.op != first->next();
      over = (jumped && left <= 0) || core.endedBySharing(first);
      left -= int64_t(piece.instructions);
      debugger->stepped(core);
    } else {
      over = true;
    }
  }
  if (turn.ran)
    debugger->turnOver(core);
  return true;
}

size_t Launch::debugTurns(std::vector<Turn> &turns) {
  for (size_t i = 0; i < cores.size(); ++i)
    if (!debugTurn(*cores[i], turns[i]) || !withinLimit(*cores[i], turns[i]))
      return i;
  return cores.size();
}

} // namespace dlp
