// Evaluate.h: from a point to its key and its outcome: preprocess, compile, run, check.
#ifndef OPENBANG_FRONTEND_TUNE_EVALUATE_H
#define OPENBANG_FRONTEND_TUNE_EVALUATE_H

#include "frontend/tune/Outcome.h"
#include "frontend/tune/Process.h"
#include "frontend/tune/Space.h"
#include "frontend/tune/Store.h"

#include "llvm/Support/Error.h"

namespace bang::tune {

// What all points of a sweep share.
struct Program {
  std::vector<std::string> sources; // kernel files first
  std::vector<std::string> options; // for bangcc
  std::vector<std::string> arguments;
  std::string machine;               // as BANG_MACHINE has it; empty: the default
  std::vector<std::string> settings; // of the timing model, as "dram_gbps=614"
  std::string ignore;                // regular expression: parts of stdout that do not count
  unsigned timeoutSeconds = 300;
  unsigned hostThreads = 1; // for the simulator in each run
};

class Evaluator {
public:
  // `folder` holds files of running points. Fails when a part of the installation or the machine is missing.
  static llvm::Expected<Evaluator> make(const Program &program, const std::string &folder);

  // The hash of all that the outcome of the point depends on, as far as it can be known before it runs: the sources as
  // the preprocessor leaves them for this point, the machine file, compiler and runtime, options, arguments and values.
  // Empty: interrupted.
  std::string key(const Point &point) const;

  // Compiles and runs. Empty: interrupted. `key` names files.
  std::optional<Outcome> evaluate(const std::string &key, const Point &point, const Needs &needs) const;

  // The command that builds the program for a point, for the user to copy.
  std::string buildCommand(const Point &point) const;
  std::string machineName() const { return machine; }

private:
  std::vector<std::string> compileCommand(const Point &point) const;
  std::vector<std::string> sideCommand(const Point &point, const std::string &source, const std::string &arch) const;
  std::optional<Outcome> compileAndRun(const std::string &key, const Point &point, const Needs &needs) const;
  Run run(const std::string &key, const Point &point, const std::string &tool, bool isTimed) const;
  void readMeasures(const std::string &file, Outcome &outcome) const;
  void readFindings(const std::string &file, Outcome &outcome) const;
  std::string file(const std::string &key, const char *ending) const { return folder + "/" + key + ending; }

  Program program;
  std::string folder, bangcc;
  std::string environment; // hash of the installation and the machine files
  std::string machine;
  std::string timing = "1"; // BANG_TIMING of timed runs
};

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_EVALUATE_H
