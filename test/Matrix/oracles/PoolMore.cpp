// PoolMore.cpp: oracles of positions in windows and of the ways back, with dilations and windows that are cut.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

// The shape of a call; what a form leaves out is 1, or for strides the window.
struct Shape {
  int64_t channels, h, w, kh, kw, sw, sh, inH, inW, outH, outW;

  explicit Shape(const Case &c)
      : channels(c.arg("c")), h(c.arg("h")), w(c.arg("w")), kh(c.arg("kh")), kw(c.arg("kw")),
        sw(c.has("sw") ? c.arg("sw") : kw), sh(c.has("sh") ? c.arg("sh") : kh), inH(atLeastOne(c, "in_dh")),
        inW(atLeastOne(c, "in_dw")), outH(atLeastOne(c, "out_dh")), outW(atLeastOne(c, "out_dw")) {}

  static int64_t atLeastOne(const Case &c, const char *name) { return c.arg(name) > 1 ? c.arg(name) : 1; }
  // How many windows there are along a side; the last may be cut.
  static int64_t along(int64_t size, int64_t kernel, int64_t spread, int64_t stride, bool cut) {
    int64_t room = size - (kernel - 1) * spread - 1;
    return (cut ? room + stride - 1 : room) / stride + 1;
  }
  int64_t rows(bool cut = false) const { return along(h, kh, inH, sh, cut); }
  int64_t columns(bool cut = false) const { return along(w, kw, inW, sw, cut); }
};

// Where the extreme of a window lies: the first of its value; a NaN never, or always.
struct Extreme {
  bool larger, nanWins;
  bool better(double v, double best) const {
    if (std::isnan(v) || std::isnan(best))
      return nanWins ? std::isnan(v) && !std::isnan(best) : std::isnan(best) && !std::isnan(v);
    return larger ? v > best : v < best;
  }
};

static void search(Case &c, Extreme extreme) {
  const Shape s(c);
  const bool both = c.has("value_index_stride");
  const int64_t oh = s.rows(both), ow = s.columns(both), width = (ow - 1) * s.outW + 1;
  for (int64_t y = 0; y < oh; ++y)
    for (int64_t x = 0; x < ow; ++x)
      for (int64_t channel = 0; channel < s.channels; ++channel) {
        int64_t at = 0;
        auto place = [&](int64_t k) {
          int64_t py = y * s.sh + k / s.kw * s.inH, px = x * s.sw + k % s.kw * s.inW;
          return py < s.h && px < s.w ? (py * s.w + px) * s.channels + channel : -1;
        };
        for (int64_t k = 1; k < s.kh * s.kw; ++k)
          if (place(k) >= 0 && extreme.better(c.f("src", place(k)), c.f("src", place(at))))
            at = k;
        const int64_t to = (y * s.outH * width + x * s.outW) * s.channels + channel;
        if (both) {
          c.setF("dst", to, c.f("src", place(at)));
          c.setBits("dst", c.arg("value_index_stride") * 8 / c.elt("dst").bits + to, at);
        } else {
          c.setBits("dst", to, at);
        }
      }
}

static Args shape(std::initializer_list<int64_t> sizes, int64_t inH = 0, int64_t inW = 0, int64_t outH = 0,
                  int64_t outW = 0) {
  static const char *const names[] = {"c", "h", "w", "kh", "kw", "sw", "sh"};
  Args args = {{"in_dh", inH},    {"in_dw", inW}, {"out_dh", outH}, {"out_dw", outW}, {"value_index_stride", 4096},
               {"overlap", outH}, {"index", inH}};
  int at = 0;
  for (int64_t size : sizes)
    args[names[at++]] = size;
  return args;
}

static Oracle positions(Extreme extreme) {
  return {.run = [=](Case &c) { search(c, extreme); },
          .shapes = {shape({1, 1, 1, 1, 1, 1, 1}), shape({3, 7, 6, 2, 3, 2, 2}),
                     shape({65, 5, 4, 2, 2, 2, 1}, 2, 1, 1, 1), shape({4, 9, 7, 3, 2, 1, 3}, 1, 2, 2, 1),
                     shape({2, 6, 8, 2, 2, 3, 2}, 1, 1, 1, 3)},
          .data = {Data::Small, Data::Moderate, Data::Special},
          .inPlace = false,
          .exhaustive = false};
}
static Add maximum("maxpool_index maxpool_value_index", positions({true, false}));
static Add minimum("minpool_index minpool_value_index", positions({false, false}));
static Add nanMaximum("nan_maxpool_index nan_maxpool_value_index", positions({true, true}));
static Add nanMinimum("nan_minpool_index nan_minpool_value_index", positions({false, true}));

// Pixels that a window covers get what `gives` says, or 0; the first of several writes is added to, or the last counts.
template <typename Gives> static void back(Case &c, bool covers, Gives gives) {
  const Shape s(c);
  const int64_t oh = s.rows(), ow = s.columns();
  for (int64_t y = 0; y < s.h; ++y)
    for (int64_t x = 0; x < s.w; ++x)
      for (int64_t channel = 0; channel < s.channels; ++channel) {
        double sum = 0;
        bool covered = false;
        for (int64_t wy = 0; wy < oh; ++wy)
          for (int64_t wx = 0; wx < ow; ++wx) {
            const int64_t i = y - wy * s.sh, j = x - wx * s.sw;
            if (i < 0 || i >= s.kh || j < 0 || j >= s.kw)
              continue;
            const double given = gives((wy * ow + wx) * s.channels + channel, i * s.kw + j, s);
            sum = covers ? given : double(float(sum) + float(given));
            covered = true;
          }
        if (covered)
          c.setF("dst", (y * s.w + x) * s.channels + channel, sum);
      }
}
static void toExtreme(Case &c) {
  back(c, c.arg("overlap") == 1, [&](int64_t window, int64_t position, const Shape &) {
    return c.bits("mask", window) == uint64_t(position) ? c.f("src", window) : 0.0;
  });
}
static void sum(Case &c) {
  back(c, c.arg("overlap") == 1, [&](int64_t window, int64_t, const Shape &) { return c.f("src", window); });
}
static void average(Case &c) {
  back(c, c.arg("overlap") == 1,
       [&](int64_t window, int64_t, const Shape &s) { return double(float(c.f("src", window)) / float(s.kh * s.kw)); });
}
static void unpool(Case &c) {
  back(c, true, [&](int64_t window, int64_t position, const Shape &) {
    return position == c.arg("index") ? c.f("src", window) : 0.0;
  });
}
static Oracle backward(void (*run)(Case &)) {
  return {.run = run,
          .shapes = {shape({1, 1, 1, 1, 1, 1, 1}), shape({3, 7, 6, 2, 2, 2, 2}), shape({65, 4, 4, 2, 3, 1, 1}),
                     shape({8, 9, 6, 3, 2, 1, 2}, 2, 0, 1)},
          .data = {Data::Small, Data::Moderate},
          .inPlace = false,
          .exhaustive = false};
}
// Positions of all kinds, also some outside of the window.
static void positionsIn(Case &c) {
  const size_t size = c.elt("mask").bits / 8;
  for (size_t i = 0; i < 1024; ++i)
    c.put("mask", i * size, i * 5 % 7, size);
}
static Oracle masked(Oracle oracle) {
  oracle.prepare = positionsIn;
  return oracle;
}
static Add maxBack("maxpool_bp", masked(backward(toExtreme)));
static Add sumBack("sumpool_bp", backward(sum));
static Add averageBack("avgpool_bp", backward(average));
static Add unpooled("unpool", backward(unpool));

} // namespace matrix
