// Operands that certainly lie in a wrong memory.
// RUN: %bang-opt %s --bang-infer-spaces -split-input-file -verify-diagnostics

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @read_gdram(%p: !llvm.ptr, %n: i32) attributes {bang.kernel} {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  // expected-error@+1 {{parameter 'rhs' of __bang_add must lie in NRAM, but it lies in GDRAM; copy it to an __nram__ buffer with __memcpy(..., GDRAM2NRAM) first}}
  bang.add "f16" %a, %a, %p, %n
  llvm.return
}

// -----

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @write_gdram(%p: !llvm.ptr, %n: i32) attributes {bang.kernel} {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  // expected-error@+1 {{parameter 'dst' of __bang_add must lie in NRAM, but it lies in GDRAM; write to an __nram__ buffer and copy that with __memcpy(..., NRAM2GDRAM) afterwards}}
  bang.add "f16" %p, %a, %a, %n
  llvm.return
}

// -----

// The chain from a kernel parameter through variables of the stack.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @through_the_stack(%p: !llvm.ptr, %i: i64, %n: i32) attributes {bang.kernel} {
  %one = llvm.mlir.constant(1 : i32) : i32
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %var = llvm.alloca %one x !llvm.ptr : (i32) -> !llvm.ptr
  llvm.store %p, %var : !llvm.ptr, !llvm.ptr
  %q = llvm.load %var : !llvm.ptr -> !llvm.ptr
  %e = llvm.getelementptr %q[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f16
  // expected-error@+1 {{parameter 'src' of __bang_abs must lie in NRAM, but it lies in GDRAM}}
  bang.abs "f16" %a, %e, %n
  llvm.return
}

// -----

// Through calls.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @callee(%q: !llvm.ptr, %n: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  // expected-error@+1 {{parameter 'src' of __bang_abs must lie in NRAM, but it lies in GDRAM}}
  bang.abs "f16" %a, %q, %n
  llvm.return
}
llvm.func @kernel(%p: !llvm.ptr, %n: i32) attributes {bang.kernel} {
  llvm.call @callee(%p, %n) : (!llvm.ptr, i32) -> ()
  llvm.return
}

// -----

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @s() {section = ".sram"} : !llvm.array<64 x f16>
llvm.func @read_sram(%n: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %s = llvm.mlir.addressof @s : !llvm.ptr
  // expected-error@+1 {{parameter 'src' of __bang_sqrt must lie in NRAM, but it lies in SRAM; copy it to an __nram__ buffer with __memcpy(..., SRAM2NRAM) first}}
  bang.sqrt "f16" %a, %s, %n
  llvm.return
}

// -----

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @weights(%n: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %zero = llvm.mlir.constant(0 : i32) : i32
  // expected-error@+1 {{parameter 'weights' of __bang_matmul must lie in WRAM, but it lies in NRAM; copy it to a __wram__ buffer with __memcpy(..., NRAM2WRAM) first}}
  bang.matmul "f16.f16.f16" %a, %a, %a, %a, %n, %n, %n, %zero
  llvm.return
}

// -----

llvm.mlir.global internal constant @table() : !llvm.array<64 x f16>
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @constant(%n: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %t = llvm.mlir.addressof @table : !llvm.ptr
  // expected-error@+1 {{must lie in NRAM, but it lies in constant memory; copy it to an __nram__ buffer with __memcpy(..., GDRAM2NRAM) first}}
  bang.abs "f16" %a, %t, %n
  llvm.return
}

// -----

llvm.func @fill(%p: !llvm.ptr, %n: i32) attributes {bang.kernel} {
  // expected-error@+1 {{parameter 'dst' of __bang_write_zero must lie in NRAM, but it lies in GDRAM; use __gdramset for it}}
  bang.write_zero "b16" %p, %n
  llvm.return
}

// -----

// All of several objects are wrong.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @s() {section = ".sram"} : !llvm.array<64 x f16>
llvm.func @both_wrong(%p: !llvm.ptr, %cond: i1, %n: i32) attributes {bang.kernel} {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %s = llvm.mlir.addressof @s : !llvm.ptr
  %x = llvm.select %cond, %p, %s : i1, !llvm.ptr
  // expected-error@+1 {{must lie in NRAM, but it lies in GDRAM}}
  bang.abs "f16" %a, %x, %n
  llvm.return
}
