// LaunchAbi.h: what compiled host code calls to register and to launch kernels. bangcc emits these calls.
#ifndef OPENBANG_RUNTIME_API_LAUNCHABI_H
#define OPENBANG_RUNTIME_API_LAUNCHABI_H

#include "runtime/include/cnrt.h"

extern "C" {

// What a host object hands over at start-up: data points to its fat object (codegen/object/ImageFormat.h).
struct BangFatBinaryWrapper {
  int magic;
  int version;
  const void *data;
  void *unused;
};

CNRT_API void **__bangRegisterFatBinary(const BangFatBinaryWrapper *wrapper);
CNRT_API void __bangRegisterFatBinaryEnd(void **handle);
CNRT_API void __bangUnregisterFatBinary(void **handle);
// `deviceName` is the mangled name. The remaining parameters are empty.
CNRT_API int __bangRegisterFunction(void **handle, const void *stub, const char *hostName, const char *deviceName,
                                    int threadLimit, void *a, void *b, void *c, void *d, int *e);
// `variable` is the host's shadow of a __mlu_device__ variable: its address stands for the variable in the host API.
CNRT_API void __bangRegisterVar(void **handle, void *variable, const char *hostName, const char *deviceName,
                                int isExternal, size_t size, int isConstant, int isGlobal);

// kernel<<<dim, type, queue>>>(...) becomes: push; if that gave 0, call the stub, which pops and launches.
CNRT_API unsigned int __bangPushCallConfiguration(cnrtDim3_t dim, cnrtFunctionType_t type, cnrtQueue_t queue);
// The shape of pop and launch is fixed by the compiler; the job type travels in typeInX->x.
CNRT_API unsigned int __bangPopCallConfiguration(cnrtDim3_t *dim, cnrtDim3_t *typeInX, size_t *unused,
                                                 cnrtQueue_t *queue);
CNRT_API cnrtRet_t __bangLaunchKernel(const void *stub, cnrtDim3_t dim, cnrtDim3_t typeInX, void **args, size_t unused,
                                      cnrtQueue_t queue);
}

#endif // OPENBANG_RUNTIME_API_LAUNCHABI_H
