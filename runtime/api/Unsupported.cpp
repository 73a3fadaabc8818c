// Unsupported.cpp: calls that can have no meaning on simulated cards. Each says so; docs/limits.md lists them.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

using namespace cnrt;

static cnrtRet_t noSharing(const char *name) {
  return hostCall(name, [] {
    return failure(cnrtErrorNotSupport, "a simulated card belongs to one process and cannot be shared with another; "
                                        "exchange data through host memory");
  });
}

cnrtRet_t cnrtAcquireMemHandle(cnrtIpcMemHandle *, void *) { return noSharing("cnrtAcquireMemHandle"); }
cnrtRet_t cnrtMapMemHandle(void **, cnrtIpcMemHandle, int) { return noSharing("cnrtMapMemHandle"); }
cnrtRet_t cnrtUnMapMemHandle(void *) { return noSharing("cnrtUnMapMemHandle"); }
cnrtRet_t cnrtIpcGetNotifierHandle(cnrtIpcNotifierHandle *, cnrtNotifier_t) {
  return noSharing("cnrtIpcGetNotifierHandle");
}
cnrtRet_t cnrtIpcOpenNotifierHandle(cnrtNotifier_t *, cnrtIpcNotifierHandle) {
  return noSharing("cnrtIpcOpenNotifierHandle");
}
