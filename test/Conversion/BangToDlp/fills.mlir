// Fills: memory and form come from the operation's name.
// RUN: %bang-opt %s --bang-to-dlp | FileCheck %s

// CHECK-LABEL: @fills
llvm.func @fills(%d: !llvm.ptr, %n: i32, %h: f16, %i: i8) {
  // CHECK: dlp.set "b16.nram" %arg0, %{{.*}}, %{{.*}}
  bang.nramset "b16" %d, %n, %h : f16
  // CHECK: dlp.set.async "b8.sram"
  bang.sramset_async "b8" %d, %n, %i : i8
  // CHECK: dlp.setx "b16.gdram"
  bang.gdramset "b16" %d, %n, %h : f16
  // CHECK: dlp.setx.2d "b16.ldram"
  bang.ldramset_2d "b16" %d, %n, %h, %n, %n : f16
  // CHECK: dlp.setx.async.2d "b16.gdram"
  bang.gdramset_2d_async "b16" %d, %n, %h, %n, %n : f16
  // CHECK: dlp.set.async.2d "b16.nram"
  bang.nramset_2d_async "b16" %d, %n, %h, %n, %n : f16
  llvm.return
}
