// TableOp.cpp: the builtin table as seen from operations.
#include "mlir-dialects/Bang/IR/TableOp.h"

#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace bang {

static std::string_view view(StringRef text) { return {text.data(), text.size()}; }

const OpInfo *rowOf(Operation *op) {
  StringRef mnemonic = op->getName().getStringRef();
  if (!mnemonic.consume_front("bang."))
    return nullptr;
  return findOp(view(mnemonic));
}

StringRef typesOf(Operation *op) {
  auto types = op->getAttrOfType<StringAttr>("types");
  return types ? types.getValue() : StringRef();
}

// "add f16" -> its label. Several C names may share an overload; any of them serves.
static llvm::StringMap<const LabelInfo *> indexOverloads() {
  llvm::StringMap<const LabelInfo *> index;
  for (const LabelInfo &label : allLabels())
    index.try_emplace((Twine(allOps()[label.op].mnemonic) + " " + label.types).str(), &label);
  return index;
}

const LabelInfo *overloadOf(Operation *op, const OpInfo &row) {
  static const llvm::StringMap<const LabelInfo *> index = indexOverloads();
  return index.lookup((Twine(row.mnemonic) + " " + typesOf(op)).str());
}

std::optional<unsigned> findParam(const OpInfo &row, StringRef name) {
  for (unsigned i = 0; i < row.params.size(); ++i)
    if (name == row.params[i].name)
      return i;
  return std::nullopt;
}

Value operandNamed(Operation *op, const OpInfo &row, StringRef name) {
  std::optional<unsigned> index = findParam(row, name);
  return index ? op->getOperand(*index) : Value();
}

StringRef nameOf(const OpInfo &row) { return row.cname; }

}  // namespace bang
