// test.cpp: rows by index, top-k and boxes against loops.
#include "test/tester.h"

#include <algorithm>
#include <numeric>

using namespace bangops_test;

static const bangopsDataType_t floats[] = {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16};

static const bangopsDataType_t types[] = {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16, BANGOPS_DTYPE_I32,
                                          BANGOPS_DTYPE_I8};

static int32_t *ints(const Tensor &t) { return static_cast<int32_t *>(t.data); }
static float *reals(const Tensor &t) { return static_cast<float *>(t.data); }

static void rowsByIndex() {
  for (bangopsDataType_t type : types)
    for (int64_t columns : {int64_t(1), int64_t(33), int64_t(50000)}) {
      const int64_t rows = 7, count = 12;
      if (columns > 1000 && type != BANGOPS_DTYPE_F32)
        continue;
      const Values table = randomValues({rows, columns}, type, 1, -20, 20),
                   x = randomValues({count, columns}, type, 2, -2, 2);
      const Values index = {3, 0, 6, 3, 3, -1, 7, 1, 2, 0, 5, 3};
      Values gathered(count * columns), added = table;
      for (int64_t i = 0; i < count; ++i) {
        const auto row = static_cast<int64_t>(index[i]);
        for (int64_t c = 0; c < columns && row >= 0 && row < rows; ++c) {
          gathered[i * columns + c] = table[row * columns + c];
          added[row * columns + c] += x[i * columns + c];
        }
      }
      Tensor tables(type, {rows, columns}, table), indices(BANGOPS_DTYPE_I32, {count}, index),
          out(type, {count, columns}, {}), in(type, {count, columns}, x);
      const std::string name = std::string(dtypeName(type)) + " " + std::to_string(columns);
      check("gather " + name, bangopsGather(handle, tables.desc, tables.data, count, ints(indices), out.desc, out.data),
            out, gathered, 0);
      if (type >= BANGOPS_DTYPE_I32) {
        refused("scatter add " + name,
                bangopsScatterAdd(handle, in.desc, in.data, ints(indices), tables.desc, tables.data),
                BANGOPS_STATUS_BAD_PARAM, "expected f32, f16 or bf16");
        continue;
      }
      check("scatter add " + name, bangopsScatterAdd(handle, in.desc, in.data, ints(indices), tables.desc, tables.data),
            tables, added);
      refused("gather shape " + name,
              bangopsGather(handle, tables.desc, tables.data, 3, ints(indices), out.desc, out.data),
              BANGOPS_STATUS_BAD_PARAM, "y has the shape [12, ");
    }
}

static void largest() {
  for (bangopsDataType_t type : floats)
    for (const Dims &dims : {Dims{1}, Dims{5, 17}, Dims{2, 3, 1000}, Dims{300, 40}}) {
      const int64_t n = dims.back(), rows = count(dims) / n, k = std::min<int64_t>(n, 9);
      const Values x = randomValues(dims, type, 4, -3, 3);
      Values values, index;
      for (int64_t r = 0; r < rows; ++r) {
        std::vector<int64_t> order(n);
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) { return x[r * n + a] > x[r * n + b]; });
        for (int64_t i = 0; i < k; ++i) {
          values.push_back(x[r * n + order[i]]);
          index.push_back(static_cast<double>(order[i]));
        }
      }
      Dims to = dims;
      to.back() = k;
      Tensor in(type, dims, x), out(type, to, {}), where(BANGOPS_DTYPE_I32, to, {});
      const std::string name = std::string(dtypeName(type)) + " " + text(dims);
      const bangopsStatus_t status =
          bangopsTopK(handle, static_cast<int>(k), in.desc, in.data, out.desc, out.data, ints(where));
      check("top k " + name, status, out, values, 0);
      check("top k's places " + name, status, where, index, 0);
      refused("k " + name,
              bangopsTopK(handle, static_cast<int>(n) + 1, in.desc, in.data, out.desc, out.data, ints(where)),
              BANGOPS_STATUS_BAD_PARAM, "expected 1 to");
    }
}

