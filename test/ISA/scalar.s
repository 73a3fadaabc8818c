# The scalar ISA: RV64GC with Zfh, Zfbfmin, Zba, Zbb, Zbs and Zicond; nothing the core does not execute.
# RUN: %dlp-as %s -o %t.o
# RUN: %dlp-objdump %t.o | FileCheck %s
# RUN: echo "fli.s fa0, 1.0" | not %dlp-as -o %t.bad 2>&1 | FileCheck %s --check-prefix=ZFA
# RUN: echo "vsetvli a0, a1, e8, m1, ta, ma" | not %dlp-as -o %t.bad 2>&1 | FileCheck %s --check-prefix=VECTOR

# ZFA: <stdin>:1:1: error: {{.*}}Zfa
# VECTOR: <stdin>:1:1: error:

# CHECK: <k>:
k:
# CHECK-NEXT: addi sp, sp, -16
  addi sp, sp, -16
# CHECK-NEXT: fmadd.h fa0, fa1, fa2, fa3
  fmadd.h fa0, fa1, fa2, fa3
# CHECK-NEXT: fcvt.s.bf16 fa0, fa1
  fcvt.s.bf16 fa0, fa1
# CHECK-NEXT: sh2add a0, a1, a2
  sh2add a0, a1, a2
# CHECK-NEXT: czero.nez a0, a1, a2
  czero.nez a0, a1, a2
# CHECK-NEXT: cpop a0, a1
  cpop a0, a1
# CHECK-NEXT: bset a0, a1, a2
  bset a0, a1, a2
# CHECK-NEXT: amoadd.w a0, a1, (a2)
  amoadd.w a0, a1, (a2)
# CHECK-NEXT: bnez a0, 0x0 <k>
  bnez a0, k
