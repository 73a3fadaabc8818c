# A lock made of lr/sc, taken 100 times by each of 16 tasks; the protected counter loses no increment.
# RUN: %dlp-as --link --kernel 'k(ptr)' %s -o %t.elf
# RUN: %python %S/Inputs/npy.py write %t.npy int64 4 '[0, 0, 5, -3][i]'
# RUN: %dlp-run %t.elf k --dim 16 --arg inout:%t.npy
# RUN: %python %S/Inputs/npy.py print %t.npy | FileCheck %s
# CHECK: int64 (4,): 0 1600 5 -3
  .text
  .globl k
k:
  ld s0, 0(a0)
  addi s1, s0, 8
  li s2, 100
again:
  li t0, 1
take:
  lr.w.aq t1, (s0)
  bnez t1, take
  sc.w t1, t0, (s0)
  bnez t1, take
  ld t2, 0(s1)
  addi t2, t2, 1
  sd t2, 0(s1)
  amoswap.w.rl zero, zero, (s0)
  addi s2, s2, -1
  bnez s2, again
  # The smallest and largest leave memory as it is here, and give the old value.
  addi s1, s0, 16
  li t0, 7
  amomin.d t1, t0, (s1)
  li t2, 5
  bne t1, t2, wrong
  addi s1, s0, 24
  amominu.d t1, t0, (s1)
  amomaxu.d t2, t1, (s1)
  bne t2, t0, wrong
  exit
wrong:
  li a0, 1
  trap a0
