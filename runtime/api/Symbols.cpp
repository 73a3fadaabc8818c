// Symbols.cpp: __mlu_device__ variables from the host.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

using namespace cnrt;

// The piece [offset, offset + bytes) of a variable as device memory.
static Status locate(Runtime &runtime, const void *symbol, size_t bytes, size_t offset, void *&pointer) {
  Block variable;
  if (Status status = runtime.findSymbol(symbol, variable); !status.ok())
    return status;
  if (offset > variable.size || bytes > variable.size - offset)
    return failure(cnrtErrorArgsInvalid, "%zu bytes at offset %zu end past the variable, which has %zu bytes", bytes,
                   offset, static_cast<size_t>(variable.size));
  pointer = reinterpret_cast<void *>(variable.base + offset);
  return success();
}

static Status needsDirection(cnrtMemTransDir_t direction, cnrtMemTransDir_t host, const char *expected) {
  if (direction == host || direction == cnrtMemcpyDevToDev || direction == cnrtMemcpyNoDirection)
    return success();
  return failure(cnrtErrorMemcpyDirectionInvalid, "copy direction %d does not fit, expected %s or cnrtMemcpyDevToDev",
                 static_cast<int>(direction), expected);
}

static Status prepareTo(Runtime &runtime, const void *symbol, const void *src, size_t bytes, size_t offset,
                        cnrtMemTransDir_t direction, Executor::Work &work) {
  void *pointer = nullptr;
  Status status = needsDirection(direction, cnrtMemcpyHostToDev, "cnrtMemcpyHostToDev");
  if (status.ok())
    status = locate(runtime, symbol, bytes, offset, pointer);
  return status.ok() ? runtime.prepareCopy(pointer, src, bytes, direction, work) : status;
}

static Status prepareFrom(Runtime &runtime, void *dst, const void *symbol, size_t bytes, size_t offset,
                          cnrtMemTransDir_t direction, Executor::Work &work) {
  void *pointer = nullptr;
  Status status = needsDirection(direction, cnrtMemcpyDevToHost, "cnrtMemcpyDevToHost");
  if (status.ok())
    status = locate(runtime, symbol, bytes, offset, pointer);
  return status.ok() ? runtime.prepareCopy(dst, pointer, bytes, direction, work) : status;
}

cnrtRet_t cnrtMemcpyToSymbol(const void *symbol, const void *src, size_t bytes, size_t offset,
                             cnrtMemTransDir_t direction) {
  return queueCall("cnrtMemcpyToSymbol", nullptr, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = prepareTo(runtime, symbol, src, bytes, offset, direction, work);
    return status.ok() ? runtime.executor.run(queue, std::move(work)) : status;
  });
}

cnrtRet_t cnrtMemcpyFromSymbol(void *dst, const void *symbol, size_t bytes, size_t offset,
                               cnrtMemTransDir_t direction) {
  return queueCall("cnrtMemcpyFromSymbol", nullptr, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = prepareFrom(runtime, dst, symbol, bytes, offset, direction, work);
    return status.ok() ? runtime.executor.run(queue, std::move(work)) : status;
  });
}

cnrtRet_t cnrtMemcpyToSymbolAsync(const void *symbol, const void *src, size_t bytes, size_t offset,
                                  cnrtMemTransDir_t direction, cnrtQueue_t handle) {
  return queueCall("cnrtMemcpyToSymbolAsync", handle, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = prepareTo(runtime, symbol, src, bytes, offset, direction, work);
    return status.ok() ? runtime.executor.submit(queue, named("cnrtMemcpyToSymbolAsync", std::move(work))) : status;
  });
}

cnrtRet_t cnrtMemcpyFromSymbolAsync(void *dst, const void *symbol, size_t bytes, size_t offset,
                                    cnrtMemTransDir_t direction, cnrtQueue_t handle) {
  return queueCall("cnrtMemcpyFromSymbolAsync", handle, [&](Runtime &runtime, const QueuePtr &queue) {
    Executor::Work work;
    Status status = prepareFrom(runtime, dst, symbol, bytes, offset, direction, work);
    return status.ok() ? runtime.executor.submit(queue, named("cnrtMemcpyFromSymbolAsync", std::move(work))) : status;
  });
}

cnrtRet_t cnrtGetSymbolAddress(void **pointer, const void *symbol) {
  return deviceCall("cnrtGetSymbolAddress", [&](Runtime &runtime) {
    Block variable;
    Status status = runtime.findSymbol(symbol, variable);
    return status.ok() ? put(pointer, reinterpret_cast<void *>(variable.base)) : status;
  });
}

cnrtRet_t cnrtGetSymbolSize(size_t *bytes, const void *symbol) {
  return deviceCall("cnrtGetSymbolSize", [&](Runtime &runtime) {
    Block variable;
    Status status = runtime.findSymbol(symbol, variable);
    return status.ok() ? put(bytes, static_cast<size_t>(variable.size)) : status;
  });
}
