// Device.cpp: devices of the host API.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

#include <cstdio>

using namespace cnrt;

cnrtRet_t cnrtGetDeviceCount(unsigned int *count) {
  return deviceCall("cnrtGetDeviceCount",
                    [&](Runtime &runtime) { return put(count, static_cast<unsigned int>(runtime.deviceCount())); });
}

cnrtRet_t cnrtGetDevice(int *ordinal) {
  return deviceCall("cnrtGetDevice", [&](Runtime &runtime) { return put(ordinal, runtime.currentDevice()); });
}

cnrtRet_t cnrtSetDevice(int ordinal) {
  return deviceCall("cnrtSetDevice", [&](Runtime &runtime) { return runtime.setCurrentDevice(ordinal); });
}

cnrtRet_t cnrtSyncDevice(void) {
  return deviceCall("cnrtSyncDevice",
                    [](Runtime &runtime) { return runtime.executor.waitAll(runtime.currentDevice()); });
}

cnrtRet_t cnrtDeviceReset(void) {
  return deviceCall("cnrtDeviceReset", [](Runtime &runtime) { return runtime.reset(); });
}

cnrtRet_t cnrtDeviceGetAttribute(int *value, cnrtDeviceAttr_t attribute, int device) {
  return deviceCall("cnrtDeviceGetAttribute", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(value); !status.ok())
      return status;
    if (Status status = runtime.checkOrdinal(device); !status.ok())
      return status;
    return deviceAttribute(runtime.facts(device), attribute, *value);
  });
}

// Simulated cards sit on no bus; the number tells them apart, as programs use it.
static std::string busIdOf(int device) { return format("0000:%02x:00.0", device); }

cnrtRet_t cnrtDeviceGetPCIBusId(char *text, int length, int device) {
  return deviceCall("cnrtDeviceGetPCIBusId", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(text); !status.ok())
      return status;
    if (Status status = runtime.checkOrdinal(device); !status.ok())
      return status;
    const std::string busId = busIdOf(device);
    if (length <= static_cast<int>(busId.size()))
      return failure(cnrtErrorArgsInvalid, "the text needs %zu bytes, the buffer has %d", busId.size() + 1, length);
    std::snprintf(text, length, "%s", busId.c_str());
    return success();
  });
}

cnrtRet_t cnrtDeviceGetByPCIBusId(int *device, const char *text) {
  return deviceCall("cnrtDeviceGetByPCIBusId", [&](Runtime &runtime) -> Status {
    for (int i = 0; text && i < runtime.deviceCount(); ++i)
      if (text == busIdOf(i))
        return put(device, i);
    return failure(cnrtErrorDeviceInvalid, "no device has the bus id '%s'", text ? text : "");
  });
}

cnrtRet_t cnrtGetDeviceProperties(cnrtDeviceProp_t *properties, int device) {
  return deviceCall("cnrtGetDeviceProperties", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(properties); !status.ok())
      return status;
    if (Status status = runtime.checkOrdinal(device); !status.ok())
      return status;
    const DeviceFacts &facts = runtime.facts(device);
    *properties = {};
    std::snprintf(properties->name, sizeof(properties->name), "%s", facts.title.c_str());
    properties->totalGlobalMemSize = facts.gdramBytes;
    struct {
      cnrtDeviceAttr_t attribute;
      int *field;
    } rows[] = {{cnrtAttrTotalMemSize, &properties->totalMem},
                {cnrtAttrMaxDimX, &properties->maxDim[0]},
                {cnrtAttrMaxDimY, &properties->maxDim[1]},
                {cnrtAttrMaxDimZ, &properties->maxDim[2]},
                {cnrtAttrMemClockRate, &properties->memClockRate},
                {cnrtAttrGmemBusWidth, &properties->GmemBusWidth},
                {cnrtAttrComputeCapabilityMajor, &properties->major},
                {cnrtAttrComputeCapabilityMinor, &properties->minor},
                {cnrtAttrISAVersion, &properties->ISAVersion},
                {cnrtAttrClusterCount, &properties->clusterCount},
                {cnrtAttrMcorePerCluster, &properties->McorePerCluster},
                {cnrtAttrMaxClusterCountPerUnionTask, &properties->maxClusterCountPerUnionTask},
                {cnrtAttrNramSizePerMcore, &properties->NramSizePerMcore},
                {cnrtAttrWramSizePerMcore, &properties->WramSizePerMcore},
                {cnrtAttrSramSizePerMcore, &properties->SramSizePerMcore},
                {cnrtAttrLmemSizePerMcore, &properties->LmemSizePerMcore},
                {cnrtAttrMaxL2CacheSize, &properties->maxL2CacheSize}};
    for (auto &row : rows)
      if (Status status = deviceAttribute(facts, row.attribute, *row.field); !status.ok())
        return status;
    properties->ipuClockRate = facts.clusterClockKhz; // 0 when unknown, where the attribute is an error
    return success();
  });
}
