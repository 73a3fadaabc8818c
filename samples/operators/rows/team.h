// team.h: long rows that the cores of a cluster hold together. Each core has the same part of all rows of its team in
// NRAM, so x is read once, and scale and shift once for all rows. The numbers of the parts go through SRAM; otherwise
// these are the steps of parts.h, without launches between them.
//
//   IO        load 1         store 0    load 2         store 1
//   Compute   finish 0, map 0  gather 1   finish 1, map 1  gather 2
//   barrier                           |                          |
#ifndef BANGOPS_TEAM_H
#define BANGOPS_TEAM_H

#include "rows/parts.h"

namespace bangops {

// What the parts of a row leave, of one turn and the next: all first numbers of the cores, then all second ones.
__mlu_shared__ static float sram[2][2 * kTeamNumbers];

template <class T> struct TeamStage : MapStage<T> {
  using Base = MapStage<T>;
  using Base::copy, Base::inner, Base::itemOf, Base::outer, Base::plan, Base::tile, Base::wide;
  using typename Base::Exponential;
  using typename Base::Item;
  Finish<T> finish;
  float *correction;

  // `plan` is this core's own: one core of a team leaves the results of its rows.
  __mlu_func__ TeamStage(const RowsPlan &plan, Cutter &cut) : Base(plan, cut), finish(plan, cut) {
    correction = cut.take<float>(inner);
    this->begin = coreId * outer + taskId / coreDim;
    this->step = taskDim / coreDim;
  }
  static __mlu_func__ int turns(const RowsPlan &plan) {
    const int64_t groups = plan.rows / plan.inner, teams = taskDim / coreDim;
    return static_cast<int>((groups + teams - 1) / teams);
  }
  // In the last turn there may be no row for this team.
  __mlu_func__ bool has(int turn) const { return taskId / coreDim + turn * this->step < outer; }

  __mlu_func__ void load(int turn) {
    if (!has(turn))
      return;
    PartsStage<T>::load(turn);
    this->loadColumns(itemOf(turn));
  }
  // The memory core's part: nobody passes a barrier without it.
  static __mlu_func__ void meet(int turns) {
    for (int turn = 0; turn < turns; ++turn)
      __sync_cluster();
  }
  __mlu_func__ void run(int turns) {
    load(0);
    __sync();
    for (int turn = 0; turn < turns; ++turn) {
      if (turn > 0)
        store(turn - 1);
      if (has(turn))
        gather(turn);
      __sync_cluster();
      load(turn + 1);
      if (has(turn))
        finishAndMap(turn);
      __sync();
    }
    if (turns > 0)
      store(turns - 1);
    __sync();
  }
  __mlu_func__ void gather(int turn) {
    const int bytes = inner * static_cast<int>(sizeof(float));
    GatherStage<T>::compute(turn);
    __memcpy(sram[turn % 2] + coreId * inner, this->a[turn % 2], bytes, NRAM2SRAM);
    __memcpy(sram[turn % 2] + (coreDim + coreId) * inner, this->b[turn % 2], bytes, NRAM2SRAM);
  }
  __mlu_func__ void finishAndMap(int turn) {
    const Item i = itemOf(turn);
    const int all = coreDim * inner;
    __memcpy(finish.a, sram[turn % 2], all * sizeof(float), SRAM2NRAM);
    __memcpy(finish.b, sram[turn % 2] + all, all * sizeof(float), SRAM2NRAM);
    finish.combine(i.row, plan.affineRows ? i.row % plan.affineRows : 0, inner);
    if (plan.operation == RowOperation::Softmax || plan.operation == RowOperation::CrossEntropy)
      scalePowers(turn);
    else
      this->map(turn, finish.mean, finish.factor, finish.shift);
  }
  // Gather has left e^(x - the part's maximum), so only a factor is missing.
  __mlu_func__ void scalePowers(int turn) {
    const Item i = itemOf(turn);
    T *x = tile[turn % 2];
    Exponential *powers =
        std::is_same<T, bfloat16_t>::value ? reinterpret_cast<Exponential *>(copy) : reinterpret_cast<Exponential *>(x);
    __bang_sub(correction, this->a[turn % 2], finish.mean, inner);
    __bang_active_exp(correction, correction, inner);
    __bang_mul(correction, correction, finish.factor, inner);
    float *y = worked<float>(powers, wide, i.n);
    this->multiply(y, correction, i.n);
    if (plan.operation == RowOperation::CrossEntropy)
      this->subtractLabel(y, i);
    narrow(x, y, i.n);
  }
  __mlu_func__ void store(int turn) {
    if (has(turn))
      Base::store(turn);
  }
};

} // namespace bangops

#endif // BANGOPS_TEAM_H
