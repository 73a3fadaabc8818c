// Calls that cannot be raised are mistakes of the user, told at their line.
// RUN: %bang-opt %s --raise-bang -split-input-file -verify-diagnostics

llvm.func @bang.teleport.f16(!llvm.ptr)
llvm.func @unknown(%d: !llvm.ptr) {
  // expected-error@+1 {{builtin 'teleport.f16' is not implemented}}
  llvm.call @bang.teleport.f16(%d) : (!llvm.ptr) -> ()
  llvm.return
}

// -----

// All mistakes are told, not only the first one.
llvm.func @bang.a()
llvm.func @bang.b()
llvm.func @two() {
  // expected-error@+1 {{builtin 'a' is not implemented}}
  llvm.call @bang.a() : () -> ()
  // expected-error@+1 {{builtin 'b' is not implemented}}
  llvm.call @bang.b() : () -> ()
  llvm.return
}

// -----

llvm.func @bang.add.f16(!llvm.ptr, i32)
llvm.func @arguments(%d: !llvm.ptr, %n: i32) {
  // expected-error@+1 {{__bang_add is called with 2 arguments, but has 4 parameters}}
  llvm.call @bang.add.f16(%d, %n) : (!llvm.ptr, i32) -> ()
  llvm.return
}

// -----

llvm.func @bang.sync()
llvm.func @pointer() -> !llvm.ptr {
  // expected-error@+1 {{the address of builtin 'sync' is used, but a builtin has none; call it directly}}
  %p = llvm.mlir.addressof @bang.sync : !llvm.ptr
  llvm.return %p : !llvm.ptr
}
