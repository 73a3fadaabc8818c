// ValidBitsTest.cpp: ranges of bits against a plain vector.
#include "simulator/check/ValidBits.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

using dlp::check::ValidBits;

namespace {

TEST(ValidBits, startsUnwritten) {
  ValidBits bits(100);
  EXPECT_TRUE(bits.none(0, 100));
  EXPECT_FALSE(bits.all(0, 1));
  EXPECT_TRUE(bits.all(50, 0));
  bits.clear(0, 100);
  EXPECT_FALSE(bits.test(99));
}

TEST(ValidBits, equalsAVectorAfterRandomRanges) {
  constexpr uint64_t kBytes = 1000;
  std::mt19937 random(1);
  ValidBits bits(kBytes);
  std::vector<bool> expected(kBytes);
  for (int round = 0; round < 3000; ++round) {
    uint64_t offset = random() % kBytes, count = random() % (kBytes - offset + 1);
    bool valid = random() & 1;
    valid ? bits.set(offset, count) : bits.clear(offset, count);
    std::fill(expected.begin() + long(offset), expected.begin() + long(offset + count), valid);
    uint64_t from = random() % kBytes, length = random() % (kBytes - from + 1), first[2] = {length, length};
    for (uint64_t i = length; i-- > 0;)
      first[expected[from + i]] = i;
    ASSERT_EQ(bits.firstWith(false, from, length), first[0]) << "round " << round;
    ASSERT_EQ(bits.firstWith(true, from, length), first[1]) << "round " << round;
    ASSERT_EQ(bits.all(from, length), first[0] == length);
    ASSERT_EQ(bits.none(from, length), first[1] == length);
  }
  bits.clearAll();
  EXPECT_TRUE(bits.none(0, kBytes));
}

} // namespace
