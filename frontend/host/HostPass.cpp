// HostPass.cpp: Clang's host code generation, our names, Clang's back end.
#include "frontend/host/HostPass.h"

#include "frontend/sema/MemorySpaces.h"
#include "frontend/sema/PrecompiledHeader.h"
#include "frontend/sema/Rules.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/CodeGen/BackendUtil.h"
#include "clang/CodeGen/CodeGenAction.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/MultiplexConsumer.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace bang {

namespace {

class HostAction : public EmitLLVMOnlyAction {
public:
  explicit HostAction(llvm::LLVMContext &context) : EmitLLVMOnlyAction(&context) {}

protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &compiler, llvm::StringRef file) override {
    std::vector<std::unique_ptr<ASTConsumer>> consumers;
    consumers.push_back(createRuleChecker(compiler.getDiagnostics(), Side::Host));
    consumers.push_back(EmitLLVMOnlyAction::CreateASTConsumer(compiler, file));
    return std::make_unique<MultiplexConsumer>(std::move(consumers));
  }
};

BackendAction backendAction(HostOutput kind) {
  switch (kind) {
  case HostOutput::Nothing:
    return Backend_EmitNothing;
  case HostOutput::Object:
    return Backend_EmitObj;
  case HostOutput::Assembly:
    return Backend_EmitAssembly;
  case HostOutput::LLVMText:
    return Backend_EmitLL;
  case HostOutput::Bitcode:
    return Backend_EmitBC;
  }
  return Backend_EmitObj;
}

} // namespace

bool runHostPass(const SourceJob &job, const Arguments &host, const DeviceHalf &device, HostOutput kind,
                 std::unique_ptr<llvm::raw_pwrite_stream> output, Messages &messages, Dependencies *dependencies) {
  Arguments args = withPrecompiledHeader(job, sideArguments(host, job, Side::Host));
  if (!device.fatBinaryPath.empty())
    args.insert(args.end() - 1, {"-fcuda-include-gpubinary", device.fatBinaryPath});
  Session session(job, args, messages);

  llvm::LLVMContext context;
  HostAction action(context);
  // The names must change before any pass looks at them, so the action stops at unoptimised IR.
  clang::CompilerInstance *compiler = session.hasCompiler() ? &session.compiler() : nullptr;
  if (!compiler)
    return false;
  CodeGenOptions &options = compiler->getCodeGenOpts();
  bool disablePasses = options.DisableLLVMPasses;
  options.DisableLLVMPasses = true;
  if (!session.run(action, dependencies))
    return false;
  std::unique_ptr<llvm::Module> module = action.takeModule();
  if (!module)
    return false;

  if (kind == HostOutput::Nothing)
    return true;
  dropOnChipShadows(*module);
  renameLaunchSymbols(*module, job.unitId);
  if (!addLinkRecords(*module, job, device, messages))
    return false;
  options.DisableLLVMPasses = disablePasses;
  emitBackendOutput(*compiler, options, compiler->getTarget().getDataLayoutString(), module.get(), backendAction(kind),
                    compiler->getVirtualFileSystemPtr(), std::move(output));
  return !compiler->getDiagnostics().hasErrorOccurred();
}

} // namespace bang
