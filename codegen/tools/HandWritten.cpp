// HandWritten.cpp: what an image needs when its kernels are written in assembly: records, and on-chip sections that
// hold no bytes.
#include "codegen/emit/Layout.h"
#include "codegen/object/ImageFormat.h"
#include "codegen/tools/Assemble.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Alignment.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace dlp {
namespace {

struct AsmParam {
  unsigned size;
  bool isPointer;
};

struct AsmKernel {
  StringRef name;
  SmallVector<AsmParam> params;
};

Expected<AsmKernel> parseKernel(StringRef text) {
  AsmKernel kernel;
  auto [name, rest] = text.split('(');
  kernel.name = name.trim();
  if (kernel.name.empty() ||
      !all_of(kernel.name, [](char c) { return isAlnum(c) || c == '_' || c == '.' || c == '$'; }))
    return makeError("", "'" + text.str() + "' names no kernel; expected a label, for example --kernel 'k(ptr, i32)'");
  if (rest.empty())
    return kernel;
  if (!rest.consume_back(")"))
    return makeError("", "the parameter list in '" + text.str() + "' has no closing parenthesis");
  SmallVector<StringRef> types;
  rest.split(types, ',', -1, false);
  for (StringRef type : types) {
    unsigned size = StringSwitch<unsigned>(type.trim())
                        .Case("i8", 1)
                        .Cases({"i16", "f16", "bf16"}, 2)
                        .Cases({"i32", "f32"}, 4)
                        .Cases({"i64", "f64", "ptr"}, 8)
                        .Default(0);
    if (!size)
      return makeError("", "unknown parameter type '" + type.trim().str() +
                               "'; there are ptr, i8, i16, i32, i64, f16, bf16, f32 and f64");
    kernel.params.push_back({size, type.trim() == "ptr"});
  }
  return kernel;
}

} // namespace

Expected<std::string> imageRecords(ArrayRef<std::string> specifications, const ArchInfo &arch) {
  SmallVector<AsmKernel> kernels;
  for (StringRef specification : specifications) {
    auto kernel = parseKernel(specification);
    if (!kernel)
      return kernel.takeError();
    kernels.push_back(std::move(*kernel));
  }
  // The fields of ImageHeader, KernelRecord and ParamRecord in their order.
  std::string text = formatv(".section .dlp.image,\"a\",@progbits\n.balign 16\n.ascii \"{0}\"\n.word {1}, {2}\n"
                             ".quad .Lkernels\n.Lkernels:\n",
                             StringRef(kImageMagic, sizeof(kImageMagic)), arch.number, kernels.size());
  std::string params, names;
  for (auto [i, kernel] : enumerate(kernels)) {
    uint64_t end = 0;
    params += formatv(".Lparams{0}:\n", i);
    for (const AsmParam &param : kernel.params) {
      uint64_t offset = alignTo(end, param.size);
      params +=
          formatv(".word {0}, {1}, {1}, {2}\n", offset, param.size, param.isPointer ? kParamPointer : kParamValue);
      end = offset + param.size;
    }
    names += formatv(".Lname{0}: .asciz \"{1}\"\n", i, kernel.name);
    text += formatv(".quad .Lname{0}, {1}, .Lparams{0}, 0\n.word {2}, {3}, 0, 0\n"
                    ".word __dlp_nram_bytes, __dlp_wram_bytes, __dlp_sram_bytes, __dlp_ldram_bytes\n.quad .Lname{0}\n",
                    i, kernel.name, kernel.params.size(), end);
  }
  return text + params + names;
}

Error checkOnChipSections(StringRef object, StringRef fileName) {
  auto file = object::ObjectFile::createObjectFile(MemoryBufferRef(object, fileName));
  if (!file)
    return file.takeError();
  for (const object::SectionRef &section : (*file)->sections()) {
    auto name = section.getName();
    if (!name)
      return name.takeError();
    if (isHandWrittenOnChip(*name) && !section.isBSS() && section.getSize())
      return makeError(fileName.str(), "section '" + name->str() +
                                           "' holds bytes, but nothing loads on-chip memory: "
                                           "declare it '.section " +
                                           name->str() +
                                           ",\"aw\",@nobits', reserve space with .zero, and fill it in the kernel");
  }
  return Error::success();
}

} // namespace dlp
