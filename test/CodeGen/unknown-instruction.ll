; A named call the machine has no instruction for is an error at its source line.
; RUN: rm -rf %t.elf %t.out %t.tmp
; RUN: not %dlp-llc --lower-named-calls %s -o %t.out 2>&1 | FileCheck %s
; RUN: not ls %t.out

; CHECK: k.mlu:7:3: error: the machine has no instruction 'vfrob.f16'
; CHECK: k.mlu:8:5: error: 'vadd.f16' takes 4 operands, not 1

declare void @dlp.vfrob.f16(ptr)
declare void @dlp.vadd.f16(ptr)

define void @k(ptr %a) !dbg !4 {
  call void @dlp.vfrob.f16(ptr %a), !dbg !7
  call void @dlp.vadd.f16(ptr %a), !dbg !8
  ret void
}

!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2, !3}
!0 = distinct !DICompileUnit(language: DW_LANG_C_plus_plus_14, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "k.mlu", directory: "/src")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !{i32 2, !"Dwarf Version", i32 5}
!4 = distinct !DISubprogram(name: "k", file: !1, line: 5, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !6)
!6 = !{null}
!7 = !DILocation(line: 7, column: 3, scope: !4)
!8 = !DILocation(line: 8, column: 5, scope: !4)
