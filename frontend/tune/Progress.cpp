// Progress.cpp: the line "12/48 points, 3 infeasible, best 4096 instructions (TILE=64), about 40 s left".
#include "frontend/tune/Progress.h"

#include "llvm/ADT/StringExtras.h"

#include <cstdio>
#include <unistd.h>

namespace bang::tune {

Progress::Progress() : isTerminal(isatty(STDERR_FILENO)) {}
Progress::~Progress() { clear(); }

void Progress::begin(const std::string &newWhat, uint64_t newTotal) {
  std::lock_guard lock(mutex);
  what = newWhat;
  total = newTotal;
  done = measured = infeasible = failed = 0;
  best.reset();
  start = std::chrono::steady_clock::now();
  show();
}

void Progress::add(const std::string &setting, const Outcome &outcome, const Objective &objective, bool wasKnown) {
  std::lock_guard lock(mutex);
  ++done;
  measured += !wasKnown;
  infeasible += outcome.status == Status::Infeasible;
  failed += outcome.status == Status::Failed;
  if (outcome.status == Status::Ok)
    if (std::optional<double> value = objective.of(outcome); value && (!best || *value < *best)) {
      best = value;
      bestText = objective.text(*value);
      bestSetting = setting;
    }
  show();
}

void Progress::show() {
  if (!isTerminal)
    return;
  std::string line = what + std::to_string(done) + "/" + std::to_string(total) + " points";
  if (infeasible)
    line += ", " + std::to_string(infeasible) + " infeasible";
  if (failed)
    line += ", " + std::to_string(failed) + " failed";
  if (best)
    line += ", best so far " + bestText + " (" + bestSetting + ")";
  if (measured) {
    std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    line +=
        ", about " + std::to_string(static_cast<uint64_t>(spent.count() / measured * (total - done) + 0.5)) + " s left";
  }
  const size_t shown = line.size();
  if (shown < width)
    line.append(width - shown, ' ');
  std::fprintf(stderr, "\r%s", line.c_str());
  std::fflush(stderr);
  width = shown;
}

void Progress::clear() {
  std::lock_guard lock(mutex);
  if (width) {
    std::fprintf(stderr, "\r%s\r", std::string(width, ' ').c_str());
    std::fflush(stderr);
  }
  width = 0;
}

} // namespace bang::tune
