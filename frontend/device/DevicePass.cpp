// DevicePass.cpp: Clang's code generation for the device, with entry wrappers added to what it generates.
#include "frontend/device/DevicePass.h"

#include "frontend/device/EntryWrappers.h"
#include "frontend/sema/MemorySpaces.h"
#include "frontend/sema/PrecompiledHeader.h"
#include "frontend/sema/Rules.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/Attr.h"
#include "clang/AST/GlobalDecl.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/MultiplexConsumer.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

using namespace clang;

namespace bang {

namespace {

// Hears of each kernel definition; at the end hands an entry wrapper for each to the code generator, which comes after.
class KernelCollector : public ASTConsumer {
public:
  KernelCollector(CodeGenerator &generator, DeviceModule &result, llvm::StringSet<> &internal)
      : generator(generator), result(result), internal(internal) {}

  bool HandleTopLevelDecl(DeclGroupRef group) override {
    for (Decl *decl : group)
      forEachDefinition(
          decl,
          [&](FunctionDecl &function) {
            allowImplicit(function);
            // `extern template` promises that another file has the kernel.
            if (isKernel(function) && !function.isInvalidDecl() &&
                function.getTemplateSpecializationKind() != TSK_ExplicitInstantiationDeclaration)
              kernels.insert(&function);
          },
          [&](VarDecl &variable) {
            if (variable.hasAttr<CUDADeviceAttr>() && memoryQualifier(variable).empty() &&
                variable.isThisDeclarationADefinition())
              result.hasVariables = true;
          });
    return true;
  }

  void HandleTranslationUnit(ASTContext &context) override {
    if (context.getDiagnostics().hasErrorOccurred())
      return;
    for (FunctionDecl *kernel : kernels) {
      result.kernels.push_back(describeKernel(*kernel, generator.GetMangledName(GlobalDecl(kernel))));
      if (!kernel->isExternallyVisible())
        internal.insert(result.kernels.back().mangledName);
      generator.HandleTopLevelDecl(DeclGroupRef(buildEntryWrapper(*kernel, result.kernels.back())));
    }
  }

private:
  // Functions that are for both sides without saying so (constexpr functions, templates) are generated when something
  // generated calls them. Clang asks for a record of device calls as well, which it does not keep for functions that
  // come out of a precompiled header.
  static void allowImplicit(FunctionDecl &function) {
    const auto *host = function.getAttr<CUDAHostAttr>();
    const auto *device = function.getAttr<CUDADeviceAttr>();
    if (host && host->isImplicit() && device && device->isImplicit() &&
        function.getTemplateSpecializationKind() != TSK_ExplicitInstantiationDefinition)
      function.getASTContext().CUDAImplicitHostDeviceFunUsedByDevice.insert(&function);
  }

  CodeGenerator &generator;
  DeviceModule &result;
  llvm::StringSet<> &internal; // names of kernels that only their file can launch
  llvm::SetVector<FunctionDecl *> kernels;
};

class DeviceAction : public ASTFrontendAction {
public:
  DeviceAction(llvm::LLVMContext &context, DeviceModule &result) : context(context), result(result) {}

  llvm::StringSet<> internalKernels;

protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &compiler, llvm::StringRef file) override {
    auto generation = CreateLLVMCodeGen(compiler, file, context);
    generator = generation.get();
    std::vector<std::unique_ptr<ASTConsumer>> consumers;
    consumers.push_back(createRuleChecker(compiler.getDiagnostics(), Side::Device));
    consumers.push_back(std::make_unique<KernelCollector>(*generator, result, internalKernels));
    consumers.push_back(std::move(generation));
    return std::make_unique<MultiplexConsumer>(std::move(consumers));
  }

  void EndSourceFileAction() override {
    if (getCompilerInstance().getDiagnostics().hasErrorOccurred())
      return;
    leaveUnfilled(*generator->GetModule());
    markForeign(*generator->GetModule());
    result.module.reset(generator->ReleaseModule().release());
  }

private:
  // C++ says a static object without an initialiser is zero. On-chip memory keeps what was there; only what the source
  // initialises, with zeros too, is loaded before a task.
  void leaveUnfilled(llvm::Module &module) {
    for (llvm::GlobalVariable &global : module.globals()) {
      const auto *variable = llvm::dyn_cast_or_null<VarDecl>(generator->GetDeclForMangledName(global.getName()));
      if (variable && global.hasInitializer() && !memoryQualifier(*variable).empty() && !isInitialised(*variable))
        global.setInitializer(llvm::UndefValue::get(global.getValueType()));
    }
  }

