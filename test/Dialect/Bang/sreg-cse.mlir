// Reads of a builtin variable have no effect: equal ones are merged, unused ones disappear.
// RUN: %bang-opt %s --cse | FileCheck %s

// CHECK-LABEL: @merge
llvm.func @merge() -> i32 {
  // CHECK-COUNT-1: bang.sreg "coreId"
  // CHECK-NOT: bang.sreg
  %a = bang.sreg "coreId"
  %b = bang.sreg "coreId"
  %unused = bang.sreg "taskId"
  %sum = llvm.add %a, %b : i32
  llvm.return %sum : i32
}
