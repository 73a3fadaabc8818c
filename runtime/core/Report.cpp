// Report.cpp: stderr and the last error of a thread.
#include "runtime/core/Report.h"

#include <cstdio>

namespace cnrt {

static thread_local cnrtRet_t threadError = cnrtSuccess;

// One write per message, so that messages of several threads do not mix; stdout first, so that what the program
// printed before stands before it.
static void writeError(const std::string &text) {
  std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

cnrtRet_t endCall(const char *call, const Status &status) {
  if (status.ok() || status.code == cnrtErrorNotReady)
    return status.code;
  if (!status.message.empty() && !status.reported)
    writeError(format("error: %s: %s\n", call, status.message.c_str()));
  threadError = status.code;
  return status.code;
}

void reportFault(Status &status) {
  if (!status.reported && !status.message.empty())
    writeError(status.message.back() == '\n' ? status.message : status.message + "\n");
  status.reported = true;
}

cnrtRet_t lastError() { return threadError; }

void clearLastError() { threadError = cnrtSuccess; }

} // namespace cnrt
