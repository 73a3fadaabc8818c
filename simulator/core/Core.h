// Core.h: one core of the card: scalar registers, its view of memory, and its queues of asynchronous copies.
//
// A core runs in turns of some thousand instructions; Launch.cpp takes the turns. Compute and synchronous work happens
// when it issues. An asynchronous copy waits in the queue of its engine and happens as late as the program allows: at a
// sync of that queue, before synchronous work on it, when the queue is full, at a barrier, or at the end of the task. A
// kernel that forgets a sync therefore always sees the old content.
#ifndef OPENBANG_SIMULATOR_CORE_CORE_H
#define OPENBANG_SIMULATOR_CORE_CORE_H

#include "simulator/core/Observer.h"
#include "simulator/core/Program.h"
#include "simulator/core/SoftFloat.h"
#include "simulator/memory/CoreView.h"

#include <array>
#include <deque>
#include <limits>
#include <string>
#include <vector>

namespace dlp {

class Launch;

// The length of a turn of exactly one instruction. (Others may be below zero: such a turn ends with the next jump.)
inline constexpr int64_t kStepOnly = std::numeric_limits<int64_t>::min();

enum class CoreState : uint8_t { Idle, Running, Waiting, Ended };

// Engines with a queue.
enum class Queue : uint8_t { Io, Move, None };
const char *queueName(Queue queue);

// The task a core works on, as its special registers show it.
struct TaskPosition {
  uint64_t taskId = 0, taskIdX = 0, taskIdY = 0, taskIdZ = 0;
  uint64_t clusterId = 0, clusterDim = 0;
  uint32_t unionIndex = 0; // which union task of the launch
};

// An asynchronous operation that has issued; a null `insn` makes its queue wait for the other one instead.
struct Pending {
  const XdlpInsn *insn;
  std::array<uint64_t, kMaxOperands> operands;
  uint64_t waitFor = 0; // number of operations of the other queue that must be done
};

class Core : public Exec, private ScalarWatch {
public:
  Core(const MachineConfig &config, uint32_t cluster, uint32_t index, CoreMemory &own, ScratchMemory &sram,
       SharedMemory &shared, bool memoryCore)
      : view(config, own, sram, shared, memoryCore), config(config), cluster(cluster), index(index),
        memoryCore(memoryCore) {}

  // State of the scalar unit; x[32] takes what is written to x0.
  uint64_t x[33] = {};
  uint64_t f[32] = {};
  CoreView view;
  Observer *observer = nullptr;   // set before a launch, or with observe()
  BlockCounter *blocks = nullptr; // where the program counts its blocks
  Program *program = nullptr;
  const Op *op = nullptr; // where to go on; the current instruction during memory accesses and Xdlp
  int64_t budgetLeft = 0; // at the end of a turn: may be a little below zero
  int64_t turnBudget = 0;
  uint64_t retired = 0;   // instructions of this task before the current turn
  uint8_t roundMode = 0;  // frm
  uint8_t floatFlags = 0; // fflags, apart from those the host's unit still holds
  bool reserved = false;  // lr/sc
  uint64_t reservedAddress = 0, reservedValue = 0;
  uint64_t stackTop = 0;
  uint64_t stackLimit = 0; // lowest address that sp-based stores may touch, 0: no check

  // Prepares the registers for a task and makes the core runnable.
  void startTask(Program &program, Launch &launch, const ImageKernel &kernel, const TaskPosition &task);
  // Runs about `instructions` instructions (kStepOnly: one, through a breakpoint), or until the core waits, its task
  // ends, or it comes to a breakpoint. Returns how many ran.
  uint64_t run(int64_t instructions);
  // The task is over: its queues drain.
  void endTask();

  // For debuggers.
  void observe(Observer *newObserver);
  bool atBreakpoint = false;     // the last turn ended before a breakpoint
  bool passesBreakpoint = false; // the next turn starts by running the instruction under one
  // Did the instruction at `executed` end its turn because it touched shared memory?
  bool endedBySharing(const Op *executed) const;

