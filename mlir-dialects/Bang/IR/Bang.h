// Bang.h: the `bang` dialect with its operation classes. Passes over table operations need only TableOp.h.
#ifndef OPENBANG_MLIRDIALECTS_BANG_IR_BANG_H
#define OPENBANG_MLIRDIALECTS_BANG_IR_BANG_H

#include "mlir-dialects/Bang/IR/BangDialect.h"
#include "mlir-dialects/Bang/IR/TableOp.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#define GET_OP_CLASSES
#include "mlir-dialects/Bang/IR/BangOps.h.inc"

#endif // OPENBANG_MLIRDIALECTS_BANG_IR_BANG_H
