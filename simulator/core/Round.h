// Round.h: the turns of one round on several host threads, with the outcome of taking them one after the other.
//
// What a core does to its private memories concerns no other core, so turns may overlap. Before a turn first touches
// something that cores share (GDRAM, SRAM, barriers, printed text), it waits until every earlier turn of the round is
// over; from then on it runs as if it were alone. A race in a kernel therefore has the same outcome with any number of
// threads.
#ifndef OPENBANG_SIMULATOR_CORE_ROUND_H
#define OPENBANG_SIMULATOR_CORE_ROUND_H

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace dlp {

// Thrown out of a turn whose outcome nobody needs any more: an earlier one of its round has failed.
struct TurnCancelled {};

class Round {
public:
  explicit Round(unsigned threads) : size(threads) {} // including the caller's; the others start with the first round
  ~Round();

  unsigned threads() const { return size; }

  // Calls turn(0) to turn(count - 1), in any order on any thread, and returns when all are over. A turn returns false
  // when it failed or was cancelled, and throws nothing; the result is the position of the first that did, or `count`.
  size_t run(size_t count, const std::function<bool(size_t)> &turn);

  // Called from turn `position`: returns when all earlier ones are over. Throws TurnCancelled.
  void awaitEarlier(size_t position);

  // How long turns of the last round waited for earlier ones, all together.
  double waitedMicroseconds() const { return double(waitedNanoseconds.load()) / 1e3; }

private:
  void work();
  void takeTurns();
  void finish(size_t position, bool success);

  unsigned size;
  std::vector<std::thread> workers;
  std::mutex mutex;
  std::condition_variable wake;
  std::atomic<uint64_t> generation{0}; // of rounds
  std::atomic<bool> stopping{false};

  const std::function<bool(size_t)> *turn = nullptr;
  size_t count = 0;
  std::atomic<size_t> next{0};      // the next position to take
  std::atomic<size_t> over{0};      // all turns before this position are over and succeeded
  std::atomic<size_t> failed{0};    // the first position known to have failed
  std::atomic<unsigned> working{0}; // threads inside takeTurns()
  std::atomic<int64_t> waitedNanoseconds{0};
  std::unique_ptr<std::atomic<bool>[]> done;
  size_t capacity = 0;
};

// The position of a turn in its round, as the core that takes it sees it.
class TurnOrder {
public:
  TurnOrder(Round &round, size_t position) : round(round), position(position) {}
  // Call before anything shared is touched.
  void enter() {
    if (!entered) {
      round.awaitEarlier(position);
      entered = true;
    }
  }

private:
  Round &round;
  size_t position;
  bool entered = false;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_ROUND_H
