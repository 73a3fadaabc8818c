// Lowering.cpp: operands by name, and values in registers.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

#include "mlir-dialects/Dlp/IR/InsnOp.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace bang {

Value Lowering::constant(uint64_t value) {
  return LLVM::ConstantOp::create(builder, loc, builder.getI64Type(), builder.getI64IntegerAttr(value));
}

Value Lowering::nullAddress() {
  return LLVM::ZeroOp::create(builder, loc, LLVM::LLVMPointerType::get(builder.getContext()));
}

std::optional<int64_t> Lowering::constantNamed(StringRef name) {
  APInt value;
  if (matchPattern(operandNamed(op, *row, name), m_ConstantInt(&value)))
    return value.getSExtValue();
  return std::nullopt;
}

// Constants are extended here: at -O0 nobody would fold them later, and they are what users look at in -emit-dlp.
Value Lowering::toRegister(Value value, bool isSigned) {
  Type type = value.getType();
  if (isa<LLVM::LLVMPointerType>(type))
    return value;
  APInt integer;
  if (matchPattern(value, m_ConstantInt(&integer)))
    return constant(isSigned ? integer.getSExtValue() : integer.getZExtValue());
  APFloat real(0.0);
  if (matchPattern(value, m_ConstantFloat(&real)))
    return constant(real.bitcastToAPInt().getZExtValue());
  if (auto floating = dyn_cast<FloatType>(type)) {
    value = LLVM::BitcastOp::create(builder, loc, builder.getIntegerType(floating.getWidth()), value);
    isSigned = false;
  }
  if (value.getType().isInteger(64))
    return value;
  if (isSigned)
    return LLVM::SExtOp::create(builder, loc, builder.getI64Type(), value);
  return LLVM::ZExtOp::create(builder, loc, builder.getI64Type(), value);
}

Operation *Lowering::emit(StringRef mnemonic, StringRef types, ArrayRef<Named> given) {
  std::optional<dlp::InsnId> id = dlp::findRow(std::string_view(mnemonic.data(), mnemonic.size()));
  assert(id && "a row or a pattern names an instruction that does not exist");
  const dlp::InsnInfo &insn = dlp::insnInfo(*id);

  OperationState state(loc, ("dlp." + mnemonic).str());
  for (const dlp::OperandInfo &info : insn.operands) {
    if (info.kind == dlp::OperandKind::Result) {
      state.addTypes(builder.getI64Type());
      continue;
    }
    auto named = llvm::find_if(given, [&](const Named &operand) { return operand.name == info.name; });
    std::optional<unsigned> param = row ? findParam(*row, info.name) : std::nullopt;
    if (named != given.end())
      state.addOperands(named->value);
    else if (param)
      state.addOperands(toRegister(op->getOperand(*param), row->params[*param].isSigned));
    else if (info.spaces)
      state.addOperands(nullAddress());
    else
      state.addOperands(constant(0));
  }
  if (!types.empty())
    state.addAttribute("types", builder.getStringAttr(types));
  return builder.create(state);
}

void Lowering::replaceResult(Value reg) {
  Type type = op->getResult(0).getType();
  Value value = LLVM::TruncOp::create(builder, loc, builder.getIntegerType(type.getIntOrFloatBitWidth()), reg);
  if (isa<FloatType>(type))
    value = LLVM::BitcastOp::create(builder, loc, type, value);
  op->getResult(0).replaceAllUsesWith(value);
}

LogicalResult lowerByTable(Lowering &lowering) {
  Operation *insn = lowering.emit(lowering.row->insn, typesOf(lowering.op));
  if (lowering.op->getNumResults())
    lowering.replaceResult(insn->getResult(0));
  return success();
}

} // namespace bang
