// RUN: not %bang-tblgen --gen-isa-operands -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
// CHECK-DAG: error: opcode 0 of 'ZERO' does not fit: expected 1 to 255
def ZERO : Insn<0, "zero", NoTypes, [], Sync, "sync", "opcode 0 is illegal">;
// CHECK-DAG: error: opcode 256 of 'BIG' does not fit: expected 1 to 255
def BIG : Insn<256, "big", NoTypes, [], Sync, "sync", "beyond the field">;
