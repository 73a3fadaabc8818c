// RUN: not %bang-tblgen --gen-builtin-reference -I %source_root/lang/builtins %s 2>&1 | FileCheck %s
include "Vocab.td"
// CHECK: error: operation 'a' has the basis 'rumour': expected documented, inferred or chosen
def OP_A : BangOperation<"a", Untyped, [], "one"> { let Basis = "rumour"; }
