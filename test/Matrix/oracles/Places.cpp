// Places.cpp: oracles of turned, reordered, padded and tiled elements.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

static Oracle places(std::function<void(Case &)> run, std::vector<Args> shapes) {
  return {.run = std::move(run), .shapes = std::move(shapes), .data = {Data::Bits}, .exhaustive = false};
}

// Row y, column x of the source goes to place(y, x).
template <typename Place> static Oracle turned(Place place) {
  return places(
      [=](Case &c) {
        const int64_t h = c.arg("h"), w = c.arg("w");
        for (int64_t y = 0; y < h; ++y)
          for (int64_t x = 0; x < w; ++x)
            c.setBits("dst", place(y, x, h, w), c.bits("src", y * w + x));
      },
      {{{"h", 1}, {"w", 1}}, {{"h", 5}, {"w", 7}}, {{"h", 1}, {"w", 65}}, {{"h", 33}, {"w", 17}}});
}
static Add quarter("rotate90", turned([](int64_t y, int64_t x, int64_t h, int64_t) { return x * h + h - 1 - y; }));
static Add half("rotate180",
                turned([](int64_t y, int64_t x, int64_t h, int64_t w) { return (h - 1 - y) * w + w - 1 - x; }));
static Add threeQuarters("rotate270",
                         turned([](int64_t y, int64_t x, int64_t h, int64_t w) { return (w - 1 - x) * h + y; }));
static Add mirrored("mirror", turned([](int64_t y, int64_t x, int64_t, int64_t w) { return y * w + w - 1 - x; }));

static void reorder(Case &c, bool channelsFirst) {
  const int64_t n = c.arg("n"), pixels = c.arg("h") * c.arg("w"), channels = c.arg("c");
  for (int64_t i = 0; i < n; ++i)
    for (int64_t p = 0; p < pixels; ++p)
      for (int64_t k = 0; k < channels; ++k) {
        const int64_t last = (i * pixels + p) * channels + k, first = (i * channels + k) * pixels + p;
        c.setBits("dst", channelsFirst ? first : last, c.bits("src", channelsFirst ? last : first));
      }
}
static const std::vector<Args> images = {{{"n", 1}, {"h", 1}, {"w", 1}, {"c", 1}},
                                         {{"n", 2}, {"h", 3}, {"w", 5}, {"c", 7}},
                                         {{"n", 1}, {"h", 4}, {"w", 4}, {"c", 65}}};
static Add channelsFirst("reshape_nhwc2nchw", places([](Case &c) { reorder(c, true); }, images));
static Add channelsLast("reshape_nchw2nhwc", places([](Case &c) { reorder(c, false); }, images));

static void pad(Case &c) {
  const int64_t top = c.arg("top"), left = c.arg("left"), h = c.arg("h"), w = c.arg("w"), channels = c.arg("c");
  const int64_t height = top + h + c.arg("bottom"), width = left + w + c.arg("right");
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x)
      for (int64_t k = 0; k < channels; ++k) {
        const bool inside = y >= top && y < top + h && x >= left && x < left + w;
        const uint64_t around = c.has("value") ? c.bits("value", 0) : 0;
        c.setBits("dst", (y * width + x) * channels + k,
                  inside ? c.bits("src", ((y - top) * w + x - left) * channels + k) : around);
      }
}
static Args margins(int64_t c, int64_t h, int64_t w, int64_t top, int64_t bottom, int64_t left, int64_t right) {
  return {{"c", c}, {"h", h}, {"w", w}, {"top", top}, {"bottom", bottom}, {"left", left}, {"right", right}};
}
static Add padded("pad", places(pad, {margins(1, 1, 1, 0, 0, 0, 0), margins(3, 5, 7, 1, 2, 3, 4),
                                      margins(65, 2, 3, 0, 1, 1, 0), margins(4, 1, 1, 2, 2, 2, 2)}));

static void maskMove(Case &c) {
  for (int64_t i = 0; i < c.arg("n"); ++i)
    if (c.bits("mask", i) != 0)
      c.setBits("dst", i, c.bits("src", i));
}
static Add moved("maskmove", {.run = maskMove, .data = {Data::Small, Data::Bits}, .exhaustive = false});

// Line i starts so many times 64 bytes in; lines and elements change places.
static void tile(Case &c) {
  const int64_t size = std::stoi(c.row.suffix.substr(1)) / 8, lines = 64 / size;
  for (int64_t i = 0; i < lines; ++i)
    for (int64_t j = 0; j < lines; ++j) {
      const int64_t from = (i / c.arg("n1") * c.arg("s2") + i % c.arg("n1") * c.arg("s1")) * 64 + j * size;
      const int64_t to = (j / c.arg("n6") * c.arg("s7") + j % c.arg("n6") * c.arg("s6")) * 64 + i * size;
      for (int64_t b = 0; b < size; ++b)
        c.setBits("dst", to + b, c.bits("src", from + b));
    }
}
static Oracle tiles(int64_t lines) {
  const int64_t outer = lines > 1 ? 2 : 1;
  Oracle oracle =
      places(tile, {{{"n2", 1}, {"s2", 0}, {"n1", lines}, {"s1", 1}, {"n7", 1}, {"s7", 0}, {"n6", lines}, {"s6", 1}},
                    {{"n2", outer},
                     {"s2", lines + 3},
                     {"n1", lines / outer},
                     {"s1", 2},
                     {"n7", outer},
                     {"s7", lines},
                     {"n6", lines / outer},
                     {"s6", 1}}});
  oracle.region = 32768;
  oracle.inPlace = false;
  return oracle;
}
static Add tiles8("tiling_2d_b8", tiles(64));
static Add tiles16("tiling_2d_b16", tiles(32));
static Add tiles32("tiling_2d_b32", tiles(16));
static Add tiles64("tiling_2d_b64", tiles(8));
static Add tiles128("tiling_2d_b128", tiles(4));
static Add tiles256("tiling_2d_b256", tiles(2));

// Pieces of two grids, the last dimension of each the fastest.
static void grid(Case &c) {
  auto place = [&](int64_t k, const char *n3, const char *n4, const char *s3, const char *s4, const char *s5) {
    const int64_t inner = c.arg(n3), middle = c.arg(n4);
    return (k % inner * c.arg(s3) + k / inner % middle * c.arg(s4) + k / (inner * middle) * c.arg(s5)) * 64;
  };
  for (int64_t k = 0; k < c.arg("n3") * c.arg("n4") * c.arg("n5"); ++k)
    for (int64_t b = 0; b < c.arg("bytes"); ++b)
      c.setBits("dst", place(k, "n8", "n9", "s8", "s9", "s10") + b,
                c.bits("src", place(k, "n3", "n4", "s3", "s4", "s5") + b));
}
static Oracle grids() {
  Oracle oracle = places(grid, {{{"n5", 2},
                                 {"s5", 24},
                                 {"n4", 2},
                                 {"s4", 8},
                                 {"n3", 3},
                                 {"s3", 2},
                                 {"n10", 3},
                                 {"s10", 8},
                                 {"n9", 2},
                                 {"s9", 4},
                                 {"n8", 2},
                                 {"s8", 2},
                                 {"bytes", 128}}});
  oracle.inPlace = false;
  return oracle;
}
static Add tiles3d("tiling_3d_b1024", grids());

} // namespace matrix
