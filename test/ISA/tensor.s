# Products with weights in WRAM: result, left operand and weight types.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s

# CHECK: 18ce00007358b53f tmatmul.f32.f32.f32 a0, a1, a2, a3, a4
tmatmul.f32.f32.f32 a0, a1, a2, a3, a4

# CHECK: 305a00007358b53f tmatmul.f16.i8.i8 a0, a1, a2, a3, a4
tmatmul.f16.i8.i8 a0, a1, a2, a3, a4

# CHECK: 08c604001018b53f tmlp.f32.f16.f16 a0, a1, a2, zero, sp
tmlp.f32.f16.f16 a0, a1, a2, zero, sp

# CHECK: 3a1a08007358b53f tconv.i32.i16.i8 a0, a1, a2, a3, a4
tconv.i32.i16.i8 a0, a1, a2, a3, a4
