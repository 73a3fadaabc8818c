// Collect.cpp: __bang_collect and __bang_select are `vcollect`, whose number of elements goes nowhere or to a header.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

using namespace mlir;

namespace bang {

constexpr int kSelectHeaderBytes = 128; // before the elements that __bang_select packs

static LogicalResult lowerCollect(Lowering &lowering) {
  lowering.emit("vcollect", typesOf(lowering.op));
  return success();
}

static LogicalResult lowerSelect(Lowering &lowering) {
  OpBuilder &builder = lowering.builder;
  Value header = operandNamed(lowering.op, *lowering.row, "dst");
  Value elements = LLVM::GEPOp::create(builder, lowering.loc, header.getType(), builder.getI8Type(), header,
                                       ArrayRef<LLVM::GEPArg>{kSelectHeaderBytes});
  Operation *insn = lowering.emit("vcollect", typesOf(lowering.op), {{"dst", elements}});
  Value count = LLVM::TruncOp::create(builder, lowering.loc, builder.getI32Type(), insn->getResult(0));
  LLVM::StoreOp::create(builder, lowering.loc, count, header);
  return success();
}

void addCollectLowerings(LoweringMap &map) {
  map["bang.collect"] = lowerCollect;
  map["bang.select"] = lowerSelect;
}

} // namespace bang
