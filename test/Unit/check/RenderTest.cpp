// RenderTest.cpp: reports are read back as they were written, and damaged ones are refused.
#include "simulator/check/Render.h"

#include <gtest/gtest.h>

using namespace dlp::check;

namespace {

Finding example() {
  Finding f;
  f.kind = Kind::Race;
  f.kernel = "k(float*)";
  f.place = {"k.mlu", 12, 3, "__bang_add(a, a, b, n);", 0x1000010};
  f.object = "'a'";
  f.what = "something \"quoted\"";
  f.notes.push_back({"the other write", {"k.mlu", 14, 0, "", 0}});
  f.fix = "a barrier";
  f.who = "task 1";
  f.iteration = 3;
  f.count = 5;
  return f;
}

TEST(Render, jsonIsReadBack) {
  Totals totals, readTotals;
  totals.launches = 2;
  totals.finished = true;
  totals.resources = {"k uses 1 KB"};
  std::vector<Finding> read;
  ASSERT_TRUE(fromJson(toJson({example()}, totals), read, readTotals));
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].key(), example().key());
  EXPECT_EQ(renderText(read[0]), renderText(example()));
  EXPECT_EQ(readTotals.launches, 2u);
  EXPECT_EQ(renderSummary(read, readTotals), renderSummary({example()}, totals));
}

TEST(Render, damagedReportsAreRefused) {
  std::vector<Finding> findings;
  Totals totals;
  for (const char *text :
       {"", "[]", "{}", "{\"version\": 1}", "{\"version\": 1, \"findings\": [{\"kind\": \"magic\"}]}",
        "{\"version\": 1, \"findings\": [{\"kind\": \"race\", \"what\": 5}]}"})
    EXPECT_FALSE(fromJson(text, findings, totals)) << text;
}

TEST(Options, sayWhatIsExpected) {
  std::string error;
  auto options = parseOptions("only=bounds+race,report=/tmp/a,b", error);
  ASSERT_TRUE(options);
  EXPECT_TRUE(options->wants(Kind::Bounds));
  EXPECT_FALSE(options->wants(Kind::Hazard));
  EXPECT_EQ(options->report, "/tmp/a,b");
  EXPECT_FALSE(parseOptions("only=magic", error));
  EXPECT_NE(error.find("expected bounds, uninitialised"), std::string::npos);
  EXPECT_FALSE(parseOptions("orders=x", error));
  EXPECT_FALSE(parseOptions("arch=mtp_372", error));
}

} // namespace
