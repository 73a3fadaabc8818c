// Pipeline.cpp: registration, and the passes of each stage.
#include "mlir-dialects/Pipeline.h"

#include "mlir-dialects/Passes.h"

#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMIRToLLVMTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace bang {

void registerAllDialects(DialectRegistry &registry) {
  registry.insert<LLVM::LLVMDialect, DLTIDialect, ops::BangDialect, dlp::ops::DlpDialect>();
  registerLLVMDialectImport(registry);
  registerLLVMDialectTranslation(registry);
  registerBuiltinDialectTranslation(registry);
}

void registerAllPasses() {
  registerBangPasses();
  registerTransformsPasses(); // canonicalize, cse
}

void buildBangPipeline(OpPassManager &pm, const PipelineOptions &options) {
  pm.addPass(createRaiseBang());
  pm.addPass(createInferSpaces());
  pm.addPass(createCheckRules());
}

void buildDlpPipeline(OpPassManager &pm, const PipelineOptions &options) { pm.addPass(createBangToDlp()); }

void buildLLVMPipeline(OpPassManager &pm, const PipelineOptions &options) { pm.addPass(createDlpToLLVM()); }

} // namespace bang
