// RUN: not %bang-tblgen --gen-isa-handlers -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
// CHECK: [[#@LINE+1]]:5: error: instruction 'MUTE' has no summary: say in one line what it does
def MUTE : Insn<7, "mute", NoTypes, [], Sync, "sync", " ">;
