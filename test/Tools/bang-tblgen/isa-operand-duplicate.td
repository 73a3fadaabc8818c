// RUN: not %bang-tblgen --gen-isa-table -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
// CHECK-DAG: error: instruction 'TWINS' has two operands named 'n'
def TWINS : Insn<7, "twins", NoTypes, [Val<"n">, Val<"n">], Compute, "add", "one name two times">;
// CHECK-DAG: error: result 'r' of 'LATE' must be the first operand
def LATE : Insn<8, "late", NoTypes, [Val<"n">, Result<"r">], Compute, "add", "the result comes first">;
