// RUN: not %bang-tblgen --gen-isa-table -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
// CHECK: error: instruction 'LONG' needs 8 registers, a word has 7: move values to the descriptor with Fld
def LONG : Insn<7, "long", NoTypes, [Val<"a">, Val<"b">, Val<"c">, Val<"d">, Val<"e">, Val<"f">, Val<"g">, Val<"h">],
                Compute, "add", "one operand too many">;
