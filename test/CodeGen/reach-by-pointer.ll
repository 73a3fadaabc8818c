; A function whose address is taken in reached code is reached, also through a table.
; RUN: %dlp-llc -O1 --filetype=image --kernel k --kernel other %s -o %t.elf
; RUN: %dlp-objdump --kernels %t.elf | FileCheck %s

; CHECK: 1024 0 0 64 k(
; CHECK-NEXT: 64 0 0 64 other(

@big = internal global [1024 x i8] undef, section ".nram"
@small = internal global [64 x i8] undef, section ".nram"
@table = internal constant [1 x ptr] [ptr @uses_big]

define internal void @uses_big() {
  store volatile i8 1, ptr @big
  ret void
}

define void @k(i64 %i) {
  %p = getelementptr ptr, ptr @table, i64 %i
  %f = load volatile ptr, ptr %p
  call void %f()
  ret void
}

define void @other(i64 %i) {
  store volatile i8 1, ptr @small
  ret void
}