  // What another file defines gets a mark, since builtins, functions of the runtime library and what Clang makes up
  // for classes are declared, too. Variables lie in the memory of their declaration.
  void markForeign(llvm::Module &module) {
    for (llvm::GlobalVariable &global : module.globals())
      if (global.isDeclaration())
        if (const auto *variable = llvm::dyn_cast_or_null<VarDecl>(generator->GetDeclForMangledName(global.getName()));
            variable && variable->hasAttr<CUDADeviceAttr>() && !variable->hasAttr<AsmLabelAttr>()) {
          placeDeclaration(global, *variable);
          global.addAttribute("bang-extern");
        }
    const SourceManager &sources = getCompilerInstance().getSourceManager();
    for (llvm::Function &function : module) {
      if (!function.isDeclaration() || function.isIntrinsic())
        continue;
      const auto *decl = llvm::dyn_cast_or_null<FunctionDecl>(generator->GetDeclForMangledName(function.getName()));
      if (decl && !decl->isImplicit() && isDeviceFunction(*decl) && !decl->hasAttr<AsmLabelAttr>() &&
          decl->getBuiltinID() == 0 && !sources.isInSystemHeader(sources.getExpansionLoc(decl->getLocation())))
        function.addFnAttr("bang-extern");
    }
  }

  static bool isInitialised(const VarDecl &variable) {
    const Expr *init = variable.getAnyInitializer();
    const auto *construct = llvm::dyn_cast_or_null<CXXConstructExpr>(init);
    return init && !(construct && construct->getConstructor()->isDefaultConstructor() &&
                     construct->getConstructor()->isTrivial() && !construct->requiresZeroInitialization());
  }

  llvm::LLVMContext &context;
  DeviceModule &result;
  CodeGenerator *generator = nullptr;
};

// Internal kernels of equal names from several files may meet in one image, so their names, which are the keys of
// launches, get the unit's (frontend/host/LaunchSymbols.cpp does the same). A template's kernel is the same in all
// files.
void nameKernel(llvm::Module &module, dlp::KernelInfo &kernel, bool isInternal, llvm::StringRef unitId) {
  llvm::Function *function = module.getFunction(kernel.mangledName);
  llvm::Function *entry = module.getFunction(kernel.entryName);
  if (!isInternal) {
    entry->setLinkage(function->getLinkage());
    return;
  }
  kernel.mangledName = internalKernelName(kernel.mangledName, unitId);
  kernel.entryName = "__bang_entry." + kernel.mangledName;
  function->setComdat(nullptr); // it has the old name
  function->setName(kernel.mangledName);
  entry->setName(kernel.entryName);
}

// Later stages know kernels by an attribute. A kernel stays a function of its own: what its parameters point to is
// known, and its source lines do not get lost in the wrapper.
void markKernel(llvm::Module &module, const dlp::KernelInfo &kernel) {
  llvm::Function *function = module.getFunction(kernel.mangledName);
  function->addFnAttr("bang-kernel");
  for (llvm::User *user : function->users())
    if (auto *call = llvm::dyn_cast<llvm::CallInst>(user))
      call->setIsNoInline();
}

} // namespace

DeviceModule runDevicePass(const SourceJob &job, const Arguments &host, Messages &messages, llvm::LLVMContext &context,
                           Dependencies *dependencies) {
  DeviceModule result;
  Session session(job, withPrecompiledHeader(job, sideArguments(host, job, Side::Device)), messages);
  DeviceAction action(context, result);
  if (!session.run(action, dependencies))
    result.module.reset();
  if (!result.module)
    return result;
  placeAnnotatedGlobals(*result.module);
  for (dlp::KernelInfo &kernel : result.kernels) {
    nameKernel(*result.module, kernel, action.internalKernels.contains(kernel.mangledName), job.unitId);
    markKernel(*result.module, kernel);
  }
  return result;
}

bool runPreprocessor(const SourceJob &job, Side side, const Arguments &host, Messages &messages,
                     const std::string &outputPath, Dependencies *dependencies) {
  Arguments args = sideArguments(host, job, side);
  args.insert(args.end() - 1, {"-E", "-o", outputPath});
  Session session(job, args, messages);
  PrintPreprocessedAction action;
  return session.run(action, dependencies);
}

} // namespace bang
