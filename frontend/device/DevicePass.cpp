// DevicePass.cpp: Clang's code generation for the device, with entry wrappers added to what it generates.
#include "frontend/device/DevicePass.h"

#include "frontend/device/EntryWrappers.h"
#include "frontend/sema/MemorySpaces.h"
#include "frontend/sema/Rules.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/Attr.h"
#include "clang/AST/GlobalDecl.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/MultiplexConsumer.h"

#include "llvm/IR/Instructions.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

using namespace clang;

namespace bang {

namespace {

// Hears of each kernel definition; at the end hands an entry wrapper for each to the code generator, which comes after.
class KernelCollector : public ASTConsumer {
public:
  KernelCollector(CodeGenerator &generator, DeviceModule &result) : generator(generator), result(result) {}

  bool HandleTopLevelDecl(DeclGroupRef group) override {
    for (Decl *decl : group)
      forEachDefinition(
          decl,
          [&](FunctionDecl &function) {
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
      generator.HandleTopLevelDecl(DeclGroupRef(buildEntryWrapper(*kernel, result.kernels.back())));
    }
  }

private:
  CodeGenerator &generator;
  DeviceModule &result;
  llvm::SetVector<FunctionDecl *> kernels;
};

class DeviceAction : public ASTFrontendAction {
public:
  DeviceAction(llvm::LLVMContext &context, DeviceModule &result) : context(context), result(result) {}

protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &compiler, llvm::StringRef file) override {
    auto generation = CreateLLVMCodeGen(compiler, file, context);
    generator = generation.get();
    std::vector<std::unique_ptr<ASTConsumer>> consumers;
    consumers.push_back(createRuleChecker(compiler.getDiagnostics(), Side::Device));
    consumers.push_back(std::make_unique<KernelCollector>(*generator, result));
    consumers.push_back(std::move(generation));
    return std::make_unique<MultiplexConsumer>(std::move(consumers));
  }

  void EndSourceFileAction() override {
    if (!getCompilerInstance().getDiagnostics().hasErrorOccurred())
      result.module.reset(generator->ReleaseModule().release());
  }

private:
  llvm::LLVMContext &context;
  DeviceModule &result;
  CodeGenerator *generator = nullptr;
};

// Later stages know kernels by an attribute. A kernel stays a function of its own: what its parameters point to is known,
// and its source lines do not get lost in the wrapper.
void markKernel(llvm::Module &module, const dlp::KernelInfo &kernel) {
  llvm::Function *function = module.getFunction(kernel.mangledName);
  function->addFnAttr("bang-kernel");
  for (llvm::User *user : function->users())
    if (auto *call = llvm::dyn_cast<llvm::CallInst>(user))
      call->setIsNoInline();
}

}  // namespace

DeviceModule runDevicePass(const SourceJob &job, const Arguments &host, Messages &messages, llvm::LLVMContext &context,
                           Dependencies *dependencies) {
  DeviceModule result;
  Session session(job, Side::Device, host, messages);
  DeviceAction action(context, result);
  if (!session.run(action, dependencies))
    result.module.reset();
  if (!result.module)
    return result;
  placeAnnotatedGlobals(*result.module);
  for (const dlp::KernelInfo &kernel : result.kernels)
    markKernel(*result.module, kernel);
  return result;
}

bool runPreprocessor(const SourceJob &job, Side side, const Arguments &host, Messages &messages,
                     const std::string &outputPath, Dependencies *dependencies) {
  Session session(job, side, host, messages, {"-E", "-o", outputPath});
  PrintPreprocessedAction action;
  return session.run(action, dependencies);
}

}  // namespace bang
