; Device variables lie in GDRAM a linker can place and keep their names for the host; constants lie in ROM.
; RUN: %dlp-llc -O2 --filetype=image --kernel k %s -o %t.elf
; RUN: llvm-nm --numeric-sort %t.elf | FileCheck %s
; RUN: llvm-readelf -lW %t.elf | FileCheck %s --check-prefix=SEG

; CHECK: 00000000010{{[0-9a-f]+}} {{.*}} table
; CHECK: 0000000020000000 D counter
; CHECK-DAG: 00000000200000{{[0-9a-f]+}} B never_read
; CHECK-DAG: 00000000200000{{[0-9a-f]+}} b scratch

; SEG: LOAD {{.*}} 0x0000000001000000 {{.*}} R E
; SEG: LOAD {{.*}} 0x0000000020000000 {{.*}} RW

@counter = global i32 7
@scratch = internal global [16 x i32] zeroinitializer
@never_read = global i32 0
@table = constant [3 x i32] [i32 1, i32 2, i32 3]

define void @k(i64 %i, ptr %out) {
  %p = getelementptr i32, ptr @table, i64 %i
  %v = load i32, ptr %p
  %w = load i32, ptr @counter
  %q = getelementptr i32, ptr @scratch, i64 %i
  store i32 %w, ptr %q
  store i32 %v, ptr %out
  ret void
}
