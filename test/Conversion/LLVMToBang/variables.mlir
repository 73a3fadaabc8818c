// Loads of builtin variables become reads of special registers.
// RUN: %bang-opt %s --raise-bang | FileCheck %s

// CHECK-NOT: llvm.mlir.global
llvm.mlir.global external constant @bang.sreg.taskId() : i32
llvm.mlir.global external constant @bang.sreg.clusterDim() : i32

// CHECK-LABEL: @read
llvm.func @read() -> i32 {
  // CHECK-NOT: addressof
  %p = llvm.mlir.addressof @bang.sreg.taskId : !llvm.ptr
  %q = llvm.mlir.addressof @bang.sreg.clusterDim : !llvm.ptr
  // CHECK-DAG: %[[A:.*]] = bang.sreg "taskId"
  %a = llvm.load %p : !llvm.ptr -> i32
  // CHECK-DAG: %[[B:.*]] = bang.sreg "clusterDim"
  %b = llvm.load %q : !llvm.ptr -> i32
  // CHECK: llvm.mul %[[A]], %[[B]]
  %c = llvm.mul %a, %b : i32
  llvm.return %c : i32
}

// A reference to a builtin variable refers to a copy of it: std::min(taskId, 4).
llvm.func @min(!llvm.ptr) -> i32
// CHECK-LABEL: llvm.func @reference
llvm.func @reference() -> i32 {
  // CHECK: %[[P:.*]] = llvm.alloca %{{.*}} x i32
  // CHECK: %[[V:.*]] = bang.sreg "taskId"
  // CHECK: llvm.store %[[V]], %[[P]]
  %p = llvm.mlir.addressof @bang.sreg.taskId : !llvm.ptr
  // CHECK: llvm.call @min(%[[P]])
  %m = llvm.call @min(%p) : (!llvm.ptr) -> i32
  // CHECK: bang.sreg "taskId"
  %a = llvm.load %p : !llvm.ptr -> i32
  llvm.return %m : i32
}
