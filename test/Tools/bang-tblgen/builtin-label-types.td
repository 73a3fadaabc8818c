// A label becomes one function: it cannot take a float here and an int there.
// RUN: not %bang-tblgen --gen-builtin-table -I %source_root/lang/builtins %s 2>&1 | FileCheck %s
include "Vocab.td"
def OP_A : BangOperation<"a", EachRaw<[E_F32, E_I32]>.R, [Dst<"dst">, Value<"v">], "one">;
// CHECK: error: label 'bang.a.b32' of '__bang_x' passes int by value and float elsewhere: name the type in its label
def BI_A : Builtin<"__bang_x", OP_A>;
def OP_B : BangOperation<"b", EachRawValue<[E_F32, E_I32, E_I8, E_I8C]>.R, [Dst<"dst">, Value<"v">], "two">;
// CHECK-NOT: __bang_y
def BI_B : Builtin<"__bang_y", OP_B>;
