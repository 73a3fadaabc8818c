// RUN: not %bang-tblgen --gen-isa-table -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
def FIRST : Insn<7, "same", NoTypes, [], Sync, "sync", "one">;
// CHECK: [[#@LINE+1]]:5: error: mnemonic 'same' of 'SECOND' is already that of 'FIRST'
def SECOND : Insn<8, "same", NoTypes, [], Sync, "sync", "two">;
