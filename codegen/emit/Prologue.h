// Prologue.h: where a debugger stops when a kernel starts.
#ifndef OPENBANG_CODEGEN_EMIT_PROLOGUE_H
#define OPENBANG_CODEGEN_EMIT_PROLOGUE_H

#include "codegen/emit/Emit.h"

namespace dlp {

// Ends the prologue of each kernel with an instruction that does nothing. The simulator stops a starting kernel there:
// all parameters are stored, and a breakpoint on the first line is still ahead. For code that is not optimised.
void endPrologues(llvm::Module &module, llvm::ArrayRef<KernelInfo> kernels);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_PROLOGUE_H
