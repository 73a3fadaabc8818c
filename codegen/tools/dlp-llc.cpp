// dlp-llc: LLVM IR with named calls (`call void @dlp.vadd.f16(...)`) to assembly, an object or a device image.
#include "codegen/tools/ToolMain.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;
using namespace dlp;

namespace {

enum FileType { LLVMText, Assembly, Object, Image };

cl::OptionCategory category("dlp-llc options");
cl::opt<std::string> input(cl::Positional, cl::desc("<input .ll or .bc>"), cl::init("-"), cl::cat(category));
cl::opt<std::string> output("o", cl::desc("Output file (default: standard output)"), cl::value_desc("file"),
                            cl::init("-"), cl::cat(category));
cl::opt<std::string> archName("arch", cl::desc("Arch of the image (default mtp_372)"), cl::init(kDefaultArch),
                              cl::cat(category));
cl::opt<char> optLevel("O", cl::desc("Optimisation level 0..3 (default 2)"), cl::Prefix, cl::init('2'),
                       cl::cat(category));
cl::opt<FileType> fileType("filetype", cl::desc("What to write (default asm)"), cl::init(Assembly),
                           cl::values(clEnumValN(LLVMText, "ll", "optimised LLVM IR"),
                                      clEnumValN(Assembly, "asm", "assembly"), clEnumValN(Object, "obj", "object"),
                                      clEnumValN(Image, "image", "linked device image")),
                           cl::cat(category));
cl::list<std::string> kernelNames("kernel", cl::desc("Function that is a kernel; may be repeated"),
                                  cl::value_desc("name"), cl::cat(category));
cl::opt<bool> stackOnLdram("stack-on-ldram", cl::desc("Put the stack in LDRAM instead of NRAM"), cl::cat(category));
cl::opt<bool> reportMemory("Rbang-memory", cl::desc("Report the on-chip memory each kernel uses"), cl::cat(category));
cl::opt<bool> verifyEach("verify-each", cl::desc("Verify the module after every pass"), cl::cat(category));
cl::opt<bool> attributesOnly("named-call-attributes",
                             cl::desc("Only give named calls their memory effects, then write LLVM IR"),
                             cl::cat(category));
cl::opt<bool> lowerOnly("lower-named-calls", cl::desc("Only turn named calls into inline assembly, then write LLVM IR"),
                        cl::cat(category));
cl::opt<std::string> linker("linker", cl::desc("ld.lld to link with"), cl::value_desc("path"), cl::cat(category));

std::string print(const Module &module) {
  std::string text;
  raw_string_ostream os(text);
  module.print(os, nullptr);
  return text;
}

// Where the kernel is declared; the .ll file when it has no debug information.
std::string locationOf(const Module &module, StringRef name) {
  const Function *function = module.getFunction(name);
  const DISubprogram *sub = function ? function->getSubprogram() : nullptr;
  return sub ? (sub->getFilename() + ":" + Twine(sub->getLine()) + ":1").str() : std::string(input);
}

Error compile(Module &module, const EmitOptions &options) {
  if (attributesOnly || lowerOnly) {
    if (attributesOnly)
      setNamedCallAttributes(module);
    if (lowerOnly)
      if (Error error = lowerNamedCalls(module))
        return error;
    return writeOutput(output, print(module));
  }
  auto tm = createTargetMachine(options.optLevel);
  if (!tm)
    return tm.takeError();
  std::vector<KernelInfo> kernels;
  module.setDataLayout((*tm)->createDataLayout());
  for (const std::string &name : kernelNames) {
    KernelInfo kernel;
    kernel.mangledName = name;
    kernel.location = locationOf(module, name);
    if (Error error = addEntryWrapper(module, kernel))
      return error;
    kernels.push_back(std::move(kernel));
  }
  if (Error error = optimize(module, **tm, options))
    return error;
  std::string layout;
  std::vector<Diagnostic> errors;
  auto report = [&](const Diagnostic &d) {
    if (d.severity == Diagnostic::Error)
      errors.push_back(d);
    else
      printDiagnostic(d);
  };
  if (!kernels.empty() && !placeOnChipObjects(module, kernels, options, layout, report))
    return make_error<DiagnosticError>(std::move(errors));

  if (fileType == LLVMText)
    return writeOutput(output, print(module));
  if (fileType == Assembly) {
    std::string text;
    raw_string_ostream os(text);
    if (Error error = emitAssembly(module, **tm, os))
      return error;
    return writeOutput(output, text);
  }
  SmallVector<char, 0> object;
  if (Error error = emitObject(module, **tm, object))
    return error;
  StringRef bytes(object.data(), object.size());
  if (fileType == Object)
    return writeOutput(output, bytes);
  auto scratch = ScratchObject::create(bytes);
  if (!scratch)
    return scratch.takeError();
  return linkImage(scratch->path(), layout, options, output);
}

} // namespace

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv,
                              "LLVM IR with Xdlp instructions as named calls, to machine code\n\n"
                              "  dlp-llc -O2 --kernel vadd vadd.ll -o vadd.s\n"
                              "  dlp-llc --filetype=image --kernel vadd vadd.ll -o vadd.elf && dlp-objdump vadd.elf\n");
  EmitOptions options;
  options.arch = findArch(archName);
  if (!options.arch)
    return fail("unknown arch '" + archName + "'; known are " + knownArchs());
  if (optLevel < '0' || optLevel > '3')
    return fail(Twine("unknown optimisation level '-O") + Twine(char(optLevel)) + "'; there are -O0 to -O3");
  options.optLevel = optLevel - '0';
  options.stackOnLdram = stackOnLdram;
  options.reportMemory = reportMemory;
  options.verifyEach = verifyEach;
  options.linker = linker;
  if (fileType == Image && kernelNames.empty())
    return fail("an image needs at least one kernel: name it with --kernel");
  if (fileType == Image && output == "-")
    return fail("an image is written to a file: name it with -o");

  LLVMContext context;
  SMDiagnostic diagnostic;
  auto module = parseIRFile(input, diagnostic, context);
  if (!module) {
    diagnostic.print("dlp-llc", errs());
    return 1;
  }
  if (Error error = compile(*module, options))
    return fail(std::move(error));
  return 0;
}
