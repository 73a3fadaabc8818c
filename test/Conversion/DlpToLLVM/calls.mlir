// Instructions become calls of functions named after them, declared once.
// RUN: %bang-opt %s --dlp-to-llvm | FileCheck %s

// CHECK-LABEL: @calls
llvm.func @calls(%d: !llvm.ptr, %a: !llvm.ptr, %n: i64) -> i64 {
  // CHECK-NEXT: llvm.call @dlp.vadd.f16(%arg0, %arg1, %arg1, %arg2) : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i64) -> ()
  dlp.vadd "f16" %d, %a, %a, %n
  // CHECK-NEXT: llvm.call @dlp.vadd.f16
  dlp.vadd "f16" %d, %a, %a, %n
  // CHECK-NEXT: llvm.call @dlp.ld.async.2d.nram.gdram(%arg0, %arg1, %arg2, %arg2, %arg2, %arg2)
  dlp.ld.async.2d "nram.gdram" %d, %a, %n, %n, %n, %n
  // CHECK-NEXT: llvm.call @dlp.sync() : () -> ()
  dlp.sync
  // CHECK-NEXT: %[[S:.*]] = llvm.call @dlp.vsum.f32(%arg1, %arg2) : (!llvm.ptr, i64) -> i64
  %s = dlp.vsum "f32" %a, %n
  // CHECK-NEXT: llvm.return %[[S]]
  llvm.return %s : i64
}

// CHECK-COUNT-1: llvm.func @dlp.vadd.f16(!llvm.ptr, !llvm.ptr, !llvm.ptr, i64)
// CHECK-NOT: @dlp.vadd.f16
// CHECK: llvm.func @dlp.ld.async.2d.nram.gdram(!llvm.ptr, !llvm.ptr, i64, i64, i64, i64)
// CHECK: llvm.func @dlp.sync()
// CHECK: llvm.func @dlp.vsum.f32(!llvm.ptr, i64) -> i64
