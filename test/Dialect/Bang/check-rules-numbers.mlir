// Rules on numbers, each broken once and kept once: range, unit, not above, apart, same pieces.
// RUN: %bang-opt %s --bang-check-rules -split-input-file -verify-diagnostics

llvm.func @range(%d: !llvm.ptr, %n: i32) {
  %most = llvm.mlir.constant(65535 : i32) : i32
  %more = llvm.mlir.constant(65536 : i32) : i32
  %dir = llvm.mlir.constant(8 : i32) : i32
  bang.memcpy_2d %d, %d, %n, %dir, %n, %n, %most
  // expected-error@+1 {{'segnum' of __memcpy is 65536, but must be 0 to 65535; split the work}}
  bang.memcpy_2d %d, %d, %n, %dir, %n, %n, %more
  llvm.return
}

// -----

llvm.func @signed_range(%d: !llvm.ptr, %w: !llvm.ptr, %n: i32) {
  %low = llvm.mlir.constant(-127 : i32) : i32
  %lower = llvm.mlir.constant(-128 : i32) : i32
  bang.matmul "i32.i8.i8" %d, %w, %w, %d, %n, %n, %n, %low
  // expected-error@+1 {{'pos' of __bang_matmul is -128, but must be -127 to 127}}
  bang.matmul "i32.i8.i8" %d, %w, %w, %d, %n, %n, %n, %lower
  llvm.return
}

// -----

llvm.func @unit(%d: !llvm.ptr, %s: !llvm.ptr, %n: i32) {
  %whole = llvm.mlir.constant(128 : i32) : i32
  %part = llvm.mlir.constant(100 : i32) : i32
  bang.reshape_filter "b16" %d, %s, %whole, %n, %n, %n
  // expected-error@+1 {{'n' of __bang_reshape_filter must be a multiple of 64, but is 100; pad the data to 128}}
  bang.reshape_filter "b16" %d, %s, %part, %n, %n, %n
  llvm.return
}

// -----

// The unit of k is that of the weights, not of the result.
llvm.func @units_of_weights(%d: !llvm.ptr, %w: !llvm.ptr, %n: i32) {
  %zero = llvm.mlir.constant(0 : i32) : i32
  %k = llvm.mlir.constant(16 : i32) : i32
  bang.matmul "f32.f16.f16" %d, %w, %w, %d, %n, %k, %n, %zero
  // expected-error@+1 {{'k' of __bang_matmul must fill whole units of 32 bytes, but 16 elements are 16 bytes; round it up to 32}}
  bang.matmul "i32.i8.i8" %d, %w, %w, %d, %n, %k, %n, %zero
  llvm.return
}

// -----

llvm.func @not_above(%d: !llvm.ptr, %n: i32) {
  %four = llvm.mlir.constant(4 : i32) : i32
  %five = llvm.mlir.constant(5 : i32) : i32
  %zero = llvm.mlir.constant(0 : i32) : i32
  bang.maxpool "f16" %d, %d, %n, %four, %n, %four, %n, %n, %n, %zero, %zero, %zero, %zero
  // expected-error@+1 {{'kh' of __bang_maxpool is 5, but must be at most 'h', which is 4; reduce it or pad the data}}
  bang.maxpool "f16" %d, %d, %n, %four, %n, %five, %n, %n, %n, %zero, %zero, %zero, %zero
  llvm.return
}

// -----

llvm.func @apart(%d: !llvm.ptr, %n: i32) {
  %size = llvm.mlir.constant(64 : i32) : i32
  %short = llvm.mlir.constant(60 : i32) : i32
  %zero = llvm.mlir.constant(0 : i32) : i32
  %three = llvm.mlir.constant(3 : i32) : i32
  %dir = llvm.mlir.constant(8 : i32) : i32
  bang.memcpy_2d %d, %d, %size, %dir, %size, %n, %three
  // One segment has no next one.
  bang.memcpy_2d %d, %d, %size, %dir, %short, %n, %zero
  // expected-error@+1 {{'dst_stride' of __memcpy is 60 bytes, but a segment has 64, so segments would overwrite each other; a stride counts from start to start}}
  bang.memcpy_2d %d, %d, %size, %dir, %short, %n, %three
  llvm.return
}

// -----

llvm.func @same_pieces(%d: !llvm.ptr, %n: i32) {
  %one = llvm.mlir.constant(1 : i32) : i32
  %two = llvm.mlir.constant(2 : i32) : i32
  %dir = llvm.mlir.constant(8 : i32) : i32
  bang.memcpy_4d %d, %d, %n, %dir, %n, %one, %n, %two, %n, %two, %n, %one
  // expected-error@+1 {{__memcpy writes 6 segments and reads 9; ('dseg1' + 1) * ('dseg2' + 1) must be ('sseg1' + 1) * ('sseg2' + 1)}}
  bang.memcpy_4d %d, %d, %n, %dir, %n, %one, %n, %two, %n, %two, %n, %two
  llvm.return
}

// -----

// Alignment is a rule of 2xx cards.
module attributes {bang.arch = "mtp_270"} {
  llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<256 x f16>
  llvm.func @aligned(%i: i64) {
    %n = llvm.mlir.constant(64 : i32) : i32
    %a = llvm.mlir.addressof @a : !llvm.ptr
    %whole = llvm.getelementptr %a[32] : (!llvm.ptr) -> !llvm.ptr, f16
    %unknown = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f16
    %part = llvm.getelementptr %a[16] : (!llvm.ptr) -> !llvm.ptr, f16
    bang.abs "f16" %whole, %a, %n
    bang.abs "f16" %unknown, %a, %n
    // expected-error@+1 {{on mtp_270 'dst' of __bang_abs must begin at a multiple of 64 bytes, but begins at byte 32 of its buffer; move the data to byte 64}}
    bang.abs "f16" %part, %a, %n
    llvm.return
  }
}

// -----

module attributes {bang.arch = "mtp_372"} {
  llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<256 x f16>
  llvm.func @any_alignment() {
    %n = llvm.mlir.constant(64 : i32) : i32
    %a = llvm.mlir.addressof @a : !llvm.ptr
    %part = llvm.getelementptr %a[1] : (!llvm.ptr) -> !llvm.ptr, f16
    bang.abs "f16" %part, %a, %n
    llvm.return
  }
}
