// Passes.td: all passes of the middle end.
include "mlir/Pass/PassBase.td"

def RaiseBang : Pass<"raise-bang", "::mlir::ModuleOp"> {
  let summary = "turn calls of builtins and BANG inline assembly into bang operations";
  let dependentDialects = ["::bang::ops::BangDialect"];
}

def InferSpaces : Pass<"bang-infer-spaces", "::mlir::ModuleOp"> {
  let summary = "find the memory space of every operand and refuse operands in the wrong one";
}

def CheckRules : Pass<"bang-check-rules", "::mlir::ModuleOp"> {
  let summary = "check counts, alignment and array bounds that are known at compile time";
}

def BangToDlp : Pass<"bang-to-dlp", "::mlir::ModuleOp"> {
  let summary = "choose the instructions of every bang operation";
  let dependentDialects = ["::dlp::ops::DlpDialect"];
}

def DlpToLLVM : Pass<"dlp-to-llvm", "::mlir::ModuleOp"> {
  let summary = "turn instructions into calls of functions named after them";
}
