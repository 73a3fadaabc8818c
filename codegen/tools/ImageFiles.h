// ImageFiles.h: finds machine code for the DLP in a file: an object, a device image, a fat object, or a host program,
// library or object that carries fat objects.
#ifndef OPENBANG_CODEGEN_TOOLS_IMAGEFILES_H
#define OPENBANG_CODEGEN_TOOLS_IMAGEFILES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace dlp {

struct CodeFile {
  std::optional<uint32_t> arch; // as its container says; unknown for a bare object
  llvm::StringRef bytes;        // RISC-V ELF, inside the buffer that was searched
};

// `bytes` must outlive the result. At least one element.
llvm::Expected<std::vector<CodeFile>> findCode(llvm::StringRef bytes, llvm::StringRef fileName);

} // namespace dlp

#endif // OPENBANG_CODEGEN_TOOLS_IMAGEFILES_H
