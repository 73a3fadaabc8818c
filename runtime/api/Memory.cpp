// Memory.cpp: memory, copies and fills of the host API.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

using namespace cnrt;

cnrtRet_t cnrtMalloc(void **pointer, size_t bytes) {
  return deviceCall("cnrtMalloc", [&](Runtime &runtime) { return runtime.allocate(pointer, bytes); });
}

// Memory that kernels only read. The simulated card keeps no second kind of memory for it.
cnrtRet_t cnrtMallocConstant(void **pointer, size_t bytes) {
  return deviceCall("cnrtMallocConstant", [&](Runtime &runtime) { return runtime.allocate(pointer, bytes); });
}

cnrtRet_t cnrtFree(void *pointer) {
  return deviceCall("cnrtFree", [&](Runtime &runtime) { return runtime.release(pointer); });
}

cnrtRet_t cnrtHostMalloc(void **pointer, size_t bytes) {
  return deviceCall("cnrtHostMalloc", [&](Runtime &runtime) { return runtime.allocateHost(pointer, bytes); });
}

cnrtRet_t cnrtFreeHost(void *pointer) {
  return deviceCall("cnrtFreeHost", [&](Runtime &runtime) { return runtime.releaseHost(pointer); });
}

cnrtRet_t cnrtMemGetInfo(size_t *freeBytes, size_t *totalBytes) {
  return deviceCall("cnrtMemGetInfo", [&](Runtime &runtime) { return putMemoryInfo(runtime, freeBytes, totalBytes); });
}

cnrtRet_t cnrtPointerGetAttributes(cnrtPointerAttributes_t *attributes, const void *pointer) {
  return deviceCall("cnrtPointerGetAttributes", [&](Runtime &runtime) {
    Status status = needsPlace(attributes);
    return status.ok() ? runtime.pointerAttributes(*attributes, pointer) : status;
  });
}

cnrtRet_t cnrt::copyCall(const char *name, void *dst, const void *src, size_t bytes, cnrtMemTransDir_t direction) {
  return queueCall(name, nullptr, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = runtime.prepareCopy(dst, src, bytes, direction, work);
    return status.ok() ? runtime.executor.run(queue, std::move(work)) : status;
  });
}

cnrtRet_t cnrtMemcpy(void *dst, const void *src, size_t bytes, cnrtMemTransDir_t direction) {
  return copyCall("cnrtMemcpy", dst, src, bytes, direction);
}

cnrtRet_t cnrt::fillCall(const char *name, void *pointer, int byte, size_t bytes) {
  return queueCall(name, nullptr, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = runtime.prepareFill(pointer, byte, bytes, work);
    return status.ok() ? runtime.executor.run(queue, std::move(work)) : status;
  });
}

cnrtRet_t cnrtMemset(void *pointer, int byte, size_t bytes) { return fillCall("cnrtMemset", pointer, byte, bytes); }

Executor::Work cnrt::named(const char *call, Executor::Work work) {
  return [call, work = std::move(work)] {
    Status status = work();
    if (!status.ok())
      status.message = format("error: %s: ", call) + status.message;
    return status;
  };
}

static cnrtRet_t copyAsync(const char *name, void *dst, void *src, size_t bytes, cnrtQueue_t handle,
                           cnrtMemTransDir_t direction) {
  return queueCall(name, handle, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = runtime.prepareCopy(dst, src, bytes, direction, work);
    return status.ok() ? runtime.executor.submit(queue, named(name, std::move(work))) : status;
  });
}

cnrtRet_t cnrtMemcpyAsync(void *dst, void *src, size_t bytes, cnrtQueue_t queue, cnrtMemTransDir_t direction) {
  return copyAsync("cnrtMemcpyAsync", dst, src, bytes, queue, direction);
}

cnrtRet_t cnrtMemcpyAsync_V2(void *dst, void *src, size_t bytes, cnrtQueue_t queue, cnrtMemTransDir_t direction) {
  return copyAsync("cnrtMemcpyAsync_V2", dst, src, bytes, queue, direction);
}

cnrtRet_t cnrtMemsetAsync(void *pointer, int byte, size_t bytes, cnrtQueue_t handle) {
  return queueCall("cnrtMemsetAsync", handle, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = runtime.prepareFill(pointer, byte, bytes, work);
    return status.ok() ? runtime.executor.submit(queue, named("cnrtMemsetAsync", std::move(work))) : status;
  });
}
