// MemoryCore.h: what the emitter decides about the memory core of a union task.
#ifndef OPENBANG_CODEGEN_EMIT_MEMORYCORE_H
#define OPENBANG_CODEGEN_EMIT_MEMORYCORE_H

#include "codegen/emit/NamedCalls.h"

#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace llvm {
class CallInst;
class GlobalValue;
class Module;
} // namespace llvm

namespace dlp {

inline constexpr uint64_t kMemoryCoreId = 0x80;
inline const std::string kCoreId = std::string(kSpecialRegPrefix) + "coreId";

// True for a read of the core's id, as a named call or as the inline assembly of the middle end.
bool readsCoreId(const llvm::CallInst &call);

// MemoryCoreStores.cpp: for kernels that the memory core runs.
void dropStoresOfMemoryCore(llvm::Module &module, llvm::ArrayRef<llvm::GlobalValue *> entries);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_MEMORYCORE_H
