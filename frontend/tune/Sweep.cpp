// Sweep.cpp: the loop over points and rungs.
#include "frontend/tune/Sweep.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/ThreadPool.h"

#include <algorithm>
#include <thread>

namespace bang::tune {

Sweep::Sweep(const Plan &plan, const Evaluator &evaluator, Store &store, const SweepRecord &record,
             const Ranking &ranking)
    : plan(plan), evaluator(evaluator), store(store), record(record), ranking(ranking) {}

Point Sweep::pointOf(uint64_t number, unsigned rung) const {
  Point point = plan.space.point(number);
  if (!plan.budget.values.empty())
    point.push_back({plan.budget.name, plan.budget.values[rung]});
  return point;
}

bool Sweep::run() {
  const unsigned rungs = std::max<size_t>(plan.budget.values.size(), 1);
  std::vector<uint64_t> numbers = plan.numbers;
  for (unsigned rung = 0; rung < rungs; ++rung) {
    if (rung)
      numbers = promoted(numbers, rung - 1);
    if (!runRung(numbers, rung))
      return false;
  }
  return true;
}

// Of the points of a rung the best part goes on.
std::vector<uint64_t> Sweep::promoted(const std::vector<uint64_t> &numbers, unsigned rung) {
  std::vector<std::vector<MemberResult>> rungs = byRung(store.results(record.id));
  std::erase_if(rungs, [&](const auto &results) { return results.empty() || results.front().member.rung != rung; });
  std::vector<uint64_t> best;
  if (rungs.empty())
    return best;
  for (const Row &row : ranking.rank(rungs.front()))
    if (row.verdict == Verdict::Right && std::ranges::find(numbers, row.member.number) != numbers.end())
      best.push_back(row.member.number);
  // At least one, and never more than were right.
  best.resize(std::min(best.size(), std::max<size_t>(numbers.size() / plan.divide, 1)));
  return best;
}

bool Sweep::runRung(const std::vector<uint64_t> &numbers, unsigned rung) {
  std::vector<uint64_t> open;
  if (plan.budget.values.empty()) {
    open = plan.shard.select(numbers);
  } else {
    // The next rung needs all of this one, so every process takes what is left, and each begins elsewhere.
    open = numbers;
    if (!open.empty())
      std::ranges::rotate(open, open.begin() + open.size() * plan.shard.index / plan.shard.count);
  }
  progress.begin(
      plan.budget.values.empty() ? "" : llvm::formatv("{0}={1}: ", plan.budget.name, plan.budget.values[rung]).str(),
      open.size());
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(plan.threads));
  auto isOver = [&] { return isInterrupted() || !store.problem().empty(); };
  while (!open.empty() && !isOver()) {
    std::mutex mutex;
    std::vector<uint64_t> busy; // elsewhere
    for (uint64_t number : open)
      pool.async([&, number] {
        if (isOver() || tryPoint(number, rung))
          return;
        std::lock_guard lock(mutex);
        busy.push_back(number);
      });
    pool.wait();
    open = std::move(busy);
    if (!open.empty() && !isOver())
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  progress.clear();
  return !isOver();
}

bool Sweep::tryPoint(uint64_t number, unsigned rung) {
  const Point point = pointOf(number, rung);
  const std::string setting = describe(point);
  const std::string key = evaluator.key(point);
  if (key.empty())
    return false; // interrupted
  store.remember(record, {number, rung, key, setting});
  Needs needs = plan.needs;
  Outcome outcome;
  switch (store.claim(key, setting, needs, outcome)) {
  case Store::Claim::Busy:
    return false;
  case Store::Claim::Done:
    ++known;
    progress.add(setting, outcome, ranking.objective, /*wasKnown=*/true);
    return true;
  case Store::Claim::Mine:
    break;
  }
  std::optional<Outcome> found = evaluator.evaluate(key, point, needs);
  if (!found || !store.finish(key, *found)) {
    store.release(key);
    return false;
  }
  ++measured;
  progress.add(setting, *found, ranking.objective, /*wasKnown=*/false);
  return true;
}

} // namespace bang::tune
