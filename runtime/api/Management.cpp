// Management.cpp: the management API (cndev.h) on the same runtime. It has codes of its own and no last error.
#include "runtime/core/DriverCalls.h"
#include "runtime/include/cndev.h"

#include <atomic>
#include <unistd.h>

using namespace cnrt;

static std::atomic<int> users = 0;

// body(runtime) after the checks every call begins with.
template <class Body> static cndevRet_t manage(Body body) {
  if (users == 0)
    return CNDEV_ERROR_UNINITIALIZED;
  Status status;
  Runtime *runtime = Runtime::get(status);
  return runtime ? body(*runtime) : CNDEV_ERROR_UNKNOWN;
}

// The same for a record about a device.
template <class Info, class Body> static cndevRet_t describe(Info *info, cndevDevice_t device, Body body) {
  return manage([&](Runtime &runtime) {
    if (!info || info->version != CNDEV_VERSION_5)
      return CNDEV_ERROR_INVALID_ARGUMENT;
    if (!runtime.checkOrdinal(device).ok())
      return CNDEV_ERROR_INVALID_DEVICE_ID;
    return body(runtime);
  });
}

cndevRet_t cndevInit(int reserved) {
  Status status;
  if (reserved != 0)
    return CNDEV_ERROR_INVALID_ARGUMENT;
  if (!Runtime::get(status))
    return CNDEV_ERROR_UNKNOWN;
  ++users;
  return CNDEV_SUCCESS;
}

cndevRet_t cndevRelease(void) {
  if (users == 0)
    return CNDEV_ERROR_UNINITIALIZED;
  --users;
  return CNDEV_SUCCESS;
}

const char *cndevGetErrorString(cndevRet_t error) {
  switch (error) {
  case CNDEV_SUCCESS:
    return "success";
  case CNDEV_ERROR_UNINITIALIZED:
    return "cndevInit was not called";
  case CNDEV_ERROR_INVALID_ARGUMENT:
    return "an argument is invalid, or the version of a record is not CNDEV_VERSION_5";
  case CNDEV_ERROR_INVALID_DEVICE_ID:
    return "no device has this number";
  case CNDEV_ERROR_INSUFFICIENT_SPACE:
    return "there is not enough room for the answer";
  case CNDEV_ERROR_NOT_SUPPORTED:
    return "not supported by simulated cards";
  case CNDEV_ERROR_UNKNOWN:
    return "the runtime could not start";
  }
  return "this is not a code of this library";
}

cndevRet_t cndevGetDeviceCount(cndevCardInfo_t *info) {
  return describe(info, 0, [&](Runtime &runtime) {
    info->number = runtime.deviceCount();
    return CNDEV_SUCCESS;
  });
}

cndevRet_t cndevGetDeviceHandleByIndex(int index, cndevDevice_t *device) {
  return manage([&](Runtime &runtime) {
    if (!device)
      return CNDEV_ERROR_INVALID_ARGUMENT;
    if (!runtime.checkOrdinal(index).ok())
      return CNDEV_ERROR_INVALID_DEVICE_ID;
    *device = index;
    return CNDEV_SUCCESS;
  });
}

cndevRet_t cndevGetDeviceHandleByUUID(const char *uuid, cndevDevice_t *device) {
  return manage([&](Runtime &runtime) {
    if (!device || !uuid)
      return CNDEV_ERROR_INVALID_ARGUMENT;
    for (int i = 0; i < runtime.deviceCount(); ++i)
      if (uuid == uuidOf(i)) {
        *device = i;
        return CNDEV_SUCCESS;
      }
    return CNDEV_ERROR_INVALID_DEVICE_ID;
  });
}

cndevRet_t cndevGetDDRInfo(cndevDDRInfo_t *info, cndevDevice_t device) {
  return describe(info, device, [&](Runtime &runtime) {
    const DeviceFacts &facts = runtime.facts(device);
    info->dataWidth = facts.memoryBusBits;
    info->bandWidth = facts.memoryMegabytesPerSecond / 1000;
    info->bandWidthDecimal = facts.memoryMegabytesPerSecond / 100 % 10;
    return CNDEV_SUCCESS;
  });
}

cndevRet_t cndevGetFrequencyInfo(cndevFrequencyInfo_t *info, cndevDevice_t device) {
  return describe(info, device, [&](Runtime &runtime) {
    const DeviceFacts &facts = runtime.facts(device);
    info->boardFreq = facts.clusterClockKhz / 1000;
    info->ddrFreq = facts.memoryClockKhz / 1000;
    return CNDEV_SUCCESS;
  });
}

cndevRet_t cndevGetProcessInfo(unsigned int *count, cndevProcessInfo_t *info, cndevDevice_t device) {
  if (!count || *count == 0)
    return count ? CNDEV_ERROR_INSUFFICIENT_SPACE : CNDEV_ERROR_INVALID_ARGUMENT;
  return describe(info, device, [&](Runtime &runtime) {
    uint64_t freeBytes = 0, totalBytes = 0;
    runtime.memoryInfo(device, freeBytes, totalBytes);
    *count = 1;
    info->pid = getpid();
    info->physicalMemoryUsed = (totalBytes - freeBytes) / 1024;
    return CNDEV_SUCCESS;
  });
}
