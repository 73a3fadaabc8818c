// Image.cpp: import, dialects, export, machine code, link.
#include "frontend/device/Image.h"

#include "codegen/emit/Prologue.h"
#include "frontend/device/DebugRecords.h"

#include "mlir-dialects/Pipeline.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Utils/Cloning.h"

namespace bang {

namespace {

// The innermost place of a location that names a file.
mlir::FileLineColLoc placeOf(mlir::Location location) {
  mlir::FileLineColLoc found;
  location->walk([&](mlir::Location part) {
    if (auto place = llvm::dyn_cast<mlir::FileLineColLoc>(part); place && place.getLine() != 0) {
      found = place;
      return mlir::WalkResult::interrupt();
    }
    return mlir::WalkResult::advance();
  });
  return found;
}

std::string textOf(mlir::Location location) {
  mlir::FileLineColLoc place = placeOf(location);
  if (!place)
    return {};
  return (place.getFilename().getValue() + ":" + llvm::Twine(place.getLine()) + ":" + llvm::Twine(place.getColumn()))
      .str();
}

dlp::Diagnostic::Severity severityOf(mlir::DiagnosticSeverity severity) {
  switch (severity) {
  case mlir::DiagnosticSeverity::Error:
    return dlp::Diagnostic::Error;
  case mlir::DiagnosticSeverity::Warning:
    return dlp::Diagnostic::Warning;
  case mlir::DiagnosticSeverity::Remark:
    return dlp::Diagnostic::Remark;
  case mlir::DiagnosticSeverity::Note:
    return dlp::Diagnostic::Note;
  }
  return dlp::Diagnostic::Error;
}

// Says a message of the middle end, its notes, and through which calls the place was reached. Code that was inlined
// several times gives the same message each time.
void reportMlir(const mlir::Diagnostic &diagnostic, Messages &messages) {
  dlp::Diagnostic main{severityOf(diagnostic.getSeverity()), textOf(diagnostic.getLocation()), diagnostic.str()};
  if (main.severity == dlp::Diagnostic::Error)
    messages.countError();
  if (!messages.isNew(main.location + '\0' + main.message))
    return;
  messages.report(main);
  mlir::Location location = diagnostic.getLocation();
  while (auto call = location->findInstanceOf<mlir::CallSiteLoc>()) {
    location = call.getCaller();
    if (std::string caller = textOf(location); !caller.empty())
      messages.report({dlp::Diagnostic::Note, caller, "called from here"});
  }
  for (const mlir::Diagnostic &note : diagnostic.getNotes())
    messages.report({dlp::Diagnostic::Note, textOf(note.getLocation()), note.str()});
}

template <typename Printable> std::string printed(const Printable &value) {
  std::string text;
  llvm::raw_string_ostream os(text);
  value.print(os, nullptr);
  return text;
}

std::string bitcodeOf(const llvm::Module &module) {
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  llvm::WriteBitcodeToFile(module, os);
  return bytes;
}

std::string printedDialect(mlir::ModuleOp module, bool locations) {
  std::string text;
  llvm::raw_string_ostream os(text);
  mlir::OpPrintingFlags flags;
  if (locations)
    flags.enableDebugInfo();
  module.print(os, flags);
  os << "\n";
  return text;
}

// One device module on its way; each step returns false after having reported why it failed.
class Road {
public:
  Road(DeviceModule device, const ImageOptions &options, Messages &messages, llvm::function_ref<bool(Stage)> wants,
       StagePrinter print)
      : device(std::move(device)), options(options), messages(messages), wants(wants), print(print) {}

  bool walk(llvm::LLVMContext &llvmContext) {
    if (wants(Stage::LLVM)) {
      auto shown = llvm::CloneModule(*device.module);
      keepLinesOnly(*shown);
      print(Stage::LLVM, options.bitcode ? bitcodeOf(*shown) : printed(*shown));
    }
    if (options.last == Stage::LLVM)
      return true;
    if (!throughDialects(llvmContext) || options.last <= Stage::DlpDialect)
      return !messages.hasErrors();
    return toMachineCode();
  }

private:
  // Without -g an image carries source lines and nothing else for debuggers.
  void keepLinesOnly(llvm::Module &module) const {
    if (!options.debugInfo)
      llvm::stripNonLineTableDebugInfo(module);
  }

  // The checks of the bang dialect name variables; after them only a debugger wants to know.
  static void forgetVariables(mlir::ModuleOp module) {
    module.walk([](mlir::Operation *op) {
      if (llvm::isa<mlir::LLVM::DbgDeclareOp, mlir::LLVM::DbgValueOp, mlir::LLVM::DbgLabelOp>(op))
        op->erase();
    });
  }

