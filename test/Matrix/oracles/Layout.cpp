// Layout.cpp: oracles of operations that move elements or fill memory.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

static Args hw(int64_t h, int64_t w) { return {{"h", h}, {"w", w}}; }

static void transpose(Case &c) {
  for (int64_t y = 0; y < c.arg("h"); ++y)
    for (int64_t x = 0; x < c.arg("w"); ++x)
      c.setBits("dst", x * c.arg("h") + y, c.bits("src", y * c.arg("w") + x));
}
static Add transposed("transpose", {.run = transpose,
                                    .shapes = {hw(1, 1), hw(1, 9), hw(7, 1), hw(3, 65), hw(17, 33), hw(64, 32)},
                                    .data = {Data::Bits}});

static void reshapeFilter(Case &c) {
  int64_t n = c.arg("n"), row = c.arg("h") * c.arg("w") * c.arg("c");
  for (int64_t i = 0; i < n; ++i)
    for (int64_t k = 0; k < row; ++k)
      c.setBits("dst", (i % 64 * (n / 64) + i / 64) * row + k, c.bits("src", i * row + k));
}
static Add reshaped("reshape_filter", {.run = reshapeFilter,
                                       .shapes = {{{"n", 64}, {"h", 1}, {"w", 1}, {"c", 32}},
                                                  {{"n", 128}, {"h", 2}, {"w", 2}, {"c", 8}},
                                                  {{"n", 192}, {"h", 1}, {"w", 1}, {"c", 32}}},
                                       .data = {Data::Bits},
                                       .region = 32768});

// Fills: n elements at the start of each of segnum + 1 segments.
static void fill(Case &c) {
  for (int64_t s = 0; s <= c.arg("segnum"); ++s)
    for (int64_t i = 0; i < c.arg("n"); ++i)
      c.setBits("dst", s * c.arg("stride") * 8 / c.elt("dst").bits + i, c.has("value") ? c.bits("value", 0) : 0);
}
static Add fills("write_value write_zero nramset nramset_async sramset sramset_async gdramset gdramset_async ldramset "
                 "ldramset_async",
                 {.run = fill, .data = {Data::Special, Data::Bits}});
static Add strided("nramset_2d nramset_2d_async sramset_2d sramset_2d_async gdramset_2d gdramset_2d_async ldramset_2d "
                   "ldramset_2d_async",
                   {.run = fill,
                    .shapes = {{{"n", 1}, {"stride", 4}, {"segnum", 0}},
                               {{"n", 5}, {"stride", 32}, {"segnum", 9}},
                               {{"n", 64}, {"stride", 256}, {"segnum", 3}}},
                    .data = {Data::Special, Data::Bits}});

static void move(Case &c) {
  for (int64_t i = 0; i < c.arg("n"); ++i)
    c.setBits("dst", i, c.bits("src", i));
}
static Add moved("move", {.run = move, .data = {Data::Bits}});

// Copies: piece k goes from one place of two loops over the source to one place of two loops over the destination.
static void copyPiece(Case &c, int64_t to, int64_t from) {
  for (int64_t b = 0; b < c.arg("bytes"); ++b)
    c.setBits("dst", to + b, c.bits("src", from + b));
}
static void copy(Case &c) { copyPiece(c, 0, 0); }
static void copy2d(Case &c) {
  for (int64_t s = 0; s <= c.arg("segnum"); ++s)
    copyPiece(c, s * c.arg("dst_stride"), s * c.arg("src_stride"));
}
static void copy4d(Case &c) {
  int64_t inner = c.arg("sseg1") + 1, outer = c.arg("dseg1") + 1;
  for (int64_t k = 0; k < inner * (c.arg("sseg2") + 1); ++k)
    copyPiece(c, k % outer * c.arg("dstride0") + k / outer * c.arg("dstride1"),
              k % inner * c.arg("sstride0") + k / inner * c.arg("sstride1"));
}

