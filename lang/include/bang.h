// bang.h: what a kernel author sees. bangcc includes it before every .mlu file, in the host and in the device pass.
//
// Function qualifiers: __mlu_global__ (kernel), __mlu_func__ and __mlu_device__ (device functions), __mlu_host__.
// Memory qualifiers: __nram__, __wram__ (per core), __mlu_shared__ (per cluster), __ldram__, __mlu_const__.
#ifndef OPENBANG_BANG_H
#define OPENBANG_BANG_H

#define __mlu_global__ __attribute__((global))
#define __mlu_entry__ __attribute__((global))
#define __mlu_func__ __attribute__((device, always_inline))
#define __mlu_device__ __attribute__((device))
#define __mlu_vector__ __attribute__((device, always_inline))
#define __mlu_builtin__ __attribute__((device, always_inline))
#define __mlu_host__ __attribute__((host))

#define __nram__ __attribute__((bang_nram))
#define __wram__ __attribute__((bang_wram))
#define __mlu_shared__ __attribute__((bang_sram))
#define __ldram__ __attribute__((bang_ldram))
#define __mlu_const__ __attribute__((bang_const))

#include <assert.h>  // published kernels use assert without it

#include "bang/types.h"
#include "bang/math.h"

#include "cnrt.h"
#include "bang/launch.h"

#include "bang/builtins.h"
#include "bang/scalar.h"
#include "bang/convert.h"
#include "bang/memory.h"
#include "bang/vector_register.h"
#include "bang/wide.h"

#endif  // OPENBANG_BANG_H
