// cnrt.h: the host API of BANG C programs: devices, memory, queues, notifiers, launches. For C and C++.
//
// Errors: every call returns a cnrtRet_t. A call that is used wrongly also writes one sentence to stderr, and its code
// becomes the calling thread's last error. Queued work fails later: the failure is written to stderr when it happens,
// the work queued behind it in the same queue is dropped, and the next call that waits for this queue returns the code.
// A kernel's fault stops its device, as on cards: all work submitted afterwards is dropped and every call that waits
// for the device returns the fault's code, until cnrtDeviceReset puts the device back into service. The process lives.
//
// Units: sizes in bytes; notifier times in microseconds (Duration) or milliseconds (ElapsedTime), as host wall-clock
// time between the two placings. They measure the simulation, not a card.
//
// Order: the devices together do one thing at a time, in the order in which calls queued it, so work of one queue is in
// order and work of different queues never overlaps. A program must rely only on the order inside a queue and on waits.
//
// Threads: every call may be made from every thread.
#ifndef OPENBANG_CNRT_H
#define OPENBANG_CNRT_H

#include "cnrt_types.h"

#include <stdio.h>
#include <stdlib.h>

// The CNRT interface this library follows.
#define CNRT_MAJOR_VERSION 6
#define CNRT_MINOR_VERSION 10
#define CNRT_PATCH_VERSION 0
#define CNRT_VERSION (CNRT_MAJOR_VERSION * 10000 + CNRT_MINOR_VERSION * 100 + CNRT_PATCH_VERSION)

#define CNRT_API __attribute__((visibility("default")))

// Ends the program with a message when a call fails. A program may define its own before it includes this header.
#ifndef CNRT_CHECK
#define CNRT_CHECK(...)                                                                                                \
  do {                                                                                                                 \
    cnrtRet_t cnrtCheckResult = (__VA_ARGS__);                                                                         \
    if (cnrtCheckResult != cnrtSuccess) {                                                                              \
      fprintf(stderr, "%s:%d: error: %s returned %d: %s\n", __FILE__, __LINE__, #__VA_ARGS__, (int)cnrtCheckResult,    \
              cnrtGetErrorStr(cnrtCheckResult));                                                                       \
      exit(EXIT_FAILURE);                                                                                              \
    }                                                                                                                  \
  } while (0)
#endif

