// RUN: %bang-opt %s --raise-bang -split-input-file -verify-diagnostics

llvm.mlir.global external constant @bang.sreg.taskIdW() : i32
llvm.func @unknown() -> i32 {
  // expected-error@+1 {{builtin variable 'taskIdW' is not implemented}}
  %p = llvm.mlir.addressof @bang.sreg.taskIdW : !llvm.ptr
  %a = llvm.load %p : !llvm.ptr -> i32
  llvm.return %a : i32
}

// -----

llvm.mlir.global external constant @bang.sreg.taskId() : i32
llvm.mlir.global internal @pointer() : !llvm.ptr {
  // expected-error@+1 {{the address of builtin variable 'taskId' initialises a global variable, but each task has its own; take it in the kernel}}
  %p = llvm.mlir.addressof @bang.sreg.taskId : !llvm.ptr
  llvm.return %p : !llvm.ptr
}
