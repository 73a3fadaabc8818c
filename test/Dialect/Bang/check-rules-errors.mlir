// One rule of the table broken per case.
// RUN: %bang-opt %s --bang-check-rules -split-input-file -verify-diagnostics

llvm.func @count_zero(%d: !llvm.ptr) {
  %zero = llvm.mlir.constant(0 : i32) : i32
  // expected-error@+1 {{count 'n' of __bang_add is 0, but must be at least 1; leave the call out when there is nothing to do}}
  bang.add "f16" %d, %d, %d, %zero
  llvm.return
}

// -----

// The constant is found through arithmetic and block arguments.
llvm.func @computed_zero(%d: !llvm.ptr, %c: i1) {
  %four = llvm.mlir.constant(4 : i32) : i32
  %zero = llvm.sub %four, %four : i32
  llvm.cond_br %c, ^a(%zero : i32), ^a(%zero : i32)
^a(%n: i32):
  // expected-error@+1 {{count 'n' of __bang_abs is 0}}
  bang.abs "f16" %d, %d, %n
  llvm.return
}

// -----

llvm.func @count_of_many(%d: !llvm.ptr, %n: i32) {
  %zero = llvm.mlir.constant(0 : i32) : i32
  // expected-error@+1 {{count 'kh' of __bang_maxpool is 0}}
  bang.maxpool "f16" %d, %d, %n, %n, %n, %zero, %n, %zero, %zero, %zero, %zero, %zero, %zero
  llvm.return
}

// -----

llvm.func @multiple(%d: !llvm.ptr) {
  %n = llvm.mlir.constant(100 : i32) : i32
  %seg = llvm.mlir.constant(64 : i32) : i32
  // expected-error@+1 {{'n' of __bang_cycle_add must be a multiple of 'seg_n', but 100 is no multiple of 64; round 'n' up to 128}}
  bang.cycle_add "f16" %d, %d, %d, %n, %seg
  llvm.return
}

// -----

llvm.func @noalias_same(%d: !llvm.ptr, %n: i32) {
  // expected-error@+1 {{'dst' and 'src' of __bang_transpose overlap, but must not; use two buffers}}
  bang.transpose "b16" %d, %d, %n, %n
  llvm.return
}

// -----

llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<128 x f16>
llvm.func @noalias_part() {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %b = llvm.mlir.addressof @a : !llvm.ptr
  %p = llvm.getelementptr %b[16] : (!llvm.ptr) -> !llvm.ptr, f16
  %n = llvm.mlir.constant(8 : i32) : i32
  // expected-error@+1 {{'dst' and 'src' of __bang_transpose overlap}}
  bang.transpose "b16" %p, %a, %n, %n
  llvm.return
}

// -----

module attributes {bang.arch = "mtp_270"} {
  llvm.func @bytes_2xx(%d: !llvm.ptr) {
    %n = llvm.mlir.constant(100 : i32) : i32
    // expected-error@+1 {{on mtp_270 'n' of __bang_add must fill whole units of 128 bytes, but 100 elements are 200 bytes; round it up to 128}}
    bang.add "f16" %d, %d, %d, %n
    llvm.return
  }
}

// -----

// A rule of every arch.
module attributes {bang.arch = "mtp_372"} {
  llvm.func @bytes_all(%d: !llvm.ptr) {
    %n = llvm.mlir.constant(100 : i32) : i32
    // expected-error@+1 {{'n' of __bang_reduce_sum must fill whole units of 128 bytes, but 100 elements are 400 bytes; round it up to 128}}
    bang.reduce_sum "f32" %d, %d, %n
    llvm.return
  }
}

// -----

// What does not run on every path is a warning.
llvm.func @overlap_sometimes(%a: !llvm.ptr, %if: i1) {
  %n = llvm.mlir.constant(16 : i32) : i32
  llvm.cond_br %if, ^then, ^end
^then:
  // expected-warning@+1 {{'dst' and 'src' of __bang_transpose overlap, but must not; use two buffers}}
  bang.transpose "b32" %a, %a, %n, %n
  llvm.br ^end
^end:
  llvm.return
}
