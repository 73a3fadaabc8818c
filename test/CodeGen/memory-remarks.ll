; -Rbang-memory tells each kernel's budget.
; RUN: %dlp-llc --filetype=image --kernel k1 --kernel k2 -Rbang-memory %s -o %t.elf 2>&1 | FileCheck %s

; CHECK: remark: kernel 'k1' uses 3 KB of 768 KB NRAM [a (2 KB), b (1 KB)], 4 KB of 1024 KB WRAM [w (4 KB)], 0 KB of 4096 KB SRAM; 765 KB NRAM left for the stack
; CHECK-NEXT: remark: kernel 'k2' uses 0 KB of 768 KB NRAM, 0 KB of 1024 KB WRAM, 0 KB of 4096 KB SRAM, 164 bytes LDRAM [l (100 bytes)]; 768 KB NRAM left for the stack

@a = internal global [2048 x i8] undef, section ".nram"
@b = internal global [1024 x i8] undef, section ".nram"
@w = internal global [4096 x i8] undef, section ".wram"
@l = internal global [100 x i8] undef, section ".ldram"
declare void @dlp.mv.wram.nram(ptr, ptr, i64)

define void @k1() {
  call void @dlp.mv.wram.nram(ptr @w, ptr @a, i64 2048)
  call void @dlp.mv.wram.nram(ptr @w, ptr @b, i64 1024)
  ret void
}
define void @k2() {
  store volatile i8 0, ptr @l
  ret void
}
