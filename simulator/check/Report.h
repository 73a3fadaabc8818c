// Report.h: the findings of a run: collected once each, shown to people, kept for tools.
#ifndef OPENBANG_SIMULATOR_CHECK_REPORT_H
#define OPENBANG_SIMULATOR_CHECK_REPORT_H

#include "simulator/check/Options.h"

#include <map>

namespace dlp::check {

// What a summary counts, and what a run used.
struct Totals {
  uint64_t launches = 0;
  bool finished = false;              // the program came to its end
  std::vector<std::string> resources; // a line for each kernel: its memories
};

class Report {
public:
  explicit Report(Options options) : options(std::move(options)) {}

  // Null when the finding is known (it is counted) or of a kind that is not wanted.
  Finding *add(Finding finding);
  // True when `kind` was found at this instruction, reported or not: a later kind then has nothing to add.
  bool foundAt(Kind kind, uint64_t pc) const { return seen.contains({kind, pc}); }

  // Writes what is new: text on stderr, or the report file.
  void flush();
  // The same at the end of the program, with the summary; `finished`: it came there by itself. Returns the number of
  // findings, hints not counted.
  uint64_t finish(bool finished);

  Totals totals;
  const Options options;

private:
  void writeFile() const;

  std::vector<Finding> findings; // in the order in which they were found
  std::map<std::string, size_t> byKey;
  std::map<std::pair<Kind, uint64_t>, bool> seen;
  size_t flushed = 0;
};

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_REPORT_H
