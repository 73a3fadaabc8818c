// Profile.h: what `bang prof` knows of each kernel, collected from its launches.
#ifndef OPENBANG_SIMULATOR_TIMING_PROFILE_H
#define OPENBANG_SIMULATOR_TIMING_PROFILE_H

#include "simulator/core/SourceLines.h"
#include "simulator/timing/Timeline.h"
#include "simulator/timing/Timer.h"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace dlp::timing {

// One source line of one kernel. Times are cycles of all cores together; `scalar` + `blamed` is what the line costs.
struct LineProfile {
  std::string file, text; // text without its indentation; empty: the source is not there
  uint32_t line = 0;      // 0: the end of tasks, or unknown
  std::string operation;  // mnemonic of its instruction for a queue, if it has one
  bool isSync = false;
  double scalar = 0, access = 0, cache = 0; // access and cache: parts of scalar, loads off NRAM and instruction fetch
  double blamed = 0, waited = 0, engine = 0, starved = 0;
  uint64_t count = 0;    // instructions for queues, and syncs
  uint64_t executed = 0; // instructions
  SiteTraffic traffic;
  bool sameOnAllCores = false; // every core reads the same off-chip memory here
  bool tensor = false, compute = false, offChip = false;
  double withoutSync = 0; // cycles of the kernel if this sync waited for nothing; 0: not known
  double free = 0;        // cycles of the kernel if the instructions of this line took no time; 0: not known
  double cost() const { return scalar + blamed; }
};

struct WhatIfResult {
  const char *name, *summary;
  double cycles;
};

struct Hint {
  std::string kind, text;
  size_t line = 0; // index in lines
  double gain = 0; // cycles of the kernel, estimated
};

struct NramVariable {
  std::string name;
  uint64_t offset, bytes;
};

struct KernelProfile {
  std::string name;
  uint64_t launches = 0, tasks = 0, events = 0, instructions = 0;
  std::string taskType;
  uint32_t coresInCluster = 0; // with its memory core
  bool memoryCores = false;
  double cycles = 0, fastest = 0, slowest = 0; // of launches
  std::vector<CoreTime> cores;                 // sums; `end` too
  Traffic traffic;
  double scalarCache = 0;                  // cycles of instruction fetch, of all cores
  uint64_t nramPlaced = 0, nramBytes = 0;  // variables, and what the machine has
  std::vector<NramVariable> nramVariables; // by offset
  std::vector<LineProfile> lines;
  std::shared_ptr<Timeline> timeline; // of the first launch; null: nobody asked, or the launch was too long
  std::vector<WhatIfResult> whatIf;   // of the first launch
  double firstCycles = 0;             // of that launch
  double overlapped = 0;              // of that launch, if no sync of one core waited
  std::string bound, boundText;
  std::vector<Hint> hints;
};

// How busy the units of the cores that worked are, 0 to 1.
struct Utilisation {
  double scalar, vector, tensor, io, move;
};
Utilisation utilisationOf(const KernelProfile &kernel);
// Cores with work; memory cores do not count, nor cores that only begin, meet the others and end.
std::vector<bool> usedCores(const KernelProfile &kernel, const MachineConfig &machine);
size_t coresUsed(const KernelProfile &kernel, const MachineConfig &machine);
bool isMemoryCore(size_t index, const MachineConfig &machine);
// (Hints.cpp) Sets bound and hints.
void judge(KernelProfile &kernel, const MachineConfig &machine, const Parameters &parameters);

// What a profile leaves behind.
struct ProfileWishes {
  bool timelines = false;    // the report has one of the first launch of each kernel
  Window window;             // of timelines and traces
  std::string trace, report; // files; without the second, the report is printed to stderr
};

class Profiler {
public:
  // Bytes of the longest recording that is kept for timelines and traces: 16 million events and more.
  static constexpr size_t kKeptBytes = 128 << 20;

  Profiler(const MachineConfig &machine, const Parameters &parameters, ProfileWishes wishes);
  ~Profiler();
  void launched(const LaunchRecord &record);
  // The program ends: writes the report and the trace, or prints the report to stderr when it has no file.
  void finish(double deviceNanoseconds);

private:
  struct Source;
  size_t lineOf(KernelProfile &kernel, Source &source, uint64_t pc);
  void addLines(KernelProfile &kernel, Source &source, const LaunchRecord &record);
  void addWhatIf(KernelProfile &kernel, Source &source, const LaunchRecord &record);

  const MachineConfig machine;
  const Parameters p;
  const ProfileWishes wishes;
  std::unique_ptr<class TraceWriter> trace;
  std::map<std::string, KernelProfile> kernels; // by mangled name
  std::vector<std::string> order;               // of first launches
  std::map<std::string, std::unique_ptr<Source>> sources;
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_PROFILE_H
