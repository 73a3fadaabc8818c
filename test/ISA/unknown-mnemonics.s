# Mnemonics nobody has; a mistake in a macro is told at the line that uses it.
# RUN: not %dlp-as %s -o %t.o 2>&1 | FileCheck %s

# CHECK: unknown-mnemonics.s:[[#@LINE+1]]:1: error: 'vadd' has no form 'q7'; it has f16, bf16, f32, i8, i16, i32, u8, u16, u32
vadd.q7 a0, a1, a2, a3
# CHECK: unknown-mnemonics.s:[[#@LINE+1]]:1: error: 'vset' needs a suffix: b8, b16, b32
vset a0, a1, a2
# CHECK: unknown-mnemonics.s:[[#@LINE+1]]:1: error: unknown instruction 'vmull.f16'; did you mean 'vmul.f16'?
vmull.f16 a0, a1, a2, a3
# CHECK: unknown-mnemonics.s:[[#@LINE+1]]:1: error: too few operands for instruction
add a0, a1
.macro wrong d
  frobnicate \d
.endm
# CHECK: unknown-mnemonics.s:[[#@LINE+1]]:3: error: unknown instruction 'frobnicate'
  wrong a0
