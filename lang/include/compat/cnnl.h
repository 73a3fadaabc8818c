// cnnl.h: stands for the header of the vendor's neural-network library, which is not part of openbang.
//
// Sources with kernels include it although their kernels do not need it. These are types and declarations only: a
// program that calls one of the functions compiles, and its link names the function that is missing. The numbers of
// the enumerations are openbang's own. Searched after all other folders, so the real header wins where it exists.
#ifndef OPENBANG_COMPAT_CNNL_H
#define OPENBANG_COMPAT_CNNL_H

#include <stddef.h>
#include <stdint.h>

#include "cn_api.h"
#include "cnrt.h"

#define CNNL_WIN_API
#define CNNL_DIM_MAX 8

typedef enum {
  CNNL_STATUS_SUCCESS = 0,
  CNNL_STATUS_NOT_INITIALIZED,
  CNNL_STATUS_ALLOC_FAILED,
  CNNL_STATUS_BAD_PARAM,
  CNNL_STATUS_INTERNAL_ERROR,
  CNNL_STATUS_ARCH_MISMATCH,
  CNNL_STATUS_EXECUTION_FAILED,
  CNNL_STATUS_NOT_SUPPORTED,
  CNNL_STATUS_NUMERICAL_OVERFLOW
} cnnlStatus_t;

typedef enum {
  CNNL_LAYOUT_NCHW = 0,
  CNNL_LAYOUT_NHWC,
  CNNL_LAYOUT_HWCN,
  CNNL_LAYOUT_NDHWC,
  CNNL_LAYOUT_ARRAY,
  CNNL_LAYOUT_TNC,
  CNNL_LAYOUT_NTC,
  CNNL_LAYOUT_NC,
  CNNL_LAYOUT_NLC,
  CNNL_LAYOUT_NCDHW
} cnnlTensorLayout_t;

typedef enum {
  CNNL_DTYPE_INVALID = 0,
  CNNL_DTYPE_HALF,
  CNNL_DTYPE_FLOAT,
  CNNL_DTYPE_INT8,
  CNNL_DTYPE_INT16,
  CNNL_DTYPE_INT31,
  CNNL_DTYPE_INT32,
  CNNL_DTYPE_INT64,
  CNNL_DTYPE_UINT8,
  CNNL_DTYPE_UINT16,
  CNNL_DTYPE_UINT32,
  CNNL_DTYPE_UINT64,
  CNNL_DTYPE_BOOL,
  CNNL_DTYPE_DOUBLE,
  CNNL_DTYPE_BFLOAT16,
  CNNL_DTYPE_COMPLEX_HALF,
  CNNL_DTYPE_COMPLEX_FLOAT
} cnnlDataType_t;

typedef enum { CNNL_POINTER_MODE_HOST = 0, CNNL_POINTER_MODE_DEVICE } cnnlPointerMode_t;
typedef enum { CNNL_COMPUTATION_FAST = 0, CNNL_COMPUTATION_HIGH_PRECISION } cnnlComputationPreference_t;
typedef enum { CNNL_NOT_PROPAGATE_NAN = 0, CNNL_PROPAGATE_NAN } cnnlNanPropagation_t;
typedef enum { CNNL_OP_TENSOR_ADD = 0, CNNL_OP_TENSOR_SUB, CNNL_OP_TENSOR_MUL } cnnlOpTensorDesc_t;
typedef enum { CNNL_SOFTMAX_FAST = 0, CNNL_SOFTMAX_ACCURATE, CNNL_SOFTMAX_LOG } cnnlSoftmaxAlgorithm_t;
typedef enum {
  CNNL_SOFTMAX_MODE_HIGH_DIMENSION = 0,
  CNNL_SOFTMAX_MODE_MEDIUM_DIMENSION,
  CNNL_SOFTMAX_MODE_LOW_DIMENSION
} cnnlSoftmaxMode_t;
typedef enum { CNNL_QUANTIZE_NONE = 0 } cnnlQuantizeLayout_t;
typedef enum { CNNL_CONVOLUTION_FWD_ALGO_DIRECT = 0 } cnnlConvolutionForwardAlgo_t;
typedef enum {
  CNNL_MATMUL_DESC_COMPUTE_TYPE = 0,
  CNNL_MATMUL_DESC_TRANSA,
  CNNL_MATMUL_DESC_TRANSB,
  CNNL_MATMUL_ALLOW_TF32,
  CNNL_MATMUL_USE_STRIDE
} cnnlMatMulDescAttribute_t;

