# Packed and counted bits, sparse groups, patterns, random numbers, repeated pieces.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 0443d40f7358b53f vpackb.b16 a0, a1, a2, a3, a4, a5
vpackb.b16 a0, a1, a2, a3, a4, a5

# CHECK: 0483d80f7358b53f vunpackb.b32 a0, a1, a2, a3, a4, a5
vunpackb.b32 a0, a1, a2, a3, a4, a5

# CHECK: 0407dc000018b53f vbitcnt.b8.nsa a0, a1, a2
vbitcnt.b8.nsa a0, a1, a2

# CHECK: 004fd20f7358b53f vsparse.f16.union_index a0, a1, a2, a3, a4, a5, a6
vsparse.f16.union_index a0, a1, a2, a3, a4, a5, a6

# CHECK: 10c3c8000358b53f vhist.f32.bf16 a0, a1, a2, a3
vhist.f32.bf16 a0, a1, a2, a3

# CHECK: 3a03cc007358b53f vintegral.i32.i16 a0, a1, a2, a3, a4
vintegral.i32.i16 a0, a1, a2, a3, a4

# CHECK: 01c3c4000018b53f vrand.i16 a0, a1, a2
vrand.i16 a0, a1, a2

# CHECK: 02823c0f7358b53f vextend.u8 a0, a1, a2, a3, a4, a5
vextend.u8 a0, a1, a2, a3, a4, a5
