// Long operand lists: matrix products, convolutions, pooling.
// RUN: %bang-opt %s --bang-to-dlp | FileCheck %s

// CHECK-LABEL: @tensor
llvm.func @tensor(%d: !llvm.ptr, %a: !llvm.ptr, %w: !llvm.ptr, %n: i32) {
  %none = llvm.mlir.zero : !llvm.ptr
  %zero = llvm.mlir.constant(0 : i32) : i32
  // CHECK: dlp.tmatmul "f32.f16.f16" %arg0, %arg1, %arg2, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}
  bang.matmul "f32.f16.f16" %d, %a, %w, %none, %n, %n, %n, %zero
  // CHECK: dlp.tmlp "f32.i8.i8"
  bang.mlp "f32.i8.i8" %d, %a, %w, %none, %n, %n, %zero
  // CHECK: dlp.tconv "f32.f32.f32"
  bang.conv "f32.f32.f32" %d, %a, %w, %none, %n, %n, %n, %n, %n, %n, %n, %n, %zero, %zero, %zero, %zero, %zero
  // Partial results are a bias of the shape of the result.
  // CHECK: dlp.tconv "f32.tf32.tf32" %arg0, %arg1, %arg2, %arg1
  bang.conv_partial "f32.tf32.tf32" %d, %a, %w, %a, %n, %n, %n, %n, %n, %n, %n, %n, %zero, %zero, %zero, %zero, %zero
  // CHECK: dlp.pmax "f16"
  bang.maxpool "f16" %d, %a, %n, %n, %n, %n, %n, %zero, %zero, %zero, %zero, %zero, %zero
  llvm.return
}
