// Raise.h: the parts of --raise-bang.
#ifndef OPENBANG_MLIRDIALECTS_CONVERSION_LLVMTOBANG_RAISE_H
#define OPENBANG_MLIRDIALECTS_CONVERSION_LLVMTOBANG_RAISE_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace bang {

// Each replaces its operation and fails after having reported a mistake of the user.
mlir::LogicalResult raiseCall(mlir::LLVM::CallOp call);
mlir::LogicalResult raiseInlineAsm(mlir::LLVM::InlineAsmOp assembly);

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_CONVERSION_LLVMTOBANG_RAISE_H
