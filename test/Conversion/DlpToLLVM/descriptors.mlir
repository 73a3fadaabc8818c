// Descriptor fields are stored to one array per function, whose address is the last argument.
// RUN: %bang-opt %s --dlp-to-llvm | FileCheck %s

// CHECK-LABEL: @descriptors
// CHECK: %[[A:.*]] = llvm.alloca %{{.*}} x !llvm.array<14 x i64>
// CHECK-NOT: alloca
llvm.func @descriptors(%d: !llvm.ptr, %a: !llvm.ptr, %n: i64, %m: i64) {
  // CHECK: llvm.store %arg2, %[[A]] : i64
  // CHECK: %[[A1:.*]] = llvm.getelementptr %[[A]][1] : (!llvm.ptr) -> !llvm.ptr, i64
  // CHECK: llvm.store %arg3, %[[A1]] : i64
  // CHECK: %[[A6:.*]] = llvm.getelementptr %[[A]][6]
  // CHECK: llvm.store %arg2, %[[A6]]
  // CHECK: llvm.call @dlp.psum.f32(%arg0, %arg1, %[[A]]) : (!llvm.ptr, !llvm.ptr, !llvm.ptr) -> ()
  dlp.psum "f32" %d, %a, %n, %m, %n, %n, %n, %n, %n, %n, %n, %n, %n
  // CHECK: llvm.call @dlp.tconv.f32.f32.f32(%arg0, %arg1, %arg1, %arg1, %[[A]])
  dlp.tconv "f32.f32.f32" %d, %a, %a, %a, %n, %n, %n, %n, %n, %n, %n, %n, %n, %n, %n, %n, %n, %n
  // Register operands stay in front of the descriptor.
  // CHECK: llvm.call @dlp.ld.4d.nram.gdram(%arg0, %arg1, %arg2, %[[A]])
  dlp.ld.4d "nram.gdram" %d, %a, %n, %n, %n, %n, %n, %n, %n, %n, %n
  llvm.return
}
