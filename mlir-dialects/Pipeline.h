// Pipeline.h: the middle end as the driver and bang-opt call it.
#ifndef OPENBANG_MLIRDIALECTS_PIPELINE_H
#define OPENBANG_MLIRDIALECTS_PIPELINE_H

#include "codegen/isa/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Pass/PassManager.h"

#include <memory>

namespace llvm {
class LLVMContext;
class Module;
} // namespace llvm

namespace bang {

struct PipelineOptions {
  const dlp::ArchInfo *arch = nullptr;
  unsigned optLevel = 0;
};

// Adds every dialect, interface and translation the pipeline needs.
void registerAllDialects(mlir::DialectRegistry &registry);
// Registers the passes for textual pipelines (bang-opt).
void registerAllPasses();

// LLVM IR of the device pass -> MLIR llvm dialect. Module flags MLIR does not know are kept aside as attributes of the
// module and restored by exportModule. Facts of the arch become module attribute "bang.arch".
mlir::OwningOpRef<mlir::ModuleOp> importModule(std::unique_ptr<llvm::Module> module, mlir::MLIRContext &context,
                                               const PipelineOptions &options);

// llvm -> bang: raise builtin calls and inline assembly, infer memory spaces, check rules.
void buildBangPipeline(mlir::OpPassManager &pm, const PipelineOptions &options);
// bang -> dlp: one op is one machine instruction.
void buildDlpPipeline(mlir::OpPassManager &pm, const PipelineOptions &options);
// dlp -> llvm: named calls with exact memory effects.
void buildLLVMPipeline(mlir::OpPassManager &pm, const PipelineOptions &options);

std::unique_ptr<llvm::Module> exportModule(mlir::ModuleOp module, llvm::LLVMContext &context);

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_PIPELINE_H
