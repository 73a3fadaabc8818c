// Sync.td: waiting for queues of this core, and for other cores.
def SYNC : Insn<0xc0, "sync", NoTypes, [], Sync, "sync", "wait until every queue of this core is empty">;
def SYNC_IO : Insn<0xc1, "sync.io", NoTypes, [], Sync, "sync", "later work waits for the IO queue">;
def SYNC_MOVE : Insn<0xc2, "sync.move", NoTypes, [], Sync, "sync", "later work waits for the Move queue">;
def SYNC_COMPUTE : Insn<0xc3, "sync.compute", NoTypes, [], Sync, "sync", "later work waits for the Compute queue">;
def SYNC_MASK : Insn<0xc4, "sync.mask", NoTypes, [Val<"producers">, Val<"consumers">], Sync, "sync",
                     "each consumer queue waits for each producer queue; bit 0 IO, bit 1 Move, bit 2 Compute">;

// Barriers drain the core, then wait. The first two count memory cores too. In a Block task they are a plain sync.
def BARRIER_CLUSTER : Insn<0xc8, "barrier.cluster", NoTypes, [], Sync, "barrier",
                           "all cores of the cluster, memory core included">;
def BARRIER_ALL : Insn<0xc9, "barrier.all", NoTypes, [], Sync, "barrier",
                       "all cores of the union task, memory cores included">;
def BARRIER_CLUSTER_IPU : Insn<0xca, "barrier.cluster.ipu", NoTypes, [], Sync, "barrier",
                               "all cores of the cluster but the memory core, which passes">;
def BARRIER_ALL_IPU : Insn<0xcb, "barrier.all.ipu", NoTypes, [], Sync, "barrier",
                           "all cores of the union task but the memory cores, which pass">;
def BARRIER_ALL_MPU : Insn<0xce, "barrier.all.mpu", NoTypes, [], Sync, "barrier",
                           "the memory cores of the union task; the others pass">;
def BARRIER_LOCAL : Insn<0xcc, "barrier.local", NoTypes, [Val<"id">, Val<"count">], Sync, "barrier",
                         "numbered barrier of one cluster for count cores">;
def BARRIER_GLOBAL : Insn<0xcd, "barrier.global", NoTypes, [Val<"id">, Val<"count">], Sync, "barrier",
                          "numbered barrier of the union task for count cores">;

// A barrier in two halves: arriving drains the core and goes on, waiting ends when all have arrived as often.
def BARRIER_CLUSTER_ARRIVE : Insn<0xd4, "barrier.cluster.arrive", NoTypes, [], Sync, "barrier",
                                  "arrive at the barrier of the cluster">;
def BARRIER_CLUSTER_WAIT : Insn<0xd5, "barrier.cluster.wait", NoTypes, [], Sync, "barrier",
                                "wait until all cores of the cluster have arrived">;
def BARRIER_ALL_ARRIVE : Insn<0xd6, "barrier.all.arrive", NoTypes, [], Sync, "barrier",
                              "arrive at the barrier of the union task">;
def BARRIER_ALL_WAIT : Insn<0xd7, "barrier.all.wait", NoTypes, [], Sync, "barrier",
                            "wait until all cores of the union task have arrived">;
