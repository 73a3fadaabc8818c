; A core starts in the wrapper: arguments come from the parameter block at their natural alignment; it never returns.
; RUN: %dlp-llc -O2 --kernel k %s | FileCheck %s
; RUN: not %dlp-llc --kernel returns %s 2>&1 | FileCheck %s --check-prefix=RETURNS
; RUN: not %dlp-llc --kernel aggregate %s 2>&1 | FileCheck %s --check-prefix=AGGREGATE
; RUN: not %dlp-llc --kernel missing %s 2>&1 | FileCheck %s --check-prefix=MISSING

; CHECK-LABEL: __dlp_entry.k:
; CHECK-DAG: lb{{u?}} {{a[0-9]}}, 0(
; CHECK-DAG: flw fa0, 4(
; CHECK-DAG: ld {{a[0-9]}}, 8(
; CHECK-DAG: flh fa1, 16(
; CHECK: call k
; CHECK: exit
; CHECK-NOT: ret
; CHECK: .Lfunc_end

; RETURNS: error: kernel 'returns' returns i32: a kernel returns void
; AGGREGATE: error: parameter 1 of kernel 'aggregate' has type { i32, i32 }: only numbers and pointers can be passed this way
; MISSING: error: the module defines no kernel 'missing'

define void @k(i8 signext %a, float %b, ptr %c, half %d) {
  %e = fpext half %d to float
  %f = fadd float %b, %e
  store volatile float %f, ptr %c
  store volatile i8 %a, ptr %c
  ret void
}
define i32 @returns() {
  ret i32 0
}
define void @aggregate({ i32, i32 } %s) {
  ret void
}
