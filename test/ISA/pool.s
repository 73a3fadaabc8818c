# Pooling: window sizes and strides are words of a descriptor, whose address is the last register.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 0041c0000004b53f psum.f16 a0, a1, sp
psum.f16 a0, a1, sp

# CHECK: 00c1c4000018b53f pmax.f32 a0, a1, a2
pmax.f32 a0, a1, a2

# CHECK: 0081c8000018b53f pmin.bf16 a0, a1, a2
pmin.bf16 a0, a1, a2

# CHECK: 0041cc000018b53f pavg.f16 a0, a1, a2
pavg.f16 a0, a1, a2
