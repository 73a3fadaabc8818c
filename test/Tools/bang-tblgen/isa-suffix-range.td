// RUN: not %bang-tblgen --gen-isa-table -I %source_root/codegen/isa %s 2>&1 | FileCheck %s
include "PlainClasses.td"
def WIDE : DlpSuffix<"wide", 32>;
// CHECK: error: E0 32 of 'ODD' does not fit: expected 0 to 31
def ODD : Insn<7, "odd", [Variant<WIDE>], [], Sync, "sync", "a suffix beyond its field">;