// Every direction but those of WRAM, whose copies spread over tables: test/Exec/Builtins/copies.mlu has them.
static std::vector<Args> inEveryDirection(std::vector<Args> shapes) {
  std::vector<Args> all;
  for (int dir : {0, 1, 2, 3, 8, 11, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23})
    for (Args shape : shapes) {
      shape["dir"] = dir;
      all.push_back(shape);
    }
  return all;
}
static Oracle copies(void (*run)(Case &), std::vector<Args> shapes) {
  return {.run = run, .shapes = inEveryDirection(shapes), .data = {Data::Bits}, .inPlace = false};
}
static Add copies1("memcpy memcpy_async", copies(copy, {{{"bytes", 1}}, {{"bytes", 129}}, {{"bytes", 4096}}}));

static const std::vector<Args> strides2 = {{{"bytes", 3}, {"dst_stride", 4}, {"src_stride", 8}, {"segnum", 0}},
                                           {{"bytes", 65}, {"dst_stride", 65}, {"src_stride", 0}, {"segnum", 5}},
                                           {{"bytes", 64}, {"dst_stride", 128}, {"src_stride", 192}, {"segnum", 20}}};
static const std::vector<Args> strides4 = {{{"bytes", 8},
                                            {"dstride0", 16},
                                            {"dseg1", 2},
                                            {"dstride1", 100},
                                            {"dseg2", 1},
                                            {"sstride0", 40},
                                            {"sseg1", 1},
                                            {"sstride1", 160},
                                            {"sseg2", 2}}};
static Add copies2("memcpy_2d memcpy_async_2d", copies(copy2d, strides2));
static Add copies4("memcpy_4d memcpy_async_4d", copies(copy4d, strides4));
static Add moves2("move_2d", {.run = copy2d, .shapes = strides2, .data = {Data::Bits}, .inPlace = false});
static Add moves4("move_4d", {.run = copy4d, .shapes = strides4, .data = {Data::Bits}, .inPlace = false});

// What needs several clusters, or is not about data.
static Add clusterCopies("memcpy_cluster", testedIn("test/Exec/Builtins/fills_and_syncs.mlu"));
static Add otherCopies("memcpy_cluster_2d memcpy_cluster_4d memcpy_cluster_async memcpy_cluster_async_2d "
                       "memcpy_cluster_async_4d",
                       testedIn("test/Exec/Builtins/grids.mlu"));
// Fills of a grid: segment k at two strides.
static void fillGrid(Case &c) {
  int64_t inner = c.arg("seg1") + 1, size = c.elt("value").bits / 8;
  for (int64_t k = 0; k < inner * (c.arg("seg2") + 1); ++k)
    for (int64_t i = 0; i < c.arg("elems"); ++i)
      c.setBits("dst", (k % inner * c.arg("stride0") + k / inner * c.arg("stride1")) / size + i, c.bits("value", 0));
}
static Add grids("write_value_3d nramset_3d nramset_3d_async sramset_3d sramset_3d_async gdramset_3d gdramset_3d_async "
                 "ldramset_3d ldramset_3d_async",
                 {.run = fillGrid,
                  .shapes = {{{"elems", 1}, {"stride0", 4}, {"seg1", 0}, {"stride1", 4}, {"seg2", 0}},
                             {{"elems", 5}, {"stride0", 32}, {"seg1", 2}, {"stride1", 128}, {"seg2", 4}},
                             {{"elems", 33}, {"stride0", 512}, {"seg1", 1}, {"stride1", 160}, {"seg2", 2}}},
                  .data = {Data::Special, Data::Bits}});
static Add halves("sync_all_mpu sync_cluster_arrive sync_cluster_wait sync_all_arrive sync_all_wait",
                  testedIn("test/Exec/Builtins/grids.mlu"));
static Add locks("lock unlock", testedIn("test/Exec/Builtins/gather.mlu"));
static Add ownSyncs("sync sync_io sync_move sync_mask sync_all_ipu_within_cluster trap",
                    testedIn("test/Exec/Builtins/fills_and_syncs.mlu"));
static Add computeSyncs("sync_compute sync_cluster", testedIn("test/Exec/Builtins/copies.mlu"));
static Add unionSyncs("sync_all sync_all_ipu", testedIn("test/Exec/Language/tasks.mlu"));
static Add assertion("assert_fail", testedIn("test/Exec/Faults/faults.mlu", "assert"));

} // namespace matrix
