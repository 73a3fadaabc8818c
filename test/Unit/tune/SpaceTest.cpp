// SpaceTest.cpp: parameters, numbering, samples by seed, shards.
#include "frontend/tune/Space.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <set>

using namespace bang::tune;

namespace {

Parameter parameter(const char *text) {
  llvm::Expected<Parameter> result = parseParameter(text);
  EXPECT_TRUE(bool(result)) << text;
  return *result;
}

std::string problem(const char *text) {
  llvm::Expected<Parameter> result = parseParameter(text);
  return result ? "" : llvm::toString(result.takeError());
}

using Values = std::vector<std::string>;

TEST(Parameter, ListsAndRanges) {
  EXPECT_EQ(parameter("T=64,128").values, (Values{"64", "128"}));
  EXPECT_EQ(parameter("T=1..3").values, (Values{"1", "2", "3"}));
  EXPECT_EQ(parameter("T=-2..4+3").values, (Values{"-2", "1", "4"}));
  EXPECT_EQ(parameter("T=16..100*2,7").values, (Values{"16", "32", "64", "7"}));
  EXPECT_EQ(parameter("TYPE=half,float").values, (Values{"half", "float"}));
  EXPECT_EQ(parameter("T=9223372036854775806..9223372036854775807").values.size(), 2u); // does not run over the end
}

TEST(Parameter, Refusals) {
  EXPECT_NE(problem("T=3..1").find("'3..1' is no range"), std::string::npos);
  EXPECT_NE(problem("T=0..8*2").find("is no range"), std::string::npos); // 0 * 2 stays 0
  EXPECT_NE(problem("T=1..8*1").find("is no range"), std::string::npos);
  EXPECT_NE(problem("T=1..9999999999").find("is no range"), std::string::npos);
  EXPECT_NE(problem("T=1,,2").find("empty value"), std::string::npos);
  EXPECT_NE(problem("T=1,1").find("twice"), std::string::npos);
  EXPECT_NE(problem("=1").find("no name"), std::string::npos);
  EXPECT_NE(problem("2T=1").find("no name"), std::string::npos);
  EXPECT_NE(problem("T").find("empty value"), std::string::npos);
}

TEST(Space, NumbersEveryPointOnce) {
  Space space{{parameter("A=1..3"), parameter("B=x,y")}};
  EXPECT_EQ(space.size(), 6u);
  EXPECT_EQ(describe(space.point(0)), "A=1 B=x");
  EXPECT_EQ(describe(space.point(1)), "A=1 B=y");
  EXPECT_EQ(describe(space.point(5)), "A=3 B=y");
  std::set<std::string> all;
  for (uint64_t number : space.all())
    all.insert(describe(space.point(number)));
  EXPECT_EQ(all.size(), 6u);
  Space twice{{parameter("A=1"), parameter("A=2")}};
  EXPECT_NE(llvm::toString(twice.check()).find("given twice"), std::string::npos);
}

TEST(Space, SamplesDependOnTheSeedAlone) {
  Space space{{parameter("A=0..99"), parameter("B=0..99")}};
  std::vector<uint64_t> first = space.sample(8, 1);
  EXPECT_EQ(first, space.sample(8, 1));
  EXPECT_NE(first, space.sample(8, 2));
  EXPECT_EQ(std::set(first.begin(), first.end()).size(), 8u);
  for (uint64_t number : first)
    EXPECT_LT(number, 10000u);
  // More than there are: each once.
  std::vector<uint64_t> all = Space{{parameter("A=0..9")}}.sample(50, 3);
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), 10u);
  EXPECT_EQ(all.size(), 10u);
}

// Each of 10 numbers is drawn about equally often.
TEST(Space, SamplesAreFair) {
  Space space{{parameter("A=0..9")}};
  std::map<uint64_t, int> counts, places;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    std::vector<uint64_t> sample = space.sample(3, seed);
    ++places[sample[0]];
    for (uint64_t number : sample)
      ++counts[number];
  }
  for (uint64_t number = 0; number < 10; ++number) {
    EXPECT_NEAR(counts[number], 600, 100) << number;
    EXPECT_NEAR(places[number], 200, 70) << number;
  }
}

TEST(Shard, UnionIsTheWhole) {
  std::vector<uint64_t> numbers = {5, 3, 9, 1, 7, 0, 2};
  for (unsigned count = 1; count < 10; ++count) {
    std::multiset<uint64_t> seen;
    size_t least = 100, most = 0;
    for (unsigned index = 0; index < count; ++index) {
      std::vector<uint64_t> part = Shard{index, count}.select(numbers);
      seen.insert(part.begin(), part.end());
      least = std::min(least, part.size());
      most = std::max(most, part.size());
    }
    EXPECT_EQ(seen, std::multiset<uint64_t>(numbers.begin(), numbers.end()));
    EXPECT_LE(most - least, 1u);
  }
}

TEST(Shard, Texts) {
  EXPECT_EQ(parseShard("2/4")->index, 1u);
  for (const char *text : {"0/4", "5/4", "1", "/", "1/0", "-1/4"}) {
    llvm::Expected<Shard> shard = parseShard(text);
    EXPECT_FALSE(bool(shard)) << text;
    llvm::consumeError(shard.takeError());
  }
}

class Environment : public testing::Test {
protected:
  void SetUp() override { TearDown(); }
  void TearDown() override {
    for (const char *name : {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS",
                             "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_NTASKS"})
      unsetenv(name);
  }
  std::pair<unsigned, unsigned> shard() {
    llvm::Expected<Shard> result = shardFromEnvironment();
    if (!result) {
      llvm::consumeError(result.takeError());
      return {99, 99};
    }
    return {result->index, result->count};
  }
};

TEST_F(Environment, RanksTakeTheirPart) {
  EXPECT_EQ(shard(), std::pair(0u, 1u));
  setenv("SLURM_NTASKS", "4", 1); // a batch script, not a rank
  setenv("SLURM_PROCID", "0", 1);
  EXPECT_EQ(shard(), std::pair(0u, 1u));
  setenv("SLURM_STEP_NUM_TASKS", "4", 1);
  setenv("SLURM_PROCID", "3", 1);
  EXPECT_EQ(shard(), std::pair(3u, 4u));
  setenv("OMPI_COMM_WORLD_RANK", "1", 1); // mpirun inside of it
  setenv("OMPI_COMM_WORLD_SIZE", "2", 1);
  EXPECT_EQ(shard(), std::pair(1u, 2u));
  setenv("OMPI_COMM_WORLD_RANK", "2", 1);
  EXPECT_EQ(shard(), std::pair(99u, 99u));
}

TEST_F(Environment, ArrayJobsMayBeginAnywhere) {
  setenv("SLURM_ARRAY_TASK_ID", "12", 1);
  setenv("SLURM_ARRAY_TASK_COUNT", "4", 1);
  setenv("SLURM_ARRAY_TASK_MIN", "10", 1);
  EXPECT_EQ(shard(), std::pair(2u, 4u));
}

} // namespace
