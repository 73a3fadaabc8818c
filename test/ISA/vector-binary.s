# Element-wise two-operand instructions, their vector-scalar and cycling forms.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 004004000358b53f vadd.f16 a0, a1, a2, a3
vadd.f16 a0, a1, a2, a3

# CHECK: 008004000358b53f vadd.bf16 a0, a1, a2, a3
vadd.bf16 a0, a1, a2, a3

# CHECK: 00c01400070e62bf vsub.vs.f32 t0, t1, t2, t3
vsub.vs.f32 t0, t1, t2, t3

# CHECK: 0180240062d4943f vmul.cy.i8 s0, s1, a0, a1, a2
vmul.cy.i8 s0, s1, a0, a1, a2

# CHECK: 030028000294a53f vdiv.u32 a0, a0, a0, a0
vdiv.u32 a0, a0, a0, a0

# CHECK: 00c03400039f08bf vmax.f32 a7, a6, a5, a4
vmax.f32 a7, a6, a5, a4

# CHECK: 01c094000358b53f vand.i16 a0, a1, a2, a3
vand.i16 a0, a1, a2, a3

# CHECK: 0480b8000358b53f vband.b32 a0, a1, a2, a3
vband.b32 a0, a1, a2, a3

# CHECK: 0400d4000358b53f vbxor.vs.b8 a0, a1, a2, a3
vbxor.vs.b8 a0, a1, a2, a3
