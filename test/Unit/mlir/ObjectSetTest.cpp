// ObjectSetTest.cpp: sets of objects grow, and say so.
#include "mlir-dialects/Bang/Analysis/PointsTo.h"

#include "gtest/gtest.h"

using namespace bang;

TEST(ObjectSet, addTellsWhetherItGrew) {
  ObjectSet set;
  EXPECT_TRUE(set.empty());
  EXPECT_TRUE(set.add(7));
  EXPECT_TRUE(set.add(3));
  EXPECT_FALSE(set.add(7));
  EXPECT_EQ(set.objects(), (llvm::ArrayRef<unsigned>{3, 7}));
}

TEST(ObjectSet, joinKeepsUnknown) {
  ObjectSet known, unknown;
  known.add(1);
  unknown.setUnknown();
  EXPECT_TRUE(known.join(unknown));
  EXPECT_TRUE(known.unknown);
  EXPECT_FALSE(known.empty());
  EXPECT_FALSE(known.join(unknown));
}

TEST(ObjectSet, tooManyObjectsAreUnknown) {
  ObjectSet set;
  for (unsigned id = 0; id < 1000; ++id)
    set.add(id);
  EXPECT_TRUE(set.unknown);
  EXPECT_LT(set.objects().size(), 100u);
  EXPECT_FALSE(set.add(2000)) << "an unknown set must stop growing, or the solver does not end";
}
