// Quadrant.cpp: Payne and Hanek's reduction in integers, the same on every host.
#include "simulator/numeric/Quadrant.h"

#include <bit>

namespace dlp {

using U128 = unsigned __int128;

// The first 256 bits of 2 / pi behind the point.
static constexpr uint64_t kTwoOverPi[] = {0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041,
                                          0xfe5163abdebbc561};

// 64 bits from bit `first` on.
static uint64_t bitsFrom(unsigned first) {
  const unsigned word = first / 64, shift = first % 64;
  return shift ? kTwoOverPi[word] << shift | kTwoOverPi[word + 1] >> (64 - shift) : kTwoOverPi[word];
}

double reduceLargeAngle(float x, int64_t &quadrant) {
  const uint32_t bits = std::bit_cast<uint32_t>(x);
  const uint64_t fraction = (bits & 0x7fffff) | 0x800000;
  const unsigned exponent = (bits >> 23 & 0xff) - 150; // |x| = fraction * 2^exponent, 2 to 104
  // |x| * 2 / pi in quarter turns, modulo 4: two bits before the point, 126 behind it.
  const unsigned first = exponent - 2;
  const U128 turns = (U128(bitsFrom(first)) << 64 | bitsFrom(first + 64)) * fraction;
  const U128 whole = (turns + (U128(1) << 125)) >> 126;
  const __int128 rest = __int128(turns - (whole << 126)); // at most half a quarter turn
  const double r = double(rest) * 0x1p-126 * 0x1.921fb54442d18p+0;
  const bool negative = bits >> 31;
  quadrant += negative ? -int64_t(whole) : int64_t(whole);
  return negative ? -r : r;
}

} // namespace dlp
