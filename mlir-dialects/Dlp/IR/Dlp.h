// Dlp.h: the `dlp` dialect with its operation classes. Passes over instructions need only InsnOp.h.
#ifndef OPENBANG_MLIRDIALECTS_DLP_IR_DLP_H
#define OPENBANG_MLIRDIALECTS_DLP_IR_DLP_H

#include "mlir-dialects/Dlp/IR/DlpDialect.h"
#include "mlir-dialects/Dlp/IR/InsnOp.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#define GET_OP_CLASSES
#include "mlir-dialects/Dlp/IR/DlpOps.h.inc"

#endif // OPENBANG_MLIRDIALECTS_DLP_IR_DLP_H
