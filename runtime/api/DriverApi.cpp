// DriverApi.cpp: the driver API (cn_api.h) on the same runtime.
#include "runtime/core/Api.h"
#include "runtime/include/cn_api.h"
#include "runtime/include/cnrt.h"

#include <cstdio>

using namespace cnrt;

// The one context. Programs only compare and pass its address.
struct CNcontext_st {
} static theContext;

// Both APIs number their results alike; a code only cnrt.h has is an invalid value here.
static CNresult result(cnrtRet_t code) {
  switch (static_cast<int>(code)) {
#define CNRT_ROW(name, cnName, number, text) case number:
    CNRT_SHARED_ERRORS(CNRT_ROW)
#undef CNRT_ROW
    return static_cast<CNresult>(code);
  }
  return CN_ERROR_INVALID_VALUE;
}

static Status checkContext(CNcontext context) {
  return context == &theContext
             ? success()
             : failure(cnrtErrorArgsInvalid, "%p is not the context of the device; get it with cnCtxGetCurrent",
                       static_cast<void *>(context));
}

template <class T> static Status put(T *place, T value) {
  Status status = needsPlace(place);
  if (status.ok())
    *place = value;
  return status;
}

CNresult cnInit(unsigned int flags) {
  return result(deviceCall("cnInit", [&](Runtime &) {
    return flags == 0 ? success() : failure(cnrtErrorNotSupport, "flags 0x%x are not supported, expected 0", flags);
  }));
}

CNresult cnDeviceGetCount(int *count) {
  return result(deviceCall("cnDeviceGetCount", [&](Runtime &) { return put(count, 1); }));
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
    std::snprintf(name, length, "%s", runtime.facts().title.c_str());
    return success();
  }));
}

CNresult cnDeviceGetAttribute(int *value, CNdevice_attribute attribute, CNdev device) {
  return result(deviceCall("cnDeviceGetAttribute", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(value); !status.ok())
      return status;
    Status status = runtime.checkOrdinal(device);
    return status.ok() ? deviceAttribute(runtime.facts(), attribute, *value) : status;
  }));
}

CNresult cnCtxGetCurrent(CNcontext *context) {
  return result(deviceCall("cnCtxGetCurrent", [&](Runtime &) { return put(context, &theContext); }));
}

CNresult cnCtxSetCurrent(CNcontext context) {
  return result(deviceCall("cnCtxSetCurrent", [&](Runtime &) { return checkContext(context); }));
}

CNresult cnCtxGetDevice(CNdev *device) {
  return result(deviceCall("cnCtxGetDevice", [&](Runtime &) { return put(device, 0); }));
}

CNresult cnCtxSync(void) {
  return result(deviceCall("cnCtxSync", [](Runtime &runtime) { return runtime.executor.waitAll(); }));
}

CNresult cnSharedContextAcquire(CNcontext *context, CNdev device) {
  return result(deviceCall("cnSharedContextAcquire", [&](Runtime &runtime) {
    Status status = runtime.checkOrdinal(device);
    return status.ok() ? put(context, &theContext) : status;
  }));
}

CNresult cnSharedContextRelease(CNdev device) {
  return result(deviceCall("cnSharedContextRelease", [&](Runtime &runtime) { return runtime.checkOrdinal(device); }));
}

// Clusters that a job of this class occupies together; 0: not a class of tasks.
static unsigned clustersOf(KernelClass type) {
  return type >= CN_KERNEL_CLASS_UNION && type <= CN_KERNEL_CLASS_UNION16 ? type / CN_KERNEL_CLASS_UNION : 0;
}

// The largest union that the machine has clusters for.
static KernelClass unionLimit(const DeviceFacts &facts) {
  KernelClass limit = CN_KERNEL_CLASS_BLOCK;
  for (KernelClass type : {CN_KERNEL_CLASS_UNION, CN_KERNEL_CLASS_UNION2, CN_KERNEL_CLASS_UNION4,
                           CN_KERNEL_CLASS_UNION8, CN_KERNEL_CLASS_UNION16})
    if (clustersOf(type) <= facts.clusters)
      limit = type;
  return limit;
}

