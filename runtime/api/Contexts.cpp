// Contexts.cpp: contexts of the driver API. A device has one, which every thread may use from the start.
#include "codegen/isa/CardRanges.h"
#include "runtime/core/DriverCalls.h"
#include "runtime/include/cnrt.h"

using namespace cnrt;

// Programs only compare and pass its address.
struct CNcontext_st {
} static contexts[dlp::kMaxCards];

static Status deviceOf(Runtime &runtime, CNcontext context, int &device) {
  for (device = 0; device < runtime.deviceCount(); ++device)
    if (context == &contexts[device])
      return success();
  return failure(cnrtErrorArgsInvalid, "%p is not the context of a device; get it with cnCtxGetCurrent",
                 static_cast<void *>(context));
}

CNresult cnCtxGetCurrent(CNcontext *context) {
  return result(deviceCall("cnCtxGetCurrent",
                           [&](Runtime &runtime) { return put(context, &contexts[runtime.currentDevice()]); }));
}

CNresult cnCtxSetCurrent(CNcontext context) {
  return result(deviceCall("cnCtxSetCurrent", [&](Runtime &runtime) {
    int device = 0;
    Status status = deviceOf(runtime, context, device);
    return status.ok() ? runtime.setCurrentDevice(device) : status;
  }));
}

CNresult cnCtxGetDevice(CNdev *device) {
  return result(deviceCall("cnCtxGetDevice", [&](Runtime &runtime) { return put(device, runtime.currentDevice()); }));
}

// A device has one context; creating it makes it current.
CNresult cnCtxCreate(CNcontext *context, unsigned int, CNdev device) {
  return result(deviceCall("cnCtxCreate", [&](Runtime &runtime) {
    Status status = runtime.setCurrentDevice(device);
    return status.ok() ? put(context, &contexts[device]) : status;
  }));
}

CNresult cnCtxDestroy(CNcontext context) {
  return result(deviceCall("cnCtxDestroy", [&](Runtime &runtime) {
    int device = 0;
    return deviceOf(runtime, context, device);
  }));
}

CNresult cnCtxSync(void) {
  return result(
      deviceCall("cnCtxSync", [](Runtime &runtime) { return runtime.executor.waitAll(runtime.currentDevice()); }));
}

CNresult cnSharedContextAcquire(CNcontext *context, CNdev device) {
  return result(deviceCall("cnSharedContextAcquire", [&](Runtime &runtime) {
    Status status = runtime.checkOrdinal(device);
    return status.ok() ? put(context, &contexts[device]) : status;
  }));
}

CNresult cnSharedContextRelease(CNdev device) {
  return result(deviceCall("cnSharedContextRelease", [&](Runtime &runtime) { return runtime.checkOrdinal(device); }));
}

CNresult cnSharedContextGetState(CNdev device, unsigned int *flags, int *isActive) {
  return result(deviceCall("cnSharedContextGetState", [&](Runtime &runtime) {
    if (flags)
      *flags = 0;
    if (isActive)
      *isActive = 1;
    return runtime.checkOrdinal(device);
  }));
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
    int device = 0;
    Status status = deviceOf(runtime, context, device);
    return status.ok() ? contextParameter(runtime.facts(device), type, *parameter) : status;
  }));
}

CNresult cnSetCtxConfigParam(CNcontext context, CNctxConfigParamType type, CNctxConfigParam *parameter) {
  return result(deviceCall("cnSetCtxConfigParam", [&](Runtime &runtime) -> Status {
    if (!parameter)
      return failure(cnrtErrorArgsInvalid, "the parameter is a null pointer");
    CNctxConfigParam own = {};
    int device = 0;
    Status status = deviceOf(runtime, context, device);
    if (status.ok())
      status = contextParameter(runtime.facts(device), type, own);
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
    int device = 0;
    if (Status status = deviceOf(runtime, context, device); !status.ok())
      return status;
    const DeviceFacts &facts = runtime.facts(device);
    if (type == CN_KERNEL_CLASS_BLOCK)
      return put(count, static_cast<int>(facts.clusters * facts.coresPerCluster));
    unsigned clusters = clustersOf(type);
    if (clusters == 0)
      return failure(cnrtErrorArgsInvalid, "kernel class %d is unknown, expected CN_KERNEL_CLASS_BLOCK or _UNION...",
                     static_cast<int>(type));
    return put(count, static_cast<int>(facts.clusters / clusters));
  }));
}

CNresult cnQueueGetContext(CNqueue handle, CNcontext *context) {
  return result(queueCall("cnQueueGetContext", handle,
                          [&](Runtime &, const QueuePtr &queue) { return put(context, &contexts[queue->device]); }));
}
