// Interrupt.cpp: signal handlers that only set a number.
#include "simulator/core/Interrupt.h"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace dlp {
namespace {

std::atomic<int> requested{0};
std::atomic<int> running{0};
std::atomic<int64_t> requestedAt{0};
static_assert(std::atomic<int>::is_always_lock_free);

int64_t nanoseconds() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * int64_t{1'000'000'000} + now.tv_nsec;
}

extern "C" void stopKernels(int number) {
  // A signal to a whole group of processes may come twice: from its sender, and passed on by a parent.
  constexpr int64_t kTogether = 1'000'000'000;
  const int64_t now = nanoseconds();
  int earlier = requested.load();
  if (!earlier && running.load() && requested.compare_exchange_strong(earlier, number)) {
    requestedAt = now;
    return;
  }
  // Also when the kernel has stopped meanwhile: its report is being written.
  if (earlier && now - requestedAt < kTogether)
    return;
  std::signal(number, SIG_DFL);
  std::raise(number); // delivered when this handler returns
}

} // namespace

void stopKernelsAtSignals() {
  for (int number : {SIGINT, SIGTERM}) {
    struct sigaction now = {};
    if (sigaction(number, nullptr, &now) != 0 || (now.sa_flags & SA_SIGINFO) || now.sa_handler != SIG_DFL)
      continue;
    struct sigaction ours = {};
    ours.sa_handler = stopKernels;
    ours.sa_flags = SA_RESTART;
    sigemptyset(&ours.sa_mask);
    sigaction(number, &ours, nullptr);
  }
}

int interruptingSignal() { return requested.load(std::memory_order_relaxed); }

void endBySignal() {
  std::fflush(nullptr);
  const int number = interruptingSignal();
  std::signal(number, SIG_DFL);
  std::raise(number);
  std::_Exit(128 + number); // somebody blocks the signal
}

Interruptible::Interruptible() { running.fetch_add(1, std::memory_order_relaxed); }
Interruptible::~Interruptible() { running.fetch_sub(1, std::memory_order_relaxed); }

} // namespace dlp
