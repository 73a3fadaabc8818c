// Trace.h: the timeline of launches as a file: Chrome's trace format, or Perfetto's binary one.
//
// A process is a cluster, a thread a unit of a core; an instruction is a slice on its unit, a wait one on the scalar
// unit, and flows lead from copies to the sync that waited for them, and on to the first instruction that uses them.
// Launches that were too long to keep are left out, and said to be.
#ifndef OPENBANG_SIMULATOR_TIMING_TRACE_H
#define OPENBANG_SIMULATOR_TIMING_TRACE_H

#include "simulator/timing/Timer.h"
#include "simulator/timing/TraceFile.h"

#include <functional>
#include <string>

namespace dlp::timing {

class TraceWriter {
public:
  // Binary where the name says so (kPerfettoEnding).
  TraceWriter(const MachineConfig &machine, const std::string &path);
  // What happens from cycle `begin` to `end` on one core, below zero: on all. `place` gives "k.mlu:12" for a code
  // address; `part`: it was asked for less than everything.
  void add(const std::string &kernel, const LaunchRecord &record, double begin, double end, int64_t core, bool part,
           const std::function<std::string(uint64_t)> &place);
  void finish();

private:
  class Sink;

  const MachineConfig machine;
  std::unique_ptr<TraceFile> file; // null: it cannot be written
  const bool binary;
  uint64_t nextFlow = 1;
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_TRACE_H
