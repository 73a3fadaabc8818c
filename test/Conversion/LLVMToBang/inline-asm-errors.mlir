// RUN: %bang-opt %s --raise-bang -split-input-file -verify-diagnostics

llvm.func @unknown(%a: i64) {
  // expected-error@+1 {{inline assembly instruction 'fuse.nram.f32' is not known; use the builtin function for it}}
  llvm.inline_asm has_side_effects "fuse.nram.f32 [$0], 64, [$0], .mul([$0]);", "r" %a : (i64) -> ()
  llvm.return
}

// -----

// The scalar core's own assembly is no BANG either.
llvm.func @scalar() {
  // expected-error@+1 {{inline assembly instruction 'nop' is not known}}
  llvm.inline_asm has_side_effects "nop", "" : () -> ()
  llvm.return
}

// -----

llvm.func @second_statement() {
  // expected-error@+1 {{inline assembly instruction 'wfi' is not known}}
  llvm.inline_asm has_side_effects "sync; wfi;", "" : () -> ()
  llvm.return
}

// -----

llvm.func @result() -> i32 {
  // expected-error@+1 {{inline assembly instruction 'sync' is not known}}
  %x = llvm.inline_asm has_side_effects "sync $0", "=r" : () -> i32
  llvm.return %x : i32
}

// -----

llvm.func @operands(%a: i32) {
  // expected-error@+1 {{inline assembly instruction 'barrier.sync.local' has 1 operands, but takes 2}}
  llvm.inline_asm has_side_effects "barrier.sync.local $0;", "r" %a : (i32) -> ()
  llvm.return
}

// -----

llvm.func @operand_kind(%a: f32) {
  // expected-error@+1 {{operand '$0' of inline assembly instruction 'barrier.sync.local' is neither an integer operand nor a number}}
  llvm.inline_asm has_side_effects "barrier.sync.local $0, 4;", "f" %a : (f32) -> ()
  llvm.return
}
