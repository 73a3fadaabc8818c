// Constant sizes against the array they touch.
// RUN: %bang-opt %s --bang-check-rules -split-input-file -verify-diagnostics

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @write_past_the_end(%s: !llvm.ptr) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %n = llvm.mlir.constant(65 : i32) : i32
  // expected-warning@+1 {{__bang_abs writes 130 bytes of 'a', which has 128 bytes; enlarge the buffer or reduce the count}}
  bang.abs "f16" %a, %s, %n
  llvm.return
}

// -----

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @read_past_the_end(%d: !llvm.ptr) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %p = llvm.getelementptr %a[0, 32] : (!llvm.ptr) -> !llvm.ptr, !llvm.array<64 x f16>
  %n = llvm.mlir.constant(64 : i32) : i32
  // expected-warning@+1 {{__bang_abs reads 128 bytes at byte 64 of 'a', which has 128 bytes}}
  bang.abs "f16" %d, %p, %n
  llvm.return
}

// -----

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @copy(%s: !llvm.ptr) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %dir = llvm.mlir.constant(0 : i32) : i32
  %bytes = llvm.mlir.constant(256 : i32) : i32
  // expected-warning@+1 {{__memcpy writes 256 bytes of 'a', which has 128 bytes}}
  bang.memcpy %a, %s, %bytes, %dir
  llvm.return
}

// -----

// 4 segments, 48 bytes apart: 3 * 48 + 16.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @strided_copy(%s: !llvm.ptr) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %dir = llvm.mlir.constant(0 : i32) : i32
  %bytes = llvm.mlir.constant(16 : i32) : i32
  %stride = llvm.mlir.constant(48 : i32) : i32
  %three = llvm.mlir.constant(3 : i32) : i32
  // expected-warning@+1 {{__memcpy writes 160 bytes of 'a', which has 128 bytes}}
  bang.memcpy_2d %a, %s, %bytes, %dir, %stride, %bytes, %three
  llvm.return
}

// -----

// The whole size is certain even when the place inside the array is not.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @unknown_offset(%i: i64, %v: f16) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f16
  %n = llvm.mlir.constant(100 : i32) : i32
  // expected-warning@+1 {{__bang_write_value writes 200 bytes of 'a', which has 128 bytes}}
  bang.write_value "b16" %p, %n, %v : f16
  llvm.return
}

// -----

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f32>
llvm.func @shapes(%d: !llvm.ptr, %w: !llvm.ptr) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %n = llvm.mlir.constant(16 : i32) : i32
  %z = llvm.mlir.constant(0 : i32) : i32
  %none = llvm.mlir.zero : !llvm.ptr
  // expected-warning@+1 {{__bang_transpose reads 1024 bytes of 'a'}}
  bang.transpose "b32" %d, %a, %n, %n
  // expected-warning@+1 {{__bang_matmul writes 1024 bytes of 'a'}}
  bang.matmul "f32.f32.f32" %a, %d, %w, %none, %n, %n, %n, %z
  // expected-warning@+1 {{__bang_sumpool reads 16384 bytes of 'a'}}
  bang.sumpool "f32" %d, %a, %n, %n, %n, %n, %n, %z, %z, %z, %z, %z, %z
  %many = llvm.mlir.constant(100 : i32) : i32
  // expected-warning@+1 {{__bang_float2int32_tz reads 400 bytes of 'a'}}
  bang.convert "i32.f32.tz" %d, %a, %many, %z, %z
  llvm.return
}

// -----

// A field of a struct.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.struct<(i8, array<4 x f32>, array<4 x f32>)>
llvm.func @field(%d: !llvm.ptr) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %p = llvm.getelementptr %a[0, 2] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i8, array<4 x f32>, array<4 x f32>)>
  %n = llvm.mlir.constant(5 : i32) : i32
  // expected-warning@+1 {{__bang_abs reads 20 bytes at byte 20 of 'a', which has 36 bytes}}
  bang.abs "f32" %d, %p, %n
  llvm.return
}

// -----

// What does not run on every path is a warning.
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @sometimes(%s: !llvm.ptr, %if: i1) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %n = llvm.mlir.constant(65 : i32) : i32
  llvm.cond_br %if, ^then, ^end
^then:
  // expected-warning@+1 {{__bang_abs writes 130 bytes of 'a', which has 128 bytes; enlarge the buffer or reduce the count}}
  bang.abs "f16" %a, %s, %n
  llvm.br ^end
^end:
  llvm.return
}
