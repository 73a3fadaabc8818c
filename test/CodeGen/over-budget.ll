; A kernel that needs more than the arch has is told what is largest; nothing is written.
; RUN: rm -rf %t.elf %t.out %t.tmp
; RUN: not %dlp-llc --filetype=image --kernel k --kernel fits %s -o %t.elf 2>&1 | FileCheck %s
; RUN: not ls %t.elf
; RUN: not %dlp-llc --filetype=image --arch mtp_592 --kernel w %s -o %t.elf 2>&1 | FileCheck %s --check-prefix=WRAM
; RUN: not %dlp-llc --filetype=image --arch tp_270 --kernel s %s -o %t.elf 2>&1 | FileCheck %s --check-prefix=NOSRAM
; RUN: not %dlp-llc --filetype=image --arch mtp_322 --kernel s %s -o %t.elf 2>&1 | FileCheck %s --check-prefix=SRAM
; RUN: %dlp-llc --filetype=image --kernel w --kernel s %s -o %t.fits.elf

; CHECK: k.mlu:9:1: error: kernel 'k' needs 791 KB of NRAM, but mtp_372 has 768 KB (764 KB usable: at least 4 KB is the stack): largest are a (400 KB), b (391 KB)
; CHECK-NOT: fits
; WRAM: over-budget.ll: error: kernel 'w' needs 600 KB of WRAM, but mtp_592 has 512 KB: largest are weights (600 KB)
; NOSRAM: error: kernel 's' needs 2048 KB of SRAM, but tp_270 has none: keep the data in NRAM, or compile for an arch with SRAM; largest are tile (2048 KB)
; SRAM: error: kernel 's' needs 2048 KB of SRAM, but mtp_322 has 1536 KB: largest are tile (2048 KB)

@_ZZ1kE1a = internal global [409600 x i8] undef, section ".nram"
@_ZZ1kE1b = internal global [400384 x i8] undef, section ".nram"
@weights = internal global [614400 x i8] undef, section ".wram"
@tile = internal global [2097152 x i8] undef, section ".sram"

declare void @dlp.vmove.b8(ptr, ptr, i64)
declare void @dlp.mv.wram.nram(ptr, ptr, i64)
declare void @dlp.mv.sram.nram(ptr, ptr, i64)

define void @k() !dbg !4 {
  call void @dlp.vmove.b8(ptr @_ZZ1kE1a, ptr @_ZZ1kE1b, i64 64), !dbg !7
  ret void
}
define void @fits() {
  call void @dlp.vmove.b8(ptr @_ZZ1kE1a, ptr @_ZZ1kE1a, i64 64)
  ret void
}
define void @w() {
  call void @dlp.mv.wram.nram(ptr @weights, ptr null, i64 64)
  ret void
}
define void @s() {
  call void @dlp.mv.sram.nram(ptr @tile, ptr null, i64 64)
  ret void
}

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2, !3}
!0 = distinct !DICompileUnit(language: DW_LANG_C_plus_plus_14, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "k.mlu", directory: "/src")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !{i32 2, !"Dwarf Version", i32 5}
!4 = distinct !DISubprogram(name: "k", file: !1, line: 9, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !6)
!6 = !{null}
!7 = !DILocation(line: 10, column: 3, scope: !4)
