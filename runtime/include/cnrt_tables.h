// cnrt_tables.h: the numbers that cnrt.h and cn_api.h share, each in one row.
//
// The host API (cnrt*) and the driver API (cn*) name the same conditions and the same device facts differently but with
// equal numbers; both headers make their enumerations, and libcnrt its texts, from these rows. Usable in C and C++.
#ifndef OPENBANG_CNRT_TABLES_H
#define OPENBANG_CNRT_TABLES_H

// Enumerations of the API hold any int in C++ too, as they do in C: a wrong number is answered with an error.
#ifdef __cplusplus
#define CNRT_ENUM_BASE : int
#else
#define CNRT_ENUM_BASE
#endif

// Return codes of both APIs: X(name after cnrt, name after CN_, code, text).
#define CNRT_SHARED_ERRORS(X)                                                                                          \
  X(Success, SUCCESS, 0, "success")                                                                                    \
  X(ErrorNotReady, ERROR_NOT_READY, 1, "work is still in progress")                                                    \
  X(ErrorInit, ERROR_NOT_INITIALIZED, 100002, "the runtime could not start")                                           \
  X(ErrorNoDevice, ERROR_NO_DEVICE, 100004, "there is no device")                                                      \
  X(ErrorDeviceInvalid, ERROR_INVALID_DEVICE, 100005, "no device has this ordinal")                                    \
  X(ErrorArgsInvalid, ERROR_INVALID_VALUE, 100006, "an argument is invalid")                                           \
  X(ErrorSys, ERROR_OPERATING_SYSTEM, 100007, "the operating system refused a request")                                \
  X(ErrorSysNoMem, ERROR_SYSTEM_OUT_OF_MEMORY, 100010, "out of host memory")                                           \
  X(ErrorInvalidResourceHandle, ERROR_INVALID_HANDLE, 100014, "the handle is not alive")                               \
  X(ErrorIllegalState, ERROR_ILLEGAL_STATE, 100015, "the object is in a state that does not allow this call")          \
  X(ErrorNotSupport, OPS_ERROR_NOT_SUPPORTED, 100050, "not supported by this device")                                  \
  X(ErrorOpsNotPermitted, OPS_ERROR_NOT_PERMITTED, 100051, "not permitted here")                                       \
  X(ErrorQueue, QUEUE_ERROR_INVALID, 100060, "the queue is invalid")                                                   \
  X(ErrorNoMem, MEMORY_ERROR_OUT_OF_MEMORY, 100100, "out of device memory")                                            \
  X(ErrorAssert, INVOKE_ERROR_ASSERT, 100128, "an assertion in a kernel failed")                                       \
  X(ErrorKernelTrap, INVOKE_ERROR_KERNEL_TRAP, 100132, "a kernel stopped with a fault")                                \
  X(ErrorKernelUserTrap, INVOKE_ERROR_KERNEL_USER_TRAP, 100133, "a kernel stopped itself with a trap")                 \
  X(ErrorNotFound, ERROR_NOT_FOUND, 100301, "not found")                                                               \
  X(ErrorInvalidKernel, ERROR_INVALID_KERNEL, 100302, "this is not a kernel of the program")                           \
  X(ErrorUnsupportedKernelVersion, FATBIN_ERROR_UNSUPPORTED_VERSION, 100303,                                           \
    "the device code has an unknown version or is damaged")                                                            \
  X(ErrorNoKernel, FATBIN_ERROR_NO_KERNEL, 101312, "the device code does not contain the kernel")                      \
  X(ErrorNoModule, FATBIN_INVALID_ARCH, 101315, "there is no device code for this device")                             \
  X(ErrorUnknown, ERROR_UNKNOWN, 999991, "unknown error")

// Return codes only the host API has: X(name after cnrt, code, text).
#define CNRT_OWN_ERRORS(X)                                                                                             \
  X(ErrorQueueCaptureUnsupported, 100360, "not permitted while the queue is captured")                                 \
  X(ErrorQueueCaptureInvalidated, 100361, "the capture of the queue was broken by an earlier error")                   \
  X(ErrorQueueCaptureWrongThread, 100362, "the capture began in another thread")                                       \
  X(ErrorQueueCaptureMerged, 100363, "two captures would be joined")                                                   \
  X(ErrorSetOnActiveProcess, 632002, "the device is already in use")                                                   \
  X(ErrorDevice, 632006, "the object belongs to another device")                                                       \
  X(ErrorNoAttribute, 632009, "the device does not have this attribute")                                               \
  X(ErrorMemcpyDirectionInvalid, 632013, "the copy direction is invalid")                                              \
  X(ErrorBusy, 632014, "the device is busy")                                                                           \
  X(ErrorCndrvFuncCall, 632015, "a driver call failed")                                                                \
  X(ErrorCndevFuncCall, 632017, "a management call failed")                                                            \
  X(ErrorNoCnrtContext, 632019, "there is no context")                                                                 \
  X(ErrorCndrvFuncNotFound, 632020, "a driver function is missing")                                                    \
  X(ErrorInvalidSymbol, 632100, "the symbol is invalid")

