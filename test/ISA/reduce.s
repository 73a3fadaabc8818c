# Reductions give a register or write a few elements.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 00c190000018b53f vsum.f32 a0, a1, a2
vsum.f32 a0, a1, a2

# CHECK: 004194000018b53f vsum.row.f16 a0, a1, a2
vsum.row.f16 a0, a1, a2

# CHECK: 004198000018b53f vargmax.f16 a0, a1, a2
vargmax.f16 a0, a1, a2

# CHECK: 0281a0000018b53f vcount.u8 a0, a1, a2
vcount.u8 a0, a1, a2

# CHECK: 00c1a4000018b53f vfirst.f32 a0, a1, a2
vfirst.f32 a0, a1, a2

# CHECK: 0041ac007358b53f vcollect.f16 a0, a1, a2, a3, a4
vcollect.f16 a0, a1, a2, a3, a4
