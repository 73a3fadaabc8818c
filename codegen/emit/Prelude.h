// Prelude.h: the assembler macros that give Xdlp words their names, taken out of the generated prelude one by one.
#ifndef OPENBANG_CODEGEN_EMIT_PRELUDE_H
#define OPENBANG_CODEGEN_EMIT_PRELUDE_H

#include "llvm/ADT/StringRef.h"

namespace dlp {

// The symbols for register names every macro needs.
llvm::StringRef preludeRegisters();
// The macro of one instruction ("vadd.vs.f16"), with its .macro and .endm lines; empty when there is none.
llvm::StringRef preludeMacro(llvm::StringRef fullMnemonic);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_PRELUDE_H
