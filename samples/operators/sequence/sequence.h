// sequence.h: what the host half tells the kernel of attention.
#ifndef BANGOPS_SEQUENCE_H
#define BANGOPS_SEQUENCE_H

#include "common/host.h"

namespace bangops {

// y = softmax(q k^T * scale) v for each of `heads` (batches times heads); q: [heads][queries][depth], k and v:
// [heads][keys][depth].
struct AttentionPlan {
  const void *q, *k, *v;
  void *y;
  int64_t heads, queries, keys;
  int depth, tileQ, tileK; // tileQ is a multiple of 64, tileK a power of two
  float scale;
  bool causal; // query i sees keys up to i + keys - queries
};
void launchAttention(const AttentionPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue);

// Rows of two halves; row r has the angles of position r % positions.
struct RotaryPlan {
  const void *x, *cosines, *sines; // x: [repetitions][positions][2 * half]; angles: [positions][half]
  void *y;
  int64_t repetitions, positions;
  int half, tileRows;
};
void launchRotary(const RotaryPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue);

} // namespace bangops

#endif // BANGOPS_SEQUENCE_H
