// Sync.td: waiting for queues of this core, and for other cores.
multiclass Syncs<string op, string insn, string summary, string zh> {
  def OP_#NAME : BangOperation<op, Untyped, [], summary> {
    let Insn = insn;
    let Zh = zh;
  }
  def BI_#NAME : Builtin<"__"#op, !cast<BangOperation>("OP_"#NAME)>;
}
defm SYNC : Syncs<"sync", "sync", "waits until every queue of this core is empty", "等待本核所有队列执行完">;
defm SYNC_IO : Syncs<"sync_io", "sync.io", "later work waits for earlier copies from and to off-chip memory", "之后的工作等待之前与片外存储的拷贝">;
defm SYNC_MOVE : Syncs<"sync_move", "sync.move", "later work waits for earlier on-chip copies", "之后的工作等待之前的片上拷贝">;
defm SYNC_COMPUTE : Syncs<"sync_compute", "sync.compute", "later work waits for earlier vector and matrix operations", "之后的工作等待之前的向量和矩阵运算">;
defm SYNC_CLUSTER : Syncs<"sync_cluster", "barrier.cluster", "barrier of a cluster's cores and its memory core", "一个 cluster 内所有核和 memory core 的栅栏">;
defm SYNC_ALL : Syncs<"sync_all", "barrier.all", "barrier of all cores and memory cores of the union task", "Union 任务所有核和 memory core 的栅栏">;
defm SYNC_ALL_IPU : Syncs<"sync_all_ipu", "barrier.all.ipu", "barrier of all cores of the union task without memory cores", "Union 任务所有核的栅栏，不含 memory core">;
defm SYNC_ALL_IPU_WITHIN_CLUSTER : Syncs<"sync_all_ipu_within_cluster", "barrier.cluster.ipu",
                                         "barrier of a cluster's cores without its memory core", "一个 cluster 内所有核的栅栏，不含 memory core">;
defm SYNC_ALL_MPU : Syncs<"sync_all_mpu", "barrier.all.mpu", "barrier of the union task's memory cores; others pass", "Union 任务所有 memory core 的栅栏，其他核直接通过">;
defm SYNC_CLUSTER_ARRIVE : Syncs<"sync_cluster_arrive", "barrier.cluster.arrive",
                                 "waits for this core's queues and tells the cluster that it is here", "等待本核的队列，并告知 cluster 本核已到达">;
defm SYNC_CLUSTER_WAIT : Syncs<"sync_cluster_wait", "barrier.cluster.wait",
                               "waits until every core of the cluster has arrived as often as this one", "等待 cluster 的每个核到达的次数与本核相同">;
defm SYNC_ALL_ARRIVE : Syncs<"sync_all_arrive", "barrier.all.arrive",
                             "waits for this core's queues and tells the union task that it is here", "等待本核的队列，并告知 Union 任务本核已到达">;
defm SYNC_ALL_WAIT : Syncs<"sync_all_wait", "barrier.all.wait",
                           "waits until every core of the union task has arrived as often as this one", "等待 Union 任务的每个核到达的次数与本核相同">;
def OP_SYNC_MASK : BangOperation<"sync_mask", Untyped, [UInt<"producers">, UInt<"consumers">],
                      "each consumer queue waits for each producer queue; bit 0 IO, bit 1 Move, bit 2 Compute"> {
  let Insn = "sync.mask";
  let Zh = "consumers 的每个队列等待 producers 的每个队列；第 0 位 IO，第 1 位 Move，第 2 位 Compute";
}
// __sync_io_move_compute(bool x 6) packs its flags in bang.h.
def BI_SYNC_MASK : Builtin<"__bang_sync_mask", OP_SYNC_MASK>;
def OP_BARRIER_LOCAL : BangOperation<"barrier_local", Untyped, [UInt<"id">, UInt<"count">],
                          "numbered barrier of one cluster for count cores"> {
  let Insn = "barrier.local";
  let Zh = "一个 cluster 内 count 个核的编号栅栏";
}
def OP_BARRIER_GLOBAL : BangOperation<"barrier_global", Untyped, [UInt<"id">, UInt<"count">],
                           "numbered barrier of the union task for count cores"> {
  let Insn = "barrier.global";
  let Zh = "Union 任务内 count 个核的编号栅栏";
}
