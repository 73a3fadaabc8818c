// OpView.td: what a builtin row means to mlir-tblgen: one operation of the `bang` dialect.
//
// Operands are the parameters of the row, in its order and under its names: pointers are LLVM pointers, counts, sizes and
// flags are i32, values have the element type. `types` names the overload, as in labels ("f16", "f32.f16.rn").
include "mlir/IR/OpBase.td"
include "mlir/Dialect/LLVMIR/LLVMOpBase.td"
include "PlainView.td"

def Bang_Dialect : Dialect {
  let name = "bang";
  let cppNamespace = "::bang::ops";
  let summary = "the builtins of BANG C";
  let description = [{
    One operation per builtin of `lang/builtins`, before it is decided which instructions execute it. See
    RationaleBang.md.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

// The verifier is one function over the table: operand types against `types`.
def Bang_TableOp : NativeOpTrait<"TableOp"> {
  let cppNamespace = "::bang";
}

def Bang_Element : AnyTypeOf<[F16, BF16, F32, I8, I16, I32, I64], "element type of BANG">;

class Bang_OperandOf<Param p> {
  bit IsAddress = !or(!eq(p.Role, "read"), !eq(p.Role, "write"), !eq(p.Role, "text"));
  TypeConstraint R = !cond(IsAddress : LLVM_DefaultPointer, !eq(p.Role, "value") : Bang_Element, true : I32);
}

class Bang_RowOp<BangOperation row> : Op<Bang_Dialect, row.Mnemonic, [Bang_TableOp]> {
  defvar names = !foreach(p, row.Params, p.Name);
  defvar values = !foreach(p, !filter(q, row.Params, !eq(q.Role, "value")), "type($"#p.Name#")");
  // A row whose only overload is unnamed has no types.
  defvar untyped = !if(!eq(!size(row.Overloads), 1), !eq(!head(row.Overloads).Suffix, ""), false);
  defvar element = !eq(row.Result, "$T");
  defvar printed = !listconcat(values, !if(element, ["type($result)"], []<string>));

  let summary = row.Summary;
  let description = !interleave(!listconcat([row.Details, row.Note], !foreach(r, row.Rules, r.Text)), "\n\n");
  let arguments = !con(!if(untyped, (ins), (ins StrAttr:$types)),
                       !dag(ins, !foreach(p, row.Params, Bang_OperandOf<p>.R), names));
  let results = !cond(!eq(row.Result, "void") : (outs), element : (outs Bang_Element:$result), true : (outs I32:$result));
  let assemblyFormat = !if(untyped, "", "$types ")#!interleave(!foreach(n, names, "$"#n), " `,` ")#" attr-dict"#
                       !if(!empty(printed), "", " `:` "#!interleave(printed, " `,` "));
}

foreach row = !instances<BangOperation>() in
  def Bang_#!cast<string>(row) : Bang_RowOp<row>;
