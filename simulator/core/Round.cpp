// Round.cpp: threads that take turns.
#include "simulator/core/Round.h"

#include <algorithm>
#include <cfenv>
#include <chrono>
#include <system_error>

namespace dlp {
namespace {

// Rounds follow each other within microseconds, so a thread looks around before it sleeps.
constexpr int kSpins = 4000;

void pause() {
#ifdef __x86_64__
  __builtin_ia32_pause();
#endif
}

} // namespace

Round::~Round() {
  {
    std::lock_guard lock(mutex);
    stopping = true;
  }
  wake.notify_all();
  for (std::thread &worker : workers)
    worker.join();
}

void Round::work() {
  std::fesetenv(FE_DFL_ENV); // kernels compute in the default mode, whatever the program around us uses
  uint64_t seen = 0;
  while (true) {
    for (int spin = 0; spin < kSpins && generation.load(std::memory_order_acquire) == seen && !stopping; ++spin)
      pause();
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [&] { return generation != seen || stopping; });
      if (stopping)
        return;
      seen = generation;
    }
    takeTurns();
    if (working.fetch_sub(1) == 1)
      working.notify_one();
  }
}

void Round::takeTurns() {
  for (size_t position = next.fetch_add(1); position < count; position = next.fetch_add(1)) {
    finish(position, position < failed.load() && (*turn)(position));
  }
}

// Whoever sees that the first open turn is over moves `over` on.
void Round::finish(size_t position, bool success) {
  if (!success) {
    size_t first = failed.load();
    while (position < first && !failed.compare_exchange_weak(first, position))
      ;
  }
  done[position].store(true);
  for (size_t at = over.load(); at < count && at < failed.load() && done[at].load(); at = over.load())
    over.compare_exchange_strong(at, at + 1);
  over.notify_all();
}

void Round::awaitEarlier(size_t position) {
  if (over.load() >= position)
    return;
  auto start = std::chrono::steady_clock::now();
  for (int spin = 0;; ++spin) {
    if (over.load() >= position) {
      auto waited = std::chrono::steady_clock::now() - start;
      waitedNanoseconds += std::chrono::duration_cast<std::chrono::nanoseconds>(waited).count();
      return;
    }
    if (failed.load() < position)
      throw TurnCancelled();
    if (spin < kSpins)
      pause();
    else
      std::this_thread::yield();
  }
}

size_t Round::run(size_t newCount, const std::function<bool(size_t)> &newTurn) {
  if (newCount > capacity) {
    capacity = newCount;
    done = std::make_unique<std::atomic<bool>[]>(capacity);
  }
  for (size_t i = 0; i < newCount; ++i)
    done[i] = false;
  turn = &newTurn;
  count = newCount;
  next = 0;
  over = 0;
  waitedNanoseconds = 0;
  failed = newCount;
  try {
    while (workers.size() + 1 < size)
      workers.emplace_back([this] { work(); });
  } catch (const std::system_error &) { // the host gives no more: those there are do it
    size = unsigned(workers.size() + 1);
  }
  working = unsigned(workers.size());
  {
    std::lock_guard lock(mutex);
    ++generation;
  }
  wake.notify_all();
  takeTurns();
  for (unsigned left = working.load(); left; left = working.load())
    working.wait(left);
  return failed;
}

} // namespace dlp
