// types.h: element types, enumerations and builtin variables of BANG C.
#ifndef OPENBANG_BANG_TYPES_H
#define OPENBANG_BANG_TYPES_H

#include <stddef.h>
#include <stdint.h>

typedef _Float16 half;        // IEEE binary16
typedef __bf16 bfloat16_t;    // upper half of a float

struct int4x2_t {             // two 4-bit integers, the first in the low half
  unsigned char value;
};

// Direction of a copy: source, then destination.
typedef enum mluMemcpyDirection {
  GDRAM2NRAM = 0,
  NRAM2GDRAM = 1,
  LDRAM2NRAM = 2,
  NRAM2LDRAM = 3,
  GDRAM2WRAM = 4,
  WRAM2GDRAM = 5,
  LDRAM2WRAM = 6,
  WRAM2LDRAM = 7,
  NRAM2NRAM = 8,
  NRAM2WRAM = 9,
  WRAM2NRAM = 10,
  GDRAM2SRAM = 11,
  SRAM2GDRAM = 12,
  LDRAM2SRAM = 13,
  SRAM2LDRAM = 14,
  SRAM2NRAM = 15,
  NRAM2SRAM = 16,
  SRAM2WRAM = 17,
  WRAM2SRAM = 18,
  GDRAM2GDRAM = 19,
  GDRAM2LDRAM = 20,
  LDRAM2GDRAM = 21,
  LDRAM2LDRAM = 22,
  SRAM2SRAM = 23
} mluMemcpyDirection_t;

typedef enum mluFusionOpCode_ {
  FUSION_FMA = 0,
  FUSION_FMS = 1,
  FUSION_FAM = 2,
  FUSION_FSM = 3,
  FUSION_FAA = 4,
  FUSION_FAS = 5,
  FUSION_FSS = 6,
  FUSION_FSA = 7
} mluFusionOpCode;

// What __bang_fcmpfilter compares for.
enum CompareMode { CMP_EQ, CMP_NE, CMP_LT, CMP_LE, CMP_GT, CMP_GE };

typedef enum mluPoolBPOverlap_ { OVERLAP_ACC = 0, OVERLAP_COVER = 1 } mluPoolBPOverlap;

// Builtin variables: reads of special registers. Ids and dimensions of the running task and core.
#define BANG_VARIABLE(name) extern __attribute__((device)) const int name __asm__("bang.sreg." #name)
BANG_VARIABLE(taskId);      // taskIdZ * taskDimY * taskDimX + taskIdY * taskDimX + taskIdX
BANG_VARIABLE(taskIdX);
BANG_VARIABLE(taskIdY);
BANG_VARIABLE(taskIdZ);
BANG_VARIABLE(taskDim);     // taskDimX * taskDimY * taskDimZ
BANG_VARIABLE(taskDimX);
BANG_VARIABLE(taskDimY);
BANG_VARIABLE(taskDimZ);
BANG_VARIABLE(coreId);      // 0 .. coreDim - 1, 0x80 on the memory core
BANG_VARIABLE(coreDim);     // cores of a cluster
BANG_VARIABLE(clusterId);   // 0 .. clusterDim - 1 inside the union task
BANG_VARIABLE(clusterDim);  // clusters of the union task, 0 for Block tasks
#undef BANG_VARIABLE

#endif  // OPENBANG_BANG_TYPES_H