static double overlap(const double *a, const double *b) {
  const double w = std::max(0.0, std::min(a[2], b[2]) - std::max(a[0], b[0])),
               h = std::max(0.0, std::min(a[3], b[3]) - std::max(a[1], b[1]));
  const double both = w * h, either = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both;
  return either > 0 ? both / either : 0;
}
static Values boxesOf(int64_t n, uint64_t seed) {
  Random random(seed);
  Values boxes;
  for (int64_t i = 0; i < n; ++i) {
    const double x = std::floor(random.in(0, 60)), y = std::floor(random.in(0, 60));
    for (double v : {x, y, x + std::floor(random.in(0, 25)), y + std::floor(random.in(1, 25))})
      boxes.push_back(v);
  }
  return boxes;
}

static void boxes() {
  for (int64_t n : {int64_t(1), int64_t(50), int64_t(5000)}) {
    const int64_t m = n > 1000 ? 3 : 20;
    const Values a = boxesOf(m, 1), b = boxesOf(n, 2), scores = randomValues({n}, BANGOPS_DTYPE_F32, 3, -1, 1);
    Values iou;
    for (int64_t i = 0; i < m; ++i)
      for (int64_t j = 0; j < n; ++j)
        iou.push_back(overlap(&a[i * 4], &b[j * 4]));
    Tensor left(BANGOPS_DTYPE_F32, {m, 4}, a), right(BANGOPS_DTYPE_F32, {n, 4}, b), out(BANGOPS_DTYPE_F32, {m, n}, {});
    check("iou " + std::to_string(n), bangopsIoU(handle, left.desc, reals(left), right.desc, reals(right), reals(out)),
          out, iou);
    // By definition: in falling order, each box that no kept one overlaps too much.
    std::vector<int64_t> order(n);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int64_t i, int64_t j) { return scores[i] > scores[j]; });
    Values kept;
    for (int64_t i : order) {
      bool keep = kept.size() < 40;
      for (double k : kept)
        keep = keep && overlap(&b[i * 4], &b[static_cast<int64_t>(k) * 4]) <= 0.3;
      if (keep)
        kept.push_back(static_cast<double>(i));
    }
    Tensor score(BANGOPS_DTYPE_F32, {n}, scores), result(BANGOPS_DTYPE_I32, {static_cast<int64_t>(kept.size())}, {}),
        number(BANGOPS_DTYPE_I32, {1}, {}), room(BANGOPS_DTYPE_I32, {40}, Values(40, -1));
    const bangopsStatus_t status =
        bangopsNms(handle, 0.3f, 40, right.desc, reals(right), reals(score), ints(room), ints(number));
    kept.resize(40, -1);
    check("nms " + std::to_string(n), status, room, kept, 0);
    check("nms's count " + std::to_string(n), status, number, {40.0 - std::count(kept.begin(), kept.end(), -1.0)}, 0);
    refused("boxes", bangopsNms(handle, 0.3f, 40, score.desc, reals(right), reals(score), ints(room), ints(number)),
            BANGOPS_STATUS_BAD_PARAM, "expected boxes of 4 numbers");
  }
}

