// Messages name variables as the source does, and notes point at their declarations.
// RUN: not %bang-opt %s --bang-infer-spaces -split-input-file 2>&1 | FileCheck %s

#file = #llvm.di_file<"k.mlu" in "">
#unit = #llvm.di_compile_unit<id = distinct[0]<>, sourceLanguage = DW_LANG_C_plus_plus_14, file = #file, isOptimized = false, emissionKind = Full>
#half = #llvm.di_basic_type<tag = DW_TAG_base_type, name = "half", sizeInBits = 16, encoding = DW_ATE_float>
#var = #llvm.di_global_variable<scope = #unit, name = "tile", linkageName = "_ZL4tile", file = #file, line = 7, type = #half, isDefined = true>
#expr = #llvm.di_global_variable_expression<var = #var, expr = <>>
llvm.mlir.global internal @_ZL4tile() {section = ".sram", dbg_exprs = [#expr]} : !llvm.array<64 x f16>
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @global(%n: i32) {
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %s = llvm.mlir.addressof @_ZL4tile : !llvm.ptr
  // CHECK: error: parameter 'src' of __bang_abs must lie in NRAM, but 'tile' lies in SRAM; copy
  // CHECK: k.mlu:7:{{.*}}note: 'tile' is declared here
  bang.abs "f16" %a, %s, %n
  llvm.return
}

// -----

// A parameter at -O0, where it is stored to its variable, and at -O2, where it is the variable.
#file = #llvm.di_file<"k.mlu" in "">
#unit = #llvm.di_compile_unit<id = distinct[0]<>, sourceLanguage = DW_LANG_C_plus_plus_14, file = #file, isOptimized = false, emissionKind = Full>
#sub = #llvm.di_subprogram<id = distinct[1]<>, compileUnit = #unit, scope = #file, name = "k", file = #file, line = 1, subprogramFlags = Definition>
#half = #llvm.di_basic_type<tag = DW_TAG_base_type, name = "half", sizeInBits = 16, encoding = DW_ATE_float>
#x = #llvm.di_local_variable<scope = #sub, name = "x", file = #file, line = 3, arg = 1, type = #half>
#y = #llvm.di_local_variable<scope = #sub, name = "y", file = #file, line = 4, arg = 2, type = #half>
llvm.mlir.global internal @a() {section = ".nram"} : !llvm.array<64 x f16>
llvm.func @parameter(%p: !llvm.ptr, %q: !llvm.ptr, %n: i32) attributes {bang.kernel} {
  %one = llvm.mlir.constant(1 : i32) : i32
  %a = llvm.mlir.addressof @a : !llvm.ptr
  %var = llvm.alloca %one x !llvm.ptr : (i32) -> !llvm.ptr
  llvm.intr.dbg.declare #x = %var : !llvm.ptr
  llvm.intr.dbg.value #y = %q : !llvm.ptr
  llvm.store %p, %var : !llvm.ptr, !llvm.ptr
  %x = llvm.load %var : !llvm.ptr -> !llvm.ptr
  // CHECK: error: parameter 'lhs' of __bang_mul must lie in NRAM, but 'x' lies in GDRAM; copy
  // CHECK: k.mlu:3:{{.*}}note: 'x' is declared here
  bang.mul "f16" %a, %x, %a, %n
  %nram2nram = llvm.mlir.constant(8 : i32) : i32
  // CHECK: error: __memcpy direction NRAM2NRAM says the source is in NRAM, but 'y' is in GDRAM; use GDRAM2NRAM
  // CHECK: k.mlu:4:{{.*}}note: 'y' is declared here
  bang.memcpy %a, %q, %n, %nram2nram
  llvm.return
}
