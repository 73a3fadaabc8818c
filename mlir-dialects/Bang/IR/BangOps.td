// BangOps.td: the operations of the `bang` dialect: those of the rows, and the two that are no rows.
include "lang/builtins/OpView.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Bang_Printf : Op<Bang_Dialect, "printf"> {
  let summary = "prints formatted text on the host";
  let description = [{
    `__bang_printf` and `printf`. Arguments have the types C passes to a variadic function. The result is what the device
    can know: the number of arguments printed, or -1.
  }];
  let arguments = (ins LLVM_DefaultPointer:$format, Variadic<LLVM_Type>:$args);
  let results = (outs I32:$written);
  let assemblyFormat = "$format (`,` $args^)? attr-dict (`:` type($args)^)?";
}

def Bang_Sreg : Op<Bang_Dialect, "sreg", [Pure]> {
  let summary = "value of a builtin variable";
  let description = [{
    `taskId`, `coreId`, ... do not change while a task runs, so reading one has no effect and equal reads may be merged.
  }];
  let arguments = (ins StrAttr:$name);
  let results = (outs I32:$value);
  let assemblyFormat = "$name attr-dict";
  let hasVerifier = 1;
}
