// Sweep.h: takes points through the database and the evaluator, on several threads, until all are done.
#ifndef OPENBANG_FRONTEND_TUNE_SWEEP_H
#define OPENBANG_FRONTEND_TUNE_SWEEP_H

#include "frontend/tune/Evaluate.h"
#include "frontend/tune/Progress.h"
#include "frontend/tune/Ranking.h"
#include "frontend/tune/Space.h"
#include "frontend/tune/Store.h"

#include <atomic>

namespace bang::tune {

struct Plan {
  Space space;
  Parameter budget; // successive halving: its values are the rungs; without values there is one rung
  unsigned divide = 2;
  std::vector<uint64_t> numbers; // of all shards, in the order of trying
  Shard shard;
  unsigned threads = 1;
  Needs needs;
};

class Sweep {
public:
  Sweep(const Plan &plan, const Evaluator &evaluator, Store &store, const SweepRecord &record, const Ranking &ranking);

  // False: interrupted, or the database failed. What was finished is stored in any case.
  bool run();
  uint64_t measuredHere() const { return measured; } // points this process compiled itself
  uint64_t knownHere() const { return known; }       // those of its part that were done before or by others

private:
  Point pointOf(uint64_t number, unsigned rung) const;
  bool runRung(const std::vector<uint64_t> &numbers, unsigned rung);
  // True: done, here or by another process.
  bool tryPoint(uint64_t number, unsigned rung);
  std::vector<uint64_t> promoted(const std::vector<uint64_t> &numbers, unsigned rung);

  const Plan &plan;
  const Evaluator &evaluator;
  Store &store;
  const SweepRecord &record;
  const Ranking &ranking;
  std::atomic<uint64_t> measured = 0, known = 0;
  Progress progress;
};

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_SWEEP_H
