// Tensor.cpp: oracles of products with weights in WRAM, on integers so small that every order of sums is exact.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

// Element k of weight row r: table r % 64, slot r / 64, `length` elements a slot.
static double weight(const Case &c, const char *param, int64_t r, int64_t k, int64_t length) {
  int64_t table = Case::kTable * 8 / c.elt(param).bits;
  return c.f(param, r % 64 * table + r / 64 * length + k);
}

// The sum is scaled by 2^pos (forms of integers), then the bias is added and all is rounded once.
static void store(Case &c, int64_t index, double sum, int64_t biasIndex) {
  double value = std::ldexp(sum, int(c.arg("pos"))) + (c.has("bias")      ? c.f("bias", biasIndex)
                                                       : c.has("partial") ? c.f("partial", index)
                                                                          : 0);
  if (c.elt("dst").isFloat)
    c.setF("dst", index, value + 0.0);
  else
    c.setI("dst", index, Int(roundToIntegral(value, Rounding::Rn)));
}

static void matmul(Case &c) {
  int64_t m = c.arg("m"), depth = c.arg("k"), n = c.arg("n");
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j) {
      double sum = 0;
      for (int64_t k = 0; k < depth; ++k)
        sum += c.f("lhs", i * depth + k) * weight(c, "weights", j, k, depth);
      store(c, i * n + j, sum, i * n + j);
    }
}

static void mlp(Case &c) {
  int64_t h = c.arg("h"), w = c.arg("w");
  for (int64_t i = 0; i < h; ++i) {
    double sum = 0;
    for (int64_t k = 0; k < w; ++k)
      sum += c.f("src", k) * weight(c, "weights", i, k, w);
    store(c, i, sum, i);
  }
}

static void conv(Case &c) {
  int64_t ci = c.arg("ci"), h = c.arg("h"), w = c.arg("w"), kh = c.arg("kh"), kw = c.arg("kw"), co = c.arg("co");
  int64_t dh = c.has("dh") ? c.arg("dh") : 1, dw = c.has("dw") ? c.arg("dw") : 1;
  int64_t oh = (h - (kh - 1) * dh - 1) / c.arg("sh") + 1, ow = (w - (kw - 1) * dw - 1) / c.arg("sw") + 1;
  for (int64_t y = 0; y < oh; ++y)
    for (int64_t x = 0; x < ow; ++x)
      for (int64_t o = 0; o < co; ++o) {
        double sum = 0;
        for (int64_t i = 0; i < kh; ++i)
          for (int64_t j = 0; j < kw; ++j)
            for (int64_t k = 0; k < ci; ++k)
              sum += c.f("src", ((y * c.arg("sh") + i * dh) * w + x * c.arg("sw") + j * dw) * ci + k) *
                     weight(c, "weights", o, (i * kw + j) * ci + k, kh * kw * ci);
        store(c, (y * ow + x) * co + o, sum, o);
      }
}

static Args mkn(int64_t m, int64_t k, int64_t n, int64_t pos) { return {{"m", m}, {"k", k}, {"n", n}, {"pos", pos}}; }
static Args hw(int64_t h, int64_t w, int64_t pos) { return {{"h", h}, {"w", w}, {"pos", pos}}; }
static Args image(int64_t ci, int64_t h, int64_t w, int64_t kh, int64_t kw, int64_t sw, int64_t sh, int64_t co,
                  int64_t pos, int64_t dw, int64_t dh) {
  return {{"ci", ci}, {"h", h},   {"w", w},     {"kh", kh}, {"kw", kw}, {"sw", sw},
          {"sh", sh}, {"co", co}, {"pos", pos}, {"dw", dw}, {"dh", dh}};
}

static Add products("matmul", {.run = matmul,
                               .shapes = {mkn(1, 64, 64, 0), mkn(3, 64, 128, -2), mkn(5, 128, 64, 1)},
                               .data = {Data::Small},
                               .inPlace = false});
static Add layers("mlp", {.run = mlp,
                          .shapes = {hw(64, 64, 0), hw(128, 64, -2), hw(64, 192, 1)},
                          .data = {Data::Small},
                          .inPlace = false});
static Add convolutions("conv conv_partial conv_sparse",
                        {.run = conv,
                         .shapes = {image(64, 1, 1, 1, 1, 1, 1, 64, 0, 1, 1), image(64, 3, 4, 2, 2, 1, 1, 64, -2, 1, 1),
                                    image(64, 7, 3, 3, 1, 2, 1, 128, 1, 1, 2),
                                    image(64, 3, 7, 1, 2, 2, 1, 64, 0, 3, 1)},
                         .data = {Data::Small},
                         .inPlace = false});

} // namespace matrix
