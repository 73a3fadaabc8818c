// DebugTurns.cpp: a round under a debugger. Turns begin and end where they would without it: a stop interrupts a turn,
// and what is left of it is taken afterwards.
#include "simulator/core/Debugger.h"
#include "simulator/core/Launch.h"

#include <algorithm>

namespace dlp {

// False when the core faulted.
bool Launch::debugTurn(Core &core, Turn &turn, int64_t left) {
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
    if (!success) {
      debugger->ranIntoFault(core, left);
      return false;
    }
    const int64_t before = left;
    left -= int64_t(piece.instructions);
    if (core.atBreakpoint) {
      debugger->ran(core, before, piece.instructions, true);
      debugger->reachedBreakpoint(core);
      continue;
    }
    if (resume == Resume::Step) {
      const bool jumped = core.op != first->next();
      over = (jumped && before <= 0) || core.endedBySharing(first);
      debugger->ran(core, before, piece.instructions, true);
      debugger->stepped(core);
    } else {
      debugger->ran(core, before, piece.instructions, false);
      over = true;
    }
  }
  if (turn.ran)
    debugger->turnOver(core);
  return true;
}

size_t Launch::debugTurns(std::vector<Turn> &turns, std::optional<Rewound> from) {
  const int64_t length = turnLength();
  size_t i = 0;
  if (from)
    for (; cores[i].get() != from->core; ++i)
      turns[i].ran = true; // before the moment to which time went back
  for (; i < cores.size(); ++i) {
    const int64_t left = from ? from->left : withinBound(length);
    from.reset();
    if (!debugTurn(*cores[i], turns[i], left) || !withinLimit(*cores[i], turns[i]))
      return i;
  }
  return cores.size();
}

} // namespace dlp
