// Where pointers point, as far as it can be known.
// RUN: %bang-opt %s --bang-infer-spaces -split-input-file | FileCheck %s

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @w() {section = ".wram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @s() {section = ".sram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @l() {section = ".ldram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @g() : !llvm.array<64 x f16>
llvm.mlir.global internal constant @c() : !llvm.array<64 x f16>

// CHECK-LABEL: @sections
llvm.func @sections(%n: i32, %dir: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %w = llvm.mlir.addressof @w : !llvm.ptr
  %s = llvm.mlir.addressof @s : !llvm.ptr
  %l = llvm.mlir.addressof @l : !llvm.ptr
  %g = llvm.mlir.addressof @g : !llvm.ptr
  %c = llvm.mlir.addressof @c : !llvm.ptr
  // CHECK: bang.spaces = ["nram", "wram"]
  bang.memcpy %a, %w, %n, %dir
  // CHECK: bang.spaces = ["sram", "ldram"]
  bang.memcpy %s, %l, %n, %dir
  // CHECK: bang.spaces = ["gdram", "const"]
  bang.memcpy %g, %c, %n, %dir
  llvm.return
}

// CHECK-LABEL: @arithmetic
llvm.func @arithmetic(%i: i64, %cond: i1, %n: i32, %dir: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %s = llvm.mlir.addressof @s : !llvm.ptr
  %e = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f16
  %x = llvm.ptrtoint %a : !llvm.ptr to i64
  %mask = llvm.mlir.constant(-128 : i64) : i64
  %y = llvm.and %x, %mask : i64
  %q = llvm.inttoptr %y : i64 to !llvm.ptr
  // CHECK: bang.spaces = ["nram", "nram"]
  bang.memcpy %e, %q, %n, %dir
  %sel = llvm.select %cond, %a, %s : i1, !llvm.ptr
  %null = llvm.mlir.zero : !llvm.ptr
  // A null pointer points nowhere.
  %maybe = llvm.select %cond, %s, %null : i1, !llvm.ptr
  // CHECK: bang.spaces = ["nram|sram", "sram"]
  bang.memcpy %sel, %maybe, %n, %dir
  // A number that is no address may be any.
  %free = llvm.inttoptr %i : i64 to !llvm.ptr
  // CHECK: bang.spaces = ["any", "any"]
  bang.memcpy %free, %free, %n, %dir
  llvm.return
}

// Ping-pong buffers: block arguments join what arrives.
// CHECK-LABEL: @loop
llvm.func @loop(%n: i32, %dir: i32, %more: i1) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %s = llvm.mlir.addressof @s : !llvm.ptr
  llvm.br ^head(%a, %s : !llvm.ptr, !llvm.ptr)
^head(%p: !llvm.ptr, %q: !llvm.ptr):
  // CHECK: bang.spaces = ["nram|sram", "nram|sram"]
  bang.memcpy %p, %q, %n, %dir
  llvm.cond_br %more, ^head(%q, %p : !llvm.ptr, !llvm.ptr), ^exit
^exit:
  llvm.return
}

// -----

// Without optimisation everything lives on the stack.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>

// CHECK-LABEL: @stack
llvm.func @stack(%n: i32, %dir: i32) {
  %one = llvm.mlir.constant(1 : i32) : i32
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %var = llvm.alloca %one x !llvm.ptr : (i32) -> !llvm.ptr
  %array = llvm.alloca %one x !llvm.array<8 x f16> : (i32) -> !llvm.ptr
  llvm.store %a, %var : !llvm.ptr, !llvm.ptr
  %p = llvm.load %var : !llvm.ptr -> !llvm.ptr
  // The stack lies in NRAM or LDRAM.
  // CHECK: bang.spaces = ["nram", "nram|ldram"]
  bang.memcpy %p, %array, %n, %dir
  llvm.return
}

// A struct is copied as a whole; its fields are not told apart.
// CHECK-LABEL: @struct
llvm.func @struct(%n: i32, %dir: i32) {
  %one = llvm.mlir.constant(1 : i32) : i32
  %size = llvm.mlir.constant(16 : i64) : i64
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %s = llvm.alloca %one x !llvm.struct<(ptr, i32)> : (i32) -> !llvm.ptr
  %t = llvm.alloca %one x !llvm.struct<(ptr, i32)> : (i32) -> !llvm.ptr
  llvm.store %a, %s : !llvm.ptr, !llvm.ptr
  "llvm.intr.memcpy"(%t, %s, %size) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
  %p = llvm.load %t : !llvm.ptr -> !llvm.ptr
  // CHECK: bang.spaces = ["nram", "nram"]
  bang.memcpy %p, %p, %n, %dir
  llvm.return
}

// A variable whose address leaves us may hold anything.
llvm.func @elsewhere(!llvm.ptr)
// CHECK-LABEL: @escaped
llvm.func @escaped(%n: i32, %dir: i32) {
  %one = llvm.mlir.constant(1 : i32) : i32
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %inner = llvm.alloca %one x !llvm.ptr : (i32) -> !llvm.ptr
  %outer = llvm.alloca %one x !llvm.ptr : (i32) -> !llvm.ptr
  llvm.store %a, %inner : !llvm.ptr, !llvm.ptr
  llvm.call @elsewhere(%outer) : (!llvm.ptr) -> ()
  // Also when the address of the other is put there later.
  llvm.store %inner, %outer : !llvm.ptr, !llvm.ptr
  %p = llvm.load %inner : !llvm.ptr -> !llvm.ptr
  // CHECK: bang.spaces = ["any", "nram"]
  bang.memcpy %p, %a, %n, %dir
  llvm.return
}

// -----

// Kernel parameters point to GDRAM, whether marked or called by an entry.
llvm.func @__bang_entry.k(%params: !llvm.ptr) {
  %p = llvm.load %params : !llvm.ptr -> !llvm.ptr
  %n = llvm.mlir.constant(1 : i32) : i32
  llvm.call @k(%p, %n, %n) : (!llvm.ptr, i32, i32) -> ()
  llvm.return
}
// CHECK-LABEL: llvm.func @k(
llvm.func @k(%p: !llvm.ptr, %n: i32, %dir: i32) {
  // CHECK: bang.spaces = ["gdram", "gdram"]
  bang.memcpy %p, %p, %n, %dir
  llvm.return
}
// CHECK-LABEL: llvm.func @marked(
llvm.func @marked(%p: !llvm.ptr, %s: !llvm.ptr {bang.indirect}, %n: i32, %dir: i32) attributes {bang.kernel} {
  // CHECK: bang.spaces = ["gdram", "any"]
  bang.memcpy %p, %s, %n, %dir
  llvm.return
}

// -----

// Parameters and results of device functions come from all calls.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @b() {section = ".nram"} : !llvm.array<64 x f16>
llvm.mlir.global internal @s() {section = ".sram"} : !llvm.array<64 x f16>
// CHECK-LABEL: llvm.func @callee
llvm.func @callee(%p: !llvm.ptr, %q: !llvm.ptr, %n: i32, %dir: i32) -> !llvm.ptr {
  // CHECK: bang.spaces = ["nram", "nram|sram"]
  bang.memcpy %p, %q, %n, %dir
  llvm.return %p : !llvm.ptr
}
// CHECK-LABEL: llvm.func @caller
llvm.func @caller(%n: i32, %dir: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %b = llvm.mlir.addressof @b : !llvm.ptr
  %s = llvm.mlir.addressof @s : !llvm.ptr
  %r = llvm.call @callee(%a, %b, %n, %dir) : (!llvm.ptr, !llvm.ptr, i32, i32) -> !llvm.ptr
  %t = llvm.call @callee(%b, %s, %n, %dir) : (!llvm.ptr, !llvm.ptr, i32, i32) -> !llvm.ptr
  // CHECK: bang.spaces = ["nram", "nram"]
  bang.memcpy %r, %t, %n, %dir
  llvm.return
}
// A function that nobody calls here.
// CHECK-LABEL: llvm.func @unseen
llvm.func @unseen(%p: !llvm.ptr, %n: i32, %dir: i32) {
  // CHECK: bang.spaces = ["any", "any"]
  bang.memcpy %p, %p, %n, %dir
  llvm.return
}
