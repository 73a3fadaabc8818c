// EntrySlots.h: one array of 64-bit words per function, for descriptors and arguments that instructions read from
// memory.
//
// An instruction reads its words when it issues, so all instructions of a function share one array: the stack is NRAM,
// and every byte of it is missing elsewhere.
#ifndef OPENBANG_MLIRDIALECTS_CONVERSION_ENTRYSLOTS_H
#define OPENBANG_MLIRDIALECTS_CONVERSION_ENTRYSLOTS_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"

#include "llvm/ADT/DenseMap.h"

namespace bang {

class EntrySlots {
public:
  // Stores i64 words before the insertion point of the builder and returns their address.
  mlir::Value store(mlir::OpBuilder &builder, mlir::Location loc, mlir::ValueRange words);

private:
  mlir::LLVM::AllocaOp slots(mlir::Operation *function, unsigned count);

  llvm::DenseMap<mlir::Operation *, mlir::LLVM::AllocaOp> arrays;
};

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_CONVERSION_ENTRYSLOTS_H
