// Attributes.cpp: what the machine answers to questions about device attributes.
#include "runtime/core/Api.h"

#include <algorithm>
#include <climits>

namespace cnrt {

static constexpr int kMiB = 1024 * 1024;

// Largest dimension of a launch that is announced. Chosen: real code divides its work by it.
static constexpr int kMaxDim = 65536;

Status deviceAttribute(const DeviceFacts &facts, int attribute, int &value) {
  auto set = [&](uint64_t number) {
    value = static_cast<int>(std::min<uint64_t>(number, INT_MAX));
    return success();
  };
  const uint32_t arch = facts.archs.front();
  switch (attribute) {
  case cnrtAttrComputeCapabilityMajor:
    return set(arch / 100);
  case cnrtAttrComputeCapabilityMinor:
    return set(0);
  case cnrtAttrFP16ComputingSupported:
  case cnrtAttrINT8ComputingSupported:
  case cnrtAttrIsMultipleTensorProcessor:
    return set(1);
  case cnrtAttrBF16ComputingSupported:
    return set(arch >= 500);
  case cnrtAttrSupportQueuePriorities:
  case cnrtAttrLinearMappingSupported:
  case cnrtAttrLinearRecommendGranularity:
  case cnrtAttrEccEnable:
  case cnrtAttrPciBusID:
  case cnrtAttrPciDeviceID:
  case cnrtAttrPciDomainID:
  case cnrtAttrMaxPersistingL2CacheSize:
    return set(0);
  case cnrtAttrMaxDimX:
  case cnrtAttrMaxDimY:
  case cnrtAttrMaxDimZ:
    return set(kMaxDim);
  case cnrtAttrMaxClusterCountPerUnionTask:
  case cnrtAttrMaxClusterPerUnionLimitTask:
  case cnrtAttrMaxUnionTypePerQuadrant:
  case cnrtAttrClusterCount:
    return set(facts.clusters);
  case cnrtAttrMcorePerCluster:
    return set(facts.coresPerCluster);
  case cnrtAttrMaxQuadrantCount:
  case cnrtAttrGlobalMemoryNodeCount:
    return set(1);
  case cnrtAttrISAVersion:
    return set(arch);
  case cnrtAttrMaxL2CacheSize:
    return set(facts.l2Bytes);
  case cnrtAttrNramSizePerMcore:
    return set(facts.nramBytes);
  case cnrtAttrWramSizePerMcore:
    return set(facts.wramBytes);
  case cnrtAttrLmemSizePerMcore:
    return set(facts.ldramBytes / kMiB);
  case cnrtAttrSramSizePerMcore:
    return set(facts.sramBytes);
  case cnrtAttrIpuClockRate:
    if (facts.clusterClockKhz == 0)
      return failure(cnrtErrorNotSupport, "the machine %s does not publish its clock rate", facts.machine.c_str());
    return set(facts.clusterClockKhz);
  case cnrtAttrMemClockRate:
    return set(facts.memoryClockKhz);
  case cnrtAttrGmemBusWidth:
    return set(facts.memoryBusBits);
  case cnrtAttrTotalMemSize:
    return set(facts.gdramBytes / kMiB);
  }
  return failure(cnrtErrorNoAttribute, "device attribute 0x%x is unknown, expected one of cnrtDeviceAttr_t", attribute);
}

} // namespace cnrt
