// A row gives the declaration, the label, the table entry, the reference section and the matrix line.
// RUN: %bang-tblgen --gen-builtin-header -I %source_root/lang/builtins %s | FileCheck %s --check-prefix=HEADER
// RUN: %bang-tblgen --gen-builtin-table -I %source_root/lang/builtins %s | FileCheck %s --check-prefix=TABLE
// RUN: %bang-tblgen --gen-builtin-reference -I %source_root/lang/builtins %s | FileCheck %s --check-prefix=PAGE
// RUN: %bang-tblgen --gen-builtin-matrix -I %source_root/lang/builtins %s | FileCheck %s --check-prefix=MATRIX
// RUN: %bang-tblgen --gen-builtin-json -I %source_root/lang/builtins %s | %python -m json.tool --compact \
// RUN:   | FileCheck %s --check-prefix=JSON
include "Vocab.td"
def OP_TOY : BangOperation<"toy", Each<[E_F16]>.R, [Dst<"dst">, Value<"value">, Count<"n">, Count<"seg">], "a toy"> {
  let Insn = "vtoy";
  let Rules = [R_Multiple<"n", "seg">];
  let Basis = "chosen";
  let Note = "for the test";
}
def BI_TOY : Builtin<"__bang_toy", OP_TOY, [Dst<"dst">, Count<"n">], "short">;
// HEADER: BANG_BUILTIN(void, __bang_toy)(half * dst, unsigned int n) __asm__("bang.toy.short.f16");
// TABLE: {RuleKind::Multiple, 2, 3, -1, -1, 1, 0, false, "n is a multiple of seg"}
// TABLE: {"toy", "vtoy", ResultKind::None, kParams_0, kRules_0, "__bang_toy", "a toy", Fidelity::Chosen, "for the test", 0, 0}
// TABLE: kArgs_0[] = {0, 2};
// TABLE: {"bang.toy.short.f16", "__bang_toy", 0, "f16", kArgs_0, {16, 0, 0}}
// PAGE: ## `toy`
// PAGE: void __bang_toy($T * dst, unsigned int n);
// PAGE: Types: half.
// PAGE: - Source: chosen; for the test.
// JSON: {"operations":[{"name":"toy","family":"builtin-generate","summary":"a toy"
// JSON-SAME: "status":"chosen","ulps":0,"instruction":"vtoy","archs":"all","result":"void","params":[{"name":"dst","ctype":"$T *","role":"write",
// JSON-SAME: "rules":[{"kind":"multiple","a":"n","b":"seg","low":1,"number":0,"text":"n is a multiple of seg","archs":"all"}]}],
// JSON-SAME: "builtins":[{"name":"__bang_toy","operation":"toy","family":"builtin-generate","form":"short"
// JSON-SAME: "overloads":[{"label":"bang.toy.short.f16","suffix":"f16","types":[{"name":"f16","ctype":"half","bits":16}]}]}],"functions":[]}
// MATRIX: __bang_toy{{.*}}toy{{.*}}f16{{.*}}bang.toy.short.f16
