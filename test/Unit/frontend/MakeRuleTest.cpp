// MakeRuleTest.cpp: names in make rules, collected dependencies.
#include "frontend/driver/Options.h"
#include "frontend/sema/SourceJob.h"

#include <gtest/gtest.h>

using namespace bang;

TEST(MakeRule, plainName) { EXPECT_EQ(quoteForMake("dir/kernel.mlu"), "dir/kernel.mlu"); }
TEST(MakeRule, space) { EXPECT_EQ(quoteForMake("a b"), "a\\ b"); }
TEST(MakeRule, hash) { EXPECT_EQ(quoteForMake("a#b"), "a\\#b"); }
TEST(MakeRule, dollar) { EXPECT_EQ(quoteForMake("a$b"), "a$$b"); }

TEST(Dependencies, eachFileOnce) {
  Dependencies dependencies;
  dependencies.add("k.mlu");
  dependencies.add("./k.mlu");
  dependencies.add("a.h");
  EXPECT_EQ(dependencies.files, (std::vector<std::string>{"k.mlu", "a.h"}));
}
