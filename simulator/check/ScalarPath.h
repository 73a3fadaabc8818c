// ScalarPath.h: the short way for loads and stores of scalar code.
//
// An instruction of scalar code mostly walks through one object. The path remembers for each instruction of each core
// which object that is; an access inside it can only concern the check of unwritten bytes, which is done here, and the
// check of races, which gets whole runs of neighbouring accesses. Everything else goes to the checks themselves.
#ifndef OPENBANG_SIMULATOR_CHECK_SCALARPATH_H
#define OPENBANG_SIMULATOR_CHECK_SCALARPATH_H

#include "simulator/check/Check.h"
#include "simulator/check/ValidBits.h"

#include <vector>

namespace dlp::check {

class ScalarPath {
public:
  explicit ScalarPath(Context &context) : context(context) {}
  // In the order in which they are asked.
  void add(Check &check) { checks.push_back(&check); }
  // Is asked before the others, while copies are on their way.
  void setHazards(Check &check) { hazards = &check; }

  // Objects come and go only while no kernel runs.
  void launchBegins() {
    streams.assign(context.coreCount() * kStreams, {});
    open.assign(context.coreCount(), {});
  }

  void access(Core &core, uint64_t address, uint64_t bytes, bool write) {
    const size_t ordinal = context.ordinal(core);
    Stream &stream = streams[ordinal * kStreams + (reinterpret_cast<uintptr_t>(core.op) / sizeof(Op)) % kStreams];
    if (stream.op != core.op) [[unlikely]]
      changeHands(core, stream, write);
    ++stream.times;
    if (context.copiesOpen[ordinal]) [[unlikely]] {
      tellTimes(core, stream);
      hazards->scalar(core, address, bytes, write);
    }
    const ScalarReach &reach = stream.reach;
    const uint64_t offset = address - reach.begin;
    if (offset >= reach.bytes || bytes > reach.bytes - offset) [[unlikely]]
      return slowAccess(core, stream, address, bytes);
    if (reach.written) {
      if (write)
        reach.written->setFew(address - reach.writtenBase, unsigned(bytes));
      else if (!reach.written->allFew(address - reach.writtenBase, unsigned(bytes))) [[unlikely]]
        return slowAccess(core, stream, address, bytes);
    }
    if (reach.shared) {
      if (write)
        stream.storesSame = storesSame(core, reach.host + offset, bytes);
      extend(core, stream, address, bytes);
    }
  }

  void taskBegins(const Core &core) {
    for (size_t i = 0; i < kStreams; ++i)
      streams[context.ordinal(core) * kStreams + i] = {};
  }

  // A core is about to meet others, or its task ends: its runs are over.
  void endRuns(Core &core);

private:
  static constexpr size_t kStreams = 256; // for each core

  struct Stream {
    const Op *op = nullptr;
    bool write = false;
    ScalarReach reach;
    uint64_t times = 0;                         // executions of `op` by the task
    uint64_t begin = 0, end = 0;                // of the run
    uint64_t first = 0, step = 0;               // as in ScalarRun
    bool storesSame = false, same = false;      // this store, and all of the run: see ScalarRun
    uint64_t dueForwards = 0, dueBackwards = 0; // the execution that may make it longer, to keep one for each step
  };

  // The stream of another instruction, or of none, becomes that of the running one.
  void changeHands(Core &core, Stream &stream, bool write);
  // Before a check may ask how often the instruction was executed.
  void tellTimes(Core &core, const Stream &stream) {
    context.hasExecuted(core, core.program->pcOf(stream.op), stream.times);
  }
  static bool storesSame(const Core &core, const uint8_t *memory, uint64_t bytes);
  void slowAccess(Core &core, Stream &stream, uint64_t address, uint64_t bytes);
  void extend(Core &core, Stream &stream, uint64_t address, uint64_t bytes) {
    stream.same = stream.same && stream.storesSame; // also of a store that does not make the run longer
    if (address == stream.end && stream.times == stream.dueForwards) {
      stream.end += bytes;
      ++stream.dueForwards;
    } else if (address < stream.begin || address + bytes > stream.end) [[unlikely]] {
      newRun(core, stream, address, bytes);
    }
  }
  void newRun(Core &core, Stream &stream, uint64_t address, uint64_t bytes);
  void endRun(Core &core, Stream &stream);

  Context &context;
  std::vector<Check *> checks;
  Check *hazards = nullptr;
  std::vector<Stream> streams;             // kStreams for each core
  std::vector<std::vector<Stream *>> open; // by core: those with a run
};

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_SCALARPATH_H
