// Known instructions of the card become operations; scalar assembly of our own headers stays.
// RUN: %bang-opt %s --raise-bang | FileCheck %s

// CHECK-LABEL: @known
llvm.func @known(%id: i32, %wide: i64) {
  // CHECK-NEXT: bang.sync
  llvm.inline_asm has_side_effects "sync;", "" : () -> !llvm.void
  // CHECK-NEXT: bang.sync
  llvm.inline_asm has_side_effects "  sync\0A", "~{memory}" : () -> ()
  // CHECK-NEXT: %[[N:.*]] = llvm.trunc %arg1 : i64 to i32
  // CHECK-NEXT: bang.barrier_local %arg0, %[[N]]
  llvm.inline_asm has_side_effects "barrier.sync.local $0, $1;", "r,r" %id, %wide : (i32, i64) -> ()
  // CHECK-NEXT: %[[FOUR:.*]] = llvm.mlir.constant(4 : i32)
  // CHECK-NEXT: bang.barrier_global %arg0, %[[FOUR]]
  llvm.inline_asm has_side_effects "barrier.sync.global ${0}, 4;", "r" %id : (i32) -> ()
  // CHECK-NEXT: bang.sync
  // CHECK-NEXT: bang.sync
  llvm.inline_asm has_side_effects "sync; // one\0A\09sync; # two", "" : () -> ()
  llvm.return
}

// CHECK-LABEL: @kept
llvm.func @kept() {
  // CHECK: llvm.inline_asm {{.*}}"# bang:scalar
  llvm.inline_asm has_side_effects "# bang:scalar\0Afence", "" : () -> ()
  // An empty statement only orders memory accesses of the compiler.
  // CHECK: llvm.inline_asm {{.*}}"", "~{memory}"
  llvm.inline_asm has_side_effects "", "~{memory}" : () -> ()
  llvm.return
}

// Steps are packed in one number, unused vectors are the source; integers become bits of the element type.
// CHECK-LABEL: @fuse
llvm.func @fuse(%dst: !llvm.ptr, %src: i64, %n: i32, %x: f32) {
  // CHECK: %[[SRC:.*]] = llvm.inttoptr %arg1
  // CHECK: %[[STEPS:.*]] = llvm.mlir.constant(4611 : i32)
  // CHECK: bang.fuse_chain "f32" %arg0, %[[SRC]], %arg0, %[[SRC]], %[[SRC]], %arg2, %[[STEPS]], %arg3, {{.*}} : f32, f32, f32, f32
  llvm.inline_asm has_side_effects "fuse.nram.f32 [$0], $2, [$1], .mul($3), .sub([$0]);", "r,r,r,r" %dst, %src, %n, %x : (!llvm.ptr, i64, i32, f32) -> ()
  // CHECK: %[[BITS:.*]] = llvm.mlir.constant(1065353216 : i32)
  // CHECK: %[[ONE:.*]] = llvm.bitcast %[[BITS]] : i32 to f32
  // CHECK: bang.div_scalar "f32" %arg0, %arg0, %[[ONE]], %arg2 : f32
  llvm.inline_asm has_side_effects "div.scalar.nram.f32 [$0], [$0], 0x3f800000, $2;", "r,r,r,r" %dst, %src, %n, %x : (!llvm.ptr, i64, i32, f32) -> ()
  llvm.return
}
