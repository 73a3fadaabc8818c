// Reach.h: what each kernel of a module reaches.
#ifndef OPENBANG_CODEGEN_EMIT_REACH_H
#define OPENBANG_CODEGEN_EMIT_REACH_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SetVector.h"

namespace llvm {
class GlobalValue;
class Module;
} // namespace llvm

namespace dlp {

using ReachedSet = llvm::SetVector<llvm::GlobalValue *>;

// Functions and variables reached from `roots` through calls, operands and initialisers. A function whose address is
// taken in reached code counts as reached.
ReachedSet reachedFrom(llvm::ArrayRef<llvm::GlobalValue *> roots);

// Deletes the functions, on-chip objects and constants that neither a kernel nor a device variable reaches.
void dropUnreached(llvm::Module &module, llvm::ArrayRef<llvm::GlobalValue *> kernelEntries);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_REACH_H
