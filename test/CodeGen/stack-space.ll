; The stack takes 4 KB of NRAM at least, unless it lives in LDRAM.
; RUN: not %dlp-llc --filetype=image --kernel k %s -o %t.bad.elf 2>&1 | FileCheck %s
; RUN: %dlp-llc --filetype=image --stack-on-ldram --kernel k %s -o %t.elf -Rbang-memory 2>&1 | FileCheck %s --check-prefix=LDRAM

; CHECK: error: kernel 'k' needs 766 KB of NRAM, but mtp_372 has 768 KB (764 KB usable: at least 4 KB is the stack): largest are a (766 KB)
; LDRAM: stack-space.ll: remark: kernel 'k' uses 766 KB of 768 KB NRAM [a (766 KB)], 0 KB of 1024 KB WRAM, 0 KB of 4096 KB SRAM; the stack is in LDRAM

@a = internal global [784384 x i8] undef, section ".nram"
define void @k() {
  store volatile i8 0, ptr @a
  ret void
}
