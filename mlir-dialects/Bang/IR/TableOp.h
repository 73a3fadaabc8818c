// TableOp.h: what operations that come from rows of the builtin table have in common.
//
// Passes treat these operations alike: operand i is parameter i of the row. They need no generated operation classes,
// so only BangDialect.cpp includes those.
#ifndef OPENBANG_MLIRDIALECTS_BANG_IR_TABLEOP_H
#define OPENBANG_MLIRDIALECTS_BANG_IR_TABLEOP_H

#include "lang/builtins/BuiltinTable.h"

#include "mlir/IR/OpDefinition.h"

#include <optional>

namespace bang {

// The row an operation comes from; nullptr for every other operation.
const OpInfo *rowOf(mlir::Operation *op);

// The overload an operation names by its `types`; nullptr when the row has none of this name.
const LabelInfo *overloadOf(mlir::Operation *op, const OpInfo &row);

// The `types` of an operation: "f16", "f32.f16.rn", "" when its row has no typed overloads.
llvm::StringRef typesOf(mlir::Operation *op);

std::optional<unsigned> findParam(const OpInfo &row, llvm::StringRef name);

// The operand of a parameter; a null value when the row has no such parameter.
mlir::Value operandNamed(mlir::Operation *op, const OpInfo &row, llvm::StringRef name);

// "__bang_add": how messages call the operation.
llvm::StringRef nameOf(mlir::Operation *op, const OpInfo &row);

mlir::LogicalResult verifyTableOp(mlir::Operation *op);

template <typename ConcreteType> class TableOp : public mlir::OpTrait::TraitBase<ConcreteType, TableOp> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyTableOp(op); }
};

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_BANG_IR_TABLEOP_H
