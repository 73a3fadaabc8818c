// RankingTest.cpp: who wins, and who never does.
#include "frontend/tune/Ranking.h"

#include <gtest/gtest.h>

using namespace bang::tune;

namespace {

const Objective kInstructions{Metric::Instructions, ""};

MemberResult result(uint64_t number, uint64_t instructions, const char *hash = "h", const char *output = "o") {
  Outcome outcome;
  outcome.kernels = {{"k", 1, instructions, 1024, std::nullopt, std::nullopt}};
  outcome.resultsHash = hash;
  outcome.output = outcome.outputHash = output;
  return {{number, 0, "key" + std::to_string(number), "A=" + std::to_string(number)}, outcome};
}

std::vector<std::pair<uint64_t, Verdict>> order(const std::vector<Row> &rows) {
  std::vector<std::pair<uint64_t, Verdict>> list;
  for (const Row &row : rows)
    list.emplace_back(row.member.number, row.verdict);
  return list;
}

using Order = std::vector<std::pair<uint64_t, Verdict>>;

TEST(Ranking, WrongPointsNeverWin) {
  std::vector<MemberResult> results = {result(2, 5, "other"), result(1, 100), result(3, 50), result(4, 1, "h", "p")};
  results.push_back({{5, 0, "key5", "A=5"}, std::nullopt});
  std::vector<Row> rows = Ranking{kInstructions, {}, false}.rank(results);
  EXPECT_EQ(
      order(rows),
      (Order{
          {3, Verdict::Right}, {1, Verdict::Right}, {2, Verdict::Wrong}, {4, Verdict::Wrong}, {5, Verdict::Pending}}));
  EXPECT_EQ(rows[3].note, "line 1 of its output is 'p', expected 'o'");
  Ranking loose{kInstructions, {/*output=*/false, /*results=*/false}, false};
  EXPECT_EQ(loose.rank(results).front().member.number, 4u);
}

TEST(Ranking, TheReferenceIsTheFirstThatRan) {
  std::vector<MemberResult> results = {result(0, 1), result(1, 9, "a"), result(2, 8, "a")};
  results[0].outcome->status = Status::Failed;
  EXPECT_EQ(order(Ranking{kInstructions, {}, false}.rank(results)),
            (Order{{2, Verdict::Right}, {1, Verdict::Right}, {0, Verdict::Failed}}));
}

TEST(Ranking, FindingsDisqualifyWhenAskedFor) {
  std::vector<MemberResult> results = {result(0, 1, "a"), result(1, 2)};
  results[0].outcome->findings = 2;
  results[1].outcome->findings = 0;
  Ranking ranking{kInstructions, {}, false};
  EXPECT_EQ(order(ranking.rank(results)), (Order{{0, Verdict::Right}, {1, Verdict::Wrong}}));
  ranking.check = true; // and it is no reference either
  EXPECT_EQ(order(ranking.rank(results)), (Order{{1, Verdict::Right}, {0, Verdict::Found}}));
}

TEST(Objective, SumsKernelsByName) {
  Outcome outcome;
  outcome.kernels = {{"load<float>", 2, 10, 4096, 100, 5.0}, {"store", 1, 7, 8192, 50, std::nullopt}};
  EXPECT_EQ(*(Objective{Metric::Instructions, ""}.of(outcome)), 17);
  EXPECT_EQ(*(Objective{Metric::Instructions, "load"}.of(outcome)), 10);
  EXPECT_EQ(*(Objective{Metric::Bytes, ""}.of(outcome)), 150);
  EXPECT_EQ(*(Objective{Metric::Nram, ""}.of(outcome)), 8192); // not both at once
  EXPECT_FALSE(Objective(Metric::Time, "").of(outcome).has_value());
  EXPECT_EQ(*(Objective{Metric::Time, "load"}.of(outcome)), 5);
  EXPECT_FALSE(Objective(Metric::Nram, "nothing").of(outcome).has_value());
}

} // namespace
