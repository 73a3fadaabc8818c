// Queue.cpp: queues of the host API.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

using namespace cnrt;

cnrtRet_t cnrtQueueCreate(cnrtQueue_t *queue) {
  return deviceCall("cnrtQueueCreate", [&](Runtime &runtime) {
    Status status = needsPlace(queue);
    return status.ok() ? runtime.createQueue(*queue) : status;
  });
}

cnrtRet_t cnrtQueueDestroy(cnrtQueue_t queue) {
  return deviceCall("cnrtQueueDestroy", [&](Runtime &runtime) { return runtime.destroyQueue(queue); });
}

cnrtRet_t cnrtQueueSync(cnrtQueue_t handle) {
  return queueCall("cnrtQueueSync", handle,
                   [](Runtime &runtime, const QueuePtr &queue) { return runtime.executor.wait(queue); });
}

cnrtRet_t cnrt::queryCall(const char *name, cnrtQueue_t handle) {
  return queueCall(name, handle, [](Runtime &runtime, const QueuePtr &queue) {
    // A queue that is done is a finished wait: it hands over the fault.
    return runtime.executor.isBusy(queue) ? quiet(cnrtErrorNotReady) : runtime.executor.wait(queue);
  });
}

cnrtRet_t cnrtQueueQuery(cnrtQueue_t queue) { return queryCall("cnrtQueueQuery", queue); }

cnrtRet_t cnrtQueueWaitNotifier(cnrtNotifier_t notifier, cnrtQueue_t handle, unsigned int flags) {
  return notifierCall("cnrtQueueWaitNotifier", notifier, [&](Runtime &runtime, const NotifierPtr &) -> Status {
    QueuePtr queue;
    if (Status status = runtime.findQueue(handle, queue); !status.ok())
      return status;
    if (flags != 0)
      return failure(cnrtErrorNotSupport, "flags 0x%x are not supported, expected 0", flags);
    // Nothing to queue: the placing came earlier, and the device works in the order of submission (Executor.h).
    return success();
  });
}
