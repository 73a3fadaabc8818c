// RUN: not %bang-tblgen --gen-isa-table -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
// CHECK: error: operand 'x' of 'ODD' has the unknown direction 'sideways': expected read, write, readwrite, value or result
def ODD : Insn<7, "odd", NoTypes, [Opnd<"x", "sideways">], Compute, "add", "no such direction">;
