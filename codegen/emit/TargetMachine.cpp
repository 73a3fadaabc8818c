// TargetMachine.cpp: LLVM's RISC-V back end, set up for the scalar core; assembly and object output.
#include "codegen/emit/TargetMachine.h"

#include "codegen/emit/Emit.h"

#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Target/TargetOptions.h"

#include <cstring>
#include <mutex>

using namespace llvm;

namespace dlp {

const char *scalarTriple() { return "riscv64-unknown-linux-gnu"; }

// What the simulated core executes. Linker relaxation stays off: it would move code behind the debugger's back.
const char *scalarFeatures() {
  return "+m,+a,+f,+d,+c,+zicsr,+zifencei,+zfhmin,+zfh,+zfbfmin,+zba,+zbb,+zbs,+zicond,-relax";
}

void initializeScalarTarget() {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeRISCVTargetInfo();
    LLVMInitializeRISCVTarget();
    LLVMInitializeRISCVTargetMC();
    LLVMInitializeRISCVAsmParser();
    LLVMInitializeRISCVAsmPrinter();
    LLVMInitializeRISCVDisassembler();
  });
}

static std::unique_ptr<TargetMachine> makeTargetMachine(const Target &target, CodeGenOptLevel level, bool asText) {
  TargetOptions options;
  options.FunctionSections = true;
  options.DataSections = true;
  options.MCOptions.ABIName = "lp64d";
  // Text keeps the mnemonics of inline assembly; otherwise LLVM would print them expanded, as numbers.
  options.DisableIntegratedAS = asText;
  std::string features = scalarFeatures();
  // lldb believes no return address that is no multiple of four: code for debugging has no compressed instructions.
  if (level == CodeGenOptLevel::None)
    features.erase(features.find(",+c"), std::strlen(",+c"));
  return std::unique_ptr<TargetMachine>(target.createTargetMachine(Triple(scalarTriple()), "generic-rv64", features,
                                                                   options, Reloc::Static, CodeModel::Small, level));
}

Expected<std::unique_ptr<TargetMachine>> createTargetMachine(unsigned optLevel) {
  initializeScalarTarget();
  Triple triple(scalarTriple());
  std::string error;
  const Target *target = TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return makeError("", "this LLVM has no RISC-V back end: " + error);
  auto level = CodeGenOpt::getLevel(int(optLevel)).value_or(CodeGenOptLevel::Default);
  auto tm = makeTargetMachine(*target, level, /*asText=*/false);
  if (!tm)
    return makeError("", "LLVM cannot create the RISC-V target machine");
  return tm;
}

namespace {

// Collects what the back end reports (a user's inline assembly that does not assemble, for instance).
struct CollectDiagnostics : llvm::DiagnosticHandler {
  std::vector<Diagnostic> &errors;
  explicit CollectDiagnostics(std::vector<Diagnostic> &errors) : errors(errors) {}

  bool handleDiagnostics(const DiagnosticInfo &info) override {
    if (info.getSeverity() != DS_Error)
      return true;
    std::string text;
    raw_string_ostream os(text);
    DiagnosticPrinterRawOStream printer(os);
    info.print(printer);
    errors.push_back({Diagnostic::Error, "", text});
    return true;
  }
};

Error emit(Module &module, TargetMachine &tm, raw_pwrite_stream &os, CodeGenFileType type) {
  std::vector<Diagnostic> errors;
  LLVMContext &context = module.getContext();
  auto previous = context.getDiagnosticHandler();
  context.setDiagnosticHandler(std::make_unique<CollectDiagnostics>(errors));
  legacy::PassManager passes;
  bool unsupported = tm.addPassesToEmitFile(passes, os, nullptr, type);
  if (!unsupported)
    passes.run(module);
  context.setDiagnosticHandler(std::move(previous));
  if (unsupported)
    return makeError("", "LLVM's RISC-V back end cannot write this kind of file");
  if (!errors.empty())
    return make_error<DiagnosticError>(std::move(errors));
  return Error::success();
}

} // namespace

Error emitAssembly(Module &module, TargetMachine &tm, raw_ostream &os) {
  SmallVector<char, 0> text;
  raw_svector_ostream buffer(text);
  auto printer = makeTargetMachine(tm.getTarget(), tm.getOptLevel(), /*asText=*/true);
  if (Error error = emit(module, *printer, buffer, CodeGenFileType::AssemblyFile))
    return error;
  os << buffer.str();
  return Error::success();
}

Error emitObject(Module &module, TargetMachine &tm, SmallVectorImpl<char> &object) {
  raw_svector_ostream os(object);
  return emit(module, tm, os, CodeGenFileType::ObjectFile);
}

} // namespace dlp
