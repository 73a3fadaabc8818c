// LaunchSymbols.cpp: from the names Clang gives to launch code to the names of our runtime.
//
//   Clang's CUDA host code                    the same in our objects
//   module constructor, registers the image   __bang_module_ctor -> __bangRegisterFatBinary, __bangRegisterFunction ...
//   stub of a kernel, packs the arguments     symbol of the kernel's own name -> __bangLaunchKernel
//   wrapper and blob of the image             sections .bang_fatbin_segment, .bang_fatbin
//
// A stub has its kernel's name, so that C++ compiled by any other compiler can launch an `extern "C"` kernel by
// address.
#include "frontend/host/HostPass.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace bang {

namespace {

struct Name {
  StringRef clang, ours;
};

constexpr Name kSymbols[] = {
    {"__cudaRegisterFatBinary", "__bangRegisterFatBinary"},
    {"__cudaRegisterFatBinaryEnd", "__bangRegisterFatBinaryEnd"},
    {"__cudaUnregisterFatBinary", "__bangUnregisterFatBinary"},
    {"__cudaRegisterFunction", "__bangRegisterFunction"},
    {"__cudaRegisterVar", "__bangRegisterVar"},
    {"__cudaPushCallConfiguration", "__bangPushCallConfiguration"},
    {"__cudaPopCallConfiguration", "__bangPopCallConfiguration"},
    {"cudaLaunchKernel", "__bangLaunchKernel"},
    {"__cuda_fatbin_wrapper", "__bang_fatbin_wrapper"},
    {"__cuda_gpubin_handle", "__bang_gpubin_handle"},
    {"__cuda_module_ctor", "__bang_module_ctor"},
    {"__cuda_module_dtor", "__bang_module_dtor"},
    {"__cuda_register_globals", "__bang_register_globals"},
};

constexpr Name kSections[] = {
    {".nv_fatbin", ".bang_fatbin"},
    {".nvFatBinSegment", ".bang_fatbin_segment"},
};

constexpr StringLiteral kStubMark = "__device_stub__";

void renameTo(GlobalValue &value, StringRef name) {
  // Host code may have declared the function by its new name already.
  if (GlobalValue *existing = value.getParent()->getNamedValue(name); existing && existing != &value) {
    if (existing->isDeclaration()) {
      existing->replaceAllUsesWith(&value);
      existing->eraseFromParent();
    } else if (value.isDeclaration()) {
      value.replaceAllUsesWith(existing);
      value.eraseFromParent();
      return;
    }
  }
  value.setName(name);
}

} // namespace

std::string kernelOfStub(StringRef stub) {
  size_t mark = stub.find(kStubMark);
  if (mark == StringRef::npos)
    return {};
  StringRef rest = stub.substr(mark + kStubMark.size());
  if (mark == 0 || !isDigit(stub[mark - 1]))
    return (stub.take_front(mark) + rest).str();

  // In a mangled name the length of the source name stands before it: 18__device_stub__foo -> 3foo. The name before may
  // end in digits, too; only the right split means the same function.
  std::string meaning = demangle(stub);
  size_t where = meaning.find(kStubMark);
  if (where == std::string::npos)
    return {};
  meaning.erase(where, kStubMark.size());
  for (size_t digits = mark; digits > 0 && isDigit(stub[digits - 1]);) {
    --digits;
    unsigned length = 0;
    if (stub.slice(digits, mark).getAsInteger(10, length) || length <= kStubMark.size())
      continue;
    std::string kernel = (stub.take_front(digits) + Twine(length - kStubMark.size()) + rest).str();
    if (demangle(kernel) == meaning)
      return kernel;
  }
  return {};
}

// Replaces the name an internal kernel is registered with.
static void registerByUnit(Module &module, StringRef unitId) {
  Function *registration = module.getFunction("__bangRegisterFunction");
  if (!registration)
    return;
  for (User *user : registration->users()) {
    auto *call = dyn_cast<CallInst>(user);
    auto *stub = call ? dyn_cast<Function>(call->getArgOperand(1)->stripPointerCasts()) : nullptr;
    auto *text = call ? dyn_cast<GlobalVariable>(call->getArgOperand(3)->stripPointerCasts()) : nullptr;
    auto *name = text && text->hasInitializer() ? dyn_cast<ConstantDataArray>(text->getInitializer()) : nullptr;
    if (!stub || !stub->hasLocalLinkage() || !name)
      continue;
    Constant *longer =
        ConstantDataArray::getString(module.getContext(), internalKernelName(name->getAsCString(), unitId));
    auto *variable = new GlobalVariable(module, longer->getType(), /*isConstant=*/true, GlobalValue::PrivateLinkage,
                                        longer, text->getName());
    call->setArgOperand(3, variable);
  }
}

void renameLaunchSymbols(Module &module, StringRef unitId) {
  for (const Name &name : kSymbols)
    if (GlobalValue *value = module.getNamedValue(name.clang))
      renameTo(*value, name.ours);

  for (GlobalVariable &variable : module.globals())
    for (const Name &name : kSections)
      if (variable.getSection() == name.clang)
        variable.setSection(name.ours);

  SmallVector<Function *> stubs;
  for (Function &function : module)
    if (function.getName().contains(kStubMark))
      stubs.push_back(&function);
  for (Function *stub : stubs) {
    std::string kernel = kernelOfStub(stub->getName());
    if (kernel.empty())
      continue;
    if (Comdat *comdat = stub->getComdat()) {
      Comdat *renamed = module.getOrInsertComdat(kernel);
      renamed->setSelectionKind(comdat->getSelectionKind());
      stub->setComdat(renamed);
    }
    if (DISubprogram *subprogram = stub->getSubprogram())
      subprogram->replaceLinkageName(MDString::get(module.getContext(), kernel));
    renameTo(*stub, kernel);
  }
  registerByUnit(module, unitId);
}

} // namespace bang
