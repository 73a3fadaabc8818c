// BangDialect.h: the `bang` dialect without its operation classes.
#ifndef OPENBANG_MLIRDIALECTS_BANG_IR_BANGDIALECT_H
#define OPENBANG_MLIRDIALECTS_BANG_IR_BANGDIALECT_H

#include "mlir/IR/Dialect.h"

#include "mlir-dialects/Bang/IR/BangDialect.h.inc"

namespace bang {

// Attributes the middle end puts on the module, on functions and on operations; exportModule removes them.
inline constexpr llvm::StringLiteral kArchAttr = "bang.arch";          // module: name of the arch
inline constexpr llvm::StringLiteral kFlagsAttr = "bang.module_flags"; // module: LLVM's module flags
inline constexpr llvm::StringLiteral kLayoutAttr = "bang.data_layout"; // module: LLVM's data layout
inline constexpr llvm::StringLiteral kKernelAttr = "bang.kernel";      // function: launched by the host
inline constexpr llvm::StringLiteral kIndirectAttr = "bang.indirect";  // argument: address of an argument in memory
inline constexpr llvm::StringLiteral kSpacesAttr = "bang.spaces";      // operation: spaces of its operands

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_BANG_IR_BANGDIALECT_H
