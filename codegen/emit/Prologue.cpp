// Prologue.cpp: the last instruction before a kernel's first line.
#include "codegen/emit/Prologue.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace dlp {

void endPrologues(Module &module, ArrayRef<KernelInfo> kernels) {
  auto *type = FunctionType::get(Type::getVoidTy(module.getContext()), false);
  for (const KernelInfo &kernel : kernels) {
    Function *function = module.getFunction(kernel.mangledName);
    if (!function || function->isDeclaration() || !function->getSubprogram())
      continue;
    // Parameters are stored by instructions without a line.
    auto first = find_if(function->getEntryBlock(), [](const Instruction &inst) { return bool(inst.getDebugLoc()); });
    if (first == function->getEntryBlock().end())
      continue;
    IRBuilder<> builder(&*first);
    builder.SetCurrentDebugLocation(DebugLoc());
    builder.CreateCall(InlineAsm::get(type, "nop", "", /*hasSideEffects=*/true));
  }
}

} // namespace dlp