// Device attributes of both APIs: X(name after cnrtAttr, name after CN_DEVICE_ATTRIBUTE_, number).
// Sizes are in bytes unless the name's row says otherwise, rates in kHz, answers to questions 0 or 1.
#define CNRT_DEVICE_ATTRIBUTES(X)                                                                                      \
  X(ComputeCapabilityMajor, COMPUTE_CAPABILITY_MAJOR, 0x001)                                                           \
  X(ComputeCapabilityMinor, COMPUTE_CAPABILITY_MINOR, 0x002)                                                           \
  X(FP16ComputingSupported, FP16_COMPUTING_SUPPORTED, 0x004)                                                           \
  X(INT8ComputingSupported, INT8_COMPUTING_SUPPORTED, 0x006)                                                           \
  X(BF16ComputingSupported, BF16_COMPUTING_SUPPORTED, 0x007)                                                           \
  X(SupportQueuePriorities, QUEUE_PRIORITIES_SUPPORTED, 0x103)                                                         \
  X(MaxDimX, MAX_BLOCK_TASK_DIM_X, 0x201)                                                                              \
  X(MaxDimY, MAX_BLOCK_TASK_DIM_Y, 0x202)                                                                              \
  X(MaxDimZ, MAX_BLOCK_TASK_DIM_Z, 0x203)                                                                              \
  X(MaxClusterCountPerUnionTask, MAX_CLUSTER_COUNT_PER_UNION_TASK, 0x204)                                              \
  X(ClusterCount, MAX_CLUSTER_COUNT, 0x205)                                                                            \
  X(McorePerCluster, MAX_CORE_COUNT_PER_CLUSTER, 0x206)                                                                \
  X(MaxQuadrantCount, MAX_QUADRANT_COUNT, 0x207)                                                                       \
  X(MaxUnionTypePerQuadrant, MAX_UNION_TYPE_PER_QUADRANT, 0x208)                                                       \
  X(MaxClusterPerUnionLimitTask, MAX_CLUSTERS_PER_UNION_LIMIT_TASK, 0x209)                                             \
  X(ISAVersion, MLU_ISA_VERSION, 0x20a)                                                                                \
  X(IsMultipleTensorProcessor, IS_MULTIPLE_TENSOR_PROCESSOR, 0x20b)                                                    \
  X(MaxL2CacheSize, MAX_L2_CACHE_SIZE, 0x301)                                                                          \
  X(NramSizePerMcore, NRAM_SIZE_PER_CORE, 0x302)                                                                       \
  X(WramSizePerMcore, WEIGHT_RAM_SIZE_PER_CORE, 0x303)                                                                 \
  X(LmemSizePerMcore, LOCAL_MEMORY_SIZE_PER_CORE, 0x305)      /* in MiB */                                             \
  X(SramSizePerMcore, MAX_SHARED_RAM_SIZE_PER_CLUSTER, 0x306) /* of a whole cluster, whatever its old name says */     \
  X(GlobalMemoryNodeCount, GLOBAL_MEMORY_NODE_COUNT, 0x307)                                                            \
  X(MaxPersistingL2CacheSize, MAX_PERSISTING_L2_CACHE_SIZE, 0x309)                                                     \
  X(LinearMappingSupported, LINEAR_MAPPING_SUPPORTED, 0x310)                                                           \
  X(LinearRecommendGranularity, LINEAR_RECOMMEND_GRANULARITY, 0x311)                                                   \
  X(EccEnable, ECC_ENABLED, 0x401)                                                                                     \
  X(IpuClockRate, CLUSTER_CLOCK_RATE, 0x402)                                                                           \
  X(MemClockRate, MEMORY_CLOCK_RATE, 0x403)                                                                            \
  X(GmemBusWidth, GLOBAL_MEMORY_BUS_WIDTH, 0x404)  /* in bits */                                                       \
  X(TotalMemSize, GLOBAL_MEMORY_TOTAL_SIZE, 0x405) /* in MiB */                                                        \
  X(PciBusID, PCI_BUS_ID, 0x406)                                                                                       \
  X(PciDeviceID, PCI_DEVICE_ID, 0x407)                                                                                 \
  X(PciDomainID, PCI_DOMAIN_ID, 0x408)

// Job types: how many clusters run one task together. X(suffix of cnrtFuncType, suffix of CN_KERNEL_CLASS_, number).
#define CNRT_JOB_TYPES(X)                                                                                              \
  X(Block, BLOCK, 1)                                                                                                   \
  X(Union1, UNION, 4)                                                                                                  \
  X(Union2, UNION2, 8)                                                                                                 \
  X(Union4, UNION4, 16)                                                                                                \
  X(Union8, UNION8, 32)                                                                                                \
  X(Union16, UNION16, 64)

#endif // OPENBANG_CNRT_TABLES_H
