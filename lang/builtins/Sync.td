// Sync.td: waiting for queues of this core, and for other cores.
multiclass Syncs<string op, string insn, string summary> {
  def OP_#NAME : BangOperation<op, Untyped, [], summary> { let Insn = insn; }
  def BI_#NAME : Builtin<"__"#op, !cast<BangOperation>("OP_"#NAME)>;
}
defm SYNC : Syncs<"sync", "sync", "waits until every queue of this core is empty">;
defm SYNC_IO : Syncs<"sync_io", "sync.io", "later work waits for earlier copies from and to off-chip memory">;
defm SYNC_MOVE : Syncs<"sync_move", "sync.move", "later work waits for earlier on-chip copies">;
defm SYNC_COMPUTE : Syncs<"sync_compute", "sync.compute", "later work waits for earlier vector and matrix operations">;
defm SYNC_CLUSTER : Syncs<"sync_cluster", "barrier.cluster", "barrier of a cluster's cores and its memory core">;
defm SYNC_ALL : Syncs<"sync_all", "barrier.all", "barrier of all cores and memory cores of the union task">;
defm SYNC_ALL_IPU : Syncs<"sync_all_ipu", "barrier.all.ipu", "barrier of all cores of the union task without memory cores">;
defm SYNC_ALL_IPU_WITHIN_CLUSTER : Syncs<"sync_all_ipu_within_cluster", "barrier.cluster.ipu",
                                         "barrier of a cluster's cores without its memory core">;
defm SYNC_ALL_MPU : Syncs<"sync_all_mpu", "barrier.all.mpu", "barrier of the union task's memory cores; others pass">;
defm SYNC_CLUSTER_ARRIVE : Syncs<"sync_cluster_arrive", "barrier.cluster.arrive",
                                 "waits for this core's queues and tells the cluster that it is here">;
defm SYNC_CLUSTER_WAIT : Syncs<"sync_cluster_wait", "barrier.cluster.wait",
                               "waits until every core of the cluster has arrived as often as this one">;
defm SYNC_ALL_ARRIVE : Syncs<"sync_all_arrive", "barrier.all.arrive",
                             "waits for this core's queues and tells the union task that it is here">;
defm SYNC_ALL_WAIT : Syncs<"sync_all_wait", "barrier.all.wait",
                           "waits until every core of the union task has arrived as often as this one">;
def OP_SYNC_MASK : BangOperation<"sync_mask", Untyped, [UInt<"producers">, UInt<"consumers">],
                      "each consumer queue waits for each producer queue; bit 0 IO, bit 1 Move, bit 2 Compute"> {
  let Insn = "sync.mask";
}
// __sync_io_move_compute(bool x 6) packs its flags in bang.h.
def BI_SYNC_MASK : Builtin<"__bang_sync_mask", OP_SYNC_MASK>;
def OP_BARRIER_LOCAL : BangOperation<"barrier_local", Untyped, [UInt<"id">, UInt<"count">],
                          "numbered barrier of one cluster for count cores"> {
  let Insn = "barrier.local";
}
def OP_BARRIER_GLOBAL : BangOperation<"barrier_global", Untyped, [UInt<"id">, UInt<"count">],
                           "numbered barrier of the union task for count cores"> {
  let Insn = "barrier.global";
}
