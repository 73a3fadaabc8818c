// A special register is read by an instruction without side effects.
// RUN: %bang-opt %s --dlp-to-llvm | FileCheck %s

// CHECK-LABEL: @read
llvm.func @read() -> i64 {
  // CHECK: %[[X:.*]] = llvm.inline_asm asm_dialect = att "csrr $0, 0xcc8", "=r" : () -> i64
  // CHECK: llvm.return %[[X]]
  %x = dlp.csr "coreId"
  llvm.return %x : i64
}
