// cnrt.h: the host API of BANG C programs: devices, memory, queues, notifiers, launches. For C and C++.
//
// Errors: every call returns a cnrtRet_t. A call that is used wrongly also writes one sentence to stderr, and its code
// becomes the calling thread's last error. Queued work fails later: the fault is written to stderr when it happens, the
// work queued behind it in the same queue is dropped, and the next call that waits for this queue returns the code
// once; after that the queue works again.
//
// Units: sizes in bytes; notifier times in microseconds (Duration) or milliseconds (ElapsedTime), as host wall-clock
// time between the two placings. They measure the simulation, not a card.
//
// Order: the device does one thing at a time, in the order in which calls queued it, so work of one queue is in order
// and work of different queues never overlaps. A program must rely only on the order inside a queue and on waits.
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
// There is one simulated card; the environment variable BANG_MACHINE chooses its machine file. With BANG_TOOL=stats
// each launch writes one line to stderr when it has run: kernel, instructions executed by all cores, host time. With
// BANG_TOOL=check mistakes in kernels are reported there.
CNRT_API cnrtRet_t cnrtGetDeviceCount(unsigned int *count);
CNRT_API cnrtRet_t cnrtGetDevice(int *ordinal);
CNRT_API cnrtRet_t cnrtSetDevice(int ordinal);
CNRT_API cnrtRet_t cnrtSyncDevice(void);  // waits for all queues
CNRT_API cnrtRet_t cnrtDeviceReset(void); // waits, then frees all device memory, queues and notifiers
CNRT_API cnrtRet_t cnrtDeviceGetAttribute(int *value, cnrtDeviceAttr_t attribute, int device);
CNRT_API cnrtRet_t cnrtDeviceGetPCIBusId(char *text, int length, int device);
CNRT_API cnrtRet_t cnrtGetDeviceProperties(cnrtDeviceProp_t *properties, int device);

// ==== Memory ====
CNRT_API cnrtRet_t cnrtMalloc(void **pointer, size_t bytes); // 0 bytes: success, *pointer is NULL
CNRT_API cnrtRet_t cnrtMallocConstant(void **pointer, size_t bytes);
CNRT_API cnrtRet_t cnrtFree(void *pointer); // waits for queued work; NULL is allowed
CNRT_API cnrtRet_t cnrtHostMalloc(void **pointer, size_t bytes);
CNRT_API cnrtRet_t cnrtFreeHost(void *pointer);
CNRT_API cnrtRet_t cnrtMemGetInfo(size_t *freeBytes, size_t *totalBytes); // either may be NULL
CNRT_API cnrtRet_t cnrtPointerGetAttributes(cnrtPointerAttributes_t *attributes, const void *pointer);
// Blocking copies and fills wait for the default queue and return its pending fault.
CNRT_API cnrtRet_t cnrtMemcpy(void *dst, const void *src, size_t bytes, cnrtMemTransDir_t direction);
CNRT_API cnrtRet_t cnrtMemset(void *pointer, int byte, size_t bytes);
// Host memory of a queued copy must live until the copy has happened.
CNRT_API cnrtRet_t cnrtMemcpyAsync(void *dst, void *src, size_t bytes, cnrtQueue_t queue, cnrtMemTransDir_t direction);
CNRT_API cnrtRet_t cnrtMemcpyAsync_V2(void *dst, void *src, size_t bytes, cnrtQueue_t queue,
                                      cnrtMemTransDir_t direction);
CNRT_API cnrtRet_t cnrtMemsetAsync(void *pointer, int byte, size_t bytes, cnrtQueue_t queue);

// ==== Queues ====
CNRT_API cnrtRet_t cnrtQueueCreate(cnrtQueue_t *queue);
CNRT_API cnrtRet_t cnrtQueueDestroy(cnrtQueue_t queue); // waits for its work
CNRT_API cnrtRet_t cnrtQueueSync(cnrtQueue_t queue);
CNRT_API cnrtRet_t cnrtQueueQuery(cnrtQueue_t queue); // cnrtErrorNotReady while work is left
CNRT_API cnrtRet_t cnrtQueueWaitNotifier(cnrtNotifier_t notifier, cnrtQueue_t queue, unsigned int flags);

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

#undef CNRT_DEFAULT
#ifdef __cplusplus
}
#endif

#endif // OPENBANG_CNRT_H
