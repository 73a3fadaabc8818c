// Optimize.cpp: LLVM's pipeline around named calls.
#include "codegen/emit/Emit.h"
#include "codegen/emit/OnChip.h"
#include "codegen/emit/TargetMachine.h"

#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/StandardInstrumentations.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

namespace dlp {

static Error verify(const Module &module, StringRef when) {
  std::string text;
  raw_string_ostream os(text);
  if (verifyModule(module, &os))
    return makeError("", ("the device module is not valid " + when + ": " + text).str());
  return Error::success();
}

// One ISA for all functions: the target machine's. Strings of the front end could name extensions nobody simulates.
static void adoptTarget(Module &module, TargetMachine &tm) {
  module.setTargetTriple(tm.getTargetTriple());
  module.setDataLayout(tm.createDataLayout());
  for (Function &function : module)
    for (StringRef kind : {"target-cpu", "target-features", "tune-cpu"})
      function.removeFnAttr(kind);
}

static OptimizationLevel pipelineLevel(unsigned optLevel) {
  switch (optLevel) {
  case 0:
    return OptimizationLevel::O0;
  case 1:
    return OptimizationLevel::O1;
  case 2:
    return OptimizationLevel::O2;
  default:
    return OptimizationLevel::O3;
  }
}

Error optimize(Module &module, TargetMachine &tm, const EmitOptions &options) {
  if (!module.getDataLayoutStr().empty() && !tm.isCompatibleDataLayout(module.getDataLayout()))
    return makeError("", "the module's data layout is not the one of riscv64 lp64d");
  adoptTarget(module, tm);
  setNamedCallAttributes(module);
  hideInitialContents(module);
  if (Error error = verify(module, "before optimisation"))
    return error;

  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager cgsccs;
  ModuleAnalysisManager modules;
  PassInstrumentationCallbacks callbacks;
  StandardInstrumentations instrumentations(module.getContext(), /*DebugLogging=*/false, options.verifyEach);
  instrumentations.registerCallbacks(callbacks, &modules);

  PipelineTuningOptions tuning;
  tuning.LoopVectorization = false; // the scalar core has no vector registers
  tuning.SLPVectorization = false;
  tuning.LoopInterleaving = false;
  PassBuilder builder(&tm, tuning, std::nullopt, &callbacks);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(cgsccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, cgsccs, modules);
  OptimizationLevel level = pipelineLevel(options.optLevel);
  ModulePassManager passes = level == OptimizationLevel::O0 ? builder.buildO0DefaultPipeline(level)
                                                            : builder.buildPerModuleDefaultPipeline(level);
  passes.run(module, modules);

  if (Error error = lowerNamedCalls(module))
    return error;
  return verify(module, "after optimisation");
}

} // namespace dlp
