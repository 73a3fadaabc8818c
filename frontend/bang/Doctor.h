// Doctor.h: `bang doctor`.
#ifndef OPENBANG_FRONTEND_BANG_DOCTOR_H
#define OPENBANG_FRONTEND_BANG_DOCTOR_H

#include "frontend/bang/Commands.h"

namespace bang {

int runDoctor(const CommandLine &line);

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_DOCTOR_H
