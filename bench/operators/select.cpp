// select.cpp: operators whose addresses or whose work depend on data, so their operands hold real values.
#include "bench.h"

#include <algorithm>

static int32_t *ints(const Tensor &t) { return static_cast<int32_t *>(t.data); }
static float *reals(const Tensor &t) { return static_cast<float *>(t.data); }

static void rowsByIndex(bangopsDataType_t type) {
  struct Case {
    const char *name;
    int64_t rows, columns, count;
  };
  const Case table[] = {{"gather", 1000, 1024, 512},        {"gather", 30000, 1024, 4096},
                        {"gather", 1000, 333, 3000},        {"scatter add", 1000, 1024, 512},
                        {"scatter add", 30000, 1024, 4096}, {"scatter add", 1000, 333, 3000}};
  for (const Case &c : table) {
    const int64_t rows = sized(c.rows), count = sized(c.count);
    const bool gather = c.name[0] == 'g';
    if (type == BANGOPS_DTYPE_I8 && !gather)
      continue;
    Tensor big(type, {rows, c.columns}), small(type, {count, c.columns});
    Filled index(BANGOPS_DTYPE_I32, {count}, randomValues(count, 0, static_cast<float>(rows)));
    // Each row of the table that an index names is read, of a sum written too.
    measure(c.name, type, std::to_string(count) + (gather ? " of " : " to ") + shapeText({rows, c.columns}),
            (gather ? 2 : 3) * small.bytes + index.bytes, 0, [&] {
              return gather ? bangopsGather(handle, big.desc, big.data, count, ints(index), small.desc, small.data)
                            : bangopsScatterAdd(handle, small.desc, small.data, ints(index), big.desc, big.data);
            });
  }
}

static void largest(bangopsDataType_t type) {
  struct Case {
    int64_t rows, columns, k;
  };
  const Case table[] = {{256, 1000, 5}, {64, 30000, 8}, {16, 10000, 100}, {500, 333, 10}};
  for (const Case &c : table) {
    const int64_t columns = sized(c.columns), k = std::min(c.k, columns);
    Filled x(type, {c.rows, columns}, randomValues(c.rows * columns, -1, 1));
    Tensor values(type, {c.rows, k}), index(BANGOPS_DTYPE_I32, {c.rows, k});
    measure("top-k", type, std::to_string(k) + " of " + shapeText({c.rows, columns}),
            x.bytes + values.bytes + index.bytes, 0, [&] {
              return bangopsTopK(handle, static_cast<int>(k), x.desc, x.data, values.desc, values.data, ints(index));
            });
  }
}

// Boxes of an image as a detector gives them: around some objects, many for each.
static std::vector<float> boxesOf(int64_t count) {
  std::vector<float> boxes;
  const std::vector<float> random = randomValues(6 * count, 0, 1);
  for (int64_t i = 0; i < count; ++i) {
    const float *r = &random[6 * i], *object = &random[6 * (i % 50)];
    const float x = 1000 * object[0] + 40 * r[2], y = 600 * object[1] + 40 * r[3];
    boxes.insert(boxes.end(), {x, y, x + 30 + 70 * r[4], y + 30 + 70 * r[5]});
  }
  return boxes;
}

static void boxes() {
  const bangopsDataType_t type = BANGOPS_DTYPE_F32;
  for (int64_t count : {int64_t(1000), int64_t(10000)}) {
    const int64_t n = sized(count), m = sized(300);
    Filled a(type, {m, 4}, boxesOf(m)), b(type, {n, 4}, boxesOf(n)), scores(type, {n}, randomValues(n, 0, 1));
    Tensor iou(type, {m, n}), kept(BANGOPS_DTYPE_I32, {n}), keptCount(BANGOPS_DTYPE_I32, {1});
    const std::string shape = std::to_string(n) + " boxes";
    measure("IoU", type, std::to_string(m) + " and " + shape, a.bytes + b.bytes + iou.bytes, 0,
            [&] { return bangopsIoU(handle, a.desc, reals(a), b.desc, reals(b), reals(iou)); });
    measure("NMS", type, shape, b.bytes + scores.bytes, 0, [&] {
      return bangopsNms(handle, 0.5f, static_cast<int>(n), b.desc, reals(b), reals(scores), ints(kept),
                        ints(keptCount));
    });
  }
}

static void regions(bangopsDataType_t type) {
  struct Case {
    int64_t h, w, c, count;
  };
  for (const Case &c : {Case{50, 68, 256, 512}, Case{25, 34, 35, 37}}) {
    const int64_t count = sized(c.count), channels = scale < 1 ? 35 : c.c;
    std::vector<float> corners;
    for (int64_t i = 0; i < count; ++i) { // in an image 16 times as large
      const std::vector<float> box = boxesOf(i + 1);
      corners.push_back(0);
      corners.insert(corners.end(), box.end() - 4, box.end());
    }
    Filled rois(BANGOPS_DTYPE_F32, {count, 5}, corners);
    Tensor x(type, {1, c.h, c.w, channels}, BANGOPS_LAYOUT_NHWC), y(type, {count, 7, 7, channels}, BANGOPS_LAYOUT_NHWC);
    measure("RoI align 7 x 7", type, std::to_string(count) + " of " + shapeText({c.h, c.w, channels}),
            x.bytes + y.bytes + rois.bytes, 0, [&] {
              return bangopsRoiAlign(handle, 0.0625f, 2, 1, x.desc, x.data, rois.desc, reals(rois), y.desc, y.data);
            });
  }
}

void select(bangopsDataType_t type) {
  rowsByIndex(type);
  if (type == BANGOPS_DTYPE_I8)
    return;
  largest(type);
  regions(type);
  if (type == BANGOPS_DTYPE_F32)
    boxes();
}
