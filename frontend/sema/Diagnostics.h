// Diagnostics.h: Clang's messages in the words of BANG.
#ifndef OPENBANG_FRONTEND_SEMA_DIAGNOSTICS_H
#define OPENBANG_FRONTEND_SEMA_DIAGNOSTICS_H

#include "frontend/sema/Messages.h"

#include "clang/Basic/Diagnostic.h"

#include <memory>
#include <string>

namespace bang {

// Replaces Clang's CUDA vocabulary in one message.
std::string toBangWords(llvm::StringRef message);

// Prints Clang's diagnostics in BANG words, each once however many compilations of a file find it, and adds hints
// Clang cannot know. Counts errors in `messages`.
std::unique_ptr<clang::DiagnosticConsumer> createDiagnosticConsumer(clang::DiagnosticOptions &options,
                                                                    Messages &messages, llvm::StringRef archName);

} // namespace bang

#endif // OPENBANG_FRONTEND_SEMA_DIAGNOSTICS_H
