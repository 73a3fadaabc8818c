// Debug.cpp: printing. Arguments travel as 64-bit words on the stack: integers extended, floating point as double.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

using namespace mlir;

namespace bang {

// C has promoted integers to int, and int and unsigned int both travel sign-extended in RISC-V registers; the format
// tells the host how many bits count. A bool that was not promoted is 0 or 1.
static Value toWord(Lowering &lowering, Value arg) {
  OpBuilder &builder = lowering.builder;
  Type type = arg.getType();
  if (isa<LLVM::LLVMPointerType>(type))
    return LLVM::PtrToIntOp::create(builder, lowering.loc, builder.getI64Type(), arg);
  if (auto floating = dyn_cast<FloatType>(type)) {
    // No instruction widens bfloat to double in one step.
    if (floating.getWidth() < 32)
      arg = LLVM::FPExtOp::create(builder, lowering.loc, builder.getF32Type(), arg);
    if (floating.getWidth() < 64)
      arg = LLVM::FPExtOp::create(builder, lowering.loc, builder.getF64Type(), arg);
    return lowering.toRegister(arg, /*isSigned=*/false);
  }
  return lowering.toRegister(arg, /*isSigned=*/!type.isInteger(1));
}

static LogicalResult lowerPrintf(Lowering &lowering) {
  SmallVector<Value> words;
  for (auto [i, arg] : llvm::enumerate(lowering.op->getOperands().drop_front())) {
    auto integer = dyn_cast<IntegerType>(arg.getType());
    bool printable = isa<LLVM::LLVMPointerType>(arg.getType()) || (integer && integer.getWidth() <= 64) ||
                     (isa<FloatType>(arg.getType()) && arg.getType().getIntOrFloatBitWidth() <= 64);
    if (!printable)
      return lowering.op->emitError()
             << "argument " << i + 1
             << " of __bang_printf after the format is neither a number of up to 64 bits nor a "
                "pointer; print its parts";
    words.push_back(toWord(lowering, arg));
  }
  Value format = lowering.op->getOperand(0);
  Value count = lowering.constant(words.size());
  Operation *print;
  if (words.empty()) {
    print = lowering.emit("print", "", {{"format", format}, {"n", count}});
  } else {
    Value args = lowering.slots.store(lowering.builder, lowering.loc, words);
    print = lowering.emit("print", "", {{"format", format}, {"args", args}, {"n", count}});
  }
  lowering.replaceResult(print->getResult(0));
  return success();
}

void addDebugLowerings(LoweringMap &map) { map["bang.printf"] = lowerPrintf; }

} // namespace bang
