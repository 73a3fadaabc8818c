; What -filetype=asm prints, dlp-as assembles to the same image.
; RUN: %dlp-llc -O2 --filetype=image --kernel k %s -o %t1.elf
; RUN: %dlp-llc -O2 --kernel k %s | %dlp-as --link -o %t2.elf
; RUN: cmp %t1.elf %t2.elf
; RUN: %dlp-llc -O2 --filetype=obj --kernel k %s -o %t.o
; RUN: %dlp-objdump %t.o | FileCheck %s

; CHECK: vadd.f16 a{{[0-9]}}, a{{[0-9]}}, a{{[0-9]}}, a{{[0-9]}}

@a = internal global [64 x half] undef, section ".nram"
@lut = internal global [2 x i32] [i32 5, i32 6], section ".nram"
declare void @dlp.vadd.f16(ptr, ptr, ptr, i64)
define void @k(i64 %i, ptr %out) {
  call void @dlp.vadd.f16(ptr @a, ptr @a, ptr @a, i64 64)
  %p = getelementptr i32, ptr @lut, i64 %i
  %v = load i32, ptr %p
  store i32 %v, ptr %out
  ret void
}
