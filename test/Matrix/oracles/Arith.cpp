// Arith.cpp: oracles of element-wise arithmetic. Integers wrap, floats are computed in double and rounded once.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

static Oracle with(Oracle oracle, std::vector<Data> data) {
  oracle.data = std::move(data);
  return oracle;
}

static auto larger = [](auto a, auto b) { return b > a ? b : a; };
static auto smaller = [](auto a, auto b) { return b < a ? b : a; };

static Add add("add add_scalar cycle_add", binary([](auto a, auto b) { return a + b; }));
static Add sub("sub sub_scalar cycle_sub", binary([](auto a, auto b) { return a - b; }));
static Add mul("mul mul_scalar cycle_mul", binary([](auto a, auto b) { return a * b; }));
static Add div("div div_scalar", with(binary([](auto a, auto b) { return a / b; }), {Data::Divisor}));
static Add maxequal("maxequal maxeq_scalar cycle_maxequal", binary(larger));
static Add minequal("minequal mineq_scalar cycle_minequal", binary(smaller));

static Add absolute("abs active_abs", unary([](auto a) { return a < 0 || (a == 0 && 1 / double(a) < 0) ? -a : a; }));
static Add neg("neg", unary([](auto a) { return -a; }));
static Add square("square", unary([](auto a) { return a * a; }));
static Add relu("relu active_relu", unary([](auto a) { return a < 0 ? decltype(a)(0) : a; }));
static Add floorOf("floor", unary([](double a) { return std::floor(a); }));
static Add sqrtOf("sqrt", unary([](double a) { return std::sqrt(a); }));
static Add recip("recip", unary([](double a) { return 1 / a; }));

// Bits of elements of any type.
template <typename F> static Oracle bitwise(F f) {
  Oracle oracle;
  oracle.run = [=](Case &c) {
    for (size_t i = 0; i < size_t(c.arg("n")); ++i) {
      uint64_t left = c.bits(firstRead(c), i), right = 0;
      if (c.has("seg"))
        right = c.bits("seg", i % c.arg("seg_n"));
      else if (c.has("rhs") || c.has("value"))
        right = c.bits(c.has("rhs") ? "rhs" : "value", i);
      c.setBits("dst", i, f(left, right));
    }
  };
  return oracle;
}
static Add band("band band_scalar cycle_band", bitwise([](uint64_t a, uint64_t b) { return a & b; }));
static Add bor("bor bor_scalar cycle_bor", bitwise([](uint64_t a, uint64_t b) { return a | b; }));
static Add bxor("bxor bxor_scalar cycle_bxor", bitwise([](uint64_t a, uint64_t b) { return a ^ b; }));
static Add bnot("bnot", bitwise([](uint64_t a, uint64_t) { return ~a; }));

} // namespace matrix
