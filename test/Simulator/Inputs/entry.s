# entry.s: a kernel whose only parameter is a pointer that it hands to `compute`.
  .text
  .globl kernel
kernel:
  ld a0, 0(a0)
  call compute
  exit
