// A row gives the handler list, the operand struct, the table, the assembler macro and the manual.
// RUN: %bang-tblgen --gen-isa-handlers -I %source_root/codegen/isa %s | FileCheck %s --check-prefix=HANDLER
// RUN: %bang-tblgen --gen-isa-operands -I %source_root/codegen/isa %s | FileCheck %s --check-prefix=OPS
// RUN: %bang-tblgen --gen-isa-table -I %source_root/codegen/isa %s | FileCheck %s --check-prefix=TABLE
// RUN: %bang-tblgen --gen-isa-prelude -I %source_root/codegen/isa %s | FileCheck %s --check-prefix=PRELUDE
// RUN: %bang-tblgen --gen-isa-manual -I %source_root/codegen/isa %s | FileCheck %s --check-prefix=MANUAL
include "PlainClasses.td"
class Target;
class TargetAlias;
def VTOY_VS : Insn<9, "vtoy.vs", Types<[E_F16]>.R, [Wr<"dst">, Val<"n">, Fld<"k">], Compute, "add", "toy">;
// HANDLER: DLP_HANDLER(VTOY_VS, VtoyVs)
// OPS: struct VtoyVsOps { uint64_t dst, n, k; };
// TABLE: {"dst", OperandKind::Write, 2, false}
// TABLE: {"k", OperandKind::Value, 0, true}
// TABLE: {"VTOY_VS", "vtoy.vs", 9, Engine::Compute, "add", "toy", kOperands_VTOY_VS, kVariants_VTOY_VS, kVariantNames_VTOY_VS, 3, 1, false}
// PRELUDE: .macro vtoy.vs.f16 r0,r1,r2
// PRELUDE-NEXT: .insn 8, 0x4024000000003f|(.Ldlp_\r0<<7)|(.Ldlp_\r1<<12)|(.Ldlp_\r2<<17)
// MANUAL: ## `vtoy.vs`
// MANUAL: | e1 | e0 | mode | 0x9 | 0 | 0 | 0 | 0 | desc | n | dst | 0111111 |
// MANUAL: Suffixes: `.f16`
