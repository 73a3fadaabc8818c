// Printed arguments are 64-bit words on the stack.
// RUN: %bang-opt %s --bang-to-dlp | FileCheck %s

// The array is shared by all calls of a function and as long as the longest list.
// CHECK-LABEL: @print
// CHECK-NEXT: llvm.mlir.constant(1 : i32)
// CHECK-NEXT: %[[A:.*]] = llvm.alloca %{{.*}} x !llvm.array<4 x i64>
llvm.func @print(%f: !llvm.ptr, %i: i32, %u: i64, %d: f64, %b: i1) -> i32 {
  // CHECK: llvm.br ^bb1
  llvm.br ^body
^body:
  // CHECK: %[[I:.*]] = llvm.sext %arg1 : i32 to i64
  // CHECK: %[[D:.*]] = llvm.bitcast %arg3 : f64 to i64
  // CHECK: %[[B:.*]] = llvm.zext %arg4 : i1 to i64
  // CHECK: %[[N:.*]] = llvm.mlir.constant(4 : i64)
  // CHECK: llvm.store %[[I]], %[[A]]
  // CHECK: %[[A1:.*]] = llvm.getelementptr %[[A]][1]
  // CHECK: llvm.store %arg2, %[[A1]]
  // CHECK: llvm.store %[[D]]
  // CHECK: llvm.store %[[B]]
  // CHECK: %[[R:.*]] = dlp.print %arg0, %[[A]], %[[N]]
  // CHECK: llvm.trunc %[[R]] : i64 to i32
  %n = bang.printf %f, %i, %u, %d, %b : i32, i64, f64, i1
  // CHECK-NOT: alloca
  // CHECK: dlp.print %arg0, %[[A]]
  %m = bang.printf %f, %f : !llvm.ptr
  llvm.return %n : i32
}

// CHECK-LABEL: @no_arguments
llvm.func @no_arguments(%f: !llvm.ptr) {
  // CHECK-NOT: alloca
  // CHECK: %[[NULL:.*]] = llvm.mlir.zero
  // CHECK: dlp.print %arg0, %[[NULL]], %{{.*}}
  %n = bang.printf %f
  llvm.return
}

// Small floats become double by way of float.
// CHECK-LABEL: @small_floats
llvm.func @small_floats(%f: !llvm.ptr, %h: f16, %b: bf16) {
  // CHECK: %[[F:.*]] = llvm.fpext %arg1 : f16 to f32
  // CHECK: %[[D:.*]] = llvm.fpext %[[F]] : f32 to f64
  // CHECK: llvm.bitcast %[[D]] : f64 to i64
  // CHECK: llvm.fpext %arg2 : bf16 to f32
  %n = bang.printf %f, %h, %b : f16, bf16
  llvm.return
}
