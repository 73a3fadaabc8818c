// Prof.h: the command `bang prof`.
#ifndef OPENBANG_FRONTEND_BANG_PROF_H
#define OPENBANG_FRONTEND_BANG_PROF_H

#include "frontend/bang/Commands.h"

namespace bang {

// The exit code is the program's.
int profileProgramCommand(const CommandLine &line);

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_PROF_H
