// Progress.h: one line on a terminal that says how far a sweep is; elsewhere nothing.
#ifndef OPENBANG_FRONTEND_TUNE_PROGRESS_H
#define OPENBANG_FRONTEND_TUNE_PROGRESS_H

#include "frontend/tune/Outcome.h"

#include <chrono>
#include <mutex>

namespace bang::tune {

class Progress {
public:
  Progress();
  ~Progress();

  // `what` names the rung; `total` points are to be done.
  void begin(const std::string &what, uint64_t total);
  // A point is done. Fast ones that were known before do not count in the estimate.
  void add(const std::string &setting, const Outcome &outcome, const Objective &objective, bool wasKnown);
  // Takes the line away.
  void clear();

private:
  void show();

  const bool isTerminal;
  std::mutex mutex;
  std::string what, bestSetting;
  uint64_t total = 0, done = 0, measured = 0, infeasible = 0, failed = 0;
  std::optional<double> best;
  std::string bestText;
  std::chrono::steady_clock::time_point start;
  size_t width = 0; // of the line that stands there
};

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_PROGRESS_H
