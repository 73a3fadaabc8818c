// RUN: not %bang-tblgen --gen-builtin-table -I %source_root/lang/builtins %s 2>&1 | FileCheck %s
include "Vocab.td"
// CHECK: error: parameter 'dst' of 'OP_A' is an address without a memory space
def OP_A : BangOperation<"a", Untyped, [Param<"dst", "void *", "write">], "one">;
// CHECK: error: parameter 'x' of 'OP_B' has the unknown role 'guess'
def OP_B : BangOperation<"b", Untyped, [Param<"x", "int", "guess">], "two">;
// CHECK: error: 'OP_C' has two parameters named 'n'
def OP_C : BangOperation<"c", Untyped, [Count<"n">, Count<"n">], "three">;
