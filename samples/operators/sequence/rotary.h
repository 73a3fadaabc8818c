// rotary.h: rotary positions. A row of x is two halves, a and b; a row of angles has a cosine and a sine for each of
// their elements, and belongs to every `positions`-th row.
#ifndef BANGOPS_SEQUENCE_ROTARY_H
#define BANGOPS_SEQUENCE_ROTARY_H

#include "common/device.h"
#include "sequence/sequence.h"

namespace bangops {

// A tile is some rows with neighbouring positions. The tiles of a core have the same positions as long as there are
// any, so their angles stay.
template <class T> struct RotaryStage {
  static constexpr bool kDirect = std::is_same<T, float>::value;
  const RotaryPlan &plan;
  T *in[2], *out[2];
  float *cosines, *sines; // of whole rows, the first half of the sines negative
  float *swapped, *angles, *wide, *sum;
  int64_t loaded = -1; // first position of the angles in NRAM

  __mlu_func__ RotaryStage(const RotaryPlan &plan) : plan(plan) {
    Cutter cut;
    const int n = plan.tileRows * 2 * plan.half;
    for (int i = 0; i < 2; ++i) {
      in[i] = cut.take<T>(n);
      out[i] = cut.take<T>(n);
    }
    cosines = cut.take<float>(n);
    sines = cut.take<float>(n);
    swapped = cut.take<float>(n);
    angles = cut.take<float>(n);
    if (!kDirect) {
      wide = cut.take<float>(n);
      sum = cut.take<float>(n);
    }
  }
  struct Place {
    int64_t row, position;
    int rows;
  };
  __mlu_func__ Place place(int tile) const {
    const int64_t tiles = plan.repetitions * ((plan.positions + plan.tileRows - 1) / plan.tileRows);
    const int64_t i = tiles * taskId / taskDim + tile, position = i / plan.repetitions * plan.tileRows;
    return {i % plan.repetitions * plan.positions + position, position,
            static_cast<int>(std::min<int64_t>(plan.tileRows, plan.positions - position))};
  }
  __mlu_func__ int tiles() const {
    const int64_t all = plan.repetitions * ((plan.positions + plan.tileRows - 1) / plan.tileRows);
    return static_cast<int>(all * (taskId + 1) / taskDim - all * taskId / taskDim);
  }
  __mlu_func__ void load(int tile) {
    const Place p = place(tile);
    __memcpy_async(in[tile % 2], static_cast<const T *>(plan.x) + p.row * 2 * plan.half,
                   p.rows * 2 * plan.half * sizeof(T), GDRAM2NRAM);
  }
  // Rows of angles to NRAM, as float.
  __mlu_func__ void loadAngles(const void *from, const Place &p) {
    const int n = p.rows * plan.half;
    T *raw = kDirect ? reinterpret_cast<T *>(angles) : reinterpret_cast<T *>(swapped);
    __memcpy(raw, static_cast<const T *>(from) + p.position * plan.half, n * sizeof(T), GDRAM2NRAM);
    widen(angles, raw, n);
  }
  // Halves of rows to their places in whole rows, or from there.
  __mlu_func__ void moveHalves(float *to, const float *from, int toHalves, int fromHalves, int rows) {
    const int bytes = plan.half * sizeof(float);
    __bang_move(to, from, bytes, toHalves * bytes, fromHalves * bytes, rows - 1);
  }
  __mlu_func__ void prepare(const Place &p) {
    loadAngles(plan.cosines, p);
    moveHalves(cosines, angles, 2, 1, p.rows);
    moveHalves(cosines + plan.half, angles, 2, 1, p.rows);
    loadAngles(plan.sines, p);
    moveHalves(sines + plan.half, angles, 2, 1, p.rows);
    __bang_neg(angles, angles, p.rows * plan.half);
    moveHalves(sines, angles, 2, 1, p.rows);
    loaded = p.position;
  }
  __mlu_func__ void compute(int tile) {
    const Place p = place(tile);
    const int n = p.rows * 2 * plan.half;
    if (loaded != p.position)
      prepare(p);
    const float *x = reinterpret_cast<float *>(in[tile % 2]);
    float *y = reinterpret_cast<float *>(out[tile % 2]);
    if (!kDirect) {
      widen(wide, in[tile % 2], n);
      x = wide;
      y = sum;
    }
    moveHalves(swapped, x + plan.half, 2, 2, p.rows);
    moveHalves(swapped + plan.half, x, 2, 2, p.rows);
    __bang_mul(y, x, cosines, n);
    __bang_fusion(FUSION_FMA, y, swapped, sines, y, n, n);
    if (!kDirect)
      narrow(out[tile % 2], y, n);
  }
  __mlu_func__ void store(int tile) {
    const Place p = place(tile);
    __memcpy_async(static_cast<T *>(plan.y) + p.row * 2 * plan.half, out[tile % 2], p.rows * 2 * plan.half * sizeof(T),
                   NRAM2GDRAM);
  }
};

template <class T> __mlu_global__ void rotaryKernel(RotaryPlan plan) {
  if (__is_mpu())
    return;
  RotaryStage<T> stage(plan);
  runPipeline(stage, stage.tiles());
}

void launchRotary(const RotaryPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue) {
  if (dtype == BANGOPS_DTYPE_F32)
    rotaryKernel<float><<<machine.dim, machine.type, queue>>>(plan);
  else if (dtype == BANGOPS_DTYPE_F16)
    rotaryKernel<half><<<machine.dim, machine.type, queue>>>(plan);
  else
    rotaryKernel<bfloat16_t><<<machine.dim, machine.type, queue>>>(plan);
}

} // namespace bangops

#endif // BANGOPS_SEQUENCE_ROTARY_H
