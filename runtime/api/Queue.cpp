// Queue.cpp: queues of the host API.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

#include <algorithm>

using namespace cnrt;

// Work never overlaps, so a priority changes nothing; it is kept for the program to read.
static constexpr int kLeastPriority = 7, kGreatestPriority = 0;

cnrtRet_t cnrt::createQueueCall(const char *name, cnrtQueue_t *queue, unsigned int flags, int priority) {
  return deviceCall(name, [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(queue); !status.ok())
      return status;
    if (flags != 0)
      return failure(cnrtErrorNotSupport, "flags 0x%x are not supported, expected 0", flags);
    return runtime.createQueue(*queue, std::clamp(priority, kGreatestPriority, kLeastPriority));
  });
}

cnrtRet_t cnrtQueueCreate(cnrtQueue_t *queue) { return createQueueCall("cnrtQueueCreate", queue, 0, 0); }

cnrtRet_t cnrtQueueCreateWithPriority(cnrtQueue_t *queue, unsigned int flags, int priority) {
  return createQueueCall("cnrtQueueCreateWithPriority", queue, flags, priority);
}

cnrtRet_t cnrt::queuePriorityCall(const char *name, cnrtQueue_t handle, int *priority) {
  return queueCall(name, handle, [&](Runtime &, const QueuePtr &queue) { return put(priority, queue->priority); });
}

cnrtRet_t cnrtQueueGetPriority(cnrtQueue_t queue, int *priority) {
  return queuePriorityCall("cnrtQueueGetPriority", queue, priority);
}

cnrtRet_t cnrtDeviceGetQueuePriorityRange(int *least, int *greatest) {
  return deviceCall("cnrtDeviceGetQueuePriorityRange", [&](Runtime &) {
    if (least)
      *least = kLeastPriority;
    if (greatest)
      *greatest = kGreatestPriority;
    return success();
  });
}

cnrtRet_t cnrtQueueGetDevice(cnrtQueue_t handle, int *device) {
  return queueCall("cnrtQueueGetDevice", handle,
                   [&](Runtime &, const QueuePtr &queue) { return put(device, queue->device); });
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
  return notifierCall("cnrtQueueWaitNotifier", notifier, [&](Runtime &runtime, const NotifierPtr &placed) -> Status {
    QueuePtr queue;
    if (Status status = runtime.findQueue(handle, queue); !status.ok())
      return status;
    if (flags != 0)
      return failure(cnrtErrorNotSupport, "flags 0x%x are not supported, expected 0", flags);
    // Nothing to queue: the placing came earlier, and the device works in the order of submission (Executor.h).
    // Only a capture has to know of it.
    return runtime.executor.follow(queue, placed);
  });
}

cnrtRet_t cnrt::hostFunctionCall(const char *name, cnrtQueue_t handle, void (*function)(void *), void *data) {
  return queueCall(name, handle, [&](Runtime &runtime, const QueuePtr &queue) -> Status {
    if (!function)
      return failure(cnrtErrorArgsInvalid, "the function is a null pointer");
    return runtime.executor.submit(queue, [=] {
      function(data);
      return success();
    });
  });
}

cnrtRet_t cnrtInvokeHostFunc(cnrtQueue_t queue, cnrtHostFn_t function, void *data) {
  return hostFunctionCall("cnrtInvokeHostFunc", queue, function, data);
}

cnrtRet_t cnrtQueueAddCallback(cnrtQueue_t handle, cnrtQueueCallback_t callback, void *data, unsigned int flags) {
  return queueCall("cnrtQueueAddCallback", handle, [&](Runtime &runtime, const QueuePtr &queue) -> Status {
    if (!callback)
      return failure(cnrtErrorArgsInvalid, "the callback is a null pointer");
    if (flags != 0)
      return failure(cnrtErrorNotSupport, "flags 0x%x are not supported, expected 0", flags);
    return runtime.executor.submitCallback(queue, [=](const Status &status) { callback(handle, status.code, data); });
  });
}
