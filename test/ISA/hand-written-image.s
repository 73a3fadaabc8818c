# A kernel in assembly becomes an image of its own: records from --kernel, sections at their windows.
# RUN: %dlp-as --link --kernel 'k(ptr, i8, f32, ptr)' --kernel other %s -o %t.elf
# RUN: %dlp-objdump --kernels %t.elf | FileCheck %s --check-prefix=KERNELS
# RUN: llvm-nm --numeric-sort %t.elf | FileCheck %s --check-prefix=SYM
# RUN: %dlp-objdump --symbol k %t.elf | FileCheck %s --check-prefix=CODE
# RUN: %dlp-as --link --arch mtp_270 --kernel k %s < %s -o %t2.elf && %dlp-objdump %t2.elf | FileCheck %s --check-prefix=ARCH

# KERNELS: 0x{{[0-9a-f]+}} 4096 0 256 64 k(pointer, 1 bytes, 4 bytes, pointer)
# KERNELS-NEXT: 0x{{[0-9a-f]+}} 4096 0 256 64 other()
# SYM: 0000000000200000 {{.}} buffer
# SYM-NEXT: 0000000000400000 {{.}} tile
# CODE: device image for mtp_372
# CODE: <k>:
# CODE: ld a1, 8(a0)
# CODE: ld.nram.gdram a2, a1, a3
# CODE-NOT: <other>:
# ARCH: device image for mtp_270

  .section .nram,"aw",@nobits
  .balign 64
buffer: .zero 4096
  .section .sram.tile,"aw",@nobits
tile: .zero 256

  .text
  .globl k, other
k:
  ld a1, 8(a0)
  la a2, buffer
  li a3, 4096
  ld.nram.gdram a2, a1, a3
  exit
other:
  exit
