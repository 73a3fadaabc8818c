# --layout places sections by hand.
# RUN: echo '  .nram.mine 0x210000 (NOLOAD) : { *(.nram.mine) } :NONE' > %t.ld
# RUN: %dlp-as --link --layout %t.ld %s -o %t.elf
# RUN: llvm-nm %t.elf | FileCheck %s
# CHECK: 0000000000210000 {{.}} mine
  .section .nram.mine,"aw",@nobits
mine: .zero 64
  .text
k: exit
  .section .dlp.image,"a"
  .ascii "DLPIMG01"
