// RUN: %bang-opt %s --bang-to-dlp -split-input-file -verify-diagnostics

llvm.func @direction(%d: !llvm.ptr, %s: !llvm.ptr, %n: i32) {
  %dir = llvm.mlir.constant(24 : i32) : i32
  // expected-error@+1 {{__memcpy direction 24 does not exist; use one of mluMemcpyDirection_t, as GDRAM2NRAM}}
  bang.memcpy %d, %s, %n, %dir
  llvm.return
}

// -----

llvm.func @cluster(%d: !llvm.ptr, %s: !llvm.ptr, %n: i32) {
  %gdram2sram = llvm.mlir.constant(11 : i32) : i32
  // expected-error@+1 {{__memcpy with a cluster copies from SRAM to SRAM; use SRAM2SRAM}}
  bang.memcpy_cluster %d, %s, %n, %gdram2sram, %n
  llvm.return
}
