// Instructions that the machine has not are refused.
// RUN: %bang-opt %s -split-input-file -verify-diagnostics

llvm.func @unknown_type(%d: !llvm.ptr, %n: i64) {
  // expected-error@+1 {{there is no instruction 'vsqrt.i8'}}
  dlp.vsqrt "i8" %d, %d, %n
  llvm.return
}

// -----

llvm.func @impossible_copy(%d: !llvm.ptr, %n: i64) {
  // expected-error@+1 {{there is no instruction 'ld.gdram.nram'}}
  dlp.ld "gdram.nram" %d, %d, %n
  llvm.return
}

// -----

llvm.func @unknown_register() {
  // expected-error@+1 {{'dlp.csr' op names the unknown special register 'mhartid'}}
  %x = dlp.csr "mhartid"
  llvm.return
}

// -----

llvm.func @operand_is_i64(%d: !llvm.ptr, %n: i32) {
  // expected-error@+2 {{expects different type than prior uses: 'i64' vs 'i32'}}
  // expected-note@-2 {{prior use here}}
  dlp.vabs "f32" %d, %d, %n
  llvm.return
}
