// Report.h: what the runtime tells the user on stderr, and each thread's last error.
#ifndef OPENBANG_RUNTIME_CORE_REPORT_H
#define OPENBANG_RUNTIME_CORE_REPORT_H

#include "runtime/core/Status.h"

namespace cnrt {

// Ends the API call `call`: writes the status' sentence unless it was written before, remembers the code as this
// thread's last error, returns the code. cnrtErrorNotReady is an answer, not an error.
cnrtRet_t endCall(const char *call, const Status &status);

// Writes the report of queued work that failed and marks it as reported.
void reportFault(Status &status);

cnrtRet_t lastError();
void clearLastError();

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_REPORT_H
