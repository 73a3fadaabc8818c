// Old.cpp: the first generation of the host API (CNRT 4.x), in terms of the current one.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

#include <cstring>

using namespace cnrt;

// The runtime starts by itself; the first generation asks for it.
cnrtRet_t cnrtInit(unsigned int flags) {
  return deviceCall("cnrtInit", [&](Runtime &) {
    return flags == 0 ? success() : failure(cnrtErrorNotSupport, "flags 0x%x are not supported, expected 0", flags);
  });
}

void cnrtDestroy(void) {
  if (Runtime::started())
    cnrtDeviceReset();
}

cnrtRet_t cnrtGetDeviceHandle(cnrtDev_t *device, int ordinal) {
  return deviceCall("cnrtGetDeviceHandle", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(device); !status.ok())
      return status;
    *device = static_cast<cnrtDev_t>(ordinal);
    return runtime.checkOrdinal(ordinal);
  });
}

cnrtRet_t cnrtSetCurrentDevice(cnrtDev_t device) {
  return deviceCall("cnrtSetCurrentDevice",
                    [&](Runtime &runtime) { return runtime.setCurrentDevice(static_cast<int>(device)); });
}

cnrtRet_t cnrtGetCurrentDevice(cnrtDev_t *device) {
  return deviceCall("cnrtGetCurrentDevice",
                    [&](Runtime &runtime) { return put(device, static_cast<cnrtDev_t>(runtime.currentDevice())); });
}

cnrtRet_t cnrtCreateQueue(cnrtQueue_t *queue) { return cnrtQueueCreate(queue); }
cnrtRet_t cnrtDestroyQueue(cnrtQueue_t queue) { return cnrtQueueDestroy(queue); }
cnrtRet_t cnrtSyncQueue(cnrtQueue_t queue) { return cnrtQueueSync(queue); }
cnrtRet_t cnrtCreateNotifier(cnrtNotifier_t *notifier) { return cnrtNotifierCreate(notifier); }

cnrtRet_t cnrtDestroyNotifier(cnrtNotifier_t *notifier) {
  return deviceCall("cnrtDestroyNotifier", [&](Runtime &runtime) -> Status {
    if (!notifier)
      return failure(cnrtErrorArgsInvalid, "expected a pointer to a notifier, found a null pointer");
    Status status = runtime.destroyNotifier(*notifier);
    if (status.ok())
      *notifier = nullptr;
    return status;
  });
}

// Nothing is prepared per kernel; the object exists because programs pass it around.
struct cnrtKernelInitParam {};

cnrtRet_t cnrtCreateKernelInitParam(cnrtKernelInitParam_t *parameter) {
  return hostCall("cnrtCreateKernelInitParam", [&] {
    Status status = needsPlace(parameter);
    if (status.ok())
      *parameter = new cnrtKernelInitParam;
    return status;
  });
}

cnrtRet_t cnrtDestroyKernelInitParamAndMemory(cnrtKernelInitParam_t parameter) {
  delete parameter;
  return cnrtSuccess;
}

cnrtRet_t cnrtInitKernelMemory(const void *kernel, cnrtKernelInitParam_t) {
  return deviceCall("cnrtInitKernelMemory", [&](Runtime &runtime) { return runtime.preload(kernel); });
}

cnrtRet_t cnrtGetKernelParamsBuffer(cnrtKernelParamsBuffer_t *buffer) {
  return hostCall("cnrtGetKernelParamsBuffer", [&] {
    Status status = needsPlace(buffer);
    if (status.ok())
      *buffer = new cnrtKernelParamsBuffer;
    return status;
  });
}

cnrtRet_t cnrtKernelParamsBufferAddParam(cnrtKernelParamsBuffer_t buffer, void *argument, size_t bytes) {
  return hostCall("cnrtKernelParamsBufferAddParam", [&]() -> Status {
    if (!buffer)
      return failure(cnrtErrorArgsInvalid, "the buffer is a null pointer; make one with cnrtGetKernelParamsBuffer");
    if (!argument || bytes == 0)
      return failure(cnrtErrorArgsInvalid, "expected the address and the size of an argument, found %p and %zu bytes",
                     argument, bytes);
    const uint8_t *data = static_cast<const uint8_t *>(argument);
    buffer->arguments.emplace_back(data, data + bytes);
    return success();
  });
}

cnrtRet_t cnrtDestroyKernelParamsBuffer(cnrtKernelParamsBuffer_t buffer) {
  delete buffer;
  return cnrtSuccess;
}

static cnrtRet_t invoke(const char *name, const void *kernel, cnrtDim3_t dim, cnrtKernelParamsBuffer_t arguments,
                        cnrtFunctionType_t type, cnrtQueue_t queue) {
  return deviceCall(name, [&](Runtime &runtime) -> Status {
    if (!arguments)
      return failure(cnrtErrorArgsInvalid,
                     "the parameter buffer is a null pointer; make one with cnrtGetKernelParamsBuffer");
    auto pack = [&](const KernelInfo &info, std::vector<uint8_t> &block) {
      return packArguments(info, *arguments, block);
    };
    return runtime.launch(kernel, dim, type, pack, queue);
  });
}

cnrtRet_t cnrtInvokeKernel_V2(const void *kernel, cnrtDim3_t dim, cnrtKernelParamsBuffer_t arguments,
                              cnrtFunctionType_t type, cnrtQueue_t queue) {
  return invoke("cnrtInvokeKernel_V2", kernel, dim, arguments, type, queue);
}

cnrtRet_t cnrtInvokeKernel_V3(const void *kernel, cnrtKernelInitParam_t, cnrtDim3_t dim,
                              cnrtKernelParamsBuffer_t arguments, cnrtFunctionType_t type, cnrtQueue_t queue,
                              void *extra) {
  if (extra)
    return hostCall("cnrtInvokeKernel_V3", [] {
      return failure(cnrtErrorNotSupport, "the last argument (extra) is not supported, expected NULL");
    });
  return invoke("cnrtInvokeKernel_V3", kernel, dim, arguments, type, queue);
}
