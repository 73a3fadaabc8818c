// AsmSource.h: a light reading of assembly text: which Xdlp instructions it uses, and whether their operands are right.
// Everything else is left to LLVM's assembler.
#ifndef OPENBANG_CODEGEN_TOOLS_ASMSOURCE_H
#define OPENBANG_CODEGEN_TOOLS_ASMSOURCE_H

#include "codegen/emit/Emit.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

#include <string>
#include <vector>

namespace dlp {

struct AsmSource {
  llvm::StringSet<> usedInsns;     // full mnemonics, wherever they are written
  llvm::StringSet<> definedMacros; // names after .macro
  std::vector<Diagnostic> errors;  // wrong operands of Xdlp instructions
};

AsmSource readAsmSource(llvm::StringRef text, llvm::StringRef fileName);

// The sentence for a mnemonic neither RISC-V nor Xdlp has.
std::string explainUnknownMnemonic(llvm::StringRef word);

} // namespace dlp

#endif // OPENBANG_CODEGEN_TOOLS_ASMSOURCE_H
