// Disassembly.h: prints the code of a RISC-V ELF with Xdlp instructions.
#ifndef OPENBANG_CODEGEN_TOOLS_DISASSEMBLY_H
#define OPENBANG_CODEGEN_TOOLS_DISASSEMBLY_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace llvm {
class raw_ostream;
}

namespace dlp {

struct DisassemblyOptions {
  bool source = true;     // source lines between the instructions, where debug information names them
  bool rawWords = true;   // the bits of each instruction
  std::string onlySymbol; // print one function; empty: all
};

llvm::Error printDisassembly(llvm::StringRef elf, llvm::StringRef fileName, const DisassemblyOptions &options,
                             llvm::raw_ostream &os);

} // namespace dlp

#endif // OPENBANG_CODEGEN_TOOLS_DISASSEMBLY_H
