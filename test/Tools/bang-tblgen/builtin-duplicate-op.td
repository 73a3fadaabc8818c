// RUN: not %bang-tblgen --gen-builtin-table -I %source_root/lang/builtins %s 2>&1 | FileCheck %s
include "Vocab.td"
def OP_A : BangOperation<"same", Untyped, [], "one">;
// CHECK: error: operation 'same' is described twice
def OP_B : BangOperation<"same", Untyped, [], "two">;
