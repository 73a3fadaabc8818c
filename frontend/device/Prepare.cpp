// Prepare.cpp: what LLVM does to a device module before MLIR sees it.
//
// Later stages reason about loops and about where pointers point to, across calls. So device functions are inlined and
// variables turned into values here, as far as the optimisation level allows; loops arrive in canonical form.
#include "codegen/emit/OnChip.h"
#include "frontend/device/DevicePass.h"

#include "llvm/Analysis/CGSCCPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Transforms/IPO/AlwaysInliner.h"
#include "llvm/Transforms/IPO/GlobalDCE.h"
#include "llvm/Transforms/IPO/ModuleInliner.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/LoopPassManager.h"
#include "llvm/Transforms/Scalar/SROA.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include "llvm/Transforms/Utils/LCSSA.h"
#include "llvm/Transforms/Utils/LoopSimplify.h"

using namespace llvm;

namespace bang {

// The device link has been, or is not needed: nothing but entries has to be visible. Variables keep their names: the
// host asks for their addresses.
static void internalize(Module &module) {
  for (Function &function : module)
    if (function.getName().starts_with("__bang_entry."))
      function.setLinkage(GlobalValue::ExternalLinkage);
  for (Function &function : module)
    if (!function.isDeclaration() && !function.getName().starts_with("__bang_entry.")) {
      function.setLinkage(GlobalValue::InternalLinkage);
      function.setVisibility(GlobalValue::DefaultVisibility);
      function.setComdat(nullptr);
    }
  for (GlobalVariable &variable : module.globals()) {
    if (variable.isDeclaration() || variable.hasAppendingLinkage())
      continue;
    variable.setComdat(nullptr);
    if (dlp::onChipSpace(variable))
      variable.setLinkage(GlobalValue::InternalLinkage);
    if (variable.hasLinkOnceLinkage() || variable.hasWeakLinkage())
      variable.setLinkage(variable.isConstant() ? GlobalValue::InternalLinkage : GlobalValue::ExternalLinkage);
  }
}

void prepareDeviceModule(Module &module, unsigned optLevel) {
  internalize(module);

  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager components;
  ModuleAnalysisManager modules;
  PassBuilder builder;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);

  ModulePassManager pipeline;
  pipeline.addPass(AlwaysInlinerPass());
  if (optLevel > 0) {
    FunctionPassManager early;
    early.addPass(SROAPass(SROAOptions::ModifyCFG));
    early.addPass(EarlyCSEPass());
    early.addPass(SimplifyCFGPass());
    pipeline.addPass(createModuleToFunctionPassAdaptor(std::move(early)));
    pipeline.addPass(ModuleInlinerPass(getInlineParams(optLevel, /*SizeOptLevel=*/0)));
    FunctionPassManager late;
    late.addPass(SROAPass(SROAOptions::ModifyCFG));
    late.addPass(InstCombinePass());
    late.addPass(SimplifyCFGPass());
    late.addPass(LoopSimplifyPass());
    pipeline.addPass(createModuleToFunctionPassAdaptor(std::move(late)));
  }
  pipeline.addPass(GlobalDCEPass());
  pipeline.run(module, modules);
}

} // namespace bang
