// EntrySlots.cpp: the array lies in the entry block, where LLVM expects static allocations.
#include "mlir-dialects/Conversion/EntrySlots.h"

using namespace mlir;

namespace bang {

LLVM::AllocaOp EntrySlots::slots(Operation *function, unsigned count) {
  LLVM::AllocaOp &array = arrays[function];
  if (array) {
    auto type = cast<LLVM::LLVMArrayType>(array.getElemType());
    if (type.getNumElements() < count)
      array.setElemType(LLVM::LLVMArrayType::get(type.getElementType(), count));
    return array;
  }
  auto builder = OpBuilder::atBlockBegin(&function->getRegion(0).front());
  // An allocation belongs to no line; a line of the middle of the function would make debuggers jump there on entry.
  Location none = UnknownLoc::get(builder.getContext());
  Value one = LLVM::ConstantOp::create(builder, none, builder.getI32Type(), builder.getI32IntegerAttr(1));
  array = LLVM::AllocaOp::create(builder, none, LLVM::LLVMPointerType::get(builder.getContext()),
                                 LLVM::LLVMArrayType::get(builder.getI64Type(), count), one, /*alignment=*/8);
  return array;
}

Value EntrySlots::store(OpBuilder &builder, Location loc, ValueRange words) {
  Operation *function = builder.getInsertionBlock()->getParentOp();
  Value base = slots(function, words.size());
  for (auto [i, word] : llvm::enumerate(words)) {
    Value address = base;
    if (i)
      address = LLVM::GEPOp::create(builder, loc, base.getType(), builder.getI64Type(), base,
                                    ArrayRef<LLVM::GEPArg>{LLVM::GEPArg(i)});
    LLVM::StoreOp::create(builder, loc, word, address);
  }
  return base;
}

} // namespace bang
