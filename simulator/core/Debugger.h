// Debugger.h: what a debugger is asked during a launch. The core knows no more of debuggers than this.
//
// A debugger is attached to a Device. Without one nothing is asked: breakpoints are patched into the decoded program,
// so the interpreter never looks for them. With one, rounds are taken on one host thread.
#ifndef OPENBANG_SIMULATOR_CORE_DEBUGGER_H
#define OPENBANG_SIMULATOR_CORE_DEBUGGER_H

#include "simulator/Device.h"

#include <cstdint>

namespace dlp {

class Core;
class Launch;

// Thrown by a Debugger: it has put the launch back to an earlier moment, in the middle of a turn of this core.
struct Rewound {
  Core *core;
  int64_t left; // of the turn
};

// What a core may do with its next turn.
enum class Resume : uint8_t { Hold, Step, Run };

class Debugger {
public:
  virtual ~Debugger() = default;

  // The first tasks are on their cores and nothing has run. Calls of this class may take as long as the user thinks.
  virtual void launchBegins(Launch &launch) = 0;
  virtual void launchEnds(Launch &launch) = 0;

  // Every task has ended; nothing follows but launchEnds().
  virtual void tasksOver() {}

  // Tasks are handed out and a round of turns begins.
  virtual void roundBegins() {}
  // A core ran `instructions` of a turn of which `left` were left; `cut`: it stopped before the turn was over. With a
  // fault nobody has counted them.
  virtual void ran(Core &core, int64_t left, uint64_t instructions, bool cut) {}
  virtual void ranIntoFault(Core &core, int64_t left) {}

  // Asked before each turn of a core that could run.
  virtual Resume resume(Core &core) = 0;
  // The core came to a breakpoint: core.op has not run.
  virtual void reachedBreakpoint(Core &core) = 0;
  // The core did the one instruction of a step; it may wait at a barrier now, or its task may have ended.
  virtual void stepped(Core &core) = 0;
  // A turn of the core is over, for whatever reason.
  virtual void turnOver(Core &core) = 0;
  // The fault ends the launch when this returns. Registers and memories are as the faulting instruction found them.
  virtual void faulted(Core &core, const Fault &fault) = 0;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_DEBUGGER_H
