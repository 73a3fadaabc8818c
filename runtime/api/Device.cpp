// Device.cpp: devices of the host API.
#include "runtime/core/Api.h"
#include "runtime/include/cnrt.h"

#include <cstdio>

using namespace cnrt;

cnrtRet_t cnrtGetDeviceCount(unsigned int *count) {
  return deviceCall("cnrtGetDeviceCount", [&](Runtime &) {
    Status status = needsPlace(count);
    if (status.ok())
      *count = 1;
    return status;
  });
}

cnrtRet_t cnrtGetDevice(int *ordinal) {
  return deviceCall("cnrtGetDevice", [&](Runtime &) {
    Status status = needsPlace(ordinal);
    if (status.ok())
      *ordinal = 0;
    return status;
  });
}

cnrtRet_t cnrtSetDevice(int ordinal) {
  return deviceCall("cnrtSetDevice", [&](Runtime &runtime) { return runtime.checkOrdinal(ordinal); });
}

cnrtRet_t cnrtSyncDevice(void) {
  return deviceCall("cnrtSyncDevice", [](Runtime &runtime) { return runtime.executor.waitAll(); });
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
    return deviceAttribute(runtime.facts(), attribute, *value);
  });
}

cnrtRet_t cnrtDeviceGetPCIBusId(char *text, int length, int device) {
  return deviceCall("cnrtDeviceGetPCIBusId", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(text); !status.ok())
      return status;
    static constexpr char busId[] = "0000:00:00.0"; // the simulated card sits on no bus
    if (length < static_cast<int>(sizeof(busId)))
      return failure(cnrtErrorArgsInvalid, "the text needs %zu bytes, the buffer has %d", sizeof(busId), length);
    std::snprintf(text, length, "%s", busId);
    return runtime.checkOrdinal(device);
  });
}

cnrtRet_t cnrtGetDeviceProperties(cnrtDeviceProp_t *properties, int device) {
  return deviceCall("cnrtGetDeviceProperties", [&](Runtime &runtime) -> Status {
    if (Status status = needsPlace(properties); !status.ok())
      return status;
    if (Status status = runtime.checkOrdinal(device); !status.ok())
      return status;
    const DeviceFacts &facts = runtime.facts();
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
