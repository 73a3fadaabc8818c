// What is not certain is no error.
// RUN: %bang-opt %s --bang-infer-spaces -split-input-file -verify-diagnostics

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @one_of_two(%p: !llvm.ptr, %cond: i1, %n: i32) attributes {bang.kernel} {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %x = llvm.select %cond, %p, %a : i1, !llvm.ptr
  bang.abs "f16" %a, %x, %n
  llvm.return
}

// -----

// Code that cannot run.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @dead(%p: !llvm.ptr, %n: i32) attributes {bang.kernel} {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %no = llvm.mlir.constant(false) : i1
  llvm.cond_br %no, ^never, ^exit
^never:
  bang.abs "f16" %a, %p, %n
  llvm.br ^exit
^exit:
  llvm.return
}

// -----

// The stack may be NRAM; constants are read like GDRAM; a null bias is no bias.
llvm.mlir.global internal constant @table() : !llvm.array<64 x f16>
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @w() {section = ".wram"} : !llvm.array<64 x f16>
llvm.func @fine(%n: i32) {
  %one = llvm.mlir.constant(1 : i32) : i32
  %zero = llvm.mlir.constant(0 : i32) : i32
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %w = llvm.mlir.addressof @w : !llvm.ptr
  %t = llvm.mlir.addressof @table : !llvm.ptr
  %array = llvm.alloca %one x !llvm.array<64 x f16> : (i32) -> !llvm.ptr
  bang.abs "f16" %a, %array, %n
  %gdram2nram = llvm.mlir.constant(0 : i32) : i32
  bang.memcpy %a, %t, %n, %gdram2nram
  %none = llvm.mlir.zero : !llvm.ptr
  bang.matmul "f16.f16.f16" %a, %a, %w, %none, %n, %n, %n, %zero
  llvm.return
}
