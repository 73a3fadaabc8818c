// RUN: not %bang-tblgen --gen-builtin-header -I %source_root/lang/builtins %s 2>&1 | FileCheck %s
include "Vocab.td"
def OP_A : BangOperation<"a", Untyped, [Count<"n">], "one">;
def OP_B : BangOperation<"b", Untyped, [Count<"n">], "two">;
def BI_A : Builtin<"__bang_x", OP_A>;
// CHECK: error: builtin '__bang_x' is declared twice with the same parameters
def BI_B : Builtin<"__bang_x", OP_B>;
