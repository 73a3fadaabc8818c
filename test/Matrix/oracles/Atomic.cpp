// Atomic.cpp: oracle of atomic operations on one core: g becomes op(g, operand), dst what it was.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

// Sums are numbers; everything else gives the bits of one of its operands, or works on bits.
static void change(Case &c, size_t to, size_t at, const std::string &op, const char *operand, size_t from) {
  const uint64_t old = c.bits("g", at), value = c.bits(operand, from);
  if (c.has("dst"))
    c.setBits("dst", to, old);
  auto number = [&](auto a, auto b, auto set) {
    const bool nan = a != a || b != b, larger = op.find("max") != op.npos;
    if (op == "add")
      return set(a + b);
    if (op.starts_with("nan_") && nan)
      return set(a != a ? a : b);
    if (op.starts_with("number_") && nan)
      return c.setBits("g", at, a != a ? value : old);
    c.setBits("g", at, (larger ? b > a : b < a) ? value : old);
  };
  const bool compares = op == "add" || op.ends_with("max") || op.ends_with("min");
  if (compares && c.elt("g").isFloat)
    return number(c.f("g", at), c.f(operand, from), [&](double v) { c.setF("g", at, v); });
  if (compares)
    return number(c.i("g", at), c.i(operand, from), [&](Int v) { c.setI("g", at, v); });
  const Int a = c.elt("g").isFloat ? 0 : c.i("g", at), b = c.elt("g").isFloat ? 0 : c.i(operand, from);
  if (op == "exch")
    c.setBits("g", at, value);
  else if (op == "cas")
    c.setBits("g", at, c.f("g", at) == c.f("compare", 0) ? value : old);
  else if (op == "and")
    c.setBits("g", at, old & value);
  else if (op == "or")
    c.setBits("g", at, old | value);
  else if (op == "xor")
    c.setBits("g", at, old ^ value);
  else if (op == "inc")
    c.setI("g", at, a >= b ? 0 : a + 1);
  else if (op == "dec")
    c.setI("g", at, a == 0 || a > b ? b : a - 1);
}

// "f32.add" -> "add"
static std::string operationOf(const Case &c) { return c.row.suffix.substr(c.row.suffix.find('.') + 1); }

static void plain(Case &c) {
  const bool vector = c.has("src");
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    change(c, i, i, operationOf(c), vector ? "src" : "value", vector ? i : 0);
}

static void strided(Case &c) {
  const size_t size = c.elt("g").bits / 8, inner = c.arg("seg1") + 1;
  for (size_t k = 0; k < inner * (c.arg("seg2") + 1); ++k) {
    auto place = [&](const std::string &name) {
      return (k % inner * c.arg(name + "_stride0") + k / inner * c.arg(name + "_stride1")) / size;
    };
    for (size_t i = 0; i < size_t(c.arg("elems")); ++i)
      change(c, place("dst") + i, place("g") + i, operationOf(c), "src", place("src") + i);
  }
}

static Add atoms("atomic atomic_async atomic_reduce atomic_reduce_async",
                 {.run = plain, .shapes = {{{"n", 1}}, {{"n", 64}}, {{"n", 129}}}, .exhaustive = false});
static Add segments("atomic_strided atomic_strided_async atomic_reduce_strided atomic_reduce_strided_async",
                    {.run = strided,
                     .shapes = {{{"elems", 3},
                                 {"seg1", 1},
                                 {"seg2", 2},
                                 {"dst_stride0", 16},
                                 {"dst_stride1", 64},
                                 {"g_stride0", 32},
                                 {"g_stride1", 120},
                                 {"src_stride0", 24},
                                 {"src_stride1", 48}}},
                     .inPlace = false,
                     .exhaustive = false});

} // namespace matrix
