// RaiseCall.cpp: `llvm.call @bang.<label>` becomes `bang.<op>`, through the label table.
//
// A label tells which parameter of its operation each argument is; the parameters it leaves out are zero.
#include "mlir-dialects/Conversion/LLVMToBang/Raise.h"

#include "mlir-dialects/Bang/IR/TableOp.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

namespace bang {

constexpr unsigned kMaxPrintfArgs = 16;

static bool isAddress(const ParamInfo &param) {
  return param.role == ParamRole::Read || param.role == ParamRole::Write || param.role == ParamRole::Text;
}

// The type of a value of element `name`: "f16", "u8", "b32". Raw bits are integers here.
static Type elementType(OpBuilder &builder, StringRef name) {
  if (name == "f16")
    return builder.getF16Type();
  if (name == "bf16")
    return builder.getBF16Type();
  if (name == "f32")
    return builder.getF32Type();
  unsigned bits = 32;
  name.drop_front().getAsInteger(10, bits);
  return builder.getIntegerType(bits);
}

// A parameter that a label leaves out: no address (no bias), or a number that is zero.
static Value createZero(OpBuilder &builder, Location loc, const ParamInfo &param, StringRef types) {
  if (param.role == ParamRole::Value && param.typeIndex >= 0) {
    SmallVector<StringRef> elements;
    types.split(elements, '.');
    Type type = elementType(builder, elements[param.typeIndex]);
    return LLVM::ConstantOp::create(builder, loc, type, builder.getZeroAttr(type));
  }
  if (isAddress(param))
    return LLVM::ZeroOp::create(builder, loc, LLVM::LLVMPointerType::get(builder.getContext()));
  return LLVM::ConstantOp::create(builder, loc, builder.getI32Type(), builder.getI32IntegerAttr(0));
}

static LogicalResult raisePrintf(LLVM::CallOp call) {
  OperandRange args = call.getArgOperands();
  if (args.size() - 1 > kMaxPrintfArgs)
    return call.emitError() << "__bang_printf has " << args.size() - 1 << " arguments after the format, but at most "
                            << kMaxPrintfArgs << " can be printed; split it into several calls";
  OpBuilder builder(call);
  OperationState state(call.getLoc(), "bang.printf", args, {builder.getI32Type()});
  Operation *op = builder.create(state);
  call->replaceAllUsesWith(op);
  call.erase();
  return success();
}

// A flag arrives as i1 or i8 where the operation has i32.
static Value widenToI32(OpBuilder &builder, Location loc, Value value) {
  auto type = dyn_cast<IntegerType>(value.getType());
  if (!type || type.getWidth() >= 32)
    return value;
  return LLVM::ZExtOp::create(builder, loc, builder.getI32Type(), value);
}

LogicalResult raiseCall(LLVM::CallOp call) {
  StringRef name = *call.getCallee();
  if (name == "bang.printf")
    return raisePrintf(call);
  const LabelInfo *label = findLabel(std::string_view(name.data(), name.size()));
  if (!label)
    return call.emitError() << "builtin '" << name.drop_front(strlen("bang.")) << "' is not implemented";
  const OpInfo &row = allOps()[label->op];
  OperandRange args = call.getArgOperands();
  if (args.size() != label->args.size())
    return call.emitError() << label->cname << " is called with " << args.size() << " arguments, but has "
                            << label->args.size() << " parameters";

  OpBuilder builder(call);
  Location loc = call.getLoc();
  SmallVector<Value> operands(row.params.size());
  for (auto [param, arg] : llvm::zip_equal(label->args, args))
    operands[param] = row.params[param].role == ParamRole::Value ? arg : widenToI32(builder, loc, arg);
  for (auto [param, operand] : llvm::zip_equal(row.params, operands))
    if (!operand)
      operand = createZero(builder, loc, param, label->types);

  OperationState state(loc, ("bang." + Twine(row.mnemonic)).str(), operands, call.getResultTypes());
  if (*label->types)
    state.addAttribute("types", builder.getStringAttr(label->types));
  Operation *op = builder.create(state);
  call->replaceAllUsesWith(op);
  call.erase();
  return success();
}

} // namespace bang
