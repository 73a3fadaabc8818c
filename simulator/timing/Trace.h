// Trace.h: a timeline in the Chrome trace format, which Perfetto and others open.
//
// A process is a cluster, a thread a unit of a core; an instruction is a slice on its unit, a wait one on the scalar
// unit, and flows lead from copies to the sync that waited for them. Launches that were too long to keep are left out.
#ifndef OPENBANG_SIMULATOR_TIMING_TRACE_H
#define OPENBANG_SIMULATOR_TIMING_TRACE_H

#include "simulator/timing/Timer.h"

#include <cstdio>
#include <functional>
#include <string>

namespace dlp::timing {

class TraceWriter {
public:
  TraceWriter(const MachineConfig &machine, const Parameters &parameters, const std::string &file);
  ~TraceWriter();
  // What happens from cycle `begin` to `end` on one core, below zero: on all. `place` gives "k.mlu:12" for a code
  // address.
  void add(const std::string &kernel, const LaunchRecord &record, double begin, double end, int64_t core,
           const std::function<std::string(uint64_t)> &place);
  void finish();

private:
  class Sink;
  void event(const std::string &json);

  const MachineConfig machine;
  const Parameters p;
  FILE *file;
  bool first = true;
  uint64_t nextFlow = 1;
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_TRACE_H
