// SoftFloat.cpp: numbers are taken apart into sign, exponent and a 64-bit significand whose top bit is set, computed in
// 128 bits, and rounded once in pack(). Bits lost on the way are kept as a sticky lowest bit ("jam").
#include "simulator/core/SoftFloat.h"

#include <bit>
#include <utility>

namespace dlp {
namespace {

using u128 = unsigned __int128;

enum class Kind { Zero, Finite, Infinity, QuietNan, SignalingNan };

// Finite: value = sig * 2^(exp - 63), with bit 63 of sig set.
struct Unpacked {
  Kind kind;
  bool sign;
  int exp;
  uint64_t sig;
  bool isNan() const { return kind >= Kind::QuietNan; }
};

int biasOf(FloatFormat f) { return (1 << (f.expBits - 1)) - 1; }

Unpacked unpack(FloatFormat f, uint64_t a) {
  uint64_t man = a & ((uint64_t{1} << f.manBits) - 1);
  int exp = (a >> f.manBits) & ((1 << f.expBits) - 1);
  bool sign = (a & f.signBit()) != 0;
  if (exp == (1 << f.expBits) - 1) {
    if (!man)
      return {Kind::Infinity, sign, 0, 0};
    return {man >> (f.manBits - 1) ? Kind::QuietNan : Kind::SignalingNan, sign, 0, 0};
  }
  if (exp == 0) {
    if (!man)
      return {Kind::Zero, sign, 0, 0};
    int shift = std::countl_zero(man);
    return {Kind::Finite, sign, 1 - biasOf(f) - int(f.manBits) + 63 - shift, man << shift};
  }
  return {Kind::Finite, sign, exp - biasOf(f), (man | uint64_t{1} << f.manBits) << (63 - f.manBits)};
}

uint64_t shiftRightJam(uint64_t v, unsigned n) {
  if (n == 0)
    return v;
  if (n > 63)
    return v != 0;
  return v >> n | ((v << (64 - n)) != 0);
}

u128 shiftRightJam(u128 v, unsigned n) {
  if (n == 0)
    return v;
  if (n > 127)
    return v != 0;
  return v >> n | u128((v << (128 - n)) != 0);
}

// Whether a magnitude with last kept bit `odd` and dropped part `low` (where `half` is one half) is rounded up.
bool roundsUp(RoundMode mode, bool sign, bool odd, uint64_t low, uint64_t half) {
  switch (mode) {
  case RoundMode::NearestEven:
    return low > half || (low == half && odd);
  case RoundMode::NearestAway:
    return low >= half;
  case RoundMode::Down:
    return sign && low;
  case RoundMode::Up:
    return !sign && low;
  case RoundMode::Zero:
    return false;
  }
  return false;
}

uint64_t pack(SoftFloat &s, FloatFormat f, bool sign, int exp, uint64_t sig) {
  const int bias = biasOf(f), minExp = 1 - bias;
  const unsigned drop = 63 - f.manBits;
  const uint64_t half = uint64_t{1} << (drop - 1), dropMask = (half << 1) - 1;
  const uint64_t signed0 = sign ? f.signBit() : 0;
  bool tiny = false;
  if (exp < minExp) {
    // Tininess is detected after rounding: as if the exponent had no lower bound.
    uint64_t kept = sig >> drop;
    bool carries = kept == (uint64_t{2} << f.manBits) - 1 && roundsUp(s.mode, sign, kept & 1, sig & dropMask, half);
    tiny = !(exp == minExp - 1 && carries);
    sig = shiftRightJam(sig, unsigned(minExp - exp));
    exp = minExp;
  }
  uint64_t low = sig & dropMask, kept = sig >> drop;
  if (roundsUp(s.mode, sign, kept & 1, low, half) && ++kept == uint64_t{2} << f.manBits) {
    kept >>= 1;
    ++exp;
  }
  if (exp > bias) {
    s.flags |= kOverflow | kInexact;
    bool toInfinity = s.mode == RoundMode::NearestEven || s.mode == RoundMode::NearestAway ||
                      (s.mode == RoundMode::Up && !sign) || (s.mode == RoundMode::Down && sign);
    return signed0 | (toInfinity ? f.infinity() : f.infinity() - 1);
  }
  if (low)
    s.flags |= tiny ? kInexact | kUnderflow : kInexact;
  if (!(kept >> f.manBits)) // subnormal or zero
    return signed0 | kept;
  return signed0 | uint64_t(exp + bias) << f.manBits | (kept & ((uint64_t{1} << f.manBits) - 1));
}

// Packs value = v * 2^(exp - point), v not zero.
uint64_t pack128(SoftFloat &s, FloatFormat f, bool sign, int exp, u128 v, int point) {
  uint64_t high = uint64_t(v >> 64);
  int lead = high ? std::countl_zero(high) : 64 + std::countl_zero(uint64_t(v));
  v <<= lead;
  return pack(s, f, sign, exp + 127 - lead - point, uint64_t(v >> 64) | (uint64_t(v) != 0));
}

uint64_t zero(FloatFormat f, bool sign) { return sign ? f.signBit() : 0; }
uint64_t infinity(FloatFormat f, bool sign) { return zero(f, sign) | f.infinity(); }

uint64_t invalid(SoftFloat &s, FloatFormat f) {
  s.flags |= kInvalid;
  return f.canonicalNan();
}

// The result when an operand is NaN.
uint64_t nanOf(SoftFloat &s, FloatFormat f, const Unpacked &a, const Unpacked &b) {
  if (a.kind == Kind::SignalingNan || b.kind == Kind::SignalingNan)
    s.flags |= kInvalid;
  return f.canonicalNan();
}

// a + b, where each is `v * 2^(exp - point)`; both not zero and v below 2^127.
uint64_t addMagnitudes(SoftFloat &s, FloatFormat f, bool signA, int expA, u128 a, bool signB, int expB, u128 b,
                       int point) {
  if (expA < expB) {
    std::swap(signA, signB);
    std::swap(expA, expB);
    std::swap(a, b);
  }
  b = shiftRightJam(b, unsigned(expA - expB));
  if (signA == signB)
    return pack128(s, f, signA, expA, a + b, point);
  if (a == b)
    return zero(f, s.mode == RoundMode::Down);
  if (a > b)
    return pack128(s, f, signA, expA, a - b, point);
  return pack128(s, f, signB, expA, b - a, point);
}

u128 squareRoot(u128 n) {
  u128 root = 0;
  for (int bit = 63; bit >= 0; --bit) {
    u128 next = root | u128{1} << bit;
    if (next * next <= n)
      root = next;
  }
  return root;
}

} // namespace

uint64_t SoftFloat::add(FloatFormat f, uint64_t ra, uint64_t rb) {
  Unpacked a = unpack(f, ra), b = unpack(f, rb);
  if (a.isNan() || b.isNan())
    return nanOf(*this, f, a, b);
  if (a.kind == Kind::Infinity) {
    if (b.kind == Kind::Infinity && a.sign != b.sign)
      return invalid(*this, f);
    return ra;
  }
  if (b.kind == Kind::Infinity)
    return rb;
  if (a.kind == Kind::Zero && b.kind == Kind::Zero)
    return a.sign == b.sign ? ra : zero(f, mode == RoundMode::Down);
  if (a.kind == Kind::Zero)
    return rb;
  if (b.kind == Kind::Zero)
    return ra;
  return addMagnitudes(*this, f, a.sign, a.exp, u128(a.sig) << 62, b.sign, b.exp, u128(b.sig) << 62, 125);
}

uint64_t SoftFloat::mul(FloatFormat f, uint64_t ra, uint64_t rb) {
  Unpacked a = unpack(f, ra), b = unpack(f, rb);
  bool sign = a.sign != b.sign;
  if (a.isNan() || b.isNan())
    return nanOf(*this, f, a, b);
  bool anyZero = a.kind == Kind::Zero || b.kind == Kind::Zero;
  if (a.kind == Kind::Infinity || b.kind == Kind::Infinity)
    return anyZero ? invalid(*this, f) : infinity(f, sign);
  if (anyZero)
    return zero(f, sign);
  return pack128(*this, f, sign, a.exp + b.exp, u128(a.sig) * b.sig, 126);
}

uint64_t SoftFloat::div(FloatFormat f, uint64_t ra, uint64_t rb) {
  Unpacked a = unpack(f, ra), b = unpack(f, rb);
  bool sign = a.sign != b.sign;
  if (a.isNan() || b.isNan())
    return nanOf(*this, f, a, b);
  if (a.kind == Kind::Infinity)
    return b.kind == Kind::Infinity ? invalid(*this, f) : infinity(f, sign);
  if (b.kind == Kind::Infinity)
    return zero(f, sign);
  if (b.kind == Kind::Zero) {
    if (a.kind == Kind::Zero)
      return invalid(*this, f);
    flags |= kDivideByZero;
    return infinity(f, sign);
  }
  if (a.kind == Kind::Zero)
    return zero(f, sign);
  u128 dividend = u128(a.sig) << 63;
  u128 quotient = dividend / b.sig;
  bool rest = quotient * b.sig != dividend;
  return pack128(*this, f, sign, a.exp - b.exp, quotient << 2 | u128(rest), 65);
}

uint64_t SoftFloat::sqrt(FloatFormat f, uint64_t ra) {
  Unpacked a = unpack(f, ra);
  if (a.isNan())
    return nanOf(*this, f, a, a);
  if (a.kind == Kind::Zero)
    return ra;
  if (a.sign)
    return invalid(*this, f);
  if (a.kind == Kind::Infinity)
    return ra;
  bool odd = a.exp & 1;
  u128 radicand = u128(a.sig) << (odd ? 64 : 63);
  u128 root = squareRoot(radicand);
  bool rest = root * root != radicand;
  return pack128(*this, f, false, (a.exp - odd) / 2, root << 2 | u128(rest), 65);
}

uint64_t SoftFloat::fma(FloatFormat f, uint64_t ra, uint64_t rb, uint64_t rc) {
  Unpacked a = unpack(f, ra), b = unpack(f, rb), c = unpack(f, rc);
  bool sign = a.sign != b.sign;
  bool zeroProduct = a.kind == Kind::Zero || b.kind == Kind::Zero;
  bool infiniteProduct = a.kind == Kind::Infinity || b.kind == Kind::Infinity;
  if (zeroProduct && infiniteProduct) { // invalid even when c is a quiet NaN
    return invalid(*this, f);
  }
  if (a.isNan() || b.isNan() || c.isNan()) {
    nanOf(*this, f, a, b);
    return nanOf(*this, f, c, c);
  }
  if (infiniteProduct)
    return c.kind == Kind::Infinity && c.sign != sign ? invalid(*this, f) : infinity(f, sign);
  if (c.kind == Kind::Infinity)
    return rc;
  if (zeroProduct) {
    if (c.kind == Kind::Zero)
      return c.sign == sign ? rc : zero(f, mode == RoundMode::Down);
    return rc;
  }
  u128 product = u128(a.sig) * b.sig;
  if (c.kind == Kind::Zero)
    return pack128(*this, f, sign, a.exp + b.exp, product, 126);
  // The product has at most 106 significant bits, on top, so halving it loses nothing. The sticky bit is enough too: an
  // operand shifted by more than its free low bits cannot cancel more than one leading bit of the other.
  return addMagnitudes(*this, f, sign, a.exp + b.exp, product >> 1, c.sign, c.exp, u128(c.sig) << 62, 125);
}

uint64_t SoftFloat::convert(FloatFormat to, FloatFormat from, uint64_t ra) {
  Unpacked a = unpack(from, ra);
  switch (a.kind) {
  case Kind::Zero:
    return zero(to, a.sign);
  case Kind::Infinity:
    return infinity(to, a.sign);
  case Kind::Finite:
    return pack(*this, to, a.sign, a.exp, a.sig);
  default:
    return nanOf(*this, to, a, a);
  }
}

uint64_t SoftFloat::toInteger(FloatFormat f, uint64_t ra, unsigned bits, bool isSigned) {
  Unpacked a = unpack(f, ra);
  const uint64_t top = bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
  const uint64_t largest = isSigned ? top >> 1 : top;
  auto extend = [&](uint64_t v) { return bits == 32 ? uint64_t(int64_t(int32_t(v))) : v; };
  auto saturate = [&](bool negative) {
    flags |= kInvalid;
    return negative ? (isSigned ? extend(largest + 1) : 0) : extend(largest);
  };
  if (a.kind == Kind::Zero)
    return 0;
  if (a.isNan())
    return saturate(false);
  if (a.kind == Kind::Infinity || a.exp > 63)
    return saturate(a.sign);
  uint64_t whole = a.exp >= 0 ? a.sig >> (63 - a.exp) : 0;
  uint64_t fraction = a.exp == 63 ? 0 : a.exp >= 0 ? a.sig << (a.exp + 1) : shiftRightJam(a.sig, unsigned(-a.exp - 1));
  if (roundsUp(mode, a.sign, whole & 1, fraction, uint64_t{1} << 63))
    ++whole; // cannot wrap: with exponent 63 there is no fraction
  uint64_t limit = a.sign ? (isSigned ? largest + 1 : 0) : largest;
  if (whole > limit)
    return saturate(a.sign);
  if (fraction)
    flags |= kInexact;
  return extend(a.sign ? 0 - whole : whole);
}

uint64_t SoftFloat::fromInteger(FloatFormat f, uint64_t value, bool isSigned) {
  bool sign = isSigned && int64_t(value) < 0;
  uint64_t magnitude = sign ? 0 - value : value;
  if (!magnitude)
    return 0;
  int lead = std::countl_zero(magnitude);
  return pack(*this, f, sign, 63 - lead, magnitude << lead);
}

namespace {
// Order of two numbers that are not NaN: the sign-magnitude patterns as integers; -0 and +0 differ.
int64_t orderOf(FloatFormat f, uint64_t a) {
  int64_t magnitude = int64_t(a & (f.signBit() - 1));
  return a & f.signBit() ? -1 - magnitude : magnitude;
}
bool bothZero(FloatFormat f, uint64_t a, uint64_t b) { return ((a | b) & (f.signBit() - 1)) == 0; }

bool isNan(FloatFormat f, uint64_t a) { return (a & (f.signBit() - 1)) > f.infinity(); }

// Raises invalid for a signalling NaN.
void noteSignaling(SoftFloat &s, FloatFormat f, uint64_t a) {
  if (isNan(f, a) && !(a >> (f.manBits - 1) & 1))
    s.flags |= kInvalid;
}
} // namespace

bool SoftFloat::equal(FloatFormat f, uint64_t a, uint64_t b) {
  if (isNan(f, a) || isNan(f, b)) {
    noteSignaling(*this, f, a);
    noteSignaling(*this, f, b);
    return false;
  }
  return a == b || bothZero(f, a, b);
}

bool SoftFloat::less(FloatFormat f, uint64_t a, uint64_t b) {
  if (isNan(f, a) || isNan(f, b)) {
    flags |= kInvalid;
    return false;
  }
  return !bothZero(f, a, b) && orderOf(f, a) < orderOf(f, b);
}

bool SoftFloat::lessEqual(FloatFormat f, uint64_t a, uint64_t b) {
  if (isNan(f, a) || isNan(f, b)) {
    flags |= kInvalid;
    return false;
  }
  return bothZero(f, a, b) || orderOf(f, a) <= orderOf(f, b);
}

uint64_t SoftFloat::min(FloatFormat f, uint64_t a, uint64_t b) {
  noteSignaling(*this, f, a);
  noteSignaling(*this, f, b);
  if (isNan(f, a))
    return isNan(f, b) ? f.canonicalNan() : b;
  return isNan(f, b) || orderOf(f, a) <= orderOf(f, b) ? a : b;
}

uint64_t SoftFloat::max(FloatFormat f, uint64_t a, uint64_t b) {
  noteSignaling(*this, f, a);
  noteSignaling(*this, f, b);
  if (isNan(f, a))
    return isNan(f, b) ? f.canonicalNan() : b;
  return isNan(f, b) || orderOf(f, a) >= orderOf(f, b) ? a : b;
}

uint64_t classifyFloat(FloatFormat f, uint64_t ra) {
  Unpacked a = unpack(f, ra);
  switch (a.kind) {
  case Kind::SignalingNan:
    return 1 << 8;
  case Kind::QuietNan:
    return 1 << 9;
  case Kind::Infinity:
    return a.sign ? 1 << 0 : 1 << 7;
  case Kind::Zero:
    return a.sign ? 1 << 3 : 1 << 4;
  case Kind::Finite:
    break;
  }
  bool subnormal = (ra & f.infinity()) == 0;
  return a.sign ? (subnormal ? 1 << 2 : 1 << 1) : (subnormal ? 1 << 5 : 1 << 6);
}

} // namespace dlp
