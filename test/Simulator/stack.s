# The stack lies at the end of NRAM; growing into the kernel's variables is a fault.
# RUN: %dlp-as --link --kernel 'k(i64)' %s -o %t.elf
# RUN: %dlp-run %t.elf k --arg i64:100
# RUN: not %dlp-run %t.elf k --arg i64:1000000 2>&1 | FileCheck %s
# CHECK: kernel fault: stack overflow
# CHECK-NEXT: what {{ *}}the stack grew into the kernel's variables; use less local memory or fewer nested calls, or compile with -bang-stack-on-ldram
# CHECK: instruction sd ra, 24(sp)
# CHECK-NEXT: memory {{ *}}NRAM
  .section .nram, "aw", @nobits
  .globl buffer
buffer:
  .zero 655360
  .text
  .globl k
k:
  la t0, buffer
  ld a1, 0(a0)
  call down
  exit
down:
  addi sp, sp, -32
  sd ra, 24(sp)
  addi a1, a1, -1
  beqz a1, 1f
  call down
1:
  ld ra, 24(sp)
  addi sp, sp, 32
  ret
