// printf keeps its arguments as C passes them.
// RUN: %bang-opt %s --raise-bang | FileCheck %s
llvm.mlir.global private constant @format("%d %f %s\00")
llvm.func @bang.printf(!llvm.ptr, ...) -> i32

// CHECK-LABEL: @print
llvm.func @print(%i: i32, %x: f64, %p: !llvm.ptr) -> i32 {
  // CHECK: %[[F:.*]] = llvm.mlir.addressof @format
  %f = llvm.mlir.addressof @format : !llvm.ptr
  // CHECK: %[[N:.*]] = bang.printf %[[F]], %arg0, %arg1, %arg2 : i32, f64, !llvm.ptr
  %n = llvm.call @bang.printf(%f, %i, %x, %p) vararg(!llvm.func<i32 (ptr, ...)>)
    : (!llvm.ptr, i32, f64, !llvm.ptr) -> i32
  // CHECK: llvm.return %[[N]]
  llvm.return %n : i32
}
