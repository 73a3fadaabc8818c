// TraceFile.h: what traces consist of, and the files that hold them. Times are nanoseconds of the card's clock.
#ifndef OPENBANG_SIMULATOR_TIMING_TRACEFILE_H
#define OPENBANG_SIMULATOR_TIMING_TRACEFILE_H

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace dlp::timing {

// A row of the picture: a thread of a process.
struct TracePlace {
  uint32_t pid, tid;
};

// A copy, from which an arrow leads to the wait for it, and on to the first use of what it brought.
struct TraceFlow {
  uint64_t id;
  TracePlace from;
  double begin;        // of the copy
  bool goesOn = false; // behind the wait: it brought something to NRAM
};

struct TraceSlice {
  TracePlace at;
  const std::string &name;
  const std::string *line = nullptr; // "k.mlu:12"
  uint64_t bytes = 0;
  double begin, end;
  uint64_t flow = 0;                       // id of the arrow that begins here; 0: none
  std::span<const TraceFlow> awaited = {}; // by this wait
  std::span<const TraceFlow> used = {};    // by this instruction
};

class TraceFile {
public:
  virtual ~TraceFile() = default;
  virtual void process(uint32_t pid, const std::string &name) = 0;
  virtual void thread(TracePlace place, const std::string &name) = 0;
  // The slices of one place come in their order.
  virtual void slice(const TraceSlice &slice) = 0;
  // Off-chip bandwidth from `time` on.
  virtual void bandwidth(double time, double gigabytesPerSecond) = 0;
  virtual void finish() = 0;
};

// Names that end so are files of Perfetto's binary format.
inline constexpr const char *kPerfettoEnding = ".pftrace";

// (TraceJson.cpp, TracePerfetto.cpp) Null: the file cannot be written.
std::unique_ptr<TraceFile> openJsonTrace(const std::string &path, const std::string &machine);
std::unique_ptr<TraceFile> openPerfettoTrace(const std::string &path);

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_TRACEFILE_H
