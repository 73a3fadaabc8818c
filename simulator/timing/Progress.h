// Progress.h: a line at the terminal while a long launch runs.
#ifndef OPENBANG_SIMULATOR_TIMING_PROGRESS_H
#define OPENBANG_SIMULATOR_TIMING_PROGRESS_H

#include <chrono>
#include <memory>
#include <string>

namespace dlp::timing {

class Progress {
public:
  // Null: stderr is no terminal.
  static std::unique_ptr<Progress> atTerminal();

  void launchBegins();
  void launchEnds();
  // Is it time for another look?
  bool due();
  // `simulated` nanoseconds of the card have passed in this launch, and this share of its tasks has ended.
  void show(const std::string &kernel, double simulated, double ended);

private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin, next;
  bool shown = false;
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_PROGRESS_H
