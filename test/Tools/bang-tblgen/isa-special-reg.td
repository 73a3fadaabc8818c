// RUN: not %bang-tblgen --gen-isa-special-regs -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
def SR_A : SpecialReg<"a", 0xcc0, "one">;
// CHECK: error: special register 'b' has the number of 'a'
def SR_B : SpecialReg<"b", 0xcc0, "two">;