static void regions() {
  for (bangopsDataType_t type : floats)
    for (int sampling : {0, 2})
      for (bool aligned : {false, true}) {
        const int64_t images = 2, h = 9, w = 12, c = 5, ph = 3, pw = 2;
        const Values x = randomValues({images, h, w, c}, type, 1, -2, 2);
        const Values rois = {0, 1, 2, 20, 16, 1, -3, -4, 6, 5, 1, 10, 10, 40, 40, 0, 4, 4, 4.5, 4.25};
        Values y;
        for (int64_t r = 0; r < 4; ++r)
          for (int64_t bin = 0; bin < ph * pw; ++bin) {
            const double *roi = &rois[r * 5], offset = aligned ? 0.5 : 0;
            const double x1 = roi[1] * 0.5 - offset, y1 = roi[2] * 0.5 - offset;
            double width = roi[3] * 0.5 - offset - x1, height = roi[4] * 0.5 - offset - y1;
            if (!aligned)
              width = std::max(width, 1.0), height = std::max(height, 1.0);
            const int64_t nx = sampling ? sampling : static_cast<int64_t>(std::ceil(width / pw)),
                          ny = sampling ? sampling : static_cast<int64_t>(std::ceil(height / ph));
            for (int64_t ch = 0; ch < c; ++ch) {
              double sum = 0;
              for (int64_t i = 0; i < nx * ny; ++i) {
                double py = y1 + height / ph * (bin / pw + (i / nx + 0.5) / ny),
                       px = x1 + width / pw * (bin % pw + (i % nx + 0.5) / nx);
                if (py < -1 || py > h || px < -1 || px > w)
                  continue;
                py = std::clamp(py, 0.0, h - 1.0);
                px = std::clamp(px, 0.0, w - 1.0);
                const auto at = [&](int64_t v, int64_t u) {
                  return x[((static_cast<int64_t>(roi[0]) * h + std::min(v, h - 1)) * w + std::min(u, w - 1)) * c + ch];
                };
                const auto v = static_cast<int64_t>(py), u = static_cast<int64_t>(px);
                const double dy = py - v, dx = px - u;
                sum += (1 - dy) * ((1 - dx) * at(v, u) + dx * at(v, u + 1)) +
                       dy * ((1 - dx) * at(v + 1, u) + dx * at(v + 1, u + 1));
              }
              y.push_back(sum / std::max<int64_t>(1, nx * ny));
            }
          }
        Tensor image(type, {images, h, w, c}, x), region(BANGOPS_DTYPE_F32, {4, 5}, rois),
            out(type, {4, ph, pw, c}, {});
        check(std::string("roi align ") + dtypeName(type) + " " + std::to_string(sampling) +
                  (aligned ? " aligned" : ""),
              bangopsRoiAlign(handle, 0.5f, sampling, aligned, image.desc, image.data, region.desc, reals(region),
                              out.desc, out.data),
              out, y);
      }
}

