// LowerNamedCalls.h: the last IR pass; `call @dlp.vadd.f16(...)` becomes inline assembly.
#ifndef OPENBANG_CODEGEN_EMIT_LOWERNAMEDCALLS_H
#define OPENBANG_CODEGEN_EMIT_LOWERNAMEDCALLS_H

#include "codegen/emit/Emit.h"

#include "llvm/IR/PassManager.h"

namespace dlp {

// For pass pipelines; errors go to the context's diagnostic handler. lowerNamedCalls() returns them instead.
struct LowerNamedCallsPass : llvm::PassInfoMixin<LowerNamedCallsPass> {
  llvm::PreservedAnalyses run(llvm::Module &module, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

// Adds the assembler macro of an instruction, and the register symbols, to the module's assembly unless it has them.
void addPreludeMacro(llvm::Module &module, llvm::StringRef fullMnemonic);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_LOWERNAMEDCALLS_H
