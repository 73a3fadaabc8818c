# print formats argument words; a bad format or a wild string is a fault.
# RUN: %dlp-as --link --kernel 'k(i64, i64)' %s -o %t.elf
# RUN: %dlp-run %t.elf k --dim 2 --arg i64:42 --arg f64:2.5 | FileCheck %s
# CHECK: task 0 of 2: [   42] 2.500000 0x2a
# CHECK: task 1 of 2: [   42] 2.500000 0x2a
# RUN: not %dlp-run %t.elf k --arg i64:42 --arg i64:-1 2>&1 | FileCheck %s --check-prefix=WILD
# WILD: wild string
# WILD: kernel fault: access out of bounds
# WILD-NEXT: print: a %s argument
  .section .rodata
format:
  .asciz "task %d of %u: [%5ld] %f %#lx\n"
wild:
  .asciz "wild string\n"
strings:
  .asciz "%s\n"
  .text
  .globl k
k:
  ld s0, 0(a0)
  ld s1, 8(a0)
  addi sp, sp, -48
  csrr t0, 0xcc0
  sd t0, 0(sp)
  csrr t0, 0xcc4
  sd t0, 8(sp)
  sd s0, 16(sp)
  sd s1, 24(sp)
  sd s0, 32(sp)
  li t1, -1
  beq s1, t1, 1f
  la a1, format
  mv a2, sp
  li a3, 5
  print a0, a1, a2, a3
  exit
1:
  la a1, wild
  li a3, 0
  print a0, a1, a2, a3
  la a1, strings
  addi a2, sp, 24
  li a3, 1
  print a0, a1, a2, a3
  exit
