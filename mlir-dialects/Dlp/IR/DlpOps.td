// DlpOps.td: the operations of the `dlp` dialect: those of the rows, and the read of a special register.
include "codegen/isa/MLIRView.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Dlp_Csr : Op<Dlp_Dialect, "csr", [Pure]> {
  let summary = "value of a special register";
  let description = [{
    A RISC-V `csrr`. The registers of `SpecialRegs.td` do not change while a task runs, so reading one has no effect.
  }];
  let arguments = (ins StrAttr:$name);
  let results = (outs I64:$value);
  let assemblyFormat = "$name attr-dict";
  let hasVerifier = 1;
}
