// Reduce.cpp: oracles of sums, extremes and counts, and of pooling.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

// The documented order: the elements of a 128-byte row pairwise, i and i + half; then rows in order; all in float.
static float rowSum(const Case &c, size_t first, size_t n) {
  size_t lanes = 128 * 8 / c.elt("src").bits;
  std::vector<float> row(lanes, -0.0f);
  for (size_t i = 0; i < std::min(lanes, n - first); ++i)
    row[i] = float(c.f("src", first + i));
  for (size_t half = lanes / 2; half > 0; half /= 2)
    for (size_t i = 0; i < half; ++i)
      row[i] = row[i] + row[i + half];
  return row[0];
}

static void sum(Case &c) {
  size_t n = c.arg("n"), lanes = 128 * 8 / c.elt("src").bits;
  float total = rowSum(c, 0, n);
  for (size_t first = lanes; first < n; first += lanes)
    total += rowSum(c, first, n);
  c.resultF(total);
}

static void reduceSum(Case &c) {
  size_t n = c.arg("n"), lanes = 128 * 8 / c.elt("src").bits;
  for (size_t first = 0; first < n; first += lanes)
    c.setF("dst", first, rowSum(c, first, n));
}

// NaN never wins; when all are NaN, element 0 does.
template <typename Better> static Oracle extreme(Better better) {
  return {.run =
              [=](Case &c) {
                size_t best = 0;
                for (size_t i = 1; i < size_t(c.arg("n")); ++i)
                  if (better(c.f("src", i), c.f("src", best)) ||
                      (std::isnan(c.f("src", best)) && !std::isnan(c.f("src", i))))
                    best = i;
                c.setBits("dst", 0, c.bits("src", best));
                c.setWord("dst", c.elt("dst").bits / 8, best);
              },
          .exhaustive = false};
}

static Add sums("sum", {.run = sum, .data = {Data::Small, Data::Moderate, Data::Special}});
static Add rows("reduce_sum", {.run = reduceSum,
                               .shapes = {{{"n", 64}}, {{"n", 128}}, {{"n", 192}}, {{"n", 512}}},
                               .data = {Data::Small, Data::Moderate, Data::Special},
                               .exhaustive = false});
static Add argmax("argmax", extreme([](double a, double b) { return a > b; }));
static Add argmin("argmin", extreme([](double a, double b) { return a < b; }));

static unsigned count(Case &c) {
  unsigned count = 0;
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    count += c.f("src", i) != 0;
  return count;
}
static unsigned findFirst(Case &c) {
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    if (c.f("src", i) != 0)
      return unsigned(i);
  return 0xffffffff;
}
static unsigned findLast(Case &c) {
  for (size_t i = c.arg("n"); i-- > 0;)
    if (c.f("src", i) != 0)
      return unsigned(i);
  return 0xffffffff;
}
// The newer forms give the number, the older ones store it.
template <unsigned (*number)(Case &)> static void give(Case &c) {
  if (c.has("dst"))
    c.setWord("dst", 0, number(c));
  else
    c.resultI(number(c));
}
// A NaN wins; else as above.
template <typename Better> static Oracle nanExtreme(Better better) {
  return {.run =
              [=](Case &c) {
                size_t best = 0;
                for (size_t i = 0; i < size_t(c.arg("n")); ++i) {
                  if (std::isnan(c.f("src", i))) {
                    best = i;
                    break;
                  }
                  if (better(c.f("src", i), c.f("src", best)))
                    best = i;
                }
                c.setBits("dst", 0, c.bits("src", best));
                c.setWord("dst", c.elt("dst").bits / 8, best);
              },
          .data = {Data::Special, Data::Moderate, Data::Small},
          .exhaustive = false};
}
static Add nanArgmax("nan_argmax", nanExtreme([](double a, double b) { return a > b; }));
static Add nanArgmin("nan_argmin", nanExtreme([](double a, double b) { return a < b; }));

static Add counts("count count_to", {.run = give<count>, .data = {Data::Small, Data::Special}});
static Add first("findfirst1 findfirst1_to",
                 {.run = give<findFirst>, .data = {Data::Small, Data::Special, Data::Sparse}});
static Add last("findlast1 findlast1_to", {.run = give<findLast>, .data = {Data::Small, Data::Special, Data::Sparse}});

// Pooling: HWC, the remainder at the edges is dropped; strides that the form has not are the window's size.
template <typename Fold> static Oracle pool(Fold fold, bool mean, std::vector<Data> data) {
  Oracle oracle;
  oracle.inPlace = false;
  oracle.data = std::move(data);
  for (auto [channels, h, w, kh, kw, sw, sh] :
       {std::array{1, 1, 1, 1, 1, 1, 1}, {3, 7, 5, 2, 3, 1, 2}, {65, 4, 4, 2, 2, 2, 2}, {8, 9, 6, 3, 1, 4, 1}})
    oracle.shapes.push_back({{"c", channels}, {"h", h}, {"w", w}, {"kh", kh}, {"kw", kw}, {"sw", sw}, {"sh", sh}});
  oracle.run = [=](Case &c) {
    int64_t channels = c.arg("c"), h = c.arg("h"), w = c.arg("w"), kh = c.arg("kh"), kw = c.arg("kw");
    int64_t sw = c.has("sw") ? c.arg("sw") : kw, sh = c.has("sh") ? c.arg("sh") : kh;
    int64_t oh = (h - kh) / sh + 1, ow = (w - kw) / sw + 1;
    for (int64_t y = 0; y < oh; ++y)
      for (int64_t x = 0; x < ow; ++x)
        for (int64_t channel = 0; channel < channels; ++channel) {
          auto at = [&](int64_t i, int64_t j) {
            return c.f("src", ((y * sh + i) * w + x * sw + j) * channels + channel);
          };
          double result = at(0, 0);
          for (int64_t k = 1; k < kh * kw; ++k)
            result = fold(result, at(k / kw, k % kw));
          c.setF("dst", (y * ow + x) * channels + channel, mean ? float(float(result) / float(kh * kw)) : result);
        }
  };
  return oracle;
}
static auto plus = [](double a, double b) { return double(float(a) + float(b)); };
static auto larger = [](double a, double b) { return b > a || std::isnan(a) ? b : a; };
static auto smaller = [](double a, double b) { return b < a || std::isnan(a) ? b : a; };
static Add sumpool("sumpool", pool(plus, false, {Data::Small, Data::Moderate, Data::Special}));
static Add avgpool("avgpool", pool(plus, true, {Data::Small, Data::Moderate, Data::Special}));
static Add maxpool("maxpool", pool(larger, false, {Data::Small, Data::Moderate, Data::Special}));
static auto nanLarger = [](double a, double b) { return std::isnan(b) || b > a ? b : a; };
static auto nanSmaller = [](double a, double b) { return std::isnan(b) || b < a ? b : a; };
static Add nanMaxpool("nan_maxpool", pool(nanLarger, false, {Data::Small, Data::Moderate, Data::Special}));
static Add nanMinpool("nan_minpool", pool(nanSmaller, false, {Data::Small, Data::Moderate, Data::Special}));
static Add minpool("minpool", pool(smaller, false, {Data::Small, Data::Moderate, Data::Special}));

} // namespace matrix
