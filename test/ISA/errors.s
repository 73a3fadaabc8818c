# What is wrong, where, in the terms of the instruction; and nothing is written.
# RUN: rm -f %t.o
# RUN: not %dlp-as %s -o %t.o 2>&1 | FileCheck %s
# RUN: not ls %t.o

# CHECK: errors.s:[[#@LINE+1]]:3: error: 'vadd.f16' takes 4 operands (dst, lhs, rhs, n), not 3
  vadd.f16 a0, a1, a2
# CHECK: errors.s:[[#@LINE+1]]:8: error: operand 3 of 'vadd.f16' (rhs) is an x-register, not '7'
label: vadd.f16 a0, a1, 7, a3
# CHECK: errors.s:[[#@LINE+1]]:1: error: operand 1 of 'vset.b16' (dst) is an x-register, not 'fa0'
vset.b16 fa0, a1, a2
# CHECK: errors.s:[[#@LINE+1]]:6: error: 'sync' takes no operands, not 1
nop; sync a0
# CHECK: errors.s:[[#@LINE+1]]:1: error: 'tmatmul.f32.f32.f32' takes 5 operands (dst, lhs, weights, bias, descriptor), not 8
tmatmul.f32.f32.f32 a0, a1, a2, a3, a4, a5, a6, a7