// Operands with gaps, and none; more indices than a core looks at together, most of them twice; regions beyond NRAM.
static void gapsAndNothing() {
  for (bangopsDataType_t type : floats) {
    const Dims rows = {9, 6}, few = {4, 6};
    const Values table = randomValues(rows, type, 1, -2, 2), x = randomValues(few, type, 2, -2, 2),
                 index = {8, 0, 3, 8};
    Values gathered, added = table, best, places;
    for (int i = 0; i < 24; ++i) {
      const int64_t place = static_cast<int64_t>(index[i / 6]) * 6 + i % 6;
      gathered.push_back(table[place]);
      added[place] += x[i];
    }
    for (int r = 0; r < 9; ++r) {
      const auto most = std::max_element(&table[r * 6], &table[r * 6] + 6);
      best.push_back(*most);
      places.push_back(static_cast<double>(most - &table[r * 6]));
    }
    Tensor big(type, rows, table, gaps(rows)), dense(type, rows, table), small(type, few, x, gaps(few)),
        out(type, few, {}, gaps(few)), indices(BANGOPS_DTYPE_I32, {4}, index), values(type, {9, 1}, {}),
        where(BANGOPS_DTYPE_I32, {9, 1}, {});
    const std::string name = std::string(" with gaps ") + dtypeName(type);
    check("gather" + name, bangopsGather(handle, big.desc, big.data, 4, ints(indices), out.desc, out.data), out,
          gathered, 0);
    check("scatter add" + name,
          bangopsScatterAdd(handle, small.desc, small.data, ints(indices), dense.desc, dense.data), dense, added);
    const bangopsStatus_t status = bangopsTopK(handle, 1, big.desc, big.data, values.desc, values.data, ints(where));
    check("top k" + name, status, values, best, 0);
    check("top k's places" + name, status, where, places, 0);

    Tensor nothing(type, {0, 6}, {}), noRows(type, {0, 1}, {});
    check("gather of nothing", bangopsGather(handle, dense.desc, dense.data, 0, nullptr, nothing.desc, nothing.data),
          nothing, {});
    check("gather from nothing",
          bangopsGather(handle, nothing.desc, nothing.data, 4, ints(indices), out.desc, out.data), out, Values(24, 0),
          0);
    check("scatter add of nothing",
          bangopsScatterAdd(handle, nothing.desc, nothing.data, nullptr, dense.desc, dense.data), dense, added);
    check("top k of nothing", bangopsTopK(handle, 1, nothing.desc, nothing.data, noRows.desc, noRows.data, nullptr),
          noRows, {});
  }
  const int64_t count = 5000, rows = 40;
  const Values index = randomValues({count}, BANGOPS_DTYPE_I32, 1, -3, 45),
               x = randomValues({count, 3}, BANGOPS_DTYPE_F32, 2, -1, 1);
  Values sums(rows * 3, 1);
  for (int64_t i = 0; i < count; ++i)
    for (int64_t c = 0; c < 3 && index[i] >= 0 && index[i] < rows; ++c)
      sums[static_cast<int64_t>(index[i]) * 3 + c] += x[i * 3 + c];
  Tensor many(BANGOPS_DTYPE_I32, {count}, index), in(BANGOPS_DTYPE_F32, {count, 3}, x),
      table(BANGOPS_DTYPE_F32, {rows, 3}, Values(rows * 3, 1));
  check("scatter add of many", bangopsScatterAdd(handle, in.desc, in.data, ints(many), table.desc, table.data), table,
        sums);

  const Values a = boxesOf(3, 5), b = boxesOf(7, 6), scores = {1, 7, 2, 6, 3, 5, 4};
  Values iou;
  for (int i = 0; i < 21; ++i)
    iou.push_back(overlap(&a[i / 7 * 4], &b[i % 7 * 4]));
  const bangopsDataType_t type = BANGOPS_DTYPE_F32;
  Tensor left(type, {3, 4}, a, gaps({3, 4})), right(type, {7, 4}, b, gaps({7, 4})), all(type, {3, 7}, {}),
      none(type, {0, 4}, {}), score(type, {7}, scores), kept(BANGOPS_DTYPE_I32, {7}, Values(7, -1)),
      number(BANGOPS_DTYPE_I32, {1}, {});
  check("iou with gaps", bangopsIoU(handle, left.desc, reals(left), right.desc, reals(right), reals(all)), all, iou);
  check("iou of nothing", bangopsIoU(handle, none.desc, nullptr, right.desc, reals(right), nullptr), all, iou);
  check("nms with gaps", bangopsNms(handle, 1, 9, right.desc, reals(right), reals(score), ints(kept), ints(number)),
        kept, {1, 3, 5, 6, 4, 2, 0}, 0);
  check("nms of nothing", bangopsNms(handle, 1, 9, none.desc, nullptr, nullptr, ints(kept), ints(number)), number, {0},
        0);
}

// The mean of an image that is linear in both directions is its value in the middle of a bin.
static void largeRegions() {
  for (bangopsDataType_t type : floats) {
    const int64_t h = 130, w = 110, c = 40;
    Values x, y;
    for (int64_t i = 0; i < h * w * c; ++i)
      x.push_back(static_cast<double>(i / c % w + 2 * (i / c / w)) / 64 + static_cast<double>(i % c));
    for (int64_t i = 0; i < 9 * c; ++i)
      y.push_back(((5 + 96.0 * (i / c % 3 + 0.5) / 3) + 2 * (10 + 108.0 * (i / c / 3 + 0.5) / 3)) / 64 +
                  static_cast<double>(i % c));
    // Of an image n, c, h, w with the same pixels.
    Values planes(x.size());
    for (int64_t i = 0; i < h * w * c; ++i)
      planes[i % c * h * w + i / c] = x[i];
    Tensor image(type, {1, h, w, c}, x), turned(type, {1, c, h, w}, planes, {}, BANGOPS_LAYOUT_NCHW),
        rois(BANGOPS_DTYPE_F32, {1, 5}, {0, 5, 10, 101, 118}), out(type, {1, 3, 3, c}, {}, gaps({1, 3, 3, c})),
        nothing(type, {0, 3, 3, c}, {}), noRois(BANGOPS_DTYPE_F32, {0, 5}, {});
    const auto align = [&](const Tensor &from, const Tensor &regions, const Tensor &to) {
      return bangopsRoiAlign(handle, 1, 0, 0, from.desc, from.data, regions.desc, reals(regions), to.desc, to.data);
    };
    check(std::string("roi align, large ") + dtypeName(type), align(image, rois, out), out, y);
    check(std::string("roi align n, c, h, w ") + dtypeName(type), align(turned, rois, out), out, y);
    check("roi align of nothing", align(image, noRois, nothing), nothing, {});
  }
}

