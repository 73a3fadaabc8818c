# Rounding modes, exception flags and NaN boxing, as RISC-V defines them.
# RUN: %dlp-as --link --kernel 'k(ptr)' %s -o %t.elf
# RUN: %dlp-run %t.elf k --arg out:%t.npy:shape=17:dtype=uint64
# RUN: %python %S/Inputs/npy.py print %t.npy | FileCheck %s
  .text
  .globl k
k:
  ld s0, 0(a0)
  li t0, 1
  li t1, 3
  fcvt.s.w fa0, t0
  fcvt.s.w fa1, t1
  csrw fflags, zero
  # 1/3 in the five modes, then in the dynamic one
  fdiv.s fa2, fa0, fa1, rne
  fmv.x.w t2, fa2
  sd t2, 0(s0)
# CHECK: uint64 (17,): 1051372203
  fdiv.s fa2, fa0, fa1, rup
  fmv.x.w t2, fa2
  sd t2, 8(s0)
# CHECK-SAME: {{ }}1051372203
  fdiv.s fa2, fa0, fa1, rtz
  fmv.x.w t2, fa2
  sd t2, 16(s0)
# CHECK-SAME: {{ }}1051372202
  li t3, 2
  csrw frm, t3
  fdiv.s fa2, fa0, fa1
  fmv.x.w t2, fa2
  sd t2, 24(s0)
# CHECK-SAME: {{ }}1051372202
  csrr t2, fcsr
  sd t2, 32(s0)
# inexact, frm = 2
# CHECK-SAME: {{ }}65
  csrw fcsr, zero
  fmv.s.x fa3, zero
  fdiv.s fa2, fa0, fa3
  fmv.x.w t2, fa2
  sd t2, 40(s0)
  csrr t2, fflags
  sd t2, 48(s0)
# infinity, divide by zero
# CHECK-SAME: {{ }}2139095040 8
  csrw fflags, zero
  fsub.s fa2, fa2, fa2
  fmv.x.w t2, fa2
  sd t2, 56(s0)
  csrrw t2, fflags, zero
  sd t2, 64(s0)
# the canonical NaN, invalid; the flags are gone afterwards
# CHECK-SAME: {{ }}2143289344 16
  csrr t2, fflags
  sd t2, 72(s0)
# CHECK-SAME: {{ }}0
  # A double is no boxed float: it reads as NaN.
  fcvt.d.w fa4, t0
  fadd.s fa5, fa4, fa0
  fmv.x.d t2, fa5
  srli t2, t2, 32
  sd t2, 80(s0)
  fmv.x.w t2, fa5
  sd t2, 88(s0)
# CHECK-SAME: {{ }}4294967295 2143289344
  # Half: 2049 rounds to even, and away from zero in mode rmm; moves extend the sign.
  li t3, 2049
  fcvt.h.w fa0, t3, rne
  fcvt.w.h t2, fa0
  sd t2, 96(s0)
  fcvt.h.w fa0, t3, rmm
  fcvt.w.h t2, fa0
  sd t2, 104(s0)
# CHECK-SAME: {{ }}2048 2050
  li t3, -1
  fcvt.h.w fa0, t3
  fmv.x.h t2, fa0
  sd t2, 112(s0)
# CHECK-SAME: {{ }}18446744073709534208
  # bf16 keeps the upper half of a float, rounded.
  li t3, 0x3f808001
  fmv.w.x fa0, t3
  fcvt.bf16.s fa1, fa0
  fmv.x.h t2, fa1
  sd t2, 120(s0)
  fcvt.s.bf16 fa2, fa1
  fmv.x.w t2, fa2
  sd t2, 128(s0)
# CHECK-SAME: {{ }}16257 1065418752{{$}}
  exit
