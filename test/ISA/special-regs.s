# Task coordinates are control registers; the disassembler names them.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump %t.o | FileCheck %s

# CHECK: csrr a0, 0xcc0 # taskId
csrr a0, 0xcc0
# CHECK: csrr a1, 0xcc5 # taskDimX
csrr a1, 0xcc5
# CHECK: csrr a2, 0xcc8 # coreId
csrr a2, 0xcc8
# CHECK: csrr a3, 0xccb # clusterDim
csrr a3, 0xccb
# CHECK: rdcycle a4{{$}}
rdcycle a4
