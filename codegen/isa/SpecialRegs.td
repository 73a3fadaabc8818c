// SpecialRegs.td: task and core coordinates, read with csrr. Numbers lie in RISC-V's custom read-only user range.
def SR_TASK_ID     : SpecialReg<"taskId", 0xcc0, "taskIdZ * taskDimY * taskDimX + taskIdY * taskDimX + taskIdX">;
def SR_TASK_ID_X   : SpecialReg<"taskIdX", 0xcc1, "0 .. taskDimX - 1">;
def SR_TASK_ID_Y   : SpecialReg<"taskIdY", 0xcc2, "0 .. taskDimY - 1">;
def SR_TASK_ID_Z   : SpecialReg<"taskIdZ", 0xcc3, "0 .. taskDimZ - 1">;
def SR_TASK_DIM    : SpecialReg<"taskDim", 0xcc4, "taskDimX * taskDimY * taskDimZ">;
def SR_TASK_DIM_X  : SpecialReg<"taskDimX", 0xcc5, "x of the launch dimension">;
def SR_TASK_DIM_Y  : SpecialReg<"taskDimY", 0xcc6, "y of the launch dimension">;
def SR_TASK_DIM_Z  : SpecialReg<"taskDimZ", 0xcc7, "z of the launch dimension">;
def SR_CORE_ID     : SpecialReg<"coreId", 0xcc8, "0 .. coreDim - 1, 0x80 on the memory core">;
def SR_CORE_DIM    : SpecialReg<"coreDim", 0xcc9, "cores of a cluster, without the memory core">;
def SR_CLUSTER_ID  : SpecialReg<"clusterId", 0xcca, "0 .. clusterDim - 1 inside the union task">;
def SR_CLUSTER_DIM : SpecialReg<"clusterDim", 0xccb, "clusters of the union task, 0 for Block tasks">;
