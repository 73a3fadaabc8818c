# Source lines are interleaved when there is debug information; --no-source leaves them out.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump -S %t.o | FileCheck %s
# RUN: %dlp-objdump --no-source %t.o | FileCheck %s --check-prefix=PLAIN
# CHECK: ; {{.*}}kernel.mlu:41
# CHECK-NEXT: vadd.f16
# CHECK-NEXT: ; {{.*}}kernel.mlu:42
# CHECK-NEXT: exit
# PLAIN-NOT: kernel.mlu
  .file 1 "/src" "kernel.mlu"
k:
  .loc 1 41 3
  vadd.f16 a0, a1, a2, a3
  .loc 1 42 1
  exit
  .section .debug_abbrev,"",@progbits
  .byte 1, 17, 0, 16, 23, 3, 8, 17, 1, 18, 6, 0, 0, 0
  .section .debug_info,"",@progbits
  .4byte .Lend - .Lstart
.Lstart:
  .2byte 4
  .4byte .debug_abbrev
  .byte 8, 1
  .4byte .Lline
  .asciz "kernel.mlu"
  .8byte k
  .4byte 24
.Lend:
  .section .debug_line,"",@progbits
.Lline:
