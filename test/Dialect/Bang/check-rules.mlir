// Counts and sizes that keep the rules.
// RUN: %bang-opt %s --bang-check-rules -split-input-file -verify-diagnostics

// A call that never runs may have any count; so may one whose count is not known.
llvm.func @guarded(%d: !llvm.ptr, %n: i32) {
  %zero = llvm.mlir.constant(0 : i32) : i32
  %four = llvm.mlir.constant(4 : i32) : i32
  %rest = llvm.urem %four, %four : i32
  %some = llvm.icmp "ugt" %rest, %zero : i32
  llvm.cond_br %some, ^tail, ^exit
^tail:
  bang.abs "f32" %d, %d, %rest
  llvm.br ^exit
^exit:
  bang.abs "f32" %d, %d, %n
  llvm.return
}

// -----

// The body of a loop without turns does not run.
llvm.func @empty_loop(%d: !llvm.ptr) {
  %zero = llvm.mlir.constant(0 : i32) : i32
  %one = llvm.mlir.constant(1 : i32) : i32
  llvm.br ^head(%zero : i32)
^head(%i: i32):
  %more = llvm.icmp "slt" %i, %zero : i32
  llvm.cond_br %more, ^body, ^exit
^body:
  bang.abs "f32" %d, %d, %zero
  %next = llvm.add %i, %one : i32
  llvm.br ^head(%next : i32)
^exit:
  llvm.return
}

// -----

// Only 2xx wants whole 128-byte units.
module attributes {bang.arch = "mtp_372"} {
  llvm.func @units(%d: !llvm.ptr) {
    %n = llvm.mlir.constant(100 : i32) : i32
    bang.add "f16" %d, %d, %d, %n
    llvm.return
  }
}

// -----

// Exactly the buffer; an offset that is not known; a size that is declared elsewhere.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.mlir.global external @b() {section = ".nram"} : !llvm.array<0 x f16>
llvm.func @bounds(%i: i64) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %b = llvm.mlir.addressof @b : !llvm.ptr
  %n = llvm.mlir.constant(64 : i32) : i32
  bang.abs "f16" %a, %a, %n
  bang.abs "f16" %b, %b, %n
  %p = llvm.getelementptr %a[32] : (!llvm.ptr) -> !llvm.ptr, f16
  %half = llvm.mlir.constant(32 : i32) : i32
  bang.abs "f16" %p, %a, %half
  %q = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f16
  bang.abs "f16" %q, %q, %half
  // Two halves of one buffer do not overlap.
  %eight = llvm.mlir.constant(8 : i32) : i32
  %four = llvm.mlir.constant(4 : i32) : i32
  bang.transpose "b16" %p, %a, %eight, %four
  llvm.return
}
