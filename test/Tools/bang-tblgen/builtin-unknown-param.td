// RUN: not %bang-tblgen --gen-builtin-table -I %source_root/lang/builtins %s 2>&1 | FileCheck %s
include "Vocab.td"
def OP_A : BangOperation<"a", Untyped, [Count<"n">], "one">;
// CHECK: error: parameter 'k' of '__bang_x' is not one of operation 'a'
def BI_A : Builtin<"__bang_x", OP_A, [UInt<"k">]>;
