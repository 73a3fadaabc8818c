// Check.h: the command `bang check`.
#ifndef OPENBANG_FRONTEND_BANG_CHECK_H
#define OPENBANG_FRONTEND_BANG_CHECK_H

#include "frontend/bang/Commands.h"

namespace bang {

// The exit code is 1 when something was found, else the program's.
int checkProgramCommand(const CommandLine &line);

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_CHECK_H
