// RUN: not %bang-tblgen --gen-builtin-table -I %source_root/lang/builtins %s 2>&1 | FileCheck %s
include "Vocab.td"
def OP_A : BangOperation<"a", Untyped, [Count<"n">, UInt<"k">], "one">;
def BI_A : Builtin<"__bang_long", OP_A>;
// CHECK: error: label 'bang.a' of '__bang_short' is that of '__bang_long' with other parameters: give one of them a form
def BI_B : Builtin<"__bang_short", OP_A, [Count<"n">]>;
