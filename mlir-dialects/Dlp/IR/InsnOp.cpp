// InsnOp.cpp: the instruction table as seen from operations.
#include "mlir-dialects/Dlp/IR/InsnOp.h"

#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;

namespace dlp {

static std::string_view view(StringRef text) { return {text.data(), text.size()}; }

const InsnInfo *insnOf(Operation *op) {
  StringRef mnemonic = op->getName().getStringRef();
  if (!mnemonic.consume_front("dlp."))
    return nullptr;
  std::optional<InsnId> id = findRow(view(mnemonic));
  return id ? &insnInfo(*id) : nullptr;
}

std::string fullMnemonic(Operation *op) {
  StringRef mnemonic = op->getName().stripDialect();
  auto types = op->getAttrOfType<StringAttr>("types");
  return types ? (mnemonic + "." + types.getValue()).str() : mnemonic.str();
}

LogicalResult verifyInsnOp(Operation *op) {
  if (!insnOf(op))
    return op->emitOpError() << "is not in the instruction table";
  std::string mnemonic = fullMnemonic(op);
  if (!findInsn(mnemonic))
    return op->emitOpError() << "there is no instruction '" << mnemonic << "'";
  return success();
}

} // namespace dlp
