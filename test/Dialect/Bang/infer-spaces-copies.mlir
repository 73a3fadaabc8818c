// Directions of copies that contradict their objects.
// RUN: %bang-opt %s --bang-infer-spaces -split-input-file -verify-diagnostics

llvm.mlir.global internal @s() {section = ".sram"} : !llvm.array<64 x f16>
llvm.func @destination(%p: !llvm.ptr, %n: i32) attributes {bang.kernel} {
  %s = llvm.mlir.addressof @s : !llvm.ptr
  %gdram2nram = llvm.mlir.constant(0 : i32) : i32
  // expected-error@+1 {{__memcpy direction GDRAM2NRAM says the destination is in NRAM, but it is in SRAM; use GDRAM2SRAM}}
  bang.memcpy %s, %p, %n, %gdram2nram
  llvm.return
}

// -----

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @s() {section = ".sram"} : !llvm.array<64 x f16>
llvm.func @source(%n: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %s = llvm.mlir.addressof @s : !llvm.ptr
  %gdram2nram = llvm.mlir.constant(0 : i32) : i32
  // expected-error@+1 {{__memcpy_async direction GDRAM2NRAM says the source is in GDRAM, but it is in SRAM; use SRAM2NRAM}}
  bang.memcpy_async %a, %s, %n, %gdram2nram
  llvm.return
}

// -----

// Both sides: the usual mistake is the opposite direction.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @opposite(%p: !llvm.ptr, %n: i32) attributes {bang.kernel} {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %nram2gdram = llvm.mlir.constant(1 : i32) : i32
  // expected-error@+1 {{__memcpy direction NRAM2GDRAM says the destination is in GDRAM, but it is in NRAM; use GDRAM2NRAM}}
  bang.memcpy_2d %a, %p, %n, %nram2gdram, %n, %n, %n
  llvm.return
}

// -----

llvm.mlir.global internal constant @table() : !llvm.array<64 x f16>
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @write_constant(%n: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %t = llvm.mlir.addressof @table : !llvm.ptr
  %nram2gdram = llvm.mlir.constant(1 : i32) : i32
  // expected-error@+1 {{says the destination is in GDRAM, but it is in constant memory, which cannot be written}}
  bang.memcpy %t, %a, %n, %nram2gdram
  llvm.return
}

// -----

// No single copy goes from WRAM to WRAM.
llvm.mlir.global internal @w() {section = ".wram"} : !llvm.array<64 x f16>
llvm.func @no_such_copy(%n: i32) {
  %w = llvm.mlir.addressof @w : !llvm.ptr
  %nram2wram = llvm.mlir.constant(9 : i32) : i32
  // expected-error@+1 {{says the source is in NRAM, but it is in WRAM; copy by way of an __nram__ buffer}}
  bang.memcpy %w, %w, %n, %nram2wram
  llvm.return
}

// -----

// A direction that is not constant is not checked here.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @dynamic(%n: i32, %dir: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  bang.memcpy %a, %a, %n, %dir
  llvm.return
}
