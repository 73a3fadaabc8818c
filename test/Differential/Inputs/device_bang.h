// device_bang.h: the names generated kernels use, on the device.
#ifndef DIFFERENTIAL_DEVICE_BANG_H
#define DIFFERENTIAL_DEVICE_BANG_H

#include <bang.h>

#define KERNEL __mlu_global__
#define FUNC static __mlu_device__ __attribute__((unused))

#include "safe.h"

#endif
