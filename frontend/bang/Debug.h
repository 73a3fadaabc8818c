// Debug.h: `bang debug`: a program and a debugger that stops its kernels.
#ifndef OPENBANG_FRONTEND_BANG_DEBUG_H
#define OPENBANG_FRONTEND_BANG_DEBUG_H

#include "frontend/bang/Commands.h"

namespace bang {

int runDebug(const CommandLine &line);

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_DEBUG_H
