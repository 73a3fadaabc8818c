; The initialiser of an on-chip object goes to ROM with a record for each kernel that reaches the object; the object
; itself holds no bytes.
; RUN: %dlp-llc -O1 --kernel k --kernel other %s | FileCheck %s
; RUN: %dlp-llc -O1 --filetype=image --kernel k --kernel other %s -o %t.elf
; RUN: llvm-readelf -x .rodata %t.elf | FileCheck %s --check-prefix=ROM

; CHECK: .section .bss.nram.200000.{{[0-9]+}},"aw",@nobits
; CHECK: lut:
; CHECK-NEXT: .zero 16
; CHECK: __dlp_init.lut:
; CHECK-NEXT: .word 0x3f800000
; CHECK: .section .dlp.image,"a",@progbits
; CHECK: .ascii "DLPIMG01"
; CHECK-NEXT: .word 372
; CHECK-NEXT: .word 2
; One record: destination, source, size.
; CHECK: .quad 2097152
; CHECK-NEXT: .quad __dlp_init.lut
; CHECK-NEXT: .quad 16
; CHECK-NOT: .quad __dlp_init.lut
; CHECK: .asciz "k"
; CHECK: .asciz "other"

; ROM: 0000803f 00000040 00004040 00008040

@lut = internal global [4 x float] [float 1.0, float 2.0, float 3.0, float 4.0], section ".nram"
@zero = internal global [4 x float] undef, section ".nram"

define void @k(i64 %i, ptr %out) {
  %p = getelementptr float, ptr @lut, i64 %i
  %v = load float, ptr %p
  store float %v, ptr %out
  ret void
}
define void @other(ptr %out) {
  %v = load float, ptr @zero
  store float %v, ptr %out
  ret void
}
