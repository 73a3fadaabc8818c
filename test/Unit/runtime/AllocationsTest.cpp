// AllocationsTest.cpp: ranges against live and freed blocks.
#include "test/Unit/runtime/RuntimeTest.h"

#include "runtime/core/Allocations.h"

using namespace cnrt;

TEST(Allocations, FindsTheBlockAroundAnAddress) {
  Allocations blocks;
  blocks.add({1000, 100});
  blocks.add({1100, 50});
  EXPECT_EQ(blocks.find(1099)->base, 1000u);
  EXPECT_EQ(blocks.find(1100)->base, 1100u);
  EXPECT_FALSE(blocks.find(999));
  EXPECT_FALSE(blocks.find(1150));
}

TEST(Allocations, RangeMayEndWhereTheBlockEnds) {
  Allocations blocks;
  blocks.add({1000, 100});
  EXPECT_TRUE(blocks.check("it", 1040, 60).ok());
  EXPECT_FALSE(blocks.check("it", 1040, 61).ok());
  EXPECT_FALSE(blocks.check("it", 1040, ~0ull).ok());
}

TEST(Allocations, NeighbouringBlocksAreNotOneRange) {
  Allocations blocks;
  blocks.add({1000, 100});
  blocks.add({1100, 100});
  EXPECT_CONTAINS(blocks.check("the source", 1000, 101).message, "end 1 bytes past its allocation");
}

TEST(Allocations, KnowsFreedBlocksUntilTheyAreUsedAgain) {
  Allocations blocks;
  blocks.add({1000, 100});
  ASSERT_TRUE(blocks.remove(1000).ok());
  EXPECT_CONTAINS(blocks.check("the source", 1010, 1).message, "was freed");
  EXPECT_CONTAINS(blocks.remove(1000).message, "was freed");
  blocks.add({1050, 10});
  EXPECT_CONTAINS(blocks.check("the source", 1010, 1).message, "is not device memory");
}

TEST(Allocations, RefusesToFreeTheMiddle) {
  Allocations blocks;
  blocks.add({1000, 100});
  EXPECT_CONTAINS(blocks.remove(1016).message, "points 16 bytes into an allocation of 100 bytes");
  EXPECT_TRUE(blocks.find(1000));
}
