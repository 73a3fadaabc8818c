; RUN: %dlp-llc -O1 --arch mtp_372 --filetype=image --kernel k %s -o %t && %dlp-run --list-kernels %t | FileCheck %s
; RUN: llvm-nm %t | FileCheck %s --check-prefix=PLACE
; RUN: sed 's/2 x i32] undef/2 x i32] [i32 7, i32 9]/' %s > %t.ll
; RUN: not %dlp-llc -O1 --arch mtp_372 --filetype=image --kernel k %t.ll -o %t.no 2>&1 | FileCheck %s --check-prefix=INIT
; A WRAM address is an offset in each of the 64 tables: an object of 8192 bytes takes 128 addresses, one of 8 bytes takes one.
; CHECK: WRAM 24640
; PLACE-DAG: 0000000000300000 {{.}} a
; PLACE-DAG: 0000000000300100 {{.}} b
; INIT: 'small' is in WRAM and has an initialiser, but only copies reach WRAM: keep the values in __mlu_const__ and copy them with __memcpy
target triple = "riscv64-unknown-linux-gnu"
@a = internal global [16384 x i8] undef, section ".wram", align 4
@b = internal global [8192 x i8] undef, section ".wram", align 4
@small = internal global [2 x i32] undef, section ".wram", align 4

define void @k(ptr %p) {
  call void @dlp.ld.wram.gdram(ptr @a, ptr %p, i64 16384)
  call void @dlp.ld.wram.gdram(ptr @b, ptr %p, i64 8192)
  %keep = load i32, ptr %p
  %some = icmp eq i32 %keep, 3
  br i1 %some, label %more, label %done
more:
  call void @dlp.ld.wram.gdram(ptr @small, ptr %p, i64 8)
  br label %done
done:
  ret void
}
declare void @dlp.ld.wram.gdram(ptr, ptr, i64)
