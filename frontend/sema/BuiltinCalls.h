// BuiltinCalls.h: what can be said about a builtin that is not there.
#ifndef OPENBANG_FRONTEND_SEMA_BUILTINCALLS_H
#define OPENBANG_FRONTEND_SEMA_BUILTINCALLS_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace bang {

// For an undeclared name that looks like a builtin, a sentence that says where builtins are listed; empty otherwise.
std::string missingBuiltinHint(llvm::StringRef name, llvm::StringRef archName);

} // namespace bang

#endif // OPENBANG_FRONTEND_SEMA_BUILTINCALLS_H
