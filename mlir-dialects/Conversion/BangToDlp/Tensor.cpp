// Tensor.cpp: a convolution that goes on from partial results is one whose bias has the shape of the result.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

using namespace mlir;

namespace bang {

static LogicalResult lowerConvPartial(Lowering &lowering) {
  Value partial = operandNamed(lowering.op, *lowering.row, "partial");
  lowering.emit("tconv", typesOf(lowering.op), {{"bias", partial}, {"partial", lowering.constant(1)}});
  return success();
}

void addTensorLowerings(LoweringMap &map) { map["bang.conv_partial"] = lowerConvPartial; }

} // namespace bang
