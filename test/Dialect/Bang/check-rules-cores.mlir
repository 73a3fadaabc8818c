// Work on a core that ignores it is a warning.
// RUN: %bang-opt %s --bang-check-rules -split-input-file -verify-diagnostics

llvm.func @memory_core(%d: !llvm.ptr, %n: i32) {
  %memory = llvm.mlir.constant(128 : i32) : i32
  %toSram = llvm.mlir.constant(11 : i32) : i32
  %toNram = llvm.mlir.constant(15 : i32) : i32
  %id = bang.sreg "coreId"
  %is = llvm.icmp "eq" %id, %memory : i32
  llvm.cond_br %is, ^memory, ^others
^memory:
  // expected-warning@+1 {{__bang_abs does nothing here: only the memory core comes here, and it has no NRAM and WRAM; move it out of the branch of __is_mpu()}}
  bang.abs "f16" %d, %d, %n
  bang.memcpy %d, %d, %n, %toSram
  // expected-warning@+1 {{__memcpy does nothing here: only the memory core}}
  bang.memcpy %d, %d, %n, %toNram
  bang.sync_cluster
  llvm.br ^exit
^others:
  bang.abs "f16" %d, %d, %n
  bang.memcpy %d, %d, %n, %toNram
  // expected-warning@+1 {{__memcpy does nothing here: the memory core alone works between SRAM and DRAM, and it does not come here; move it into a branch of __is_mpu()}}
  bang.memcpy %d, %d, %n, %toSram
  llvm.br ^exit
^exit:
  bang.abs "f16" %d, %d, %n
  bang.memcpy %d, %d, %n, %toSram
  llvm.return
}

// -----

// After `if (__is_mpu()) return;`, in a loop; the direction may be a value of run time.
llvm.func @returned(%d: !llvm.ptr, %n: i32, %dir: i32, %more: i1) {
  %memory = llvm.mlir.constant(128 : i32) : i32
  %id = bang.sreg "coreId"
  %isNot = llvm.icmp "ne" %id, %memory : i32
  llvm.cond_br %isNot, ^loop, ^exit
^loop:
  llvm.br ^body
^body:
  // expected-warning@+1 {{__sramset does nothing here}}
  bang.sramset "b32" %d, %n, %n : i32
  bang.memcpy %d, %d, %n, %dir
  llvm.cond_br %more, ^body, ^exit
^exit:
  llvm.return
}

// -----

// Another number is an ordinary core.
llvm.func @first_core(%d: !llvm.ptr, %n: i32) {
  %first = llvm.mlir.constant(0 : i32) : i32
  %id = bang.sreg "coreId"
  %is = llvm.icmp "eq" %id, %first : i32
  llvm.cond_br %is, ^first, ^exit
^first:
  bang.abs "f16" %d, %d, %n
  llvm.br ^exit
^exit:
  llvm.return
}
