// layout.h: what the host half tells the kernels of the layout family.
#ifndef BANGOPS_LAYOUT_H
#define BANGOPS_LAYOUT_H

#include "common/host.h"

namespace bangops {

// A copy in strides of elements. Three dimensions make a tile: `a` runs where neighbours in x are neighbours, `b` where
// neighbours in y are; when that is the same dimension, `b` is another one and nothing is turned. `c` is one more.
struct CopyPlan {
  const void *from;
  void *to;
  int64_t a, b, c;                            // sizes
  int64_t fromA, fromB, fromC, toA, toB, toC; // strides
  int64_t tileA, tileB, tileC, tilesA, tilesB, tilesC;
  int outerCount;
  int64_t outer[BANGOPS_MAX_DIMS], fromOuter[BANGOPS_MAX_DIMS], toOuter[BANGOPS_MAX_DIMS];
  int64_t tiles; // in all
  bool turned;
  bool joined;   // turned, and c continues the run of b in y
  bool repeated; // x has the same for each b: one row is loaded and stored as often as that
  int64_t gap;   // b runs in y, and in x it has this stride within few sectors; 0: not so
};
void launchCopy(const CopyPlan &plan, size_t elementBytes, const Machine &machine, cnrtQueue_t queue);

struct CastPlan {
  const void *from;
  void *to;
  int64_t n;
  int tile;
  float scale;
};
void launchCast(const CastPlan &plan, bangopsDataType_t from, bangopsDataType_t to, const Machine &machine,
                cnrtQueue_t queue);
void launchFill(void *to, int64_t n, int tile, float value, bangopsDataType_t dtype, const Machine &machine,
                cnrtQueue_t queue);

} // namespace bangops

#endif // BANGOPS_LAYOUT_H
