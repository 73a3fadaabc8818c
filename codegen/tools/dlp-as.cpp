// dlp-as: assembles RV64 and Xdlp instructions to an object, or with --link to a device image.
#include "codegen/object/ImageFormat.h"
#include "codegen/tools/Assemble.h"
#include "codegen/tools/ToolMain.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;
using namespace dlp;

namespace {

cl::OptionCategory category("dlp-as options");
cl::opt<std::string> input(cl::Positional, cl::desc("<input .s, default: standard input>"), cl::init("-"),
                           cl::cat(category));
cl::opt<std::string> output("o", cl::desc("Output file (default: a.o, or a.elf with --link)"), cl::value_desc("file"),
                            cl::cat(category));
cl::opt<bool> link_("link", cl::desc("Link to a device image"), cl::cat(category));
cl::list<std::string> kernels("kernel",
                              cl::desc("A label that is a kernel, with the types of its parameters (ptr, i8..i64, "
                                       "f16, bf16, f32, f64); may be repeated"),
                              cl::value_desc("name(types)"), cl::cat(category));
cl::opt<std::string> archName("arch", cl::desc("Arch of the image (default mtp_372)"), cl::init(kDefaultArch),
                              cl::cat(category));
cl::opt<std::string> layoutFile("layout",
                                cl::desc("With --link: linker script lines that place sections (default: each memory's "
                                         "sections one behind the other, placed objects where their names say)"),
                                cl::value_desc("file"), cl::cat(category));
cl::opt<std::string> linker("linker", cl::desc("ld.lld to link with"), cl::value_desc("path"), cl::cat(category));

Error run(const EmitOptions &options) {
  auto text = MemoryBuffer::getFileOrSTDIN(input, /*IsText=*/true);
  if (!text)
    return makeError("", "cannot read '" + input + "': " + text.getError().message());
  std::string fileName = input == "-" ? "<stdin>" : std::string(input);
  std::string records;
  if (!kernels.empty()) {
    auto made = imageRecords(kernels, *options.arch);
    if (!made)
      return made.takeError();
    records = std::move(*made);
  }
  SmallVector<char, 0> bytes;
  if (Error error = assemble((*text)->getBuffer(), fileName, bytes, records))
    return error;
  StringRef object(bytes.data(), bytes.size());
  if (Error error = checkOnChipSections(object, fileName))
    return error;
  if (!link_)
    return writeOutput(output.empty() ? "a.o" : output.c_str(), object);

  if (kernels.empty() && !object.contains(StringRef(kImageMagic, sizeof(kImageMagic))))
    return makeError(fileName, "an image needs at least one kernel: name its label with --kernel");
  std::string layout;
  if (!layoutFile.empty()) {
    auto lines = MemoryBuffer::getFile(layoutFile, /*IsText=*/true);
    if (!lines)
      return makeError("", "cannot read '" + layoutFile + "': " + lines.getError().message());
    layout = (*lines)->getBuffer().str();
  }
  auto scratch = ScratchObject::create(object);
  if (!scratch)
    return scratch.takeError();
  return linkImage(scratch->path(), layout, options, output.empty() ? "a.elf" : output.c_str());
}

} // namespace

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv,
      "assembler for DLP machine code (RV64GC and Xdlp)\n\n"
      "  dlp-as k.s -o k.o\n"
      "  dlp-as --link --kernel 'k(ptr, ptr, i32)' k.s -o k.elf\n\n"
      "  A kernel starts with the address of its parameter block in a0 and ends with `exit`.\n");
  EmitOptions options;
  options.arch = findArch(archName);
  if (!options.arch)
    return fail("unknown arch '" + archName + "'; known are " + knownArchs());
  options.linker = linker;
  if (!link_ && !layoutFile.empty())
    return fail("--layout says where sections are linked: use it together with --link");
  if (Error error = run(options))
    return fail(std::move(error));
  return 0;
}
