// Raise.h: the parts of --raise-bang.
#ifndef OPENBANG_MLIRDIALECTS_CONVERSION_LLVMTOBANG_RAISE_H
#define OPENBANG_MLIRDIALECTS_CONVERSION_LLVMTOBANG_RAISE_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace bang {

// Each replaces its operation and fails after having reported a mistake of the user.
mlir::LogicalResult raiseCall(mlir::LLVM::CallOp call);
mlir::LogicalResult raiseInlineAsm(mlir::LLVM::InlineAsmOp assembly);

// One instruction of an assembly text: `barrier.sync.local $0, 4`.
struct AsmStatement {
  llvm::StringRef mnemonic;
  llvm::SmallVector<llvm::StringRef> operands;
};

// fuse.nram.<type> and div.scalar.nram.<type>. The builder stands in front of `assembly`.
bool isVectorArithAsm(llvm::StringRef mnemonic);
mlir::LogicalResult raiseVectorArithAsm(mlir::OpBuilder &builder, mlir::LLVM::InlineAsmOp assembly,
                                        const AsmStatement &statement);

// Scattered and hinted copies, bit searches, vector registers. A statement that gives a value is alone in its text;
// `result` receives the value.
bool isMemoryAsm(llvm::StringRef mnemonic);
mlir::LogicalResult raiseMemoryAsm(mlir::OpBuilder &builder, mlir::LLVM::InlineAsmOp assembly,
                                   const AsmStatement &statement, mlir::Value &result);

// The input that `$1` or `${1}` names; null when the text is something else. Outputs are counted first.
mlir::Value asmOperand(mlir::LLVM::InlineAsmOp assembly, llvm::StringRef text);

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_CONVERSION_LLVMTOBANG_RAISE_H
