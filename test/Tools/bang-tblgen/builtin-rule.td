// RUN: not %bang-tblgen --gen-builtin-table -I %source_root/lang/builtins %s 2>&1 | FileCheck %s
include "Vocab.td"
// CHECK: error: rule 'n is a multiple of k' of 'a' names a parameter that does not exist
def OP_A : BangOperation<"a", Untyped, [Count<"n">], "one"> { let Rules = [R_Multiple<"n", "k">]; }
