; Named calls become inline assembly; the module gets the macros it uses and no others.
; RUN: %dlp-llc --lower-named-calls %s | FileCheck %s

; CHECK: module asm ".set .Ldlp_a0,10"
; CHECK-DAG: module asm ".macro vadd.f16 r0,r1,r2,r3"
; CHECK-DAG: module asm ".macro vsum.f32 r0,r1,r2"
; CHECK-DAG: module asm ".macro sync"
; CHECK-NOT: .macro vadd.f32
; CHECK-NOT: declare void @dlp.

declare void @dlp.vadd.f16(ptr, ptr, ptr, i64)
declare i64 @dlp.vsum.f32(ptr, i64)
declare void @dlp.sync()
declare void @dlp.trap(i64)
declare i64 @dlp.sreg.taskId()
declare void @dlp.tmatmul.f32.f16.f16(ptr, ptr, ptr, ptr, ptr)

define i64 @k(ptr %a, ptr %b, i64 %n) {
; CHECK-LABEL: define i64 @k
; CHECK: call void asm sideeffect "vadd.f16 $0, $1, $2, $3", "r,r,r,r,~{memory}"(ptr %a, ptr %a, ptr %b, i64 %n)
; CHECK: %sum = call i64 asm sideeffect "vsum.f32 $0, $1, $2", "=r,r,r,~{memory}"(ptr %a, i64 %n)
; CHECK: call void asm sideeffect "tmatmul.f32.f16.f16 $0, $1, $2, $3, $4", "r,r,r,r,r,~{memory}"
; CHECK: call void asm sideeffect "sync", "~{memory}"()
; CHECK: %id = call i64 asm "csrr $0, 0xcc0", "=r"()
  call void @dlp.vadd.f16(ptr %a, ptr %a, ptr %b, i64 %n)
  %sum = call i64 @dlp.vsum.f32(ptr %a, i64 %n)
  call void @dlp.tmatmul.f32.f16.f16(ptr %a, ptr %b, ptr %b, ptr null, ptr %a)
  call void @dlp.sync()
  %id = call i64 @dlp.sreg.taskId()
  %r = add i64 %sum, %id
  ret i64 %r
}
