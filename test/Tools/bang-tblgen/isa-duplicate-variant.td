// RUN: not %bang-tblgen --gen-isa-table -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
// CHECK: error: instruction 'TWICE' lists the types 'f32' twice
def TWICE : Insn<7, "twice", [Variant<E_F32>, Variant<E_F32>], [], Sync, "sync", "one type two times">;
