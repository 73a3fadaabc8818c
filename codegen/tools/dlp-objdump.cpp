// dlp-objdump: disassembles device code, wherever it is, with source lines; lists the kernels of an image.
#include "codegen/object/DeviceImage.h"
#include "codegen/object/FatBinary.h"
#include "codegen/tools/Disassembly.h"
#include "codegen/tools/ImageFiles.h"
#include "codegen/tools/ToolMain.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;
using namespace dlp;

namespace {

cl::OptionCategory category("dlp-objdump options");
cl::list<std::string> inputs(cl::Positional, cl::desc("<image, object, fat object, host program or library>..."),
                             cl::OneOrMore, cl::cat(category));
cl::opt<std::string> archOption("arch", cl::desc("Only the image for this arch"), cl::value_desc("name"),
                                cl::cat(category));
cl::opt<bool> kernelTable("kernels", cl::desc("List the kernels with their memory use instead of the code"),
                          cl::cat(category));
cl::opt<bool> withSource("source", cl::desc("Source lines between the instructions (the default, with -g)"),
                         cl::init(true), cl::cat(category));
cl::alias shortSource("S", cl::desc("Same as --source"), cl::aliasopt(withSource), cl::cat(category));
cl::opt<bool> noSource("no-source", cl::desc("No source lines"), cl::cat(category));
cl::opt<bool> noRaw("no-show-raw-insn", cl::desc("Leave out the bits of the instructions"), cl::cat(category));
cl::opt<std::string> symbol("symbol", cl::desc("Only this function (mangled or as written)"), cl::value_desc("name"),
                            cl::cat(category));
// Accepted because fingers type it after objdump; disassembling is what this tool does.
cl::opt<bool> disassembleOption("d", cl::desc("Disassemble (always on)"), cl::cat(category));

std::string paramList(const ImageKernel &kernel) {
  std::string text = "(";
  for (size_t i = 0; i < kernel.params.size(); ++i)
    text +=
        (i ? ", " : "") + (kernel.params[i].kind == kParamPointer ? std::string("pointer")
                                                                  : std::to_string(kernel.params[i].size) + " bytes");
  return text + ")";
}

Error printKernels(StringRef bytes, StringRef fileName) {
  std::string error;
  auto image = readDeviceImage({reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()}, error);
  if (!image)
    return makeError(fileName.str(), error);
  outs() << formatv("{0,-10} {1,8} {2,8} {3,8} {4,8}  kernel\n", "entry", "NRAM", "WRAM", "SRAM", "LDRAM");
  for (const ImageKernel &kernel : image->kernels)
    outs() << formatv("{0,-10:x} {1,8} {2,8} {3,8} {4,8}  {5}{6}\n", kernel.entry, kernel.nramBytes, kernel.wramBytes,
                      kernel.sramBytes, kernel.ldramBytes, kernel.displayName,
                      StringRef(kernel.displayName).contains('(') ? "" : paramList(kernel));
  return Error::success();
}

Error dump(const std::string &fileName, std::optional<uint32_t> arch) {
  auto buffer = MemoryBuffer::getFile(fileName);
  if (!buffer)
    return makeError("", "cannot read '" + fileName + "': " + buffer.getError().message());
  auto codes = findCode((*buffer)->getBuffer(), fileName);
  if (!codes)
    return codes.takeError();
  bool any = false;
  for (const CodeFile &code : *codes) {
    if (arch && code.arch && *arch != *code.arch)
      continue;
    any = true;
    outs() << "\n" << fileName << ": " << (code.arch ? "device image for " + archName(*code.arch) : "object") << "\n\n";
    DisassemblyOptions options{withSource && !noSource, !noRaw, symbol};
    if (Error error =
            kernelTable ? printKernels(code.bytes, fileName) : printDisassembly(code.bytes, fileName, options, outs()))
      return error;
  }
  if (!any) {
    std::string names;
    for (const CodeFile &code : *codes)
      names += (names.empty() ? "" : ", ") + archName(*code.arch);
    return makeError(fileName, "this file has no image for " + archOption + "; it has " + names);
  }
  return Error::success();
}

} // namespace

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv,
      "disassembler for DLP machine code (RV64GC and Xdlp)\n\n"
      "  dlp-objdump k.elf                     a device image, with source lines if built with -g\n"
      "  dlp-objdump --kernels a.out           the kernels of a host program and their memory use\n"
      "  dlp-objdump --arch mtp_372 libops.so  one of several archs\n"
      "  dlp-objdump --symbol vadd k.elf       one function\n");
  std::optional<uint32_t> arch;
  if (!archOption.empty()) {
    const ArchInfo *info = findArch(archOption);
    if (!info)
      return fail("unknown arch '" + archOption + "'; known are " + knownArchs());
    arch = info->number;
  }
  for (const std::string &input : inputs)
    if (Error error = dump(input, arch))
      return fail(std::move(error));
  return 0;
}
