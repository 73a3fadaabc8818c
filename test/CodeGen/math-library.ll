; Scalar math links with the runtime library; nothing of it needs thread-local storage.
; RUN: %dlp-llc -O2 --filetype=image --kernel k %s -o %t.elf
; RUN: llvm-readelf -lW %t.elf | FileCheck %s --check-prefix=SEG
; RUN: llvm-nm %t.elf | FileCheck %s

; CHECK-DAG: T expf
; CHECK-DAG: T powf
; CHECK-DAG: T memcpy
; SEG-NOT: TLS

declare float @llvm.exp.f32(float)
declare half @llvm.pow.f16(half, half)
declare double @llvm.sin.f64(double)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)

define void @k(ptr %p, ptr %q, i64 %n) {
  %a = load float, ptr %p
  %b = call float @llvm.exp.f32(float %a)
  %c = fptrunc float %b to half
  %d = call half @llvm.pow.f16(half %c, half %c)
  %e = fpext half %d to double
  %f = call double @llvm.sin.f64(double %e)
  store double %f, ptr %p
  call void @llvm.memcpy.p0.p0.i64(ptr %q, ptr %p, i64 %n, i1 false)
  ret void
}
