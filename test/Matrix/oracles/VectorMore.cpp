// VectorMore.cpp: oracles of extremes with NaN, remainders, saturating and rounded arithmetic, shifts, packed masks,
// and the vector part of the math library.
#include "test/Matrix/lib/Oracles.h"

#include <algorithm>

namespace matrix {

static Oracle with(Oracle oracle, std::vector<Data> data) {
  oracle.data = std::move(data);
  return oracle;
}

static auto isNaN = [](auto a) { return a != a; };
static Add maximum("maximum maximum_scalar cycle_maximum", binary([](double a, double b) {
                     return isNaN(a) ? b : isNaN(b) ? a : a < b ? b : a;
                   }));
static Add minimum("minimum minimum_scalar cycle_minimum", binary([](double a, double b) {
                     return isNaN(a) ? b : isNaN(b) ? a : b < a ? b : a;
                   }));
static Add nanMaximum("nan_maximum nan_maximum_scalar cycle_nan_maximum", binary([](double a, double b) {
                        return isNaN(a) || isNaN(b) ? NAN : a < b ? b : a;
                      }));
static Add nanMinimum("nan_minimum nan_minimum_scalar cycle_nan_minimum", binary([](double a, double b) {
                        return isNaN(a) || isNaN(b) ? NAN : b < a ? b : a;
                      }));

// A double near the exact sum that truncates as the exact sum does: where the sum was rounded away from zero it steps
// back.
static double sumToTruncate(double a, double b) {
  double sum = a + b, part = sum - a, error = (a - (sum - part)) + (b - part);
  return sum * error < 0 ? std::nextafter(sum, 0) : sum;
}
static void addToZero(Case &c) {
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    c.setF("dst", i, sumToTruncate(operandF(c, 0, i), operandF(c, 1, i)), 0, Rounding::Tz);
}
static Add addTz("add_tz add_tz_scalar cycle_add_tz", {.run = addToZero});

static Int modulo(Int a, Int b) { return a % b; }
static double modulo(double a, double b) { return std::fmod(a, b); }
static Add rem("rem rem_scalar cycle_rem mod_scalar",
               with(binary([](auto a, auto b) { return modulo(a, b); }), {Data::Divisor}));

// Integers in 128 bits, then a function of the exact result and the type.
template <typename F> static Oracle exact(F f) {
  return {.run = [=](Case &c) {
    for (size_t i = 0; i < size_t(c.arg("n")); ++i)
      c.setI("dst", i, f(operandI(c, 0, i), operandI(c, 1, i), c.elt("dst")));
  }};
}
static Int clamped(Int v, const Elt &elt) { return std::clamp(v, elt.low(), elt.high()); }
static Add mulh("mulh mulh_scalar cycle_mulh", exact([](Int a, Int b, const Elt &e) { return (a * b) >> e.bits; }));
static Add adds("adds adds_scalar cycle_adds", exact([](Int a, Int b, const Elt &e) { return clamped(a + b, e); }));
static Add subs("subs subs_scalar cycle_subs", exact([](Int a, Int b, const Elt &e) { return clamped(a - b, e); }));
static Add muls("muls muls_scalar cycle_muls", exact([](Int a, Int b, const Elt &e) { return clamped(a * b, e); }));

// A comparison holds too where an operand is NaN.
template <typename F> static Oracle unordered(F f) {
  return binary([=](auto a, auto b) { return decltype(a)(isNaN(a) || isNaN(b) || f(a, b)); });
}
static Add equ("equ equ_scalar cycle_equ", unordered([](auto a, auto b) { return a == b; }));
static Add neu("neu neu_scalar cycle_neu", unordered([](auto a, auto b) { return a < b || b < a; }));
static Add ltu("ltu ltu_scalar cycle_ltu", unordered([](auto a, auto b) { return a < b; }));
static Add leu("leu leu_scalar cycle_leu", unordered([](auto a, auto b) { return a <= b; }));
static Add gtu("gtu gtu_scalar cycle_gtu", unordered([](auto a, auto b) { return b < a; }));
static Add geu("geu geu_scalar cycle_geu", unordered([](auto a, auto b) { return b <= a; }));

// Shifts: the bits of the element in a wide number.
template <typename F> static Oracle shift(F f) {
  std::vector<Args> shapes;
  for (int bits : {0, 1, 5, 7, 8, 15, 16, 31, 32, 40})
    shapes.push_back({{"n", 65}, {"bits", bits}});
  return {.run =
              [=](Case &c) {
                int width = c.elt("dst").bits;
                for (size_t i = 0; i < size_t(c.arg("n")); ++i)
                  c.setBits("dst", i, uint64_t(f(c.bits("src", i), c.i("src", i), int(c.arg("bits")), width)));
              },
          .shapes = shapes,
          .data = {Data::Bits}};
}
static Add sll("sll", shift([](Int v, Int, int s, int width) { return (v << s) & ((Int(1) << width) - 1); }));
static Add srl("srl", shift([](Int v, Int, int s, int) { return v >> s; }));
static Add sra("sra", shift([](Int, Int v, int s, int width) { return (v >> s) & ((Int(1) << width) - 1); }));
static Int rotated(Int v, int left, int width) {
  return ((v << left) | (v >> (width - left))) & ((Int(1) << width) - 1);
}
static Add rol("rol", shift([](Int v, Int, int s, int width) { return rotated(v, s % width, width); }));
static Add ror("ror", shift([](Int v, Int, int s, int width) { return rotated(v, width - s % width, width); }));

// Packed masks: 32 elements fill a word.
template <typename F> static Oracle packed(F f) {
  return {.run =
              [=](Case &c) {
                for (size_t word = 0; word < size_t(c.arg("n")) / 32; ++word) {
                  uint32_t bits = 0;
                  for (size_t k = 0; k < 32; ++k)
                    bits |= uint32_t(f(c.f("lhs", word * 32 + k), c.f("rhs", word * 32 + k))) << k;
                  c.setWord("bits", word * 4, bits);
                }
              },
          .shapes = {{{"n", 32}}, {{"n", 96}}, {{"n", 320}}},
          .data = {Data::Special, Data::Small},
          .inPlace = false,
          .exhaustive = false};
}
static Add eqBits("eq_bitindex", packed([](double a, double b) { return a == b; }));
static Add neBits("ne_bitindex", packed([](double a, double b) { return a < b || b < a; }));
static Add ltBits("lt_bitindex", packed([](double a, double b) { return a < b; }));
static Add leBits("le_bitindex", packed([](double a, double b) { return a <= b; }));
static Add gtBits("gt_bitindex", packed([](double a, double b) { return b < a; }));
static Add geBits("ge_bitindex", packed([](double a, double b) { return b <= a; }));
static Add equBits("equ_bitindex", packed([](double a, double b) { return !(a < b || b < a); }));
static Add neuBits("neu_bitindex", packed([](double a, double b) { return !(a == b); }));
static Add ltuBits("ltu_bitindex", packed([](double a, double b) { return !(b <= a); }));
static Add leuBits("leu_bitindex", packed([](double a, double b) { return !(b < a); }));
static Add gtuBits("gtu_bitindex", packed([](double a, double b) { return !(a <= b); }));
static Add geuBits("geu_bitindex", packed([](double a, double b) { return !(a < b); }));

static bool bitAt(const Case &c, size_t i) {
  size_t width = c.elt("bits").bits;
  return c.bits("bits", i / width) >> (i % width) & 1;
}
static void filterBits(Case &c) {
  size_t kept = 0;
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    if (bitAt(c, i))
      c.setBits("dst", kept++, c.bits("src", i));
  c.resultI(kept);
}
static Add filterBitindex("filter_bitindex", {.run = filterBits, .data = {Data::Bits}, .exhaustive = false});
static void countBits(Case &c) {
  size_t count = 0;
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    count += bitAt(c, i);
  c.resultI(count);
}
static Add countBitindex("count_bitindex", {.run = countBits, .data = {Data::Bits}, .exhaustive = false});

static Add rounded("round", unary([](double a) { return std::round(a); }));
static Add nearby("nearbyint", unary([](double a) { return std::nearbyint(a); }));
static Add relun("relun", binary([](auto a, auto cap) {
                   decltype(a) positive = a < 0 ? 0 : a;
                   return cap < positive ? cap : positive;
                 }));
static Add squareWide("square_wide", unary([](auto a) { return a * a; }));
static void incseq(Case &c) {
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    if (c.isFloat("dst"))
      c.setF("dst", i, double(i));
    else
      c.setI("dst", i, Int(i));
}
static Add sequence("incseq", {.run = incseq, .data = {Data::Bits}});

// Within 2 ulp; four buffers of every 16-bit value do not fit.
template <typename F> static Oracle series(F f) {
  Oracle oracle = unary(f, 2);
  oracle.exhaustive = false;
  return oracle;
}
static Add taylorSin("taylor_sin", series([](double a) { return std::sin(a); }));
static Add taylorCos("taylor_cos", series([](double a) { return std::cos(a); }));
static Add taylorTanh("taylor_tanh", series([](double a) { return std::tanh(a); }));
static Add taylorSigmoid("taylor_sigmoid", series([](double a) { return 1 / (1 + std::exp(-a)); }));
static Add taylorSoftplus("taylor_softplus",
                          series([](double a) { return std::log1p(std::exp(-std::fabs(a))) + (a > 0 ? a : 0); }));
// 0.5 (1 + tanh u) is 1 / (1 + e to the -2u), which cancels nowhere.
static Add gelup("active_gelup", unary(
                                     [](double a) {
                                       double u = std::sqrt(2 / M_PI) * (a + 0.044715 * a * a * a);
                                       return std::isinf(a) && a < 0 ? -0.0 : a / (1 + std::exp(-2 * u));
                                     },
                                     2));
static Add hypotenuse("hypot", binary([](double a, double b) { return std::hypot(a, b); }, 1));

// Away from zero where the random number, as a fraction, is below what would be cut off.
static void convertRandom(Case &c) {
  const Elt &dst = c.elt("dst");
  for (size_t i = 0; i < size_t(c.arg("n")); ++i) {
    const double value = c.f("src", i), chance = std::ldexp(double(c.bits("random", i)), -32);
    const double ulp = ulpOf(dst, value), steps = std::floor(std::fabs(value) / ulp);
    const bool away = chance < std::fabs(value) / ulp - steps;
    c.setF("dst", i, std::isfinite(value) ? std::copysign((steps + away) * ulp, value) : value);
  }
}
static Add randomly("convert_random", {.run = convertRandom,
                                       .shapes = {{{"n", 1}}, {{"n", 65}}, {{"n", 300}}},
                                       .data = {Data::Special, Data::Moderate, Data::Bits},
                                       .inPlace = false,
                                       .exhaustive = false});
static void convertScratch(Case &c) {
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    c.setF("dst", i, c.f("src", i), 0, Rounding::Tz);
}
static Add scratch("convert_scratch", {.run = convertScratch,
                                       .shapes = {{{"n", 1}}, {{"n", 65}}, {{"n", 300}}},
                                       .data = {Data::Special, Data::Bits},
                                       .inPlace = false});

// Rows times one factor each: the product rounds to float, then the sum.
static void scaleRows(Case &c) {
  const int64_t columns = c.arg("c");
  for (int64_t i = 0; i < c.arg("p") * columns; ++i) {
    const float product = float(c.f("src", i)) * float(c.f("w", i / columns));
    c.setF("dst", i, c.has("acc") ? product + float(c.f("acc", i)) : product);
  }
}
static Add rows("expand_channel_mul expand_channel_mul_add",
                {.run = scaleRows,
                 .shapes = {{{"p", 1}, {"c", 1}}, {{"p", 7}, {"c", 33}}, {{"p", 8}, {"c", 64}}},
                 .exhaustive = false});

} // namespace matrix
