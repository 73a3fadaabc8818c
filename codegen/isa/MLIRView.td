// MLIRView.td: what an instruction row means to mlir-tblgen: one operation of the `dlp` dialect.
//
// Operands are those of the row, descriptor fields included: addresses are LLVM pointers, values are i64. `types` is the
// suffix of the mnemonic ("f16", "nram.gdram", "f32.i8.rd").
include "mlir/IR/OpBase.td"
include "mlir/Dialect/LLVMIR/LLVMOpBase.td"
include "PlainView.td"

def Dlp_Dialect : Dialect {
  let name = "dlp";
  let cppNamespace = "::dlp::ops";
  let summary = "the instructions of Xdlp";
  let description = [{
    One operation per instruction row of `codegen/isa`. See RationaleDlp.md.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

// The verifier is one function over the table: `types` must be a variant of the row.
def Dlp_InsnOp : NativeOpTrait<"InsnOp"> {
  let cppNamespace = "::dlp";
}

class Dlp_RowOp<Insn row> : Op<Dlp_Dialect, row.Mnemonic, [Dlp_InsnOp]> {
  defvar read = !filter(o, row.Operands, !ne(o.Kind, "result"));
  defvar written = !filter(o, row.Operands, !eq(o.Kind, "result"));
  defvar names = !foreach(o, read, o.Name);
  defvar untyped = !if(!eq(!size(row.Variants), 1), !eq(!head(row.Variants).E0.Name, ""), false);

  let summary = row.Summary;
  let description = "Executed by the "#row.Engine.Name#" pipe, latency class `"#row.Latency#"`.";
  let arguments = !con(!if(untyped, (ins), (ins StrAttr:$types)),
                       !dag(ins, !foreach(o, read, !if(!eq(o.Space, ""), I64, LLVM_DefaultPointer)), names));
  let results = !if(!empty(written), (outs), (outs I64:$result));
  let assemblyFormat = !if(untyped, "", "$types ")#!interleave(!foreach(n, names, "$"#n), " `,` ")#" attr-dict";
}

foreach row = !instances<Insn>() in
  def Dlp_#!cast<string>(row) : Dlp_RowOp<row>;
