// RUN: not %bang-tblgen --gen-builtin-table -I %source_root/lang/builtins %s 2>&1 | FileCheck %s
include "Vocab.td"
// CHECK: [[#@LINE+1]]:5: error: operation 'mute' has no summary: say in one line what it does
def OP_MUTE : BangOperation<"mute", Untyped, [], "">;
