// MemoryCore.cpp: kernels without work for the memory core of a union task end there at once.
//
// Published kernels read, change and write GDRAM with scalar code in union tasks and do not guard it: were the memory
// core to run them too, with the task id of its cluster's first core, elements would be changed twice. So chosen: it
// runs a kernel that reaches SRAM, a barrier it takes part in, or asks for the core's id.
#include "codegen/emit/MemoryCore.h"
#include "codegen/emit/Emit.h"
#include "codegen/emit/Reach.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace dlp {

bool readsCoreId(const CallInst &call) {
  if (const Function *callee = call.getCalledFunction())
    return callee->getName() == kCoreId;
  static const std::string number = "0x" + utohexstr(namedSpecialReg(kCoreId), /*LowerCase=*/true);
  const auto *assembly = dyn_cast<InlineAsm>(call.getCalledOperand());
  return assembly && assembly->getAsmString().contains(number);
}

static bool readsCoreId(const Function &function) {
  return any_of(instructions(function), [](const Instruction &inst) {
    const auto *call = dyn_cast<CallInst>(&inst);
    return call && readsCoreId(*call);
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
  SmallVector<GlobalValue *> running;
  for (const KernelInfo &kernel : kernels) {
    Function *entry = module.getFunction(kernel.entryName);
    if (!entry || entry->isDeclaration())
      continue;
    if (any_of(reachedFrom({entry}), [](GlobalValue *value) { return concernsMemoryCore(*value); })) {
      running.push_back(entry);
      continue;
    }
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
  if (!running.empty())
    dropStoresOfMemoryCore(module, running);
}

} // namespace dlp
