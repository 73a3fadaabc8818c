// boxes.h: operators on boxes: IoU, suppression of overlapping ones, bilinear samples of regions.
#ifndef BANGOPS_SELECT_BOXES_H
#define BANGOPS_SELECT_BOXES_H

#include "common/device.h"
#include "select/select.h"

#include <cmath>

namespace bangops {

// 0, 1, 2, ...; each step doubles what is there.
__mlu_func__ inline void countUp(float *to, int n) {
  to[0] = 0;
  for (int have = 1; have < n; have *= 2)
    __bang_add_scalar(to + have, to, static_cast<float>(have), std::min(have, n - have));
}

// Boxes as vectors: left, top, right, bottom, area; and room for results on them.
struct Boxes {
  float *x1, *y1, *x2, *y2, *area, *wide, *high;

  __mlu_func__ Boxes(Cutter &cut, int n) : x1(cut.take<float>(4 * n)) {
    area = cut.take<float>(n);
    wide = cut.take<float>(n);
    high = cut.take<float>(n);
  }
  // `raw` has room for n boxes.
  __mlu_func__ void load(const float *from, float *raw, int n) {
    __memcpy(raw, from, 4 * n * sizeof(float), GDRAM2NRAM);
    __bang_transpose(x1, raw, n, 4);
    y1 = x1 + n;
    x2 = y1 + n;
    y2 = x2 + n;
    __bang_sub(wide, x2, x1, n);
    __bang_sub(high, y2, y1, n);
    __bang_mul(area, wide, high, n);
    // Two boxes without area have no union: their quotient is 0.
    __bang_maxeq_scalar(area, area, 1e-30f, n);
  }
  // The intersection of each of n boxes with one box, negative or 0 where there is none; and their union.
  __mlu_func__ void meet(float *intersection, float *all, int n, const float *box) {
    __bang_mineq_scalar(wide, x2, box[2], n);
    __bang_maxeq_scalar(high, x1, box[0], n);
    __bang_sub(wide, wide, high, n);
    __bang_mineq_scalar(all, y2, box[3], n);
    __bang_maxeq_scalar(wide, wide, 0.0f, n);
    __bang_maxeq_scalar(high, y1, box[1], n);
    __bang_fusion(FUSION_FSM, intersection, all, high, wide, n, n);
    __bang_fusion(FUSION_FAS, all, area, (box[2] - box[0]) * (box[3] - box[1]), intersection, n, n);
  }
};

// A tile is kRows boxes of a and a part of b. Neighbouring tiles share the part of b.
__mlu_global__ void iouKernel(BoxPlan plan) {
  if (__is_mpu())
    return;
  constexpr int kRows = 4;
  Cutter cut;
  Boxes boxes(cut, plan.part);
  float *raw = cut.take<float>(4 * plan.part), *rows = cut.take<float>(4 * kRows);
  float *iou[2] = {cut.take<float>(plan.part), cut.take<float>(plan.part)};
  const int blocks = (plan.countA + kRows - 1) / kRows, parts = (plan.countB + plan.part - 1) / plan.part;
  const int64_t tiles = static_cast<int64_t>(blocks) * parts;
  int64_t loaded = -1;
  for (int64_t t = tiles * taskId / taskDim; t < tiles * (taskId + 1) / taskDim; ++t) {
    const int first = static_cast<int>(t / blocks) * plan.part, n = std::min(plan.part, plan.countB - first);
    const int firstRow = static_cast<int>(t % blocks) * kRows, count = std::min(kRows, plan.countA - firstRow);
    if (loaded != first)
      boxes.load(plan.b + static_cast<int64_t>(first) * 4, raw, n);
    loaded = first;
    __memcpy(rows, plan.a + static_cast<int64_t>(firstRow) * 4, count * 4 * sizeof(float), GDRAM2NRAM);
    for (int r = 0; r < count; ++r) {
      float *to = iou[r % 2];
      boxes.meet(raw, to, n, rows + 4 * r);
      __bang_maxeq_scalar(raw, raw, 0.0f, n);
      __bang_div(to, raw, to, n);
      __sync(); // the row before has left
      __memcpy_async(plan.iou + static_cast<int64_t>(firstRow + r) * plan.countB + first, to, n * sizeof(float),
                     NRAM2GDRAM);
    }
    __sync();
  }
}

// Keeps the box with the best score, takes out all that overlap it by more than the limit, and begins again. Each step
// needs the one before, so one core does it, with all boxes in one vector. Those that are out are dropped from the
// vectors now and then.
__mlu_global__ void nmsKernel(BoxPlan plan) {
  if (__is_mpu() || taskId != 0)
    return;
  constexpr float kOut = -3.4e38f;
  constexpr int kSteps = 8; // between two cleanings
  Cutter cut;
  int n = plan.countA;
  Boxes boxes(cut, n);
  float *scores = cut.take<float>(n), *number = cut.take<float>(n), *overlap = cut.take<float>(n),
        *all = cut.take<float>(n);
  float *best = cut.take<float>(32);
  boxes.load(plan.a, boxes.area, n); // what lies behind the area is still free
  __memcpy(scores, plan.scores, n * sizeof(float), GDRAM2NRAM);
  countUp(number, n);
  int kept = 0;
  while (kept < plan.maxKept) {
    __bang_argmax(best, scores, n);
    __sync_compute();
    const int i = static_cast<int>(reinterpret_cast<const uint32_t *>(best)[1]);
    if (!(best[0] > -3e38f))
      break;
    plan.kept[kept++] = static_cast<int>(number[i]);
    const float box[] = {boxes.x1[i], boxes.y1[i], boxes.x2[i], boxes.y2[i]};
    // Out is what has limit * union < intersection; a number far below all scores is added to it.
    boxes.meet(overlap, all, n, box);
    __bang_fusion(FUSION_FMS, overlap, all, plan.limit, overlap, n, n);
    __bang_lt_scalar(overlap, overlap, 0.0f, n);
    __bang_mul_scalar(overlap, overlap, kOut, n);
    __bang_add(scores, scores, overlap, n);
    __sync_compute();
    scores[i] = kOut;
    if (kept % kSteps)
      continue;
    __bang_gt_scalar(overlap, scores, -3e38f, n);
    float **const vectors[] = {&boxes.x1, &boxes.y1, &boxes.x2, &boxes.y2, &boxes.area, &number, &scores};
    int left = 0;
    for (float **v : vectors) {
      left = static_cast<int>(__bang_filter(boxes.wide, *v, overlap, n));
      std::swap(*v, boxes.wide);
    }
    if (left == 0)
      break;
    n = left;
  }
  *plan.keptCount = kept;
}

} // namespace bangops

#endif // BANGOPS_SELECT_BOXES_H
