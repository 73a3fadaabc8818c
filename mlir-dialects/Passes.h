// Passes.h: the passes of the middle end, see Passes.td.
#ifndef OPENBANG_MLIRDIALECTS_PASSES_H
#define OPENBANG_MLIRDIALECTS_PASSES_H

#include "mlir-dialects/Bang/IR/BangDialect.h"
#include "mlir-dialects/Dlp/IR/DlpDialect.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace bang {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "mlir-dialects/Passes.h.inc"
} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_PASSES_H
