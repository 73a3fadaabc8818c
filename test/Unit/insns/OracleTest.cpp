// OracleTest.cpp: rows that round, against LLVM's APFloat and wide integers, which share no arithmetic with the
// handlers: edges in all pairs, and random operands.
//
// Other tests have oracles in double. That is enough for sums, products, quotients and roots of 16-bit floats: a result
// rounded to p' bits and then to p is the one rounded once where p' >= 2p + 2, and 53 >= 2 * 11 + 2; so is f32 for f16,
// 24 >= 2 * 11 + 2, and for bf16. Here it is proved by comparison, below the normal range too.
#include "Bench.h"
#include "test/Unit/numeric/Reference.h"

#include <array>

using namespace dlp;
using namespace dlp::test;

namespace {

constexpr auto kNearest = APFloat::rmNearestTiesToEven;

template <class T> APFloat in(APFloat v, APFloat::roundingMode mode = kNearest) {
  bool lost;
  v.convert(semantics<T>(), mode, &lost);
  return v;
}
APFloat quad(APFloat v) {
  bool lost;
  v.convert(APFloat::IEEEquad(), kNearest, &lost);
  return v;
}

// Zeros, ends of the subnormal and normal ranges, one with its neighbours, infinities, NaNs of both kinds.
template <class T> std::vector<T> edges() {
  constexpr unsigned kFraction = std::is_same_v<T, Half> ? 10 : std::is_same_v<T, BFloat> ? 7 : 23;
  constexpr uint64_t kSign = 1ull << (8 * sizeof(T) - 1), kNormal = 1ull << kFraction,
                     kInfinity = std::is_same_v<T, Half>     ? 0x7c00
                                 : std::is_same_v<T, BFloat> ? 0x7f80
                                                             : 0x7f800000;
  const uint64_t one = bitsOf(roundTo<T>(1.0, Rounding::RN));
  std::vector<T> values;
  for (uint64_t bits : {uint64_t(0),
                        uint64_t(1),
                        uint64_t(2),
                        kNormal / 2,
                        kNormal - 1,
                        kNormal,
                        kNormal + 1,
                        2 * kNormal,
                        one - 1,
                        one,
                        one + 1,
                        one + kNormal / 2,
                        one + kNormal,
                        one + 2 * kNormal + 1,
                        one + kFraction * kNormal,
                        one - kFraction * kNormal,
                        kInfinity - kNormal,
                        kInfinity - 1,
                        kInfinity,
                        kInfinity + 1,
                        kInfinity + kNormal / 2})
    for (uint64_t sign : {uint64_t(0), kSign})
      values.push_back(fromBits<T>(bits | sign));
  return values;
}

// Two operands: every pair of edges, then random ones of all sizes and of sizes close to each other.
template <class T> std::pair<std::vector<T>, std::vector<T>> operands() {
  std::pair<std::vector<T>, std::vector<T>> all;
  for (T a : edges<T>())
    for (T b : edges<T>()) {
      all.first.push_back(a);
      all.second.push_back(b);
    }
  constexpr size_t kRandom = 6000;
  std::mt19937 random(7);
  for (size_t i = 0; i < kRandom; ++i) {
    const uint32_t bits = random();
    const uint32_t near = 0x3f803f80u ^ (random() & 0x807f807f); // about 1 as f32 and bf16, about 2 as f16
    all.first.push_back(fromBits<T>(bits));
    all.second.push_back(fromBits<T>(i % 3 == 0 ? near : i % 3 == 1 ? bits ^ (random() & 0x803f801f) : random()));
  }
  return all;
}

template <class T> class Oracle : public ::testing::Test {};
TYPED_TEST_SUITE(Oracle, FloatTypes, TypeNames);

template <class T, class Run, class Judge> void checkPairs(const char *row, Run run, Judge judge) {
  Bench m;
  const auto [a, b] = operands<T>();
  m.put(kA, a);
  m.put(kB, b);
  run(m, a.size());
  const auto got = m.get<T>(kOut, a.size());
  for (size_t i = 0; i < a.size(); ++i)
    ASSERT_EQ(bitsOf(got[i]), referenceBits<T>(judge(exact(a[i]), exact(b[i]))))
        << row << std::hex << " of " << bitsOf(a[i]) << " and " << bitsOf(b[i]);
}

#define CHECK_BINARY(ROW, NAME, ...)                                                                                   \
  checkPairs<T>(                                                                                                       \
      NAME, [](Bench &m, size_t n) { m.run(exec##ROW, name<T>(NAME), ROW##Ops{kOut, kA, kB, n}); },                    \
      [](APFloat a, const APFloat &b) {                                                                                \
        a.__VA_ARGS__;                                                                                                 \
        return a;                                                                                                      \
      })

TYPED_TEST(Oracle, ArithmeticRoundsOnce) {
  using T = TypeParam;
  CHECK_BINARY(Vadd, "vadd", add(b, kNearest));
  CHECK_BINARY(Vsub, "vsub", subtract(b, kNearest));
  CHECK_BINARY(Vmul, "vmul", multiply(b, kNearest));
  CHECK_BINARY(Vdiv, "vdiv", divide(b, kNearest));
  CHECK_BINARY(Vaddtz, "vaddtz", add(b, APFloat::rmTowardZero));
}

// A root is right when its square lies between those of the middles to its neighbours; they are exact in quad.
template <class T> bool isNearestRoot(const APFloat &root, const APFloat &of) {
  APFloat above = root, below = root;
  above.next(false);
  below.next(true);
  const auto squareOfMiddle = [&](const APFloat &neighbour) {
    APFloat middle = quad(root) + quad(neighbour);
    middle = scalbn(middle, -1, kNearest);
    return middle * middle;
  };
  const bool odd = root.bitcastToAPInt()[0];
  const auto low = squareOfMiddle(below).compare(quad(of)), high = squareOfMiddle(above).compare(quad(of));
  return (low == APFloat::cmpLessThan || (!odd && low == APFloat::cmpEqual)) &&
         (high == APFloat::cmpGreaterThan || (!odd && high == APFloat::cmpEqual));
}

TYPED_TEST(Oracle, RootsRoundOnce) {
  using T = TypeParam;
  std::vector<T> values = operands<T>().first;
  if constexpr (sizeof(T) == 2) {
    values.clear();
    for (uint32_t bits = 0; bits < 0x10000; ++bits)
      values.push_back(fromBits<T>(bits));
  }
  Bench m;
  m.put(kA, values);
  m.run(execVsqrt, name<T>("vsqrt"), VsqrtOps{kOut, kA, values.size()});
  const auto got = m.get<T>(kOut, values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    const APFloat of = exact(values[i]), root = exact(got[i]);
    if (of.isNaN() || (of.isNegative() && !of.isZero()))
      ASSERT_EQ(bitsOf(got[i]), nanOf<T>());
    else if (of.isZero() || of.isInfinity())
      ASSERT_EQ(bitsOf(got[i]), bitsOf(values[i]));
    else
      ASSERT_TRUE(isNearestRoot<T>(root, of)) << std::hex << bitsOf(got[i]) << " for " << bitsOf(values[i]);
  }
}

// As the row says: two operations in f64, rounded once to the element.
TYPED_TEST(Oracle, FusedOperationsRoundAsDoubles) {
  using T = TypeParam;
  const auto inDouble = [](APFloat v) {
    bool lost;
    v.convert(APFloat::IEEEdouble(), kNearest, &lost);
    return v;
  };
  const auto [a, b] = operands<T>();
  std::vector<T> c(a.rbegin(), a.rend());
  for (uint64_t code = 0; code < 8; ++code) {
    Bench m;
    m.put(kA, a);
    m.put(kB, b);
    m.put(kC, c);
    m.run(execVfuse, name<T>("vfuse"), VfuseOps{kOut, kA, kB, kC, a.size(), a.size(), code});
    const auto got = m.get<T>(kOut, a.size());
    for (size_t i = 0; i < a.size(); ++i) {
      const APFloat x = inDouble(exact(a[i])), y = inDouble(exact(b[i])), z = inDouble(exact(c[i]));
      const std::array<APFloat, 8> results = {x * y + z, x * y - z, (x + y) * z, (x - y) * z,
                                              x + y + z, x + y - z, x - y - z,   x - y + z};
      ASSERT_EQ(bitsOf(got[i]), referenceBits<T>(in<T>(results[code]))) << "code " << code << " element " << i;
    }
  }
}

// A chain rounds to the element after each step.
TYPED_TEST(Oracle, ChainsRoundAfterEachStep) {
  using T = TypeParam;
  const auto [a, b] = operands<T>();
  std::vector<T> c(b.rbegin(), b.rend());
  Bench m;
  m.put(kA, a);
  m.put(kB, b);
  m.put(kC, c);
  constexpr uint64_t kAdd = 1, kSub = 2, kMul = 3, kFirst = 1 << 4, kSecond = 2 << 4;
  const uint64_t steps = (kMul | kFirst) | (kAdd | kSecond) << 8 | (kSub | kFirst) << 16;
  m.run(execVchain, name<T>("vchain"), VchainOps{kOut, kA, kB, kC, kC, a.size(), steps, 0, 0, 0, 0});
  const auto got = m.get<T>(kOut, a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    const APFloat x = exact(a[i]), y = exact(b[i]), z = exact(c[i]);
    ASSERT_EQ(bitsOf(got[i]), referenceBits<T>(x * y + z - y)) << i;
  }
}

// The least whole number not below, and so on, by exact arithmetic, and saturated.
template <class D> uint64_t wholeOf(APFloat v, Rounding mode) {
  if (v.isNaN())
    return 0;
  if (mode == Rounding::RM) {
    v = quad(v);
    v.add(quad(APFloat(0.5)), APFloat::rmTowardNegative);
  }
  llvm::APSInt whole(8 * sizeof(D), std::is_unsigned_v<D>);
  bool isExact;
  v.convertToInteger(whole, mode == Rounding::RM ? APFloat::rmTowardNegative : llvmMode(mode, v.isNegative()),
                     &isExact);
  return whole.getZExtValue();
}

template <class D, class S> void checkConversion(const std::vector<S> &values) {
  if constexpr (!std::is_same_v<D, S>)
    for (Rounding mode : kModes)
      for (int position : {0, 3, -4, 40, -70, 120}) {
        constexpr const char *kNames[] = {"", "tz", "oz", "up", "dn", "rd", "rn", "rm"};
        const std::string row = std::string("vcvt.") + suffixOf<D>() + "." + suffixOf<S>() + "." + kNames[int(mode)];
        Bench m;
        m.put(kA, values);
        m.run(execVcvt, row, VcvtOps{kOut, kA, values.size(), 0, uint64_t(position)});
        const auto got = m.get<D>(kOut, values.size());
        for (size_t i = 0; i < values.size(); ++i) {
          APFloat value = quad(APFloat(0.0));
          if constexpr (isFloating<S>)
            value = quad(exact(values[i]));
          else
            value.convertFromAPInt(llvm::APInt(64, uint64_t(int64_t(values[i])), true), true, kNearest);
          value = scalbn(value, position, kNearest);
          uint64_t expected;
          if constexpr (isFloating<D>)
            expected = referenceBits<D>(rounded<D>(value, mode));
          else
            expected = wholeOf<D>(value, mode);
          ASSERT_EQ(bitsOf(got[i]), expected) << row << " position " << position << " of " << i;
        }
      }
}

template <class T> class Conversion : public ::testing::Test {};
TYPED_TEST_SUITE(Conversion, AllTypes, TypeNames);

TYPED_TEST(Conversion, RoundsOnceInEveryMode) {
  using S = TypeParam;
  std::vector<S> values = samples<S>(400, 43);
  if constexpr (isFloating<S>) {
    const auto more = edges<S>();
    values.insert(values.end(), more.begin(), more.end());
    for (int i = -40; i <= 40; ++i) // ties of integers
      values.push_back(roundTo<S>(i / 4.0, Rounding::RN));
  } else {
    for (int64_t i : {0ll,        1ll,        -1ll,       127ll,        128ll,         255ll,       2047ll,
                      2049ll,     2051ll,     4098ll,     32767ll,      65504ll,       65519ll,     65520ll,
                      16777217ll, 16777219ll, 33554434ll, 2147483647ll, -2147483648ll, 4294967295ll})
      values.push_back(S(i));
  }
  checkConversion<Half>(values);
  checkConversion<BFloat>(values);
  checkConversion<float>(values);
  checkConversion<int8_t>(values);
  checkConversion<uint8_t>(values);
  checkConversion<int16_t>(values);
  checkConversion<uint16_t>(values);
  checkConversion<int32_t>(values);
  checkConversion<uint32_t>(values);
}

} // namespace
