// Notifier.cpp: notifiers of the host API.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

using namespace cnrt;

static cnrtRet_t create(const char *name, cnrtNotifier_t *notifier, unsigned int flags) {
  return deviceCall(name, [&](Runtime &runtime) {
    Status status = needsPlace(notifier);
    return status.ok() ? runtime.createNotifier(*notifier, flags) : status;
  });
}

cnrtRet_t cnrtNotifierCreate(cnrtNotifier_t *notifier) {
  return create("cnrtNotifierCreate", notifier, CNRT_NOTIFIER_DEFAULT);
}

cnrtRet_t cnrtNotifierCreateWithFlags(cnrtNotifier_t *notifier, unsigned int flags) {
  return create("cnrtNotifierCreateWithFlags", notifier, flags);
}

cnrtRet_t cnrtNotifierDestroy(cnrtNotifier_t notifier) {
  return deviceCall("cnrtNotifierDestroy", [&](Runtime &runtime) { return runtime.destroyNotifier(notifier); });
}

cnrtRet_t cnrtPlaceNotifier(cnrtNotifier_t handle, cnrtQueue_t queueHandle) {
  return notifierCall("cnrtPlaceNotifier", handle, [&](Runtime &runtime, const NotifierPtr &notifier) {
    QueuePtr queue;
    Status status = runtime.findQueue(queueHandle, queue);
    return status.ok() ? runtime.executor.place(notifier, queue) : status;
  });
}

cnrtRet_t cnrtQueryNotifier(cnrtNotifier_t handle) {
  return notifierCall("cnrtQueryNotifier", handle,
                      [](Runtime &runtime, const NotifierPtr &notifier) { return runtime.executor.query(notifier); });
}

cnrtRet_t cnrtWaitNotifier(cnrtNotifier_t handle) {
  return notifierCall("cnrtWaitNotifier", handle,
                      [](Runtime &runtime, const NotifierPtr &notifier) { return runtime.executor.wait(notifier); });
}

// Writes the time from start to end in `Unit`s.
template <class Unit>
static cnrtRet_t elapsed(const char *name, cnrtNotifier_t start, cnrtNotifier_t end, float *result) {
  return notifierCall(name, start, [&](Runtime &runtime, const NotifierPtr &first) -> Status {
    if (Status status = needsPlace(result); !status.ok())
      return status;
    NotifierPtr second;
    if (Status status = runtime.findNotifier(end, second); !status.ok())
      return status;
    std::chrono::nanoseconds time;
    Status status = runtime.executor.elapsed(first, second, time);
    if (status.ok())
      *result = std::chrono::duration<float, Unit>(time).count();
    return status;
  });
}

cnrtRet_t cnrtNotifierDuration(cnrtNotifier_t start, cnrtNotifier_t end, float *us) {
  return elapsed<std::micro>("cnrtNotifierDuration", start, end, us);
}

cnrtRet_t cnrtNotifierElapsedTime(cnrtNotifier_t start, cnrtNotifier_t end, float *ms) {
  return elapsed<std::milli>("cnrtNotifierElapsedTime", start, end, ms);
}
