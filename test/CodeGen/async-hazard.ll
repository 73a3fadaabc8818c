; What an asynchronous copy wrote is loaded again after the sync, whoever else knows the buffer.
; RUN: %dlp-llc -O2 --filetype=ll --kernel global --kernel argument --kernel store %s | FileCheck %s
; RUN: %dlp-llc -O3 --filetype=ll --kernel global --kernel argument --kernel store %s | FileCheck %s

@buf = internal global [64 x i32] undef, section ".nram"
@sum = internal global i32 0, section ".nram"

declare void @dlp.ld.async.nram.gdram(ptr, ptr, i64)
declare void @dlp.st.async.gdram.nram(ptr, ptr, i64)
declare void @dlp.sync()

; CHECK-LABEL: define {{.*}}void @global(
; CHECK: load i32, ptr @buf
; CHECK: "ld.async.nram.gdram
; CHECK: "sync"
; CHECK: load i32, ptr @buf
define void @global(ptr %src, ptr %out) {
  %before = load i32, ptr @buf
  call void @dlp.ld.async.nram.gdram(ptr @buf, ptr %src, i64 256)
  call void @dlp.sync()
  %after = load i32, ptr @buf
  %sum = add i32 %before, %after
  store i32 %sum, ptr %out
  ret void
}

; CHECK-LABEL: define {{.*}}void @argument(
; CHECK: load i32, ptr %dst
; CHECK: "ld.async.nram.gdram
; CHECK: "sync"
; CHECK: load i32, ptr %dst
define void @argument(ptr noalias %dst, ptr noalias %src, ptr noalias %out) {
  %before = load i32, ptr %dst
  call void @dlp.ld.async.nram.gdram(ptr %dst, ptr %src, i64 256)
  call void @dlp.sync()
  %after = load i32, ptr %dst
  %sum = add i32 %before, %after
  store i32 %sum, ptr %out
  ret void
}

; A store that only the copy reads is not dead, though the next one overwrites it.
; CHECK-LABEL: define {{.*}}void @store(
; CHECK: store i32 1, ptr %buf
; CHECK: "st.async.gdram.nram
; CHECK: "sync"
; CHECK: store i32 2, ptr %buf
; CHECK: "st.async.gdram.nram
define void @store(ptr noalias %buf, ptr noalias %dst) {
  store i32 1, ptr %buf
  call void @dlp.st.async.gdram.nram(ptr %dst, ptr %buf, i64 4)
  call void @dlp.sync()
  store i32 2, ptr %buf
  call void @dlp.st.async.gdram.nram(ptr %dst, ptr %buf, i64 4)
  call void @dlp.sync()
  ret void
}
