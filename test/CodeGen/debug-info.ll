; Debug information survives to the image: it verifies, on-chip variables have their addresses, instructions their lines.
; RUN: %dlp-llc -O0 --filetype=image --kernel k %s -o %t0.elf
; RUN: llvm-dwarfdump --verify %t0.elf | FileCheck %s --check-prefix=VERIFY
; RUN: %dlp-llc -O2 --filetype=image --kernel k --kernel k2 %s -o %t2.elf
; RUN: llvm-dwarfdump --verify %t2.elf | FileCheck %s --check-prefix=VERIFY
; RUN: llvm-symbolizer --obj=%t2.elf "DATA 0x200000" | FileCheck %s --check-prefix=DATA
; RUN: %dlp-objdump %t2.elf | FileCheck %s --check-prefix=LINES
; RUN: %dlp-objdump --no-source %t2.elf | FileCheck %s --check-prefix=PLAIN

; VERIFY: No errors.
; DATA: buf
; LINES-LABEL: <k>:
; LINES: ; /src/k.mlu:3
; LINES: vabs.f16 a{{[0-9]}}, a{{[0-9]}}, a{{[0-9]}}
; PLAIN-NOT: k.mlu:
; PLAIN: vabs.f16

@buf = internal global [64 x half] undef, section ".nram", !dbg !10
declare void @dlp.vabs.f16(ptr, ptr, i64)

define void @k() !dbg !4 {
  call void @dlp.vabs.f16(ptr @buf, ptr @buf, i64 64), !dbg !7
  ret void, !dbg !8
}
define void @k2() {
  ret void
}
define void @dropped() !dbg !15 {
  ret void, !dbg !16
}

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2, !3}
!0 = distinct !DICompileUnit(language: DW_LANG_C_plus_plus_14, file: !1, emissionKind: FullDebug, globals: !9)
!1 = !DIFile(filename: "k.mlu", directory: "/src")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !{i32 2, !"Dwarf Version", i32 5}
!4 = distinct !DISubprogram(name: "k", file: !1, line: 2, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !6)
!6 = !{null}
!7 = !DILocation(line: 3, column: 3, scope: !4)
!8 = !DILocation(line: 4, column: 1, scope: !4)
!9 = !{!10}
!10 = !DIGlobalVariableExpression(var: !11, expr: !DIExpression())
!11 = distinct !DIGlobalVariable(name: "buf", scope: !0, file: !1, line: 1, type: !12, isLocal: true, isDefinition: true)
!12 = !DICompositeType(tag: DW_TAG_array_type, baseType: !13, size: 1024, elements: !14)
!13 = !DIBasicType(name: "half", size: 16, encoding: DW_ATE_float)
!14 = !{!DISubrange(count: 64)}
!15 = distinct !DISubprogram(name: "dropped", file: !1, line: 9, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!16 = !DILocation(line: 9, column: 1, scope: !15)
