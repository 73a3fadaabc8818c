// launch.h: what the compiler looks up by name when it meets kernel<<<dim, type, queue>>>(...).
//
// The front end fixes these names; bangcc renames their symbols to libcnrt's (__bang...).
#ifndef OPENBANG_BANG_LAUNCH_H
#define OPENBANG_BANG_LAUNCH_H

extern "C" {
unsigned __cudaPushCallConfiguration(cnrtDim3_t dim, cnrtFunctionType_t type, cnrtQueue_t queue);
cnrtRet_t cudaLaunchKernel(const void *kernel, cnrtDim3_t dim, cnrtDim3_t type, void **args, size_t reserved,
                           cnrtQueue_t queue);
}

#endif  // OPENBANG_BANG_LAUNCH_H
