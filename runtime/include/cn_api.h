// cn_api.h: the part of the driver API that BANG C projects use beside cnrt.h. For C and C++.
//
// Same device, queues and codes as cnrt.h: a CNqueue is a cnrtQueue_t, a CNaddr is a device pointer as a number.
#ifndef OPENBANG_CN_API_H
#define OPENBANG_CN_API_H

#include "cnrt_types.h"

#define CN_MAJOR_VERSION 2
#define CN_MINOR_VERSION 10
#define CN_PATCH_VERSION 0

#define CN_API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

typedef enum CNresult_enum CNRT_ENUM_BASE {
#define CNRT_ROW(name, cnName, code, text) CN_##cnName = code,
  CNRT_SHARED_ERRORS(CNRT_ROW)
#undef CNRT_ROW
} CNresult;

typedef int CNdev;
typedef uint64_t CNaddr;
typedef struct cnrtQueue *CNqueue;
typedef struct cnrtNotifier *CNnotifier;
typedef cnrtHostFn_t CNhostFn;
struct CNcontext_st;
typedef struct CNcontext_st *CNcontext;
struct CNkernel_st;
typedef struct CNkernel_st *CNkernel;

typedef enum KernelClass_enum CNRT_ENUM_BASE {
#define CNRT_ROW(name, cnName, number) CN_KERNEL_CLASS_##cnName = number,
  CNRT_JOB_TYPES(CNRT_ROW)
#undef CNRT_ROW
      CN_KERNEL_CLASS_NONE = 0xFF
} KernelClass;

typedef enum CNdevice_attribute_enum CNRT_ENUM_BASE {
#define CNRT_ROW(name, cnName, number) CN_DEVICE_ATTRIBUTE_##cnName = number,
  CNRT_DEVICE_ATTRIBUTES(CNRT_ROW)
#undef CNRT_ROW
      CN_DEVICE_ATTRIBUTE_N_RAM_SIZE_PER_CORE = CN_DEVICE_ATTRIBUTE_NRAM_SIZE_PER_CORE,
  CN_DEVICE_ATTRIBUTE_MAX
} CNdevice_attribute;

typedef enum CNctxConfigParamType_enum CNRT_ENUM_BASE {
  CN_CTX_CONFIG_VISIBLE_CLUSTER = 0,
  CN_CTX_CONFIG_VISIBLE_CLUSTER_NUM = 1,
  CN_CTX_CONFIG_UNION_LIMIT = 2
} CNctxConfigParamType;

// One member is used per call; the selector says which.
typedef union CNctxConfigParam_union {
  uint64_t visibleCluster; // a bit per cluster
  unsigned int visibleClusterNumber;
  KernelClass unionLimit;
} CNctxConfigParam;

typedef enum CNmemAttribute_enum CNRT_ENUM_BASE { CN_MEM_ATTRIBUTE_ISLINEAR = 0 } CNmemAttribute;

CN_API CNresult cnInit(unsigned int flags);
CN_API CNresult cnGetLibVersion(int *major, int *minor, int *patch);
CN_API CNresult cnGetDriverVersion(int *major, int *minor, int *patch);
CN_API CNresult cnGetErrorName(CNresult error, const char **name);
CN_API CNresult cnGetErrorString(CNresult error, const char **text);

CN_API CNresult cnDeviceGetCount(int *count);
CN_API CNresult cnDeviceGet(CNdev *device, int ordinal);
CN_API CNresult cnDeviceGetName(char *name, int length, CNdev device);
CN_API CNresult cnDeviceGetUuidStr(char *text, int length, CNdev device); // 36 digits and dashes, and a zero
CN_API CNresult cnDeviceCanAccessPeer(int *answer, CNdev device, CNdev peer);
CN_API CNresult cnDeviceGetAttribute(int *value, CNdevice_attribute attribute, CNdev device);

// A device has one context. Every thread starts with that of device 0; to make a context current is to choose its
// device.
CN_API CNresult cnCtxCreate(CNcontext *context, unsigned int flags, CNdev device);
CN_API CNresult cnCtxDestroy(CNcontext context); // the device keeps what it holds: cnrtDeviceReset frees it
CN_API CNresult cnCtxGetCurrent(CNcontext *context);
CN_API CNresult cnCtxSetCurrent(CNcontext context);
CN_API CNresult cnCtxGetDevice(CNdev *device);
CN_API CNresult cnCtxSync(void);
CN_API CNresult cnSharedContextAcquire(CNcontext *context, CNdev device);
CN_API CNresult cnSharedContextRelease(CNdev device);
CN_API CNresult cnSharedContextGetState(CNdev device, unsigned int *flags, int *isActive);
CN_API CNresult cnGetCtxConfigParam(CNcontext context, CNctxConfigParamType type, CNctxConfigParam *parameter);
// Only the values the machine has anyway are accepted: choose a smaller machine with BANG_MACHINE instead.
CN_API CNresult cnSetCtxConfigParam(CNcontext context, CNctxConfigParamType type, CNctxConfigParam *parameter);
// How many tasks of this class run at once; 0 when the machine is too small for one.
CN_API CNresult cnGetCtxMaxParallelUnionTasks(CNcontext context, KernelClass type, int *count);

CN_API CNresult cnMalloc(CNaddr *address, size_t bytes);
CN_API CNresult cnMallocConstant(CNaddr *address, size_t bytes);
CN_API CNresult cnFree(CNaddr address);
CN_API CNresult cnMemGetInfo(size_t *freeBytes, size_t *totalBytes);
CN_API CNresult cnGetMemAttribute(void *value, CNmemAttribute attribute, CNaddr address);
CN_API CNresult cnMemcpyHtoD(CNaddr dst, const void *src, size_t bytes);
CN_API CNresult cnMemcpyDtoH(void *dst, CNaddr src, size_t bytes);
CN_API CNresult cnMemcpyDtoD(CNaddr dst, CNaddr src, size_t bytes);
CN_API CNresult cnMemcpyPeer(CNaddr dst, CNdev dstDevice, CNaddr src, CNdev srcDevice, size_t bytes);
CN_API CNresult cnMemsetD8(CNaddr dst, unsigned char value, size_t bytes);

CN_API CNresult cnCreateQueue(CNqueue *queue, unsigned int flags);
CN_API CNresult cnCreateQueueWithPriority(CNqueue *queue, unsigned int flags, int priority);
CN_API CNresult cnQueueGetPriority(CNqueue queue, int *priority);
CN_API CNresult cnInvokeHostFunc(CNqueue queue, CNhostFn function, void *data);
CN_API CNresult cnDestroyQueue(CNqueue queue);
CN_API CNresult cnQueueSync(CNqueue queue);
CN_API CNresult cnQueryQueue(CNqueue queue);
CN_API CNresult cnQueueGetContext(CNqueue queue, CNcontext *context);

#ifdef __cplusplus
}
#endif

#endif // OPENBANG_CN_API_H