  // All that instructions change apart from memories, to go back in time.
  struct State;
  State save() const;
  void restore(const State &saved);

  CoreState state = CoreState::Idle;
  TaskPosition task;
  CopyTiming timing; // of this launch
  uint64_t timingState = 0;
  Launch *launch = nullptr;
  std::string waitsAt; // while Waiting: "barrier.cluster", and where it is
  uint64_t waitsPc = 0;

  // Address of the instruction that a fault now would belong to, and the queue it ran on.
  uint64_t currentPc() const { return executing ? executing->pc : op ? program->pcOf(op) : 0; }
  const char *currentQueue() const;

  // Issues an Xdlp instruction.
  void issue(const XdlpInsn &insn);

  // Copies that have issued and not happened, oldest first.
  const std::deque<Pending> &pendingOf(Queue queue) const { return queues[unsigned(queue)].pending; }
  void drain(Queue queue);
  void drainAll();
  // Later operations of `consumer` wait for the earlier ones of the other queue.
  void orderAfterOther(Queue consumer);

  uint64_t readSpecial(uint32_t csr, bool &known) const;
  uint64_t instructionsSoFar(int64_t budget) const { return retired + uint64_t(turnBudget - budget); }

  // Collects the exception flags that host arithmetic left.
  void harvestHostFlags();

  // Exec
  const uint8_t *read(uint64_t address, uint64_t bytes, SpaceMask allowed, const char *operand) override {
    if (observer) [[unlikely]]
      tell({address, bytes, false, operand});
    return view.find(address, bytes, allowed, false, {operand, this});
  }
  uint8_t *write(uint64_t address, uint64_t bytes, SpaceMask allowed, const char *operand) override {
    if (observer) [[unlikely]]
      tell({address, bytes, true, operand});
    return view.find(address, bytes, allowed, true, {operand, this});
  }
  uint8_t *writeRemoteSram(uint64_t cluster, uint64_t address, uint64_t bytes, const char *operand) override;
  bool isMemoryCore() const override { return memoryCore; }
  const MachineConfig &machine() const override { return config; }
  std::string mnemonic() const override;

  uint32_t clusterIndex() const { return cluster; }
  uint32_t coreIndex() const { return index; }
  // The value of coreId: 0x80 on a memory core.
  uint32_t coreId() const { return memoryCore ? 0x80 : index; }

private:
  struct QueueState {
    std::deque<Pending> pending;
    uint64_t issued = 0, done = 0;
  };

  uint64_t execute(const XdlpInsn &insn, const uint64_t *operands, Queue queue);
  void openWindows();
  void tell(const MemoryPiece &piece);
  void scalarAccess(uint64_t address, uint64_t bytes, bool write) override;
  void runOldest(Queue queue);
  void runEarly(const XdlpInsn &insn, Queue queue);
  void drainUntil(Queue queue, uint64_t count);
  bool executesHere(const XdlpInsn &insn, const uint64_t *operands) const;

  const MachineConfig &config;
  uint32_t cluster, index;
  bool memoryCore;
  QueueState queues[2];
  const XdlpInsn *executing = nullptr;
  const uint64_t *executingOperands = nullptr; // null between an instruction's issue and its execution
  Queue executingQueue = Queue::None;
};

struct Core::State {
  std::array<uint64_t, 33> x;
  std::array<uint64_t, 32> f;
  Program *program;
  const Op *op;
  uint64_t retired;
  uint8_t roundMode, floatFlags;
  bool reserved;
  uint64_t reservedAddress, reservedValue, stackTop, stackLimit;
  CoreState state;
  TaskPosition task;
  uint64_t timingState;
  std::string waitsAt;
  uint64_t waitsPc;
  std::array<QueueState, 2> queues;
};

// The core behind a handler's Exec; for the rows that wait, print or end a task.
inline Core &coreOf(Exec &x) { return static_cast<Core &>(x); }

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_CORE_H
