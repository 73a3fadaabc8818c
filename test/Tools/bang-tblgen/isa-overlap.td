// RUN: not %bang-tblgen --gen-isa-table -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
def FIRST : Insn<7, "first", NoTypes, [], Sync, "sync", "one">;
// CHECK: [[#@LINE+1]]:5: error: encoding of 'SECOND' overlaps 'FIRST': both have opcode 0x7
def SECOND : Insn<7, "second", NoTypes, [], Sync, "sync", "two">;
// CHECK: note: the other row is here
