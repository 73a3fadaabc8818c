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

static cnrtRet_t noCapture(const char *name) {
  return hostCall(name, [] {
    return failure(cnrtErrorNotSupport, "queues cannot be captured into task topologies; launch the kernels directly");
  });
}

cnrtRet_t cnrtQueueBeginCapture(cnrtQueue_t, cnrtQueueCaptureMode_t) { return noCapture("cnrtQueueBeginCapture"); }
cnrtRet_t cnrtQueueEndCapture(cnrtQueue_t, cnrtTaskTopo_t *) { return noCapture("cnrtQueueEndCapture"); }
cnrtRet_t cnrtTaskTopoDestroy(cnrtTaskTopo_t) { return noCapture("cnrtTaskTopoDestroy"); }
cnrtRet_t cnrtTaskTopoEntityInvoke(cnrtTaskTopoEntity_t, cnrtQueue_t) { return noCapture("cnrtTaskTopoEntityInvoke"); }
cnrtRet_t cnrtTaskTopoEntityDestroy(cnrtTaskTopoEntity_t) { return noCapture("cnrtTaskTopoEntityDestroy"); }

// This question has an answer: no queue is ever captured.
cnrtRet_t cnrtQueueIsCapturing(cnrtQueue_t handle, cnrtQueueCaptureStatus_t *status) {
  return queueCall("cnrtQueueIsCapturing", handle,
                   [&](Runtime &, const QueuePtr &) { return put(status, cnrtQueueCaptureStatusNone); });
}
