// PrintfTest.cpp: device printf.
#include "simulator/core/Printf.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

using namespace dlp;

namespace {

std::string print(std::string_view format, std::vector<uint64_t> words = {}) {
  std::string out;
  auto readString = [](uint64_t address, uint64_t limit) {
    return std::string(address == 7 ? "seven" : "other").substr(0, limit);
  };
  return formatDevice(format, words, readString, out) ? out : "error: " + out;
}

uint64_t f(double d) { return std::bit_cast<uint64_t>(d); }

TEST(Printf, plainTextAndPercent) {
  EXPECT_EQ(print("100%% sure\n"), "100% sure\n");
  EXPECT_EQ(print("x", {1}), "x"); // an argument too many is no error in C
}

TEST(Printf, integersHaveTheWidthOfTheirModifier) {
  uint64_t minus = ~uint64_t{0};
  EXPECT_EQ(print("%d %i %u", {minus, 5, minus}), "-1 5 4294967295");
  EXPECT_EQ(print("%hhd %hd %ld %lld", {0x1ff, 0x18000, minus, minus}), "-1 -32768 -1 -1");
  EXPECT_EQ(print("%hhu %hu %lu %llu", {0x1ff, 0x18000, minus, minus}),
            "255 32768 18446744073709551615 18446744073709551615");
  EXPECT_EQ(print("%zu %td %jd", {minus, minus, minus}), "18446744073709551615 -1 -1");
  EXPECT_EQ(print("%x %X %o %#x", {255, 255, 8, 255}), "ff FF 10 0xff");
}

TEST(Printf, flagsWidthsAndPrecisions) {
  EXPECT_EQ(print("[%5d][%-5d][%05d][%+d][% d]", {42, 42, 42, 42, 42}), "[   42][42   ][00042][+42][ 42]");
  EXPECT_EQ(print("[%*d][%-*d][%*d]", {5, 1, 3, 2, uint64_t(-4), 3}), "[    1][2  ][3   ]");
  EXPECT_EQ(print("[%.3d][%.*f][%8.2f]", {7, 1, f(2.25), f(-3.14159)}), "[007][2.2][   -3.14]");
}

TEST(Printf, floatsAreDoubleWordsAlsoForHalf) {
  EXPECT_EQ(print("%f %e %g %hf %lf", {f(1.5), f(1500), f(0.25), f(0.5), f(-2)}),
            "1.500000 1.500000e+03 0.25 0.500000 -2.000000");
  EXPECT_EQ(print("%F %E %G %a %A", {f(1), f(1), f(1e-10), f(1), f(0.5)}), "1.000000 1.000000E+00 1E-10 0x1p+0 0X1P-1");
  EXPECT_EQ(print("%f %f", {f(INFINITY), f(-INFINITY)}), "inf -inf");
}

TEST(Printf, charactersStringsAndPointers) {
  EXPECT_EQ(print("%c%c|%s|%8s|%.3s", {'o', 'k', 7, 7, 7}), "ok|seven|   seven|sev");
  EXPECT_EQ(print("%p", {0x200040}), "0x200040");
}

TEST(Printf, refusesBadFormats) {
  EXPECT_EQ(print("%n", {0}), "error: the format uses %n, which device code may not");
  EXPECT_EQ(print("%q", {0}), "error: the format has an unknown conversion %q");
  EXPECT_EQ(print("50%"), "error: the format ends inside a conversion");
  EXPECT_EQ(print("%5"), "error: the format ends inside a conversion");
  EXPECT_EQ(print("%d %d", {1}), "error: the format needs more arguments than the 1 given");
  EXPECT_EQ(print("%99999999999d", {1}), "error: the format has a field wider than 4096 characters");
}

} // namespace
