// Counting.cpp: oracles of packed and counted bits, structured sparsity, histograms, running sums, random numbers.
#include "test/Matrix/lib/Oracles.h"

#include <algorithm>
#include <set>

namespace matrix {

static const std::vector<Args> lines = {{{"n", 1}, {"h", 1}, {"w", 1}, {"bytes", 4}},
                                        {{"n", 2}, {"h", 3}, {"w", 5}, {"bytes", 12}},
                                        {{"n", 1}, {"h", 4}, {"w", 8}, {"bytes", 128}}};
static int64_t elementsOf(const Case &c, const char *of) {
  return c.arg("n") * c.arg("h") * c.arg("w") * c.arg("bytes") * 8 / c.elt(of).bits;
}
static void pack(Case &c) {
  const int64_t count = elementsOf(c, "src");
  for (int64_t byte = 0; byte < (count + 7) / 8; ++byte) {
    unsigned bits = 0;
    for (int64_t i = byte * 8; i < std::min(count, byte * 8 + 8); ++i)
      bits |= (c.i("src", i) != 0) << i % 8;
    c.setBits("dst", byte, bits);
  }
}
static void unpack(Case &c) {
  for (int64_t i = 0; i < elementsOf(c, "dst"); ++i)
    c.setI("dst", i, Int(c.bits("src", i / 8) >> i % 8 & 1));
}
static Oracle packed(void (*run)(Case &)) {
  return {.run = run, .shapes = lines, .data = {Data::Bits, Data::Small}, .inPlace = false, .exhaustive = false};
}
static Add reduced("breduce", packed(pack));
static Add expanded("bexpand", packed(unpack));

template <typename F> static Oracle bitsOf(F f) {
  return {.run =
              [=](Case &c) {
                for (size_t i = 0; i < size_t(c.arg("n")); ++i)
                  c.setI("dst", i, f(c.bits("src", i), c.elt("src").bits));
              },
          .data = {Data::Bits, Data::Special}};
}
static int ones(uint64_t bits) {
  int count = 0;
  for (; bits; bits &= bits - 1)
    ++count;
  return count;
}
static int signBits(uint64_t bits, int width) {
  int count = 0;
  while (count < width - 1 && (bits >> (width - 2 - count) & 1) == (bits >> (width - 1) & 1))
    ++count;
  return count;
}
static Add normalised("nsa", bitsOf([](uint64_t bits, int width) { return Int(signBits(bits, width)); }));
static Add set("set1in32", bitsOf([](uint64_t bits, int) { return Int(ones(bits)); }));
static Add clear("set0in32", bitsOf([](uint64_t bits, int width) { return Int(width - ones(bits)); }));

// The two positions of a group whose magnitudes are the largest: sorted, equal ones in their order.
static std::set<int> largestOf(const Case &c, int64_t group) {
  auto size = [&](int i) {
    const double v = std::fabs(c.f("src", group + i));
    return std::isnan(v) ? INFINITY : v;
  };
  std::vector<int> order = {0, 1, 2, 3};
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return size(a) > size(b); });
  return {order[0], order[1]};
}
static int64_t filterSize(const Case &c) { return c.arg("ci") * c.arg("h") * c.arg("w") * c.arg("co"); }
static void keepLargest(Case &c) {
  for (int64_t i = 0; i < filterSize(c); ++i)
    c.setBits("dst", i, largestOf(c, i / 4 * 4).count(int(i % 4)) ? c.bits("src", i) : 0);
}
static void nameLargest(Case &c) {
  for (int64_t i = 0; i < filterSize(c); ++i) {
    const bool kept = largestOf(c, i / 4 * 4).count(int(i % 4));
    if (c.isFloat("dst"))
      c.setF("dst", i, kept);
    else
      c.setI("dst", i, kept);
  }
}
static void byIndex(Case &c) {
  for (int64_t i = 0; i < filterSize(c); ++i)
    c.setBits("dst", i, c.f("index", i) != 0 ? c.bits("src", i) : 0);
}
static void packByIndex(Case &c) {
  for (int64_t group = 0; group < filterSize(c) / 4; ++group) {
    uint64_t kept[2] = {0, 0};
    int count = 0;
    for (int i = 0; i < 4; ++i)
      if (c.f("index", group * 4 + i) != 0 && count < 2)
        kept[count++] = c.bits("src", group * 4 + i);
    c.setBits("dst", group * 2, kept[0]);
    c.setBits("dst", group * 2 + 1, kept[1]);
  }
}
static Oracle sparse(void (*run)(Case &)) {
  return {.run = run,
          .shapes = {{{"ci", 4}, {"h", 1}, {"w", 1}, {"co", 1}},
                     {{"ci", 64}, {"h", 1}, {"w", 3}, {"co", 2}},
                     {{"ci", 12}, {"h", 3}, {"w", 3}, {"co", 5}}},
          .data = {Data::Small, Data::Moderate, Data::Special},
          .inPlace = false,
          .exhaustive = false};
}
static Add united("ssparse_filter_union", sparse(keepLargest));
static Add indexed("ssparse_filter_index", sparse(nameLargest));
static Add unitedByIndex("ssparse_filter_union_index", sparse(byIndex));
static Add packedByIndex("ssparse_filter_sparse_index", sparse(packByIndex));

// Element k of pattern row r: table r, from its start.
static size_t patternAt(const Case &c, int64_t row, int64_t k) {
  return row * (Case::kTable * 8 / c.elt("kernel").bits) + k;
}
static void histogram(Case &c) {
  const int64_t line = 64 * 8 / c.elt("src").bits;
  for (int64_t row = 0; row < 64; ++row) {
    int64_t count = 0;
    for (int64_t i = 0; i < c.arg("n"); ++i)
      count += c.f("src", i) == c.f("kernel", patternAt(c, row, i % line));
    if (c.isFloat("dst"))
      c.setF("dst", row, c.f("dst", row) + double(count));
    else
      c.setI("dst", row, c.i("dst", row) + count);
  }
}
static Add counted("histogram", {.run = histogram,
                                 .shapes = {{{"n", 1}}, {{"n", 65}}, {{"n", 300}}},
                                 .data = {Data::Small},
                                 .inPlace = false,
                                 .exhaustive = false});

// A lower triangle of ones; of the other tables nothing is read.
static void putTriangle(Case &c) {
  const Elt &elt = c.elt("kernel");
  const int64_t line = 64 * 8 / elt.bits;
  for (int64_t row = 0; row < line; ++row)
    for (int64_t k = 0; k < line; ++k)
      c.put("kernel", patternAt(c, row, k) * elt.bits / 8,
            k > row       ? 0
            : elt.isFloat ? encodeFloat(elt, 1)
                          : uint64_t(1),
            elt.bits / 8);
}
static void runningSum(Case &c) {
  double sum = 0;
  for (int64_t i = 0; i < c.arg("n"); ++i) {
    sum += c.f("src", i);
    if (c.isFloat("dst"))
      c.setF("dst", i, std::ldexp(sum, int(c.arg("pos"))) + 0.0);
    else
      c.setI("dst", i, Int(sum));
  }
}
static Add integrated("integral",
                      {.run = runningSum,
                       .shapes = {{{"n", 1}, {"pos", 0}}, {{"n", 65}, {"pos", -3}}, {{"n", 300}, {"pos", 2}}},
                       .data = {Data::Small},
                       .inPlace = false,
                       .exhaustive = false,
                       .prepare = putTriangle});

// Random numbers differ from seed to seed, and no oracle foresees them.
static Add random("rand", testedIn("test/Exec/Builtins/counting.mlu"));

} // namespace matrix
