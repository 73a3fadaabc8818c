// Ranking.h: the verdict on each point of a sweep, and their order.
//
// Verdicts follow from the results alone, at any time: parts of a sweep that ran in different places need no word from
// each other, and a point is judged again when more is known.
#ifndef OPENBANG_FRONTEND_TUNE_RANKING_H
#define OPENBANG_FRONTEND_TUNE_RANKING_H

#include "frontend/tune/Outcome.h"
#include "frontend/tune/Store.h"

namespace bang::tune {

enum class Verdict { Right, Wrong, Found, Failed, Infeasible, Pending };
const char *nameOf(Verdict verdict);

struct Row {
  Member member;
  Verdict verdict = Verdict::Pending;
  std::string note; // why not Right
  std::optional<double> value;
  uint64_t nramBytes = 0;
  std::optional<Outcome> outcome;
};

struct Ranking {
  Objective objective;
  Comparison comparison;
  bool check = false; // findings of bang check disqualify

  // Of one rung: right points, the best first, then the others by number. Points are compared with the reference, the
  // right one with the lowest number.
  std::vector<Row> rank(std::vector<MemberResult> results) const;
};

// The results of each rung, the last rung first.
std::vector<std::vector<MemberResult>> byRung(std::vector<MemberResult> results);

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_RANKING_H
