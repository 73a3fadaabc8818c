// EntryWrapper.cpp: the function a core starts at: a0 holds the parameter block, nothing to return to.
#include "codegen/emit/Emit.h"

#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace dlp {

static std::string printed(const Type *type) {
  std::string text;
  raw_string_ostream os(text);
  type->print(os);
  return text;
}

Error addEntryWrapper(Module &module, KernelInfo &kernel) {
  Function *function = module.getFunction(kernel.mangledName);
  if (!function || function->isDeclaration())
    return makeError(kernel.location, "the module defines no kernel '" + kernel.mangledName + "'");
  if (!function->getReturnType()->isVoidTy())
    return makeError(kernel.location, "kernel '" + kernel.mangledName + "' returns " +
                                          printed(function->getReturnType()) + ": a kernel returns void");
  if (kernel.displayName.empty())
    kernel.displayName = demangle(kernel.mangledName);

  LLVMContext &context = module.getContext();
  const DataLayout &layout = module.getDataLayout();
  auto *type = FunctionType::get(Type::getVoidTy(context), PointerType::getUnqual(context), false);
  auto *wrapper = Function::Create(type, GlobalValue::ExternalLinkage, "__dlp_entry." + kernel.mangledName, module);
  wrapper->setDoesNotThrow();
  IRBuilder<> builder(BasicBlock::Create(context, "entry", wrapper));
  SmallVector<Value *> args;
  kernel.params.clear();
  uint64_t offset = 0;
  for (Argument &arg : function->args()) {
    Type *argType = arg.getType();
    if (!argType->isPointerTy() && !argType->isIntegerTy() && !argType->isFloatingPointTy())
      return makeError(kernel.location, "parameter " + std::to_string(arg.getArgNo() + 1) + " of kernel '" +
                                            kernel.mangledName + "' has type " + printed(argType) +
                                            ": only numbers and pointers can be passed this way");
    Align align = layout.getABITypeAlign(argType);
    uint64_t size = layout.getTypeAllocSize(argType);
    offset = alignTo(offset, align);
    Value *address = builder.CreateConstInBoundsGEP1_64(builder.getInt8Ty(), wrapper->getArg(0), offset);
    args.push_back(builder.CreateAlignedLoad(argType, address, align, arg.getName()));
    kernel.params.push_back({arg.getName().str(), printed(argType), uint32_t(offset), uint32_t(size),
                             uint32_t(align.value()), argType->isPointerTy()});
    offset += size;
  }
  CallInst *call = builder.CreateCall(function, args);
  call->setCallingConv(function->getCallingConv());
  call->setAttributes(function->getAttributes());
  // The wrapper has no source lines: inlined into it, the kernel would lose its own.
  call->setIsNoInline();
  builder.CreateCall(module.getOrInsertFunction("dlp.exit", FunctionType::get(builder.getVoidTy(), false)));
  builder.CreateUnreachable();
  kernel.entryName = wrapper->getName().str();
  kernel.paramBytes = uint32_t(offset);
  return Error::success();
}

} // namespace dlp
