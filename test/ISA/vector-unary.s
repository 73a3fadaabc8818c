# One source; fills and moves.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 004100000018b53f vabs.f16 a0, a1, a2
vabs.f16 a0, a1, a2

# CHECK: 020104000018b53f vneg.i32 a0, a1, a2
vneg.i32 a0, a1, a2

# CHECK: 00c114000018b53f vrelu.f32 a0, a1, a2
vrelu.f32 a0, a1, a2

# CHECK: 00412c000018b53f vexp.f16 a0, a1, a2
vexp.f16 a0, a1, a2

# CHECK: 00814800003feebf vsigmoid.bf16 t4, t5, t6
vsigmoid.bf16 t4, t5, t6

# CHECK: 040160000018b53f vmove.b8 a0, a1, a2
vmove.b8 a0, a1, a2

# CHECK: 044168000018b53f vset.b16 a0, a1, a2
vset.b16 a0, a1, a2

# CHECK: 04810c000001bd3f vbnot.b32 s10, s11, zero
vbnot.b32 s10, s11, zero
