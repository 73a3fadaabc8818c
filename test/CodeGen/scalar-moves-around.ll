; Exact effects let LLVM optimise scalar code around an instruction: the load of an unrelated buffer is done once, and
; repeated reads of one buffer are merged.
; RUN: %dlp-llc -O2 --filetype=ll --kernel k --kernel sums %s | FileCheck %s

@a = internal global [64 x half] undef, section ".nram"
@b = internal global [64 x half] undef, section ".nram"
declare void @dlp.vabs.f16(ptr, ptr, i64)
declare i64 @dlp.vsum.f16(ptr, i64)

; CHECK-LABEL: define {{.*}}void @k(
; CHECK-COUNT-1: load half, ptr @b
; CHECK-NOT: load half, ptr @b
; CHECK-LABEL: define {{.*}}void @sums(
; CHECK-COUNT-1: "vsum.f16
; CHECK-NOT: "vsum.f16
; CHECK: ret void
define void @k(ptr noalias %out) {
  %v = load half, ptr @b
  call void @dlp.vabs.f16(ptr @a, ptr @a, i64 64)
  %w = load half, ptr @b
  %sum = fadd half %v, %w
  store half %sum, ptr %out
  ret void
}

define void @sums(ptr noalias %out) {
  %v = call i64 @dlp.vsum.f16(ptr @a, i64 64)
  store i64 %v, ptr %out
  %w = call i64 @dlp.vsum.f16(ptr @a, i64 64)
  %p = getelementptr i8, ptr %out, i64 8
  store i64 %w, ptr %p
  ret void
}
