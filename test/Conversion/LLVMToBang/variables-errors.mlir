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
llvm.func @address() -> !llvm.ptr {
  %p = llvm.mlir.addressof @bang.sreg.taskId : !llvm.ptr
  // expected-error@+1 {{the address of builtin variable 'taskId' is used, but the variable has none; copy its value to a variable first}}
  llvm.return %p : !llvm.ptr
}

// -----

llvm.mlir.global external constant @bang.sreg.taskId() : i32
llvm.func @part() -> i8 {
  %p = llvm.mlir.addressof @bang.sreg.taskId : !llvm.ptr
  // expected-error@+1 {{the address of builtin variable 'taskId' is used}}
  %a = llvm.load %p : !llvm.ptr -> i8
  llvm.return %a : i8
}
