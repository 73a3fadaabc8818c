// TransfersTest.cpp: how fast bytes flow, alone and together.
#include "simulator/timing/Transfers.h"
#include "Machine.h"

#include <gtest/gtest.h>

using namespace dlp::timing;

namespace {

Transfers::Transfer read(uint32_t actor, uint32_t cluster, bool memoryCore = false) {
  return {actor, cluster, memoryCore, 0, Flow::DramRead};
}

TEST(Transfers, aCoreHasItsLimit) {
  Transfers t(plainParameters(), 2, 1, 1);
  t.begin(read(0, 0), 1000, 100);
  EXPECT_DOUBLE_EQ(t.nextEnd(), 150); // 20 bytes per cycle
  EXPECT_EQ(t.endNext().actor, 0u);
  EXPECT_EQ(t.nextEnd(), std::numeric_limits<double>::infinity());
}

TEST(Transfers, aClusterHasItsLimitAndWhoCameFirstGoesFirst) {
  Transfers t(plainParameters(), 2, 1, 1);
  for (uint32_t core = 0; core < 4; ++core)
    t.begin(read(core, 0), 1000, 0);
  // 50 for the cluster: 20, 20, 10 and nothing.
  EXPECT_DOUBLE_EQ(t.offChipRate(), 50);
  EXPECT_DOUBLE_EQ(t.nextEnd(), 50);
  EXPECT_EQ(t.endNext().actor, 0u);
  EXPECT_DOUBLE_EQ(t.offChipRate(), 50);
  EXPECT_EQ(t.endNext().actor, 1u);
  EXPECT_DOUBLE_EQ(t.nextEnd(), 75); // 500 left at 50, at 20
  EXPECT_EQ(t.endNext().actor, 2u);
  EXPECT_DOUBLE_EQ(t.nextEnd(), 100); // all of it from 50 on
}

TEST(Transfers, allShareTheMemory) {
  Parameters p = plainParameters();
  p.gdramBandwidth = 60;
  Transfers t(p, 2, 1, 1);
  t.begin(read(0, 0, true), 5000, 0);
  t.begin(read(3, 1, true), 1000, 0);
  EXPECT_DOUBLE_EQ(t.offChipRate(), 60); // 50 and 10
  EXPECT_DOUBLE_EQ(t.nextEnd(), 100);
}

TEST(Transfers, writesReachLessOfThePeak) {
  Parameters p = plainParameters();
  p.gdramWriteEfficiency = 0.15;
  Transfers t(p, 2, 1, 1);
  t.begin({0, 0, false, 0, Flow::DramWrite}, 1500, 0);
  EXPECT_DOUBLE_EQ(t.nextEnd(), 100);
}

TEST(Transfers, theSramOfAClusterHasOnePort) {
  Transfers t(plainParameters(), 2, 1, 1);
  for (uint32_t core = 0; core < 3; ++core)
    t.begin({core, 0, false, 1, Flow::Sram}, 6400, 0);
  t.begin({3, 1, false, 1, Flow::Sram}, 6400, 0);
  EXPECT_DOUBLE_EQ(t.offChipRate(), 0);
  EXPECT_EQ(t.endNext().actor, 0u);
  EXPECT_DOUBLE_EQ(t.nextEnd(), 100);
  EXPECT_EQ(t.endNext().actor, 1u);
  EXPECT_EQ(t.endNext().actor, 3u);
  EXPECT_DOUBLE_EQ(t.nextEnd(), 200); // the third of cluster 0 had to wait
}

TEST(Transfers, bandwidthCanBeScaled) {
  Transfers t(plainParameters(), 2, 2, 1);
  t.begin(read(0, 0), 1000, 0);
  EXPECT_DOUBLE_EQ(t.nextEnd(), 25);
}

} // namespace
