// MemoryCore.cpp: kernels without work for the memory core of a union task end there at once.
//
// Published kernels read, change and write GDRAM with scalar code in union tasks and do not guard it: were the memory
// core to run them too, with the task id of its cluster's first core, elements would be changed twice. So chosen: it
// runs a kernel that reaches SRAM, a barrier it takes part in, or asks for the core's id.
#include "codegen/emit/Emit.h"
#include "codegen/emit/NamedCalls.h"
#include "codegen/emit/Reach.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace dlp {

constexpr uint64_t kMemoryCoreId = 0x80;
static const std::string kCoreId = std::string(kSpecialRegPrefix) + "coreId";

// The middle end reads special registers by inline assembly.
static bool readsCoreId(const Function &function) {
  const std::string number = "0x" + utohexstr(namedSpecialReg(kCoreId), /*LowerCase=*/true);
  return any_of(instructions(function), [&](const Instruction &inst) {
    const auto *call = dyn_cast<CallInst>(&inst);
    const auto *assembly = call ? dyn_cast<InlineAsm>(call->getCalledOperand()) : nullptr;
    return assembly && assembly->getAsmString().contains(number);
  });
}

static bool concernsMemoryCore(const GlobalValue &value) {
  if (const auto *variable = dyn_cast<GlobalVariable>(&value))
    return variable->getSection().contains("sram");
  StringRef name = value.getName();
  if (name == kCoreId ||
      (name.starts_with(kCallPrefix) && (name.contains("sram") || (name.contains("barrier") && !name.contains("ipu")))))
    return true;
  const auto *function = dyn_cast<Function>(&value);
  return function && readsCoreId(*function);
}

void restMemoryCore(Module &module, ArrayRef<KernelInfo> kernels) {
  LLVMContext &context = module.getContext();
  auto *number = Type::getInt64Ty(context);
  for (const KernelInfo &kernel : kernels) {
    Function *entry = module.getFunction(kernel.entryName);
    if (!entry || entry->isDeclaration() ||
        any_of(reachedFrom({entry}), [](GlobalValue *value) { return concernsMemoryCore(*value); }))
      continue;
    BasicBlock *work = &entry->getEntryBlock();
    auto *first = BasicBlock::Create(context, "", entry, work), *rest = BasicBlock::Create(context, "", entry);
    IRBuilder<> builder(first);
    builder.SetCurrentDebugLocation(work->back().getDebugLoc());
    Value *id = builder.CreateCall(module.getOrInsertFunction(kCoreId, FunctionType::get(number, false)));
    builder.CreateCondBr(builder.CreateICmpEQ(id, builder.getInt64(kMemoryCoreId)), rest, work);
    builder.SetInsertPoint(rest);
    builder.CreateCall(module.getOrInsertFunction("dlp.exit", FunctionType::get(builder.getVoidTy(), false)));
    builder.CreateUnreachable();
  }
}

} // namespace dlp
