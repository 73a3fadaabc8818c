// DriverApi.cpp: the driver API (cn_api.h) on the same runtime.
#include "runtime/core/DriverCalls.h"
#include "runtime/include/cnrt.h"

#include <cstdio>

using namespace cnrt;

// Both APIs number their results alike; a code only cnrt.h has is an invalid value here.
CNresult cnrt::result(cnrtRet_t code) {
  switch (static_cast<int>(code)) {
#define CNRT_ROW(name, cnName, number, text) case number:
    CNRT_SHARED_ERRORS(CNRT_ROW)
#undef CNRT_ROW
    return static_cast<CNresult>(code);
  }
  return CN_ERROR_INVALID_VALUE;
}

CNresult cnInit(unsigned int flags) {
  return result(deviceCall("cnInit", [&](Runtime &) {
    return flags == 0 ? success() : failure(cnrtErrorNotSupport, "flags 0x%x are not supported, expected 0", flags);
  }));
}

CNresult cnDeviceGetCount(int *count) {
  return result(deviceCall("cnDeviceGetCount", [&](Runtime &runtime) { return put(count, runtime.deviceCount()); }));
}

CNresult cnDeviceGet(CNdev *device, int ordinal) {
  return result(deviceCall("cnDeviceGet", [&](Runtime &runtime) {
    Status status = runtime.checkOrdinal(ordinal);
    return status.ok() ? put(device, ordinal) : status;
  }));
}

CNresult cnDeviceGetName(char *name, int length, CNdev device) {
  return result(deviceCall("cnDeviceGetName", [&](Runtime &runtime) -> Status {
    if (Status status = runtime.checkOrdinal(device); !status.ok())
      return status;
    if (!name || length <= 0)
      return failure(cnrtErrorArgsInvalid, "expected a buffer for the name, found %p with %d bytes",
                     static_cast<void *>(name), length);
    std::snprintf(name, length, "%s", runtime.facts(device).title.c_str());
    return success();
  }));
}

CNresult cnDeviceGetAttribute(int *value, CNdevice_attribute attribute, CNdev device) {
  return result(deviceCall("cnDeviceGetAttribute", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(value); !status.ok())
      return status;
    Status status = runtime.checkOrdinal(device);
    return status.ok() ? deviceAttribute(runtime.facts(device), attribute, *value) : status;
  }));
}

static CNresult allocate(const char *name, CNaddr *address, size_t bytes) {
  return result(deviceCall(name, [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(address); !status.ok())
      return status;
    void *pointer = nullptr;
    Status status = runtime.allocate(&pointer, bytes);
    *address = reinterpret_cast<uintptr_t>(pointer);
    return status;
  }));
}

CNresult cnMalloc(CNaddr *address, size_t bytes) { return allocate("cnMalloc", address, bytes); }
CNresult cnMallocConstant(CNaddr *address, size_t bytes) { return allocate("cnMallocConstant", address, bytes); }

static void *pointerTo(CNaddr address) { return reinterpret_cast<void *>(static_cast<uintptr_t>(address)); }

CNresult cnFree(CNaddr address) {
  return result(deviceCall("cnFree", [&](Runtime &runtime) { return runtime.release(pointerTo(address)); }));
}

CNresult cnMemGetInfo(size_t *freeBytes, size_t *totalBytes) {
  return result(
      deviceCall("cnMemGetInfo", [&](Runtime &runtime) { return putMemoryInfo(runtime, freeBytes, totalBytes); }));
}

CNresult cnGetMemAttribute(void *value, CNmemAttribute attribute, CNaddr) {
  return result(deviceCall("cnGetMemAttribute", [&](Runtime &) -> Status {
    if (attribute != CN_MEM_ATTRIBUTE_ISLINEAR)
      return failure(cnrtErrorArgsInvalid, "memory attribute %d is unknown, expected CN_MEM_ATTRIBUTE_ISLINEAR",
                     static_cast<int>(attribute));
    return put(static_cast<int *>(value), 0);
  }));
}

CNresult cnMemcpyHtoD(CNaddr dst, const void *src, size_t bytes) {
  return result(copyCall("cnMemcpyHtoD", pointerTo(dst), src, bytes, cnrtMemcpyHostToDev));
}

CNresult cnMemcpyDtoH(void *dst, CNaddr src, size_t bytes) {
  return result(copyCall("cnMemcpyDtoH", dst, pointerTo(src), bytes, cnrtMemcpyDevToHost));
}

CNresult cnMemcpyPeer(CNaddr dst, CNdev dstDevice, CNaddr src, CNdev srcDevice, size_t bytes) {
  return result(copyPeerCall("cnMemcpyPeer", pointerTo(dst), dstDevice, pointerTo(src), srcDevice, bytes));
}

CNresult cnDeviceCanAccessPeer(int *answer, CNdev device, CNdev peer) {
  return result(peerAccessCall("cnDeviceCanAccessPeer", answer, device, peer));
}

CNresult cnMemsetD8(CNaddr dst, unsigned char value, size_t bytes) {
  return result(fillCall("cnMemsetD8", pointerTo(dst), value, bytes));
}

CNresult cnMemcpyDtoD(CNaddr dst, CNaddr src, size_t bytes) {
  return result(copyCall("cnMemcpyDtoD", pointerTo(dst), pointerTo(src), bytes, cnrtMemcpyDevToDev));
}

CNresult cnCreateQueueWithPriority(CNqueue *queue, unsigned int flags, int priority) {
  return result(createQueueCall("cnCreateQueueWithPriority", queue, flags, priority));
}

CNresult cnQueueGetPriority(CNqueue queue, int *priority) {
  return result(queuePriorityCall("cnQueueGetPriority", queue, priority));
}

CNresult cnInvokeHostFunc(CNqueue queue, CNhostFn function, void *data) {
  return result(hostFunctionCall("cnInvokeHostFunc", queue, function, data));
}

std::string cnrt::uuidOf(int device) { return format("0b4e6000-0000-4000-8000-%012x", device); }

CNresult cnDeviceGetUuidStr(char *text, int length, CNdev device) {
  return result(deviceCall("cnDeviceGetUuidStr", [&](Runtime &runtime) -> Status {
    if (Status status = runtime.checkOrdinal(device); !status.ok())
      return status;
    if (!text || length < 37)
      return failure(cnrtErrorArgsInvalid, "expected a buffer of at least 37 bytes, found %p with %d bytes",
                     static_cast<void *>(text), length);
    std::snprintf(text, length, "%s", uuidOf(device).c_str());
    return success();
  }));
}

CNresult cnCreateQueue(CNqueue *queue, unsigned int flags) {
  return result(createQueueCall("cnCreateQueue", queue, flags, 0));
}

CNresult cnDestroyQueue(CNqueue queue) {
  return result(deviceCall("cnDestroyQueue", [&](Runtime &runtime) { return runtime.destroyQueue(queue); }));
}

CNresult cnQueueSync(CNqueue handle) {
  return result(queueCall("cnQueueSync", handle,
                          [](Runtime &runtime, const QueuePtr &queue) { return runtime.executor.wait(queue); }));
}

CNresult cnQueryQueue(CNqueue queue) { return result(queryCall("cnQueryQueue", queue)); }
