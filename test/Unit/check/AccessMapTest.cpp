// AccessMapTest.cpp: histories by range against one for each byte.
#include "simulator/check/AccessMap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

using namespace dlp::check;

namespace {

TEST(AccessMap, visitsEachByteOnce) {
  AccessMap map;
  map.update(10, 20, [](uint64_t, uint64_t, History &h) { h.write.agent = 1; });
  std::vector<std::pair<uint64_t, uint64_t>> seen;
  map.update(5, 30, [&](uint64_t begin, uint64_t end, History &) { seen.push_back({begin, end}); });
  EXPECT_EQ(seen, (std::vector<std::pair<uint64_t, uint64_t>>{{5, 10}, {10, 20}, {20, 30}}));
}

TEST(AccessMap, equalsOneHistoryForEachByte) {
  constexpr uint64_t kBytes = 300;
  std::mt19937 random(2);
  AccessMap map;
  std::vector<History> expected(kBytes);
  int extended = 0;
  uint64_t end = 0;
  for (int round = 0; round < 3000; ++round) {
    // Small ranges, half of them behind the one before.
    uint64_t first = random() & 1 && end < kBytes ? end : random() % kBytes;
    uint64_t last = first + random() % std::min<uint64_t>(20, kBytes - first) + 1;
    end = last;
    Access now{uint32_t(random() % 3 + 1), 1, random() % 2, false};
    bool write = random() & 1;
    // What extend() does is what update() does to bytes without a history.
    History fresh;
    (write ? fresh.write : fresh.reads[0]) = now;
    bool untouched = std::all_of(expected.begin() + long(first), expected.begin() + long(last),
                                 [](const History &history) { return history == History(); });
    if (map.extend(first, last, fresh)) {
      ++extended;
      ASSERT_TRUE(untouched);
      std::fill(expected.begin() + long(first), expected.begin() + long(last), fresh);
      continue;
    }
    map.update(first, last, [&](uint64_t begin, uint64_t end, History &history) {
      ASSERT_LT(begin, end);
      for (uint64_t i = begin; i < end; ++i)
        ASSERT_EQ(history, expected[i]) << "byte " << i << " in round " << round;
      (write ? history.write : history.reads[0]) = now;
    });
    for (uint64_t i = first; i < last; ++i)
      (write ? expected[i].write : expected[i].reads[0]) = now;
    if (round % 50 == 49) {
      map.clear();
      expected.assign(kBytes, {});
    }
  }
  EXPECT_GT(extended, 0);
}

} // namespace