// What the context has: the member that `type` selects is set.
static Status contextParameter(const DeviceFacts &facts, CNctxConfigParamType type, CNctxConfigParam &parameter) {
  switch (type) {
  case CN_CTX_CONFIG_VISIBLE_CLUSTER:
    parameter.visibleCluster = facts.clusters >= 64 ? ~0ull : (1ull << facts.clusters) - 1;
    return success();
  case CN_CTX_CONFIG_VISIBLE_CLUSTER_NUM:
    parameter.visibleClusterNumber = facts.clusters;
    return success();
  case CN_CTX_CONFIG_UNION_LIMIT:
    parameter.unionLimit = unionLimit(facts);
    return success();
  }
  return failure(cnrtErrorArgsInvalid, "context parameter %d is unknown, expected one of CNctxConfigParamType",
                 static_cast<int>(type));
}

CNresult cnGetCtxConfigParam(CNcontext context, CNctxConfigParamType type, CNctxConfigParam *parameter) {
  return result(deviceCall("cnGetCtxConfigParam", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(parameter); !status.ok())
      return status;
    Status status = checkContext(context);
    return status.ok() ? contextParameter(runtime.facts(), type, *parameter) : status;
  }));
}

CNresult cnSetCtxConfigParam(CNcontext context, CNctxConfigParamType type, CNctxConfigParam *parameter) {
  return result(deviceCall("cnSetCtxConfigParam", [&](Runtime &runtime) -> Status {
    if (!parameter)
      return failure(cnrtErrorArgsInvalid, "the parameter is a null pointer");
    CNctxConfigParam own = {};
    Status status = checkContext(context);
    if (status.ok())
      status = contextParameter(runtime.facts(), type, own);
    if (!status.ok())
      return status;
    bool same = type == CN_CTX_CONFIG_VISIBLE_CLUSTER ? parameter->visibleCluster == own.visibleCluster
                : type == CN_CTX_CONFIG_VISIBLE_CLUSTER_NUM
                    ? parameter->visibleClusterNumber == own.visibleClusterNumber
                    : parameter->unionLimit == own.unionLimit;
    return same ? success()
                : failure(cnrtErrorNotSupport,
                          "the clusters of a context cannot be limited; choose a smaller machine with BANG_MACHINE");
  }));
}

CNresult cnGetCtxMaxParallelUnionTasks(CNcontext context, KernelClass type, int *count) {
  return result(deviceCall("cnGetCtxMaxParallelUnionTasks", [&](Runtime &runtime) -> Status {
    if (Status status = checkContext(context); !status.ok())
      return status;
    const DeviceFacts &facts = runtime.facts();
    if (type == CN_KERNEL_CLASS_BLOCK)
      return put(count, static_cast<int>(facts.clusters * facts.coresPerCluster));
    unsigned clusters = clustersOf(type);
    if (clusters == 0)
      return failure(cnrtErrorArgsInvalid, "kernel class %d is unknown, expected CN_KERNEL_CLASS_BLOCK or _UNION...",
                     static_cast<int>(type));
    return put(count, static_cast<int>(facts.clusters / clusters));
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
      deviceCall("cnMemGetInfo", [&](Runtime &runtime) { return runtime.memoryInfo(freeBytes, totalBytes); }));
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

CNresult cnMemcpyDtoD(CNaddr dst, CNaddr src, size_t bytes) {
  return result(copyCall("cnMemcpyDtoD", pointerTo(dst), pointerTo(src), bytes, cnrtMemcpyDevToDev));
}

CNresult cnCreateQueue(CNqueue *queue, unsigned int flags) {
  return result(deviceCall("cnCreateQueue", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(queue); !status.ok())
      return status;
    if (flags != 0)
      return failure(cnrtErrorNotSupport, "flags 0x%x are not supported, expected 0", flags);
    return runtime.createQueue(*queue);
  }));
}

CNresult cnDestroyQueue(CNqueue queue) {
  return result(deviceCall("cnDestroyQueue", [&](Runtime &runtime) { return runtime.destroyQueue(queue); }));
}

CNresult cnQueueSync(CNqueue handle) {
  return result(queueCall("cnQueueSync", handle,
                          [](Runtime &runtime, const QueuePtr &queue) { return runtime.executor.wait(queue); }));
}

CNresult cnQueryQueue(CNqueue queue) { return result(queryCall("cnQueryQueue", queue)); }

CNresult cnQueueGetContext(CNqueue handle, CNcontext *context) {
  return result(
      queueCall("cnQueueGetContext", handle, [&](Runtime &, const QueuePtr &) { return put(context, &theContext); }));
}