#define CNNL_OPAQUE(name) typedef struct cnnl##name *cnnl##name##_t
CNNL_OPAQUE(Handle);
CNNL_OPAQUE(TensorDescriptor);
CNNL_OPAQUE(TensorSetDescriptor);
CNNL_OPAQUE(OpTensorDescriptor);
CNNL_OPAQUE(TransposeDescriptor);
CNNL_OPAQUE(ConvolutionDescriptor);
CNNL_OPAQUE(QuantizeExDescriptor);
CNNL_OPAQUE(ReduceDescriptor);
CNNL_OPAQUE(MatMulDescriptor);
CNNL_OPAQUE(MatMulAlgo);
CNNL_OPAQUE(MatMulHeuristicResult);
#undef CNNL_OPAQUE

#ifdef __cplusplus
extern "C" {
#endif

const char *cnnlGetErrorString(cnnlStatus_t status);

#define CNNL_LIFE(name)                                       \
  cnnlStatus_t cnnlCreate##name(cnnl##name##_t *descriptor); \
  cnnlStatus_t cnnlDestroy##name(cnnl##name##_t descriptor);
CNNL_LIFE(TensorDescriptor)
CNNL_LIFE(OpTensorDescriptor)
CNNL_LIFE(TransposeDescriptor)
CNNL_LIFE(ConvolutionDescriptor)
CNNL_LIFE(QuantizeExDescriptor)
CNNL_LIFE(ReduceDescriptor)
CNNL_LIFE(MatMulDescriptor)
CNNL_LIFE(MatMulAlgo)
CNNL_LIFE(MatMulHeuristicResult)
#undef CNNL_LIFE

cnnlStatus_t cnnlCreate(cnnlHandle_t *handle);
cnnlStatus_t cnnlDestroy(cnnlHandle_t handle);
cnnlStatus_t cnnlSetQueue(cnnlHandle_t handle, cnrtQueue_t queue);
cnnlStatus_t cnnlGetQueue(cnnlHandle_t handle, cnrtQueue_t *queue);

cnnlStatus_t cnnlSetTensorDescriptor(cnnlTensorDescriptor_t desc, cnnlTensorLayout_t layout, cnnlDataType_t type,
                                     int dims, const int size[]);
cnnlStatus_t cnnlSetTensorDescriptor_v2(cnnlTensorDescriptor_t desc, cnnlTensorLayout_t layout, cnnlDataType_t type,
                                        int dims, const int64_t size[]);
cnnlStatus_t cnnlSetTensorDescriptorEx(cnnlTensorDescriptor_t desc, cnnlTensorLayout_t layout, cnnlDataType_t type,
                                       int dims, const int size[], const int stride[]);
cnnlStatus_t cnnlSetTensorDescriptorEx_v2(cnnlTensorDescriptor_t desc, cnnlTensorLayout_t layout, cnnlDataType_t type,
                                          int dims, const int64_t size[], const int64_t stride[]);
cnnlStatus_t cnnlResetTensorDescriptor(cnnlTensorDescriptor_t desc);
size_t cnnlGetTensorElementNum(const cnnlTensorDescriptor_t desc);

cnnlStatus_t cnnlFill_v3(cnnlHandle_t handle, const cnnlPointerMode_t mode, const void *value,
                         const cnnlTensorDescriptor_t desc, void *output);
cnnlStatus_t cnnlCopy(cnnlHandle_t handle, const cnnlTensorDescriptor_t inputDesc, const void *input,
                      const cnnlTensorDescriptor_t outputDesc, void *output);

cnnlStatus_t cnnlSetTransposeDescriptor(cnnlTransposeDescriptor_t desc, const int dims, const int permute[]);
cnnlStatus_t cnnlGetTransposeWorkspaceSize(cnnlHandle_t handle, const cnnlTensorDescriptor_t inputDesc,
                                           const cnnlTransposeDescriptor_t desc, size_t *size);
cnnlStatus_t cnnlTranspose_v2(cnnlHandle_t handle, const cnnlTransposeDescriptor_t desc,
                              const cnnlTensorDescriptor_t inputDesc, const void *input,
                              const cnnlTensorDescriptor_t outputDesc, void *output, void *workspace,
                              size_t workspaceSize);

cnnlStatus_t cnnlSoftmaxForward(cnnlHandle_t handle, cnnlSoftmaxAlgorithm_t algorithm, cnnlSoftmaxMode_t mode,
                                const void *alpha, const cnnlTensorDescriptor_t inputDesc, const void *input,
                                const void *beta, const cnnlTensorDescriptor_t outputDesc, void *output);

#ifdef __cplusplus
}
#endif

#endif  // OPENBANG_COMPAT_CNNL_H
