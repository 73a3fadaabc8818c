// Api.h: the frame of every API function: start the runtime, run the body, report, return the code.
#ifndef OPENBANG_RUNTIME_CORE_API_H
#define OPENBANG_RUNTIME_CORE_API_H

#include "runtime/core/Report.h"
#include "runtime/core/Runtime.h"

#include <new>

namespace cnrt {

// A call that needs no device. No exception crosses the C interface.
template <class Body> cnrtRet_t hostCall(const char *name, Body body) {
  try {
    return endCall(name, body());
  } catch (const std::bad_alloc &) {
    return endCall(name, failure(cnrtErrorSysNoMem, "out of host memory"));
  }
}

// A call that works on the device: body(runtime).
template <class Body> cnrtRet_t deviceCall(const char *name, Body body) {
  return hostCall(name, [&]() -> Status {
    Status status;
    Runtime *runtime = Runtime::get(status);
    return runtime ? body(*runtime) : status;
  });
}

// A call on a queue: body(runtime, queue).
template <class Body> cnrtRet_t queueCall(const char *name, cnrtQueue_t handle, Body body) {
  return deviceCall(name, [&](Runtime &runtime) -> Status {
    QueuePtr queue;
    Status status = runtime.findQueue(handle, queue);
    return status.ok() ? body(runtime, queue) : status;
  });
}

// A call on a notifier: body(runtime, notifier).
template <class Body> cnrtRet_t notifierCall(const char *name, cnrtNotifier_t handle, Body body) {
  return deviceCall(name, [&](Runtime &runtime) -> Status {
    NotifierPtr notifier;
    Status status = runtime.findNotifier(handle, notifier);
    return status.ok() ? body(runtime, notifier) : status;
  });
}

// The sentence for a result pointer the caller left out.
inline Status needsPlace(const void *pointer) {
  return pointer ? success() : failure(cnrtErrorArgsInvalid, "the place for the result is a null pointer");
}

// Hands a result to the caller.
template <class T> Status put(T *place, T value) {
  Status status = needsPlace(place);
  if (status.ok())
    *place = value;
  return status;
}

// Free and total memory of the current device; either place may be left out.
inline Status putMemoryInfo(Runtime &runtime, size_t *freeBytes, size_t *totalBytes) {
  uint64_t freeNow = 0, total = 0;
  runtime.memoryInfo(runtime.currentDevice(), freeNow, total);
  if (freeBytes)
    *freeBytes = freeNow;
  if (totalBytes)
    *totalBytes = total;
  return success();
}

// Blocking copies and fills of both APIs; `name` is the function the user called.
cnrtRet_t copyCall(const char *name, void *dst, const void *src, size_t bytes, cnrtMemTransDir_t direction);
cnrtRet_t fillCall(const char *name, void *pointer, int byte, size_t bytes);
cnrtRet_t copyPeerCall(const char *name, void *dst, int dstDevice, const void *src, int srcDevice, size_t bytes);
cnrtRet_t peerAccessCall(const char *name, int *answer, int device, int peer);
cnrtRet_t queryCall(const char *name, cnrtQueue_t queue);
cnrtRet_t createQueueCall(const char *name, cnrtQueue_t *queue, unsigned int flags, int priority);
cnrtRet_t queuePriorityCall(const char *name, cnrtQueue_t queue, int *priority);
cnrtRet_t hostFunctionCall(const char *name, cnrtQueue_t queue, void (*function)(void *), void *data);

// Queued work reports its failure itself, later: it must then say which call it came from.
Executor::Work named(const char *call, Executor::Work work);

// The value of a device attribute (Attributes.cpp).
Status deviceAttribute(const DeviceFacts &facts, int attribute, int &value);

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_API_H
