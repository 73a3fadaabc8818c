// Outcome.h: what became of one point, and how points compare.
#ifndef OPENBANG_FRONTEND_TUNE_OUTCOME_H
#define OPENBANG_FRONTEND_TUNE_OUTCOME_H

#include "llvm/Support/JSON.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bang::tune {

enum class Status {
  Ok,         // compiled and ran to its end
  Infeasible, // bangcc refuses it
  Failed,     // the program faults, says that it failed, or does not end
};

// Sums over the launches of one kernel. Empty: not measured.
struct KernelNumbers {
  std::string name;
  uint64_t launches = 0, instructions = 0, nramBytes = 0;
  std::optional<uint64_t> gdramBytes;
  std::optional<double> nanoseconds; // of the timing model
};

// As BANG_TOOL=measure writes them.
llvm::json::Value toJson(const std::vector<KernelNumbers> &kernels);
std::vector<KernelNumbers> kernelsFromJson(const llvm::json::Array &list);

struct Outcome {
  Status status = Status::Ok;
  std::string reason; // of the last two: a sentence of bangcc, the program or the runtime
  int exitCode = 0;
  std::string output;      // the beginning of stdout
  std::string outputHash;  // of all of it
  std::string resultsHash; // of what was copied from the device
  std::vector<KernelNumbers> kernels;
  // With --check: how many findings of bang check count, and the first one.
  std::optional<unsigned> findings;
  std::string firstFinding;
  double compileSeconds = 0, runSeconds = 0;
};

enum class Metric { Time, Instructions, Bytes, Nram };
const char *nameOf(Metric metric);
std::optional<Metric> findMetric(const std::string &name);

struct Objective {
  Metric metric = Metric::Time;
  std::string kernel; // count kernels whose name contains this

  // Smaller is better. Empty: not measured, or no such kernel was launched.
  std::optional<double> of(const Outcome &outcome) const;
  // "12.3 us", "4096 instructions", "96 KB".
  std::string text(double value) const;
  std::string unit() const;
};

// What of two points must agree.
struct Comparison {
  bool output = true, results = true;
};

// Empty: the point computes what the reference does. Else what differs, for the user.
std::string difference(const Outcome &reference, const Outcome &outcome, const Comparison &comparison);

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_OUTCOME_H
