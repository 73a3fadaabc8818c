; The image runs: parameters, initialised on-chip objects, an asynchronous copy, a vector instruction, libm, exit.
; RUN: %python %S/Inputs/npy.py write %t.in.npy 1 4 9 16
; RUN: %dlp-llc -O0 --filetype=image --kernel k %s -o %t.elf
; RUN: %dlp-run %t.elf k --arg out:%t.out.npy:shape=4:dtype=float32 --arg in:%t.in.npy --arg f32:100
; RUN: %python %S/Inputs/npy.py show %t.out.npy | FileCheck %s
; RUN: %dlp-llc -O2 --filetype=image --kernel k %s -o %t.elf
; RUN: %dlp-run %t.elf k --arg out:%t.out.npy:shape=4:dtype=float32 --arg in:%t.in.npy --arg f32:100
; RUN: %python %S/Inputs/npy.py show %t.out.npy | FileCheck %s

; sqrt(x) + lut, then the first one raised to the third power plus the scalar.
; CHECK: {{^}}1431 22 33 44{{$}}

@data = internal global [4 x float] undef, section ".nram"
@lut = internal global [4 x float] [float 10.0, float 20.0, float 30.0, float 40.0], section ".nram"
declare void @dlp.ld.async.nram.gdram(ptr, ptr, i64)
declare void @dlp.sync()
declare void @dlp.vsqrt.f32(ptr, ptr, i64)
declare void @dlp.vadd.f32(ptr, ptr, ptr, i64)
declare void @dlp.st.gdram.nram(ptr, ptr, i64)
declare float @powf(float, float)

define void @k(ptr %out, ptr %in, float %scalar) {
  call void @dlp.ld.async.nram.gdram(ptr @data, ptr %in, i64 16)
  call void @dlp.sync()
  call void @dlp.vsqrt.f32(ptr @data, ptr @data, i64 4)
  call void @dlp.vadd.f32(ptr @data, ptr @data, ptr @lut, i64 4)
  %first = load float, ptr @data
  %cube = call float @powf(float %first, float 3.0)
  %sum = fadd float %cube, %scalar
  store float %sum, ptr @data
  call void @dlp.st.gdram.nram(ptr %out, ptr @data, i64 16)
  ret void
}
