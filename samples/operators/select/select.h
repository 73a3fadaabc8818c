// select.h: what the host half tells the kernels that choose rows, elements or boxes.
#ifndef BANGOPS_SELECT_H
#define BANGOPS_SELECT_H

#include "common/host.h"

namespace bangops {

struct RowsByIndexPlan {
  const void *x;
  const int32_t *index;
  void *y;
  int64_t count;   // indices
  int64_t rows;    // of the table; other indices select nothing
  int64_t columns; // elements of a row
  int chunk;       // of a row, in NRAM
  int rowsPerTile; // gathered or added together; of a gather, 0: row by row
};
void launchGather(const RowsByIndexPlan &plan, size_t elementBytes, const Machine &machine, cnrtQueue_t queue);
void launchScatterAdd(const RowsByIndexPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue);

struct TopKPlan {
  const void *x;  // rows x columns
  void *values;   // rows x k
  int32_t *index; // rows x k
  int64_t rows;
  int columns, k, rowsPerTile;
};
void launchTopK(const TopKPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue);

// Boxes are x1, y1, x2, y2, one behind the other.
struct BoxPlan {
  const float *a, *b; // of IoU; of NMS only a
  float *iou;         // countA x countB
  const float *scores;
  int32_t *kept, *keptCount;
  int countA, countB, maxKept;
  int part; // boxes of b at once
  float limit;
};
void launchIoU(const BoxPlan &plan, const Machine &machine, cnrtQueue_t queue);
void launchNms(const BoxPlan &plan, const Machine &machine, cnrtQueue_t queue);

struct RoiAlignPlan {
  const void *x;     // images x h x w x channels
  const float *rois; // each: image, x1, y1, x2, y2
  void *y;           // rois x ph x pw x channels
  int64_t images, h, w, channels, roiCount, ph, pw;
  int sampling; // points per bin and direction; 0: as many as pixels
  float scale;
  bool aligned;
  int part;                 // channels at once
  int regionN, rowsN, outN; // elements of buffers, see regions.h
};
void launchRoiAlign(const RoiAlignPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue);

} // namespace bangops

#endif // BANGOPS_SELECT_H