  bool throughDialects(llvm::LLVMContext &llvmContext) {
    PipelineOptions pipeline{options.emit.arch, options.emit.optLevel};
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
    mlir::ScopedDiagnosticHandler handler(&context, [&](mlir::Diagnostic &diagnostic) {
      reportMlir(diagnostic, messages);
      return mlir::success();
    });
    keepDeclaredVariables(*device.module);
    const TypeDetails details(*device.module);
    mlir::OwningOpRef<mlir::ModuleOp> module = importModule(std::move(device.module), context, pipeline);
    if (!module)
      return failed("the device module could not be imported");
    auto stage = [&](Stage stage, void (*build)(mlir::OpPassManager &, const PipelineOptions &)) {
      mlir::PassManager passes(&context);
      build(passes, pipeline);
      if (mlir::failed(passes.run(*module)))
        return failed("a pass of the middle end failed");
      if (!options.debugInfo)
        forgetVariables(*module);
      if (wants(stage))
        print(stage, printedDialect(*module, options.debugInfo));
      return true;
    };
    if (!stage(Stage::BangDialect, buildBangPipeline) || options.last == Stage::BangDialect)
      return !messages.hasErrors();
    if (!stage(Stage::DlpDialect, buildDlpPipeline) || options.last == Stage::DlpDialect)
      return !messages.hasErrors();
    mlir::PassManager passes(&context);
    buildLLVMPipeline(passes, pipeline);
    if (mlir::failed(passes.run(*module)))
      return failed("lowering to LLVM failed");
    device.module = exportModule(*module, llvmContext);
    if (!device.module)
      return failed("the module could not be exported to LLVM");
    details.restore(*device.module);
    if (wants(Stage::Lowered))
      print(Stage::Lowered, printed(*device.module));
    return !messages.hasErrors();
  }

  bool toMachineCode() {
    llvm::Expected<std::unique_ptr<llvm::TargetMachine>> machine = dlp::createTargetMachine(options.emit.optLevel);
    if (!machine)
      return failed(machine.takeError());
    device.module->setDataLayout((*machine)->createDataLayout());
    dlp::restMemoryCore(*device.module, device.kernels);
    if (llvm::Error error = dlp::optimize(*device.module, **machine, options.emit))
      return failed(std::move(error));
    std::string layout;
    auto report = [&](const dlp::Diagnostic &diagnostic) { messages.report(diagnostic); };
    if (!dlp::placeOnChipObjects(*device.module, device.kernels, options.emit, layout, report))
      return failed("the on-chip objects could not be placed");
    keepLinesOnly(*device.module);
    if (options.emit.tagAddresses)
      dlp::endPrologues(*device.module, device.kernels);
    if (wants(Stage::Assembly)) {
      // Emission changes the module, so a stage that is only looked at works on a copy.
      std::string text;
      llvm::raw_string_ostream os(text);
      auto copy = llvm::CloneModule(*device.module);
      if (llvm::Error error = dlp::emitAssembly(*copy, **machine, os))
        return failed(std::move(error));
      print(Stage::Assembly, text);
    }
    if (options.last == Stage::Assembly)
      return true;
    llvm::SmallVector<char, 0> object;
    if (llvm::Error error = dlp::emitObject(*device.module, **machine, object))
      return failed(std::move(error));
    {
      std::error_code failure;
      llvm::raw_fd_ostream os(options.objectPath, failure);
      if (!failure)
        os.write(object.data(), object.size());
      os.flush();
      if (failure || os.has_error()) {
        os.clear_error();
        messages.error("cannot write '" + options.objectPath + "'; is there space left?");
        return false;
      }
    }
    if (llvm::Error error = dlp::linkImage(options.objectPath, layout, options.emit, options.imagePath))
      return failed(std::move(error));
    return !messages.hasErrors();
  }

  bool failed(llvm::Error error) {
    dlp::reportError(std::move(error), [&](const dlp::Diagnostic &diagnostic) { messages.report(diagnostic); });
    return false;
  }

  // A failure whose reason was not said is a mistake of ours.
  bool failed(llvm::StringRef what) {
    if (!messages.hasErrors())
      messages.error("internal error: " + what + "; please report it with the source file");
    return false;
  }

  DeviceModule device;
  const ImageOptions &options;
  Messages &messages;
  llvm::function_ref<bool(Stage)> wants;
  StagePrinter print;
};

} // namespace

const char *extensionOf(Stage stage) {
  static constexpr const char *kExtensions[] = {".ll", ".bang.mlir", ".dlp.mlir", ".lowered.ll", ".s", ".elf"};
  return kExtensions[unsigned(stage)];
}

bool compileImage(DeviceModule device, const ImageOptions &options, Messages &messages,
                  llvm::function_ref<bool(Stage)> wants, StagePrinter print) {
  llvm::LLVMContext &context = device.module->getContext();
  return Road(std::move(device), options, messages, wants, print).walk(context);
}

} // namespace bang
