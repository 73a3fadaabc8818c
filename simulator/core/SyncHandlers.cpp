// SyncHandlers.cpp: handlers of Sync.td: waiting for queues and for other cores.
#include "simulator/core/Launch.h"

namespace dlp {
namespace {

// Bits of sync.mask.
constexpr uint64_t kMaskIo = 1, kMaskMove = 2, kMaskCompute = 4, kMaskAll = 7;

} // namespace

uint64_t execSync(Exec &x, const SyncOps &, Variant) {
  coreOf(x).drainAll();
  return 0;
}

uint64_t execSyncIo(Exec &x, const SyncIoOps &, Variant) {
  coreOf(x).drain(Queue::Io);
  return 0;
}

uint64_t execSyncMove(Exec &x, const SyncMoveOps &, Variant) {
  coreOf(x).drain(Queue::Move);
  return 0;
}

// Compute work is done when it has issued.
uint64_t execSyncCompute(Exec &, const SyncComputeOps &, Variant) { return 0; }

uint64_t execSyncMask(Exec &x, const SyncMaskOps &ops, Variant) {
  constexpr char expected[] = "a mask of 1 (IO), 2 (Move) and 4 (Compute) with at least one bit";
  if (!ops.producers || ops.producers > kMaskAll)
    x.badOperand("producers", int64_t(ops.producers), expected);
  if (!ops.consumers || ops.consumers > kMaskAll)
    x.badOperand("consumers", int64_t(ops.consumers), expected);
  Core &core = coreOf(x);
  // Compute issues at once, so waiting for it on behalf of Compute means waiting now. A copy engine that waits for the
  // other one does so when its next work runs. A queue is always in order with itself.
  bool now = ops.consumers & kMaskCompute;
  if (ops.producers & kMaskIo) {
    if (now)
      core.drain(Queue::Io);
    else if (ops.consumers & kMaskMove)
      core.orderAfterOther(Queue::Move);
  }
  if (ops.producers & kMaskMove) {
    if (now)
      core.drain(Queue::Move);
    else if (ops.consumers & kMaskIo)
      core.orderAfterOther(Queue::Io);
  }
  return 0;
}

uint64_t execBarrierCluster(Exec &x, const BarrierClusterOps &, Variant) {
  coreOf(x).launch->arrive(coreOf(x), BarrierKind::Cluster, 0, 0);
  return 0;
}

uint64_t execBarrierAll(Exec &x, const BarrierAllOps &, Variant) {
  coreOf(x).launch->arrive(coreOf(x), BarrierKind::All, 0, 0);
  return 0;
}

uint64_t execBarrierClusterIpu(Exec &x, const BarrierClusterIpuOps &, Variant) {
  coreOf(x).launch->arrive(coreOf(x), BarrierKind::ClusterIpu, 0, 0);
  return 0;
}

uint64_t execBarrierAllIpu(Exec &x, const BarrierAllIpuOps &, Variant) {
  coreOf(x).launch->arrive(coreOf(x), BarrierKind::AllIpu, 0, 0);
  return 0;
}

uint64_t execBarrierLocal(Exec &x, const BarrierLocalOps &ops, Variant) {
  coreOf(x).launch->arrive(coreOf(x), BarrierKind::Local, ops.id, ops.count);
  return 0;
}

uint64_t execBarrierGlobal(Exec &x, const BarrierGlobalOps &ops, Variant) {
  coreOf(x).launch->arrive(coreOf(x), BarrierKind::Global, ops.id, ops.count);
  return 0;
}

uint64_t execBarrierAllMpu(Exec &x, const BarrierAllMpuOps &, Variant) {
  coreOf(x).launch->arrive(coreOf(x), BarrierKind::AllMpu, 0, 0);
  return 0;
}

uint64_t execBarrierClusterArrive(Exec &x, const BarrierClusterArriveOps &, Variant) {
  coreOf(x).launch->arriveOnly(coreOf(x), BarrierKind::Cluster);
  return 0;
}

uint64_t execBarrierClusterWait(Exec &x, const BarrierClusterWaitOps &, Variant) {
  coreOf(x).launch->waitArrived(coreOf(x), BarrierKind::Cluster);
  return 0;
}

uint64_t execBarrierAllArrive(Exec &x, const BarrierAllArriveOps &, Variant) {
  coreOf(x).launch->arriveOnly(coreOf(x), BarrierKind::All);
  return 0;
}

uint64_t execBarrierAllWait(Exec &x, const BarrierAllWaitOps &, Variant) {
  coreOf(x).launch->waitArrived(coreOf(x), BarrierKind::All);
  return 0;
}

uint64_t execLock(Exec &x, const LockOps &ops, Variant) {
  coreOf(x).launch->lock(coreOf(x), ops.id0, ops.id1);
  return 0;
}

uint64_t execUnlock(Exec &x, const UnlockOps &ops, Variant) {
  coreOf(x).launch->unlock(coreOf(x), ops.id0, ops.id1);
  return 0;
}

} // namespace dlp
