; Objects of one kernel lie apart, objects of different kernels share bytes, common ones are at the bottom; all at their
; windows, with nothing to load.
; RUN: %dlp-llc -O2 --filetype=image --kernel k1 --kernel k2 %s -o %t.elf
; RUN: llvm-nm --numeric-sort %t.elf | FileCheck %s --check-prefix=SYM
; RUN: llvm-readelf -SlW %t.elf | FileCheck %s --check-prefix=ELF
; RUN: %dlp-objdump --kernels %t.elf | FileCheck %s --check-prefix=KERNELS

; SYM: 0000000000200000 {{.*}} common
; SYM-NEXT: 0000000000200080 {{.*}} {{large1|large2}}
; SYM-NEXT: 0000000000200080 {{.*}} {{large1|large2}}
; SYM-NEXT: 0000000000300000 {{.*}} weights
; SYM-NEXT: 0000000000400000 {{.*}} tile
; SYM-NEXT: 0000000001
; SYM: 0000000040000040 {{.*}} spill
; SYM-NOT: unused

; ELF: .nram.{{[0-9]+}} NOBITS
; ELF: LOAD {{.*}}0x0000000001000000
; ELF-NEXT: ATTRIBUTES

; KERNELS: entry NRAM WRAM SRAM LDRAM kernel
; KERNELS-NEXT: 0x{{[0-9a-f]+}} 600128 4096 2048 64 k1(pointer)
; KERNELS-NEXT: 0x{{[0-9a-f]+}} 700128 0 0 192 k2(pointer)

@large1 = internal global [600000 x i8] undef, section ".nram"
@large2 = internal global [700000 x i8] undef, section ".nram"
@common = internal global [100 x i8] undef, section ".nram"
@weights = internal global [4096 x i8] undef, section ".wram"
@tile = internal global [2048 x i8] undef, section ".sram"
@spill = internal global [128 x i8] undef, section ".ldram"
@unused = internal global [700000 x i8] undef, section ".nram"

declare void @dlp.ld.nram.gdram(ptr, ptr, i64)
declare void @dlp.ld.wram.gdram(ptr, ptr, i64)
declare void @dlp.ld.sram.gdram(ptr, ptr, i64)

define internal void @helper(ptr %p) noinline {
  call void @dlp.ld.nram.gdram(ptr @common, ptr %p, i64 100)
  ret void
}

define void @k1(ptr %p) {
  call void @helper(ptr %p)
  call void @dlp.ld.nram.gdram(ptr @large1, ptr %p, i64 600000)
  call void @dlp.ld.wram.gdram(ptr @weights, ptr %p, i64 4096)
  call void @dlp.ld.sram.gdram(ptr @tile, ptr %p, i64 2048)
  ret void
}

define void @k2(ptr %p) {
  call void @helper(ptr %p)
  call void @dlp.ld.nram.gdram(ptr @large2, ptr %p, i64 700000)
  %v = load volatile i8, ptr @spill
  ret void
}

define void @nobody(ptr %p) {
  call void @dlp.ld.nram.gdram(ptr @unused, ptr %p, i64 1)
  ret void
}
