// Compare.cpp: oracles of comparisons, logic and compaction. A comparison with NaN is false, also `!=`.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

// 1 or 0 of the element type.
template <typename F> static Oracle truth(F f) {
  return binary([=](auto a, auto b) { return decltype(a)(f(a, b) ? 1 : 0); });
}

static Add eq("eq eq_scalar cycle_eq", truth([](auto a, auto b) { return a == b; }));
static Add ne("ne ne_scalar cycle_ne", truth([](auto a, auto b) { return a < b || a > b; }));
static Add lt("lt lt_scalar cycle_lt", truth([](auto a, auto b) { return a < b; }));
static Add le("le le_scalar cycle_le", truth([](auto a, auto b) { return a <= b; }));
static Add gt("gt gt_scalar cycle_gt", truth([](auto a, auto b) { return a > b; }));
static Add ge("ge ge_scalar cycle_ge", truth([](auto a, auto b) { return a >= b; }));
static Add andOf("and and_scalar cycle_and", truth([](auto a, auto b) { return a != 0 && b != 0; }));
static Add orOf("or or_scalar cycle_or", truth([](auto a, auto b) { return a != 0 || b != 0; }));
static Add xorOf("xor xor_scalar cycle_xor", truth([](auto a, auto b) { return (a != 0) != (b != 0); }));
static Add notOf("not", unary([](auto a) { return decltype(a)(a == 0 ? 1 : 0); }));

// Elements whose mask is not zero, packed from element `first` of dst on; gives their number.
static size_t pack(Case &c, size_t firstByte) {
  size_t kept = 0, first = firstByte * 8 / c.elt("dst").bits;
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    if (c.f("mask", i) != 0)
      c.setBits("dst", first + kept++, c.bits("src", i));
  return kept;
}

static Add collect("collect", {[](Case &c) { pack(c, 0); }});
static Add filter("filter", {[](Case &c) { c.resultI(pack(c, 0)); }});
static Add select("select", {.run = [](Case &c) { c.setWord("dst", 0, pack(c, 128)); }, .inPlace = false});

} // namespace matrix
