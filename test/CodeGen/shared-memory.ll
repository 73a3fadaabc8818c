; SRAM objects and device variables are written by other cores: LLVM must not take them for private to the
; module, and a barrier separates their values.
; RUN: %dlp-llc -O2 --filetype=ll --kernel shared --kernel device %s | FileCheck %s

; CHECK-DAG: @s = hidden {{.*}}externally_initialized global i32 0, section ".bss.sram.
; CHECK-DAG: @d = hidden {{.*}}externally_initialized global i32 0

@s = internal global i32 0, section ".sram"
@d = internal global i32 0
declare void @dlp.barrier.cluster()

; CHECK-LABEL: define {{.*}}void @shared(
; CHECK: store i32 1, ptr @s
; CHECK: "barrier.cluster"
; CHECK: load i32, ptr @s
define void @shared(ptr %out) {
  store i32 1, ptr @s
  call void @dlp.barrier.cluster()
  %v = load i32, ptr @s
  store i32 %v, ptr %out
  ret void
}

; CHECK-LABEL: define {{.*}}void @device(
; CHECK: "barrier.cluster"
; CHECK: load i32, ptr @d
define void @device(ptr %out) {
  store i32 1, ptr @d
  call void @dlp.barrier.cluster()
  %v = load i32, ptr @d
  store i32 %v, ptr %out
  ret void
}
