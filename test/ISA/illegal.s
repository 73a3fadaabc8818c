# Words that are no instruction are said to be illegal, and the next one is read at the right place.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump %t.o | FileCheck %s

# Opcode 0.
# CHECK: 000000000000003f <illegal Xdlp instruction>
.insn 8, 0x3f
# vadd with a register field it does not have.
# CHECK-NEXT: 004004080357293f <illegal Xdlp instruction>
.insn 8, 0x004004080357293f
# vadd with an element type it does not have.
# CHECK-NEXT: 010004000357293f <illegal Xdlp instruction>
.insn 8, 0x010004000357293f
# CHECK-NEXT: 00034c000000003f exit
exit
# CHECK-NEXT: 0000 unimp
.2byte 0
