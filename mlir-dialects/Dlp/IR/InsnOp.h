// InsnOp.h: what operations that come from rows of the instruction table have in common.
//
// Operands are those of the row in its order, results left out.
#ifndef OPENBANG_MLIRDIALECTS_DLP_IR_INSNOP_H
#define OPENBANG_MLIRDIALECTS_DLP_IR_INSNOP_H

#include "codegen/isa/Insn.h"

#include "mlir/IR/OpDefinition.h"

namespace dlp {

// The row an operation comes from; nullptr for every other operation.
const InsnInfo *insnOf(mlir::Operation *op);

// "vadd.f16": the mnemonic of an operation with its types.
std::string fullMnemonic(mlir::Operation *op);

mlir::LogicalResult verifyInsnOp(mlir::Operation *op);

template <typename ConcreteType> class InsnOp : public mlir::OpTrait::TraitBase<ConcreteType, InsnOp> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return verifyInsnOp(op); }
};

} // namespace dlp

#endif // OPENBANG_MLIRDIALECTS_DLP_IR_INSNOP_H
