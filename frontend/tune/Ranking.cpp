// Ranking.cpp: judges and sorts.
#include "frontend/tune/Ranking.h"

#include <algorithm>
#include <tuple>

namespace bang::tune {

const char *nameOf(Verdict verdict) {
  static constexpr const char *kNames[] = {"right", "wrong", "found", "failed", "infeasible", "pending"};
  return kNames[static_cast<int>(verdict)];
}

static void judge(Row &row, const Row *reference, const Ranking &ranking) {
  if (!row.outcome)
    return;
  const Outcome &outcome = *row.outcome;
  for (const KernelNumbers &kernel : outcome.kernels)
    row.nramBytes = std::max(row.nramBytes, kernel.nramBytes);
  auto give = [&](Verdict verdict, std::string note) {
    row.verdict = verdict;
    row.note = std::move(note);
  };
  if (outcome.status == Status::Infeasible)
    return give(Verdict::Infeasible, outcome.reason);
  if (outcome.status == Status::Failed)
    return give(Verdict::Failed, outcome.reason);
  if (ranking.check && outcome.findings.value_or(0))
    return give(Verdict::Found, outcome.firstFinding);
  if (reference)
    if (std::string what = difference(*reference->outcome, outcome, ranking.comparison); !what.empty())
      return give(Verdict::Wrong, what);
  row.value = ranking.objective.of(outcome);
  if (!row.value)
    return give(Verdict::Failed, ranking.objective.kernel.empty()
                                     ? std::string(nameOf(ranking.objective.metric)) + " was not measured"
                                     : "it launches no kernel whose name contains '" + ranking.objective.kernel + "'");
  row.verdict = Verdict::Right;
}

std::vector<Row> Ranking::rank(std::vector<MemberResult> results) const {
  std::vector<Row> rows;
  for (MemberResult &result : results) {
    Row row;
    row.member = std::move(result.member);
    row.outcome = std::move(result.outcome);
    rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, {}, [](const Row &row) { return row.member.number; });
  const Row *reference = nullptr;
  for (Row &row : rows) {
    judge(row, reference, *this);
    if (!reference && row.verdict == Verdict::Right)
      reference = &row;
  }
  std::ranges::sort(rows, [](const Row &a, const Row &b) {
    return std::tuple(a.verdict, a.value.value_or(0), a.member.number) <
           std::tuple(b.verdict, b.value.value_or(0), b.member.number);
  });
  return rows;
}

std::vector<std::vector<MemberResult>> byRung(std::vector<MemberResult> results) {
  std::vector<std::vector<MemberResult>> rungs;
  for (MemberResult &result : results) {
    if (result.member.rung >= rungs.size())
      rungs.resize(result.member.rung + 1);
    rungs[result.member.rung].push_back(std::move(result));
  }
  std::ranges::reverse(rungs);
  return rungs;
}

} // namespace bang::tune
