; Half, bfloat16 and 128-bit arithmetic stay native or find their helpers.
; RUN: %dlp-llc -O2 --kernel k %s | FileCheck %s
; RUN: %dlp-llc -O2 --filetype=image --kernel k %s -o %t.elf

; CHECK: fadd.h
; CHECK: fcvt.bf16.s
; CHECK: call __divti3

define void @k(half %a, bfloat %b, double %c, i128 %d, ptr %p) {
  %h = fadd half %a, %a
  store half %h, ptr %p
  %s = fmul bfloat %b, %b
  %p2 = getelementptr i8, ptr %p, i64 2
  store bfloat %s, ptr %p2
  %t = fptrunc double %c to bfloat
  %p4 = getelementptr i8, ptr %p, i64 4
  store bfloat %t, ptr %p4
  %q = sdiv i128 %d, 10
  %p16 = getelementptr i8, ptr %p, i64 16
  store i128 %q, ptr %p16
  ret void
}