static void refusals() {
  const bangopsStatus_t bad = BANGOPS_STATUS_BAD_PARAM;
  const bangopsDataType_t type = BANGOPS_DTYPE_F32;
  Tensor table(type, {4, 3}, Values(12, 1)), gappy(type, {4, 3}, {}, gaps({4, 3})), x(type, {2, 3}, Values(6, 1)),
      wide(type, {2, 5}, Values(10, 1)), halves(BANGOPS_DTYPE_F16, {2, 3}, {}), flat(type, {6}, Values(6, 1)),
      index(BANGOPS_DTYPE_I32, {2}, {0, 1}), image(type, {1, 4, 4, 2}, Values(32, 1)),
      rois(type, {2, 5}, Values(10, 0)), out(type, {2, 2, 2, 3}, {}), boxes(type, {3, 4}, Values(12, 1));
  refused("gather rank", bangopsGather(handle, flat.desc, flat.data, 2, ints(index), x.desc, x.data), bad,
          "table has the shape [6], expected rows and columns");
  refused("gather type", bangopsGather(handle, table.desc, table.data, 2, ints(index), halves.desc, halves.data), bad,
          "y has elements of f16, expected f32");
  refused("gather without indices", bangopsGather(handle, table.desc, table.data, 2, nullptr, x.desc, x.data), bad,
          "the index is a null pointer");
  refused("gather of fewer than none", bangopsGather(handle, table.desc, table.data, -1, ints(index), x.desc, x.data),
          bad, "the count is negative");
  refused("scatter add columns", bangopsScatterAdd(handle, wide.desc, wide.data, ints(index), table.desc, table.data),
          bad, "table has the shape [4, 3], expected rows of 5");
  refused("scatter add to gaps", bangopsScatterAdd(handle, x.desc, x.data, ints(index), gappy.desc, gappy.data), bad,
          "table is not dense");
  refused("top k shape", bangopsTopK(handle, 2, table.desc, table.data, x.desc, x.data, ints(index)), bad,
          "values has the shape [2, 3], expected [4, 2]");
  refused("iou of rows", bangopsIoU(handle, table.desc, reals(table), boxes.desc, reals(boxes), reals(out)), bad,
          "a has the shape [4, 3], expected boxes of 4 numbers");
  refused("iou without a result", bangopsIoU(handle, boxes.desc, reals(boxes), boxes.desc, reals(boxes), nullptr), bad,
          "iou is a null pointer");
  refused("nms without scores",
          bangopsNms(handle, 0.5f, 3, boxes.desc, reals(boxes), nullptr, ints(index), ints(index)), bad,
          "the scores are a null pointer");
  const auto align = [&](const Tensor &from, const Tensor &regions) {
    return bangopsRoiAlign(handle, 1, 2, 0, from.desc, from.data, regions.desc, reals(regions), out.desc, out.data);
  };
  refused("roi align channels", align(image, rois), bad, "y has the shape [2, 2, 2, 3], expected [2, 2, 2, 2]");
  refused("roi align image", align(table, rois), bad, "x and y are images: expected 4 dimensions of both");
  refused("roi align regions", align(image, boxes), bad,
          "rois has the shape [3, 4], expected an image and 4 coordinates each");
}

int main() {
  return run([] {
    rowsByIndex();
    largest();
    boxes();
    regions();
    gapsAndNothing();
    largeRegions();
    refusals();
  });
}
