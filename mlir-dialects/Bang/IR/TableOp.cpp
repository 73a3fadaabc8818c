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

// "add f16" -> its label. Several C names may share an overload; the row's own name is preferred.
static llvm::StringMap<const LabelInfo *> indexOverloads() {
  llvm::StringMap<const LabelInfo *> index;
  for (const LabelInfo &label : allLabels()) {
    const OpInfo &row = allOps()[label.op];
    const LabelInfo *&entry = index[(Twine(row.mnemonic) + " " + label.types).str()];
    if (!entry || StringRef(label.cname) == row.cname)
      entry = &label;
  }
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

StringRef nameOf(Operation *op, const OpInfo &row) {
  const LabelInfo *overload = overloadOf(op, row);
  return overload ? overload->cname : row.cname;
}

} // namespace bang