#ifdef __cplusplus
extern "C" {
#define CNRT_DEFAULT(value) = value
#else
#define CNRT_DEFAULT(value)
#endif

// ==== Errors ====
CNRT_API const char *cnrtGetErrorStr(cnrtRet_t error);  // text of a code
CNRT_API const char *cnrtGetErrorName(cnrtRet_t error); // name of a code, for example "cnrtErrorNoMem"
CNRT_API cnrtRet_t cnrtGetLastError(void);              // last error of this thread, and forgets it
CNRT_API cnrtRet_t cnrtPeekAtLastError(void);           // last error of this thread
CNRT_API cnrtRet_t cnrtGetLibVersion(int *major, int *minor, int *patch);
CNRT_API cnrtRet_t cnrtDriverGetVersion(int *major, int *minor, int *patch);

// ==== Devices ====
// The environment variable BANG_MACHINE chooses the simulated card: mlu370-x8 is one, mlu370-x8*2 are two of them.
// Every thread starts with device 0 and changes with cnrtSetDevice; a queue keeps the device it was created on, and
// work runs on the device of its queue. With BANG_TOOL=stats each launch writes one line to stderr when it has run:
// kernel, instructions executed by all cores, host time. With BANG_TOOL=measure:report=<file> the sums of all launches
// and a hash of all copies to the host are written there. With BANG_TOOL=check mistakes in kernels are reported on
// stderr. With BANG_TOOL=fidelity the program's end lists the builtins it used and how close each is to a card. With
// BANG_TOOL=debug:unix:/path or debug:127.0.0.1:port the first kernel waits there for a debugger.
CNRT_API cnrtRet_t cnrtGetDeviceCount(unsigned int *count);
CNRT_API cnrtRet_t cnrtGetDevice(int *ordinal);
CNRT_API cnrtRet_t cnrtSetDevice(int ordinal);
CNRT_API cnrtRet_t cnrtSyncDevice(void); // waits for all queues of the current device
// Waits, then frees all memory, queues and notifiers of the current device and puts it back into service.
CNRT_API cnrtRet_t cnrtDeviceReset(void);
CNRT_API cnrtRet_t cnrtDeviceGetAttribute(int *value, cnrtDeviceAttr_t attribute, int device);
CNRT_API cnrtRet_t cnrtDeviceGetPCIBusId(char *text, int length, int device);
CNRT_API cnrtRet_t cnrtDeviceGetByPCIBusId(int *device, const char *text);
CNRT_API cnrtRet_t cnrtGetPeerAccessibility(unsigned int *answer, int device, int peer); // 1 between all devices
CNRT_API cnrtRet_t cnrtDeviceGetQueuePriorityRange(int *least, int *greatest);           // either may be NULL
CNRT_API cnrtRet_t cnrtGetDeviceProperties(cnrtDeviceProp_t *properties, int device);

// ==== Memory ====
CNRT_API cnrtRet_t cnrtMalloc(void **pointer, size_t bytes); // 0 bytes: success, *pointer is NULL
CNRT_API cnrtRet_t cnrtMallocConstant(void **pointer, size_t bytes);
CNRT_API cnrtRet_t cnrtFree(void *pointer); // waits for queued work; NULL is allowed
CNRT_API cnrtRet_t cnrtHostMalloc(void **pointer, size_t bytes);
CNRT_API cnrtRet_t cnrtFreeHost(void *pointer);
CNRT_API cnrtRet_t cnrtMemGetInfo(size_t *freeBytes, size_t *totalBytes); // either may be NULL
CNRT_API cnrtRet_t cnrtPointerGetAttributes(cnrtPointerAttributes_t *attributes, const void *pointer);
// A direction that is wrong for the pointers is an error; cnrtMemcpyNoDirection finds it out. Between devices:
// cnrtMemcpyPeerToPeer, or cnrtMemcpyPeer with the devices named.
// Blocking copies and fills wait for the default queue and return its pending fault.
CNRT_API cnrtRet_t cnrtMemcpy(void *dst, const void *src, size_t bytes, cnrtMemTransDir_t direction);
CNRT_API cnrtRet_t cnrtMemset(void *pointer, int byte, size_t bytes);
// Host memory of a queued copy must live until the copy has happened.
CNRT_API cnrtRet_t cnrtMemcpyAsync(void *dst, void *src, size_t bytes, cnrtQueue_t queue, cnrtMemTransDir_t direction);
CNRT_API cnrtRet_t cnrtMemcpyAsync_V2(void *dst, void *src, size_t bytes, cnrtQueue_t queue,
                                      cnrtMemTransDir_t direction);
CNRT_API cnrtRet_t cnrtMemsetAsync(void *pointer, int byte, size_t bytes, cnrtQueue_t queue);
CNRT_API cnrtRet_t cnrtMemcpyPeer(void *dst, int dstDevice, void *src, int srcDevice, size_t bytes);
CNRT_API cnrtRet_t cnrtMemcpyPeerAsync(void *dst, int dstDevice, void *src, int srcDevice, size_t bytes,
                                       cnrtQueue_t queue);

// ==== __mlu_device__ variables ====
// `symbol` is the address of the variable, as host code of the same .mlu file names it (&counter). Each device
// has its own copy, and each file's variables start with their initial values when its code is first used there.
CNRT_API cnrtRet_t cnrtGetSymbolAddress(void **pointer, const void *symbol); // device memory, for kernels and copies
CNRT_API cnrtRet_t cnrtGetSymbolSize(size_t *bytes, const void *symbol);
CNRT_API cnrtRet_t cnrtMemcpyToSymbol(const void *symbol, const void *src, size_t bytes, size_t offset CNRT_DEFAULT(0),
                                      cnrtMemTransDir_t direction CNRT_DEFAULT(cnrtMemcpyHostToDev));
CNRT_API cnrtRet_t cnrtMemcpyFromSymbol(void *dst, const void *symbol, size_t bytes, size_t offset CNRT_DEFAULT(0),
                                        cnrtMemTransDir_t direction CNRT_DEFAULT(cnrtMemcpyDevToHost));
CNRT_API cnrtRet_t cnrtMemcpyToSymbolAsync(const void *symbol, const void *src, size_t bytes, size_t offset,
                                           cnrtMemTransDir_t direction, cnrtQueue_t queue);
CNRT_API cnrtRet_t cnrtMemcpyFromSymbolAsync(void *dst, const void *symbol, size_t bytes, size_t offset,
                                             cnrtMemTransDir_t direction, cnrtQueue_t queue);

// ==== Queues ====
CNRT_API cnrtRet_t cnrtQueueCreate(cnrtQueue_t *queue);
// Priorities are kept and change nothing: work never overlaps.
CNRT_API cnrtRet_t cnrtQueueCreateWithPriority(cnrtQueue_t *queue, unsigned int flags, int priority);
CNRT_API cnrtRet_t cnrtQueueGetPriority(cnrtQueue_t queue, int *priority);
CNRT_API cnrtRet_t cnrtQueueGetDevice(cnrtQueue_t queue, int *device);
CNRT_API cnrtRet_t cnrtQueueDestroy(cnrtQueue_t queue); // waits for its work
CNRT_API cnrtRet_t cnrtQueueSync(cnrtQueue_t queue);
CNRT_API cnrtRet_t cnrtQueueQuery(cnrtQueue_t queue); // cnrtErrorNotReady while work is left
CNRT_API cnrtRet_t cnrtQueueWaitNotifier(cnrtNotifier_t notifier, cnrtQueue_t queue, unsigned int flags);
// A host function as queued work, called on another thread; it must not call this API. cnrtInvokeHostFunc is dropped
// like other work behind a failure, a callback comes in any case and gets the code.
CNRT_API cnrtRet_t cnrtInvokeHostFunc(cnrtQueue_t queue, cnrtHostFn_t function, void *data);
CNRT_API cnrtRet_t cnrtQueueAddCallback(cnrtQueue_t queue, cnrtQueueCallback_t callback, void *data,
                                        unsigned int flags);

// ==== Notifiers ====
CNRT_API cnrtRet_t cnrtNotifierCreate(cnrtNotifier_t *notifier);
CNRT_API cnrtRet_t cnrtNotifierCreateWithFlags(cnrtNotifier_t *notifier, unsigned int flags);
CNRT_API cnrtRet_t cnrtNotifierDestroy(cnrtNotifier_t notifier);
CNRT_API cnrtRet_t cnrtPlaceNotifier(cnrtNotifier_t notifier, cnrtQueue_t queue);
CNRT_API cnrtRet_t cnrtQueryNotifier(cnrtNotifier_t notifier); // cnrtErrorNotReady until it is reached
CNRT_API cnrtRet_t cnrtWaitNotifier(cnrtNotifier_t notifier);
CNRT_API cnrtRet_t cnrtNotifierDuration(cnrtNotifier_t start, cnrtNotifier_t end, float *us);
CNRT_API cnrtRet_t cnrtNotifierElapsedTime(cnrtNotifier_t start, cnrtNotifier_t end, float *ms);

// ==== Launches ====
// kernel<<<dim, type, queue>>>(...) ends here. args[i] points to the i-th argument.
CNRT_API cnrtRet_t cnrtInvokeKernel(const void *kernel, cnrtDim3_t dim, cnrtFunctionType_t type, void **args,
                                    size_t reserved, cnrtQueue_t queue);

// ==== Numbers on the host ====
// Converts `count` elements. Integer results saturate (NaN becomes 0). With quantisation parameters an integer q stands
// for the real value (q - offset) * 2^position / scale; NULL means 0, 1, 0. bool is true for every value but 0.
CNRT_API cnrtRet_t cnrtCastDataType_V2(void *src, cnrtDataType_V2_t srcType, void *dst, cnrtDataType_V2_t dstType,
                                       int count, cnrtQuantizedParam_t parameters, cnrtRoundingMode_t rounding);
CNRT_API cnrtRet_t cnrtCreateQuantizedParam(cnrtQuantizedParam_t *parameters, int position, float scale, int offset);
CNRT_API cnrtRet_t cnrtDestroyQuantizedParam(cnrtQuantizedParam_t parameters);
CNRT_API cnrtRet_t cnrtConvertFloatToHalf(uint16_t *half, float value); // nearest, ties to even
CNRT_API cnrtRet_t cnrtConvertHalfToFloat(float *value, uint16_t half);

// ==== First generation (CNRT 4.x) ====
CNRT_API cnrtRet_t cnrtInit(unsigned int flags);
CNRT_API void cnrtDestroy(void);
CNRT_API cnrtRet_t cnrtGetDeviceHandle(cnrtDev_t *device, int ordinal);
CNRT_API cnrtRet_t cnrtSetCurrentDevice(cnrtDev_t device);
CNRT_API cnrtRet_t cnrtGetCurrentDevice(cnrtDev_t *device);
CNRT_API cnrtRet_t cnrtCreateQueue(cnrtQueue_t *queue);
CNRT_API cnrtRet_t cnrtDestroyQueue(cnrtQueue_t queue);
CNRT_API cnrtRet_t cnrtSyncQueue(cnrtQueue_t queue);
CNRT_API cnrtRet_t cnrtCreateNotifier(cnrtNotifier_t *notifier);
CNRT_API cnrtRet_t cnrtDestroyNotifier(cnrtNotifier_t *notifier); // a pointer; sets it to NULL
CNRT_API cnrtRet_t cnrtCreateKernelInitParam(cnrtKernelInitParam_t *parameter);
CNRT_API cnrtRet_t cnrtDestroyKernelInitParamAndMemory(cnrtKernelInitParam_t parameter);
CNRT_API cnrtRet_t cnrtInitKernelMemory(const void *kernel, cnrtKernelInitParam_t parameter);
CNRT_API cnrtRet_t cnrtGetKernelParamsBuffer(cnrtKernelParamsBuffer_t *buffer);
CNRT_API cnrtRet_t cnrtKernelParamsBufferAddParam(cnrtKernelParamsBuffer_t buffer, void *argument, size_t bytes);
CNRT_API cnrtRet_t cnrtDestroyKernelParamsBuffer(cnrtKernelParamsBuffer_t buffer);
CNRT_API cnrtRet_t cnrtInvokeKernel_V3(const void *kernel, cnrtKernelInitParam_t parameter, cnrtDim3_t dim,
                                       cnrtKernelParamsBuffer_t arguments, cnrtFunctionType_t type, cnrtQueue_t queue,
                                       void *extra CNRT_DEFAULT(NULL));
CNRT_API cnrtRet_t cnrtInvokeKernel_V2(const void *kernel, cnrtDim3_t dim, cnrtKernelParamsBuffer_t arguments,
                                       cnrtFunctionType_t type, cnrtQueue_t queue);
CNRT_API cnrtRet_t cnrtCastDataType(void *src, cnrtDataType_t srcType, void *dst, cnrtDataType_t dstType, int count,
                                    cnrtQuantizedParam_t parameters);

// ==== Without a meaning on simulated cards ====
// Sharing with other processes answers cnrtErrorNotSupport; docs/limits.md lists them.
CNRT_API cnrtRet_t cnrtAcquireMemHandle(cnrtIpcMemHandle *handle, void *pointer);
CNRT_API cnrtRet_t cnrtMapMemHandle(void **pointer, cnrtIpcMemHandle handle, int flags);
CNRT_API cnrtRet_t cnrtUnMapMemHandle(void *pointer);
CNRT_API cnrtRet_t cnrtIpcGetNotifierHandle(cnrtIpcNotifierHandle *handle, cnrtNotifier_t notifier);
CNRT_API cnrtRet_t cnrtIpcOpenNotifierHandle(cnrtNotifier_t *notifier, cnrtIpcNotifierHandle handle);

// ==== Captured work ====
// Between begin and end, what is submitted to the queue is recorded instead of done; an entity does it again, any
// number of times. Queues that wait for a notifier placed in a captured queue are captured with it.
CNRT_API cnrtRet_t cnrtQueueBeginCapture(cnrtQueue_t queue, cnrtQueueCaptureMode_t mode);
CNRT_API cnrtRet_t cnrtQueueEndCapture(cnrtQueue_t queue, cnrtTaskTopo_t *topology);
CNRT_API cnrtRet_t cnrtQueueIsCapturing(cnrtQueue_t queue, cnrtQueueCaptureStatus_t *status);
// A topology under construction has no handle, and its nodes depend on each other in the order of their submission.
CNRT_API cnrtRet_t cnrtQueueGetCaptureInfo(cnrtQueue_t queue, cnrtQueueCaptureStatus_t *status,
                                           uint64_t *id CNRT_DEFAULT(nullptr),
                                           cnrtTaskTopo_t *topology CNRT_DEFAULT(nullptr),
                                           const cnrtTaskTopoNode_t **dependencies CNRT_DEFAULT(nullptr),
                                           size_t *numDependencies CNRT_DEFAULT(nullptr));
// Writes at most *numNodes nodes and sets it to their number; `nodes` may be null.
CNRT_API cnrtRet_t cnrtTaskTopoGetNodes(cnrtTaskTopo_t topology, cnrtTaskTopoNode_t *nodes, size_t *numNodes);
CNRT_API cnrtRet_t cnrtTaskTopoInstantiate(cnrtTaskTopoEntity_t *entity, cnrtTaskTopo_t topology,
                                           cnrtTaskTopoNode_t *errorNode, char *log, size_t logBytes);
CNRT_API cnrtRet_t cnrtTaskTopoDestroy(cnrtTaskTopo_t topology);
CNRT_API cnrtRet_t cnrtTaskTopoEntityInvoke(cnrtTaskTopoEntity_t entity, cnrtQueue_t queue);
CNRT_API cnrtRet_t cnrtTaskTopoEntityDestroy(cnrtTaskTopoEntity_t entity);

#undef CNRT_DEFAULT
#ifdef __cplusplus
}
#endif

#endif // OPENBANG_CNRT_H
