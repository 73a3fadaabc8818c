// RUN: not %bang-tblgen --gen-isa-table -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
// CHECK: error: operand 'dst' of 'LOST' is an address without a memory space
def LOST : Insn<7, "lost", NoTypes, [Wr<"dst", "">], Compute, "add", "an address nowhere">;
