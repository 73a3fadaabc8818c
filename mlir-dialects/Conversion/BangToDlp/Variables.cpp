// Variables.cpp: builtin variables are special registers of the same name.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

using namespace mlir;

namespace bang {

static LogicalResult lowerVariable(Lowering &lowering) {
  OperationState state(lowering.loc, "dlp.csr", {}, {lowering.builder.getI64Type()});
  state.addAttribute("name", lowering.op->getAttr("name"));
  lowering.replaceResult(lowering.builder.create(state)->getResult(0));
  return success();
}

void addVariableLowerings(LoweringMap &map) { map["bang.sreg"] = lowerVariable; }

} // namespace bang
