// LinkerMessages.h: what ld.lld says, in words about the user's program.
#ifndef OPENBANG_CODEGEN_EMIT_LINKERMESSAGES_H
#define OPENBANG_CODEGEN_EMIT_LINKERMESSAGES_H

#include "codegen/emit/Emit.h"

namespace dlp {

// One diagnostic per error in the linker's output; at least one.
std::vector<Diagnostic> explainLinkerMessages(llvm::StringRef output);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_LINKERMESSAGES_H
