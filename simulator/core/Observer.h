// Observer.h: what tools beside the simulator (checkers, traces, profilers) are told about a run.
//
// An observer is attached to a Device and only listens: no call changes a result, an order or a cycle. Without one,
// each place that would tell it something tests one pointer. Scalar accesses are the exception: they run through
// windows that know no observer, so with one attached the windows shrink to the stack, and every other access is told.
#ifndef OPENBANG_SIMULATOR_CORE_OBSERVER_H
#define OPENBANG_SIMULATOR_CORE_OBSERVER_H

#include "simulator/Device.h"

#include <cstdint>
#include <span>

namespace dlp {

class Core;
class Launch;
struct XdlpInsn;
enum class Queue : uint8_t;

// An Xdlp instruction with the operands it took when it issued.
struct Instruction {
  const XdlpInsn &insn;
  const uint64_t *operands;
  Queue queue; // None: compute, scalar or sync
};

// One contiguous piece of memory that an instruction touches.
struct MemoryPiece {
  uint64_t address, bytes;
  bool write;
  const char *operand;         // the row's name of it
  uint64_t clusterOfUnion = 0; // with `remote`: whose SRAM
  bool remote = false;
};

class Observer {
public:
  virtual ~Observer() = default;

  // The host.
  virtual void allocated(uint64_t base, uint64_t bytes) {}
  virtual void released(uint64_t base, uint64_t bytes) {}
  virtual void hostWrote(uint64_t address, uint64_t bytes) {}
  virtual void hostRead(uint64_t address, uint64_t bytes) {}
  virtual void hostCopied(uint64_t dst, uint64_t src, uint64_t bytes) {}

  // True for an observer of costs: it counts blocks (Blocks.h), wants no announcements, and no loads and stores of
  // NRAM. Turns may overlap on several threads then: each call is about its own core and its queues, and those of one
  // core come in their order; barriers and locks come in the order of turns.
  virtual bool onlyCounts() const { return false; }

  virtual void launchBegins(Launch &launch) {}
  // Every core has taken a turn; nothing runs.
  virtual void roundEnds(Launch &launch) {}
  virtual void launchEnds(Launch &launch, const Fault *fault) {}
  virtual void taskBegins(Core &core) {}
  virtual void taskEnds(Core &core) {}

  // A load or store of the scalar unit; those of the stack only where the observer wants them.
  virtual bool watchesStack() const { return false; }
  virtual void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) {}

  // An instruction issues. One that waits in a queue then announces each piece it is going to touch.
  virtual void issues(Core &core, const Instruction &instruction) {}
  virtual void announces(Core &core, const Instruction &instruction, const MemoryPiece &piece) {}
  // This core leaves an instruction out: it has no engine or no memory for it.
  virtual void skips(Core &core, const Instruction &instruction) {}
  // It executes: at once, or when its queue drains. `accesses` comes before the machine looks at the address.
  virtual void begins(Core &core, const Instruction &instruction) {}
  virtual void accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) {}
  virtual void ends(Core &core, const Instruction &instruction) {}

  // How many orders of its copies each launch is to be run in; the extra runs are not observed. What came out.
  virtual unsigned ordersWanted() const { return 0; }
  virtual void ordersCompared(const OrderResult &result) {}

  // The last core arrived at a barrier; all of them go on.
  virtual void meet(std::span<Core *const> cores) {}
  // A barrier in halves: a core has arrived for the `times`-th time; one goes on behind the `times`-th arrival of all.
  virtual void arrived(Core &core, uint64_t barrier, uint64_t times) {}
  virtual void passed(Core &core, uint64_t barrier, uint64_t times) {}
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_OBSERVER_H
