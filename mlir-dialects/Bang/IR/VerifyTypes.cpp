// VerifyTypes.cpp: the verifier of table operations: `types` is an overload of the row, and values have its types.
//
// Rules about counts and buffers are not checked here: they depend on control flow and are mistakes of the user, not of
// a pass (--bang-check-rules).
#include "mlir-dialects/Bang/IR/TableOp.h"

#include "mlir/IR/Operation.h"

using namespace mlir;

namespace bang {

// "f16" is half, "u8" an i8, "b16" anything of 16 bits.
static bool hasElementType(Type type, StringRef element) {
  if (element == "f16")
    return type.isF16();
  if (element == "bf16")
    return type.isBF16();
  if (element == "f32")
    return type.isF32();
  unsigned bits = 0;
  if (element.size() < 2 || element.drop_front().getAsInteger(10, bits))
    return false;
  bool raw = element.front() == 'b';
  return type.isInteger(bits) || (raw && type.isFloat() && type.getIntOrFloatBitWidth() == bits);
}

static LogicalResult verifyElement(Operation *op, Type type, StringRef what, StringRef element) {
  if (hasElementType(type, element))
    return success();
  return op->emitOpError() << what << " has type " << type << ", but its overload says " << element;
}

LogicalResult verifyTableOp(Operation *op) {
  const OpInfo *row = rowOf(op);
  if (!row)
    return op->emitOpError() << "is not in the builtin table";
  const LabelInfo *overload = overloadOf(op, *row);
  // Operations that only inline assembly reaches have no C name, hence no overloads; --bang-to-dlp finds their types.
  bool hasName = StringRef(row->cname) != row->mnemonic;
  if (!overload && (hasName || typesOf(op).empty()))
    return typesOf(op).empty() ? success() : op->emitOpError() << "has no overload '" << typesOf(op) << "'";

  SmallVector<StringRef> elements;
  typesOf(op).split(elements, '.');
  for (auto [param, operand] : llvm::zip_equal(row->params, op->getOperands()))
    if (param.role == ParamRole::Value && param.typeIndex >= 0)
      if (failed(verifyElement(op, operand.getType(), param.name, elements[param.typeIndex])))
        return failure();
  if (row->result == ResultKind::Element)
    return verifyElement(op, op->getResult(0).getType(), "result", elements.front());
  return success();
}

} // namespace bang
