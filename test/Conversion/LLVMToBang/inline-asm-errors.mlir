// RUN: %bang-opt %s --raise-bang -split-input-file -verify-diagnostics

llvm.func @unknown(%a: i64) {
  // expected-error@+1 {{inline assembly instruction 'vsqrt.nram.f32' is not known; use the builtin function for it}}
  llvm.inline_asm has_side_effects "vsqrt.nram.f32 [$0], 64, [$0];", "r" %a : (i64) -> ()
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

// -----

llvm.func @fuse_type(%a: !llvm.ptr) {
  // expected-error@+1 {{inline assembly instruction 'fuse.nram.f64' works on 'f64', but known are f16, bf16, f32, s16, u16, s32 and u32}}
  llvm.inline_asm has_side_effects "fuse.nram.f64 [$0], 64, [$0], .mul([$0]);", "r" %a : (!llvm.ptr) -> ()
  llvm.return
}

// -----

llvm.func @fuse_count(%a: !llvm.ptr) {
  // expected-error@+1 {{inline assembly instruction 'fuse.nram.f32' has 3 operands, but takes [dst], count, [src] and 1 to 4 steps}}
  llvm.inline_asm has_side_effects "fuse.nram.f32 [$0], 64, [$0];", "r" %a : (!llvm.ptr) -> ()
  llvm.return
}

// -----

llvm.func @fuse_address(%a: !llvm.ptr) {
  // expected-error@+1 {{inline assembly instruction 'fuse.nram.f32' takes an address, a count and an address before its steps}}
  llvm.inline_asm has_side_effects "fuse.nram.f32 $0, 64, [$0], .mul([$0]);", "r" %a : (!llvm.ptr) -> ()
  llvm.return
}

// -----

llvm.func @fuse_step(%a: !llvm.ptr) {
  // expected-error@+1 {{inline assembly instruction 'fuse.nram.f32' has the step '.shuffle([$0])', but expected one like .add(x) or .mul([address])}}
  llvm.inline_asm has_side_effects "fuse.nram.f32 [$0], 64, [$0], .shuffle([$0]);", "r" %a : (!llvm.ptr) -> ()
  llvm.return
}

// -----

llvm.func @fuse_bitwise(%a: !llvm.ptr) {
  // expected-error@+1 {{inline assembly instruction 'fuse.nram.f32' has the step '.and([$0])', which works on integer types only}}
  llvm.inline_asm has_side_effects "fuse.nram.f32 [$0], 64, [$0], .and([$0]);", "r" %a : (!llvm.ptr) -> ()
  llvm.return
}

// -----

llvm.func @fuse_scalar(%a: !llvm.ptr) {
  // expected-error@+1 {{inline assembly instruction 'fuse.nram.f32' has the step '.add(x)', whose operand is neither a scalar of its type nor an address}}
  llvm.inline_asm has_side_effects "fuse.nram.f32 [$0], 64, [$0], .add(x);", "r" %a : (!llvm.ptr) -> ()
  llvm.return
}

// -----

llvm.func @fuse_div_operands(%a: !llvm.ptr) {
  // expected-error@+1 {{inline assembly instruction 'div.scalar.nram.f16' has 3 operands, but takes [dst], [src], divisor, count}}
  llvm.inline_asm has_side_effects "div.scalar.nram.f16 [$0], [$0], 3;", "r" %a : (!llvm.ptr) -> ()
  llvm.return
}

// -----

llvm.func @fuse_div_address(%a: !llvm.ptr) {
  // expected-error@+1 {{inline assembly instruction 'div.scalar.nram.f16' takes two addresses, a divisor of its type and a count}}
  llvm.inline_asm has_side_effects "div.scalar.nram.f16 [$0], $0, 3, 4;", "r" %a : (!llvm.ptr) -> ()
  llvm.return
}
