// Options.h: the command line of `bang tune`.
#ifndef OPENBANG_FRONTEND_TUNE_OPTIONS_H
#define OPENBANG_FRONTEND_TUNE_OPTIONS_H

#include "frontend/tune/Evaluate.h"
#include "frontend/tune/Ranking.h"
#include "frontend/tune/Sweep.h"

namespace bang::tune {

struct Options {
  Program program;
  Plan plan;
  Ranking ranking;
  std::string comparison = "output,results", search = "exhaustive", arguments;
  uint64_t seed = 1;
  std::string database;
  std::vector<std::string> merges;
  unsigned leaseSeconds = 60, rows = 20;
  bool report = false;
  bool hasObjective = false, hasComparison = false; // the user chose them: a report obeys
  std::string picture, page, json;
};

llvm::Expected<Options> parseOptions(llvm::ArrayRef<const char *> words);
llvm::Error setComparison(llvm::StringRef text, Comparison &comparison);

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_OPTIONS_H
