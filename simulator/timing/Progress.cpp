// Progress.cpp: what the line says, and when.
#include "simulator/timing/Progress.h"

#include <cstdio>
#include <unistd.h>

namespace dlp::timing {
namespace {

constexpr auto kFirst = std::chrono::milliseconds(1000), kEach = std::chrono::milliseconds(500);
constexpr int kMostOfName = 32;

} // namespace

std::unique_ptr<Progress> Progress::atTerminal() {
  return isatty(STDERR_FILENO) ? std::make_unique<Progress>() : nullptr;
}

void Progress::launchBegins() {
  begin = Clock::now();
  next = begin + kFirst;
}

bool Progress::due() {
  const auto now = Clock::now();
  if (now < next)
    return false;
  next = now + kEach;
  return true;
}

void Progress::show(const std::string &kernel, double simulated, double ended) {
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  std::fprintf(stderr, "\r\033[Kbang prof: %.*s: %.3f ms of the card, %.3f ms in each second", kMostOfName,
               kernel.c_str(), simulated / 1e6, simulated / 1e6 / seconds);
  if (ended > 0)
    std::fprintf(stderr, ", %.0f %% of the tasks, about %.0f s left", 100 * ended, seconds * (1 - ended) / ended);
  std::fflush(stderr);
  shown = true;
}

void Progress::launchEnds() {
  if (shown)
    std::fputs("\r\033[K", stderr);
  shown = false;
}

} // namespace dlp::timing
