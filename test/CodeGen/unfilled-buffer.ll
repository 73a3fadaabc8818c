; LLVM must not fold reads of a buffer nobody filled: its contents are unknown, and checkers want to see the read.
; RUN: %dlp-llc -O2 --filetype=ll --kernel k %s | FileCheck %s
; RUN: %dlp-llc -O0 --filetype=ll --kernel k %s | FileCheck %s

; CHECK: @buf = internal {{.*}}externally_initialized global
@buf = internal global [64 x float] undef, section ".nram"
@fixed = internal constant [2 x float] [float 3.0, float 4.0], section ".nram"

; CHECK-LABEL: define {{.*}}void @k(
; CHECK: getelementptr {{.*}}@buf
; CHECK: load float
; CHECK: getelementptr {{.*}}@fixed
; CHECK: load float
define void @k(ptr %out, i64 %i) {
  %p = getelementptr float, ptr @buf, i64 %i
  %v = load float, ptr %p
  %q = getelementptr float, ptr @fixed, i64 %i
  %w = load float, ptr %q
  %sum = fadd float %v, %w
  store float %sum, ptr %out
  ret void
}
