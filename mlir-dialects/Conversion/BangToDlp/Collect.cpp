// Collect.cpp: results of vector instructions that go elsewhere: __bang_collect and __bang_select are `vcollect`, whose
// number of elements goes nowhere or to a header; legacy counts are stored.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

#include "llvm/ADT/StringSwitch.h"

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

// The legacy forms of __bang_count and its like, which store their number.
static LogicalResult lowerStored(Lowering &lowering) {
  StringRef insn = llvm::StringSwitch<StringRef>(lowering.row->mnemonic)
                       .Case("count_to", "vcount")
                       .Case("findfirst1_to", "vfirst")
                       .Default("vlast");
  OpBuilder &builder = lowering.builder;
  Value number = lowering.emit(insn, typesOf(lowering.op))->getResult(0);
  Value word = LLVM::TruncOp::create(builder, lowering.loc, builder.getI32Type(), number);
  LLVM::StoreOp::create(builder, lowering.loc, word, operandNamed(lowering.op, *lowering.row, "dst"));
  return success();
}

void addCollectLowerings(LoweringMap &map) {
  for (const char *name : {"bang.count_to", "bang.findfirst1_to", "bang.findlast1_to"})
    map[name] = lowerStored;
  map["bang.collect"] = lowerCollect;
  map["bang.select"] = lowerSelect;
}

} // namespace bang
