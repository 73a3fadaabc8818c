/* bangops.h: operators written in BANG C, behind a C interface.
 *
 * Every operator takes a handle, which holds the queue it runs on, and a descriptor for each tensor: element type, shape
 * and strides. Work is queued; cnrtQueueSync waits for it. A call that refuses its operands changes nothing and leaves a
 * sentence in bangopsGetLastErrorText: what was found, what was expected. A tensor without elements is no error. */
#ifndef BANGOPS_H
#define BANGOPS_H

#include <cnrt.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  BANGOPS_STATUS_SUCCESS = 0,
  BANGOPS_STATUS_BAD_PARAM = 1,        /* a null pointer, a wrong shape, a number out of range */
  BANGOPS_STATUS_NOT_SUPPORTED = 2,    /* meaningful, but not in this library */
  BANGOPS_STATUS_ALLOC_FAILED = 3,     /* no device memory */
  BANGOPS_STATUS_EXECUTION_FAILED = 4  /* the runtime refused */
} bangopsStatus_t;

typedef enum {
  BANGOPS_DTYPE_F32 = 0,
  BANGOPS_DTYPE_F16 = 1,
  BANGOPS_DTYPE_BF16 = 2,
  BANGOPS_DTYPE_I32 = 3,
  BANGOPS_DTYPE_I8 = 4
} bangopsDataType_t;

/* The order in which an image's dimensions are given: n, h, w, c or n, c, h, w. Other tensors are arrays. */
typedef enum { BANGOPS_LAYOUT_ARRAY = 0, BANGOPS_LAYOUT_NHWC = 1, BANGOPS_LAYOUT_NCHW = 2 } bangopsTensorLayout_t;

#define BANGOPS_MAX_DIMS 8

typedef struct bangopsContext *bangopsHandle_t;
typedef struct bangopsTensor *bangopsTensorDescriptor_t;

const char *bangopsGetErrorString(bangopsStatus_t status); /* of a code */
const char *bangopsGetLastErrorText(void);                 /* of the last refused call of this thread */

bangopsStatus_t bangopsCreate(bangopsHandle_t *handle); /* on the thread's current device */
bangopsStatus_t bangopsDestroy(bangopsHandle_t handle); /* waits for the queue */
bangopsStatus_t bangopsSetQueue(bangopsHandle_t handle, cnrtQueue_t queue);
bangopsStatus_t bangopsGetQueue(bangopsHandle_t handle, cnrtQueue_t *queue);
/* Device memory that the handle keeps for packing tensors that are not dense and for partial results. */
bangopsStatus_t bangopsGetWorkspaceInUse(bangopsHandle_t handle, size_t *bytes);
/* A caller that wants no allocation between two operators brings that memory. From bangopsBeginWorkspaceQuery on, operators
 * check their operands and do nothing else; pointers only say whether there is something. bangopsGetWorkspaceSize ends that
 * and says how many bytes the neediest of the calls wants. With a workspace of that size, which begins at a multiple of 128,
 * these calls take all their memory from it; it may be used again when the queue has done their work. A null pointer of size
 * 0 gives the memory back. */
bangopsStatus_t bangopsBeginWorkspaceQuery(bangopsHandle_t handle);
bangopsStatus_t bangopsGetWorkspaceSize(bangopsHandle_t handle, size_t *bytes);
bangopsStatus_t bangopsSetWorkspace(bangopsHandle_t handle, void *workspace, size_t bytes);

bangopsStatus_t bangopsCreateTensorDescriptor(bangopsTensorDescriptor_t *desc);
bangopsStatus_t bangopsDestroyTensorDescriptor(bangopsTensorDescriptor_t desc);
/* Dense: the last dimension is the fastest. */
bangopsStatus_t bangopsSetTensorDescriptor(bangopsTensorDescriptor_t desc, bangopsTensorLayout_t layout,
                                           bangopsDataType_t dtype, int rank, const int64_t *dims);
/* With a distance in elements for each dimension; 0 repeats an input. */
bangopsStatus_t bangopsSetTensorDescriptorStrided(bangopsTensorDescriptor_t desc, bangopsTensorLayout_t layout,
                                                  bangopsDataType_t dtype, int rank, const int64_t *dims,
                                                  const int64_t *strides);

/* ---- layout: bits keep their value and change their place ---- */

/* y = x; the shapes are equal, the strides are free. Transposes, slices, expands. */
bangopsStatus_t bangopsCopy(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                            bangopsTensorDescriptor_t yDesc, void *y);
/* y[i0][i1]... = x with its dimensions in another order: dimension d of y is dimension permutation[d] of x. */
bangopsStatus_t bangopsTranspose(bangopsHandle_t handle, const int *permutation, bangopsTensorDescriptor_t xDesc,
                                 const void *x, bangopsTensorDescriptor_t yDesc, void *y);
/* y = the inputs side by side along an axis. */
bangopsStatus_t bangopsConcat(bangopsHandle_t handle, int axis, int count, const bangopsTensorDescriptor_t *xDescs,
                              const void *const *xs, bangopsTensorDescriptor_t yDesc, void *y);
/* y = x inside a border of `value`; before[d] elements in front of dimension d, the rest of y's size behind. */
bangopsStatus_t bangopsPad(bangopsHandle_t handle, const int64_t *before, float value,
                           bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t yDesc, void *y);
bangopsStatus_t bangopsFill(bangopsHandle_t handle, float value, bangopsTensorDescriptor_t yDesc, void *y);
/* y = x in another element type; floats to integers round to the nearest, ties to even, and saturate. */
bangopsStatus_t bangopsCast(bangopsHandle_t handle, float scale, bangopsTensorDescriptor_t xDesc, const void *x,
                            bangopsTensorDescriptor_t yDesc, void *y);

/* ---- element-wise; inputs are repeated to the shape of the output where a dimension is 1 or missing in front ---- */

typedef enum {
  BANGOPS_ABS, BANGOPS_NEG, BANGOPS_SIGN, BANGOPS_SQUARE, BANGOPS_SQRT, BANGOPS_RSQRT, BANGOPS_RECIP, BANGOPS_EXP,
  BANGOPS_LOG,
  BANGOPS_SCALE /* alpha * x + beta */
} bangopsUnaryOp_t;
bangopsStatus_t bangopsUnary(bangopsHandle_t handle, bangopsUnaryOp_t op, float alpha, float beta,
                             bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t yDesc, void *y);

typedef enum {
  BANGOPS_ADD, BANGOPS_SUB, BANGOPS_MUL, BANGOPS_DIV, BANGOPS_MAX, BANGOPS_MIN,
  BANGOPS_POWER_DIFFERENCE /* (a - b)^alpha, alpha a whole number from 1 on */
} bangopsBinaryOp_t;
bangopsStatus_t bangopsBinary(bangopsHandle_t handle, bangopsBinaryOp_t op, float alpha,
                              bangopsTensorDescriptor_t aDesc, const void *a, bangopsTensorDescriptor_t bDesc,
                              const void *b, bangopsTensorDescriptor_t yDesc, void *y);

typedef enum {
  BANGOPS_RELU, BANGOPS_LEAKY_RELU /* slope alpha */, BANGOPS_ELU /* scale alpha */, BANGOPS_SIGMOID, BANGOPS_TANH,
  BANGOPS_GELU /* with the normal distribution function */, BANGOPS_SILU
} bangopsActivation_t;
bangopsStatus_t bangopsActivationForward(bangopsHandle_t handle, bangopsActivation_t op, float alpha,
                                         bangopsTensorDescriptor_t xDesc, const void *x,
                                         bangopsTensorDescriptor_t yDesc, void *y);
/* dx = dy * derivative at x */
bangopsStatus_t bangopsActivationBackward(bangopsHandle_t handle, bangopsActivation_t op, float alpha,
                                          bangopsTensorDescriptor_t xDesc, const void *x,
                                          bangopsTensorDescriptor_t dyDesc, const void *dy,
                                          bangopsTensorDescriptor_t dxDesc, void *dx);
/* y = x > 0 ? x : slope * x with a slope that is repeated to x's shape */
bangopsStatus_t bangopsPReLUForward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                    bangopsTensorDescriptor_t slopeDesc, const void *slope,
                                    bangopsTensorDescriptor_t yDesc, void *y);
/* dslope has x's shape: what each element gives to the gradient of its slope; bangopsReduce adds it up. */
bangopsStatus_t bangopsPReLUBackward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                     bangopsTensorDescriptor_t slopeDesc, const void *slope,
                                     bangopsTensorDescriptor_t dyDesc, const void *dy,
                                     bangopsTensorDescriptor_t dxDesc, void *dx,
                                     bangopsTensorDescriptor_t dslopeDesc, void *dslope);
/* y = x / (1 - p), or 0 with probability p, which is rounded to a multiple of 2^-16. The generator counts: element i of a
 * seed is always the same, so the gradient is the same call on dy. The counter wraps after 2^33 elements. */
bangopsStatus_t bangopsDropout(bangopsHandle_t handle, float p, uint32_t seed, bangopsTensorDescriptor_t xDesc,
                               const void *x, bangopsTensorDescriptor_t yDesc, void *y);

/* ---- operators on rows ---- */

typedef enum {
  BANGOPS_REDUCE_SUM, BANGOPS_REDUCE_MEAN, BANGOPS_REDUCE_MAX, BANGOPS_REDUCE_MIN, BANGOPS_REDUCE_SUM_OF_SQUARES,
  BANGOPS_REDUCE_ARGMAX, BANGOPS_REDUCE_ARGMIN /* y is i32: the first place in the reduced dimensions */
} bangopsReduceOp_t;
/* y has x's shape without the axes, or with 1 in their place. */
bangopsStatus_t bangopsReduce(bangopsHandle_t handle, bangopsReduceOp_t op, int axisCount, const int *axes,
                              bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t yDesc,
                              void *y);

typedef enum { BANGOPS_SOFTMAX, BANGOPS_LOG_SOFTMAX } bangopsSoftmaxMode_t;
bangopsStatus_t bangopsSoftmax(bangopsHandle_t handle, bangopsSoftmaxMode_t mode, int axis,
                               bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t yDesc,
                               void *y);

/* Normalisations: y = (x - mean) / sqrt(variance + epsilon) * scale + shift. Scale and shift may be null; they share a
 * descriptor. mean and factor, 1 / sqrt(variance + epsilon), are results of float that may be null. Channels are the
 * last dimension, of images the one that the layout says. */
bangopsStatus_t bangopsLayerNorm(bangopsHandle_t handle, int dimensions /* of x, the last ones */, float epsilon,
                                 bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t paramDesc,
                                 const void *scale, const void *shift, bangopsTensorDescriptor_t yDesc, void *y,
                                 float *mean, float *factor);
/* y = x / sqrt(mean of x^2 + epsilon) * scale, over the last dimension */
bangopsStatus_t bangopsRmsNorm(bangopsHandle_t handle, float epsilon, bangopsTensorDescriptor_t xDesc, const void *x,
                               bangopsTensorDescriptor_t scaleDesc, const void *scale, bangopsTensorDescriptor_t yDesc,
                               void *y);
bangopsStatus_t bangopsInstanceNorm(bangopsHandle_t handle, float epsilon, bangopsTensorDescriptor_t xDesc,
                                    const void *x, bangopsTensorDescriptor_t paramDesc, const void *scale,
                                    const void *shift, bangopsTensorDescriptor_t yDesc, void *y);
/* running = (1 - momentum) * running + momentum * found, of floats; the running variance takes the unbiased one. */
bangopsStatus_t bangopsBatchNormTraining(bangopsHandle_t handle, float epsilon, float momentum,
                                         bangopsTensorDescriptor_t xDesc, const void *x,
                                         bangopsTensorDescriptor_t paramDesc, const void *scale, const void *shift,
                                         bangopsTensorDescriptor_t yDesc, void *y, float *runningMean,
                                         float *runningVariance, float *mean, float *factor);
bangopsStatus_t bangopsBatchNormInference(bangopsHandle_t handle, float epsilon, bangopsTensorDescriptor_t xDesc,
                                          const void *x, bangopsTensorDescriptor_t paramDesc, const void *scale,
                                          const void *shift, const float *mean, const float *variance,
                                          bangopsTensorDescriptor_t yDesc, void *y);
/* y = x / (k + alpha / size * sum of the squares of `size` neighbouring channels)^beta */
bangopsStatus_t bangopsLocalResponseNorm(bangopsHandle_t handle, int size, float alpha, float beta, float k,
                                         bangopsTensorDescriptor_t xDesc, const void *x,
                                         bangopsTensorDescriptor_t yDesc, void *y);

/* ---- products; elements of i8 give i32, the others their own type, all summed in float ---- */

/* c = activation(alpha * op(a) op(b) + bias + beta * c) for matrices or batches of them; bias (one per column) may be
 * null, activation is a bangopsActivation_t that takes no number, or -1. */
bangopsStatus_t bangopsGemm(bangopsHandle_t handle, int transA, int transB, float alpha,
                            bangopsTensorDescriptor_t aDesc, const void *a, bangopsTensorDescriptor_t bDesc,
                            const void *b, bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
                            float beta, bangopsTensorDescriptor_t cDesc, void *c);
/* y = alpha * op(a) x + beta * y */
bangopsStatus_t bangopsGemv(bangopsHandle_t handle, int transA, float alpha, bangopsTensorDescriptor_t aDesc,
                            const void *a, bangopsTensorDescriptor_t xDesc, const void *x, float beta,
                            bangopsTensorDescriptor_t yDesc, void *y);
/* x: rows, inputs; w: outputs, inputs; y: rows, outputs */
bangopsStatus_t bangopsFullyConnectedForward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                             bangopsTensorDescriptor_t wDesc, const void *w,
                                             bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
                                             bangopsTensorDescriptor_t yDesc, void *y);
/* dx, dw and dbias have the shapes of x, w and bias; each may be null. */
bangopsStatus_t bangopsFullyConnectedBackward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                              bangopsTensorDescriptor_t wDesc, const void *w,
                                              bangopsTensorDescriptor_t dyDesc, const void *dy, void *dx, void *dw,
                                              bangopsTensorDescriptor_t biasDesc, void *dbias);

typedef struct {
  int padH, padW, strideH, strideW, dilationH, dilationW, groups;
} bangopsConvolution_t;
/* Images n, h, w, c (or n, c, h, w by their layout); filters [output channels][kh][kw][input channels / groups], both
 * ways. The transposed convolution makes an image whose convolution has x's size. */
bangopsStatus_t bangopsConvolutionForward(bangopsHandle_t handle, const bangopsConvolution_t *parameters,
                                          bangopsTensorDescriptor_t xDesc, const void *x,
                                          bangopsTensorDescriptor_t wDesc, const void *w,
                                          bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
                                          bangopsTensorDescriptor_t yDesc, void *y);
bangopsStatus_t bangopsTransposedConvolution(bangopsHandle_t handle, const bangopsConvolution_t *parameters,
                                             bangopsTensorDescriptor_t xDesc, const void *x,
                                             bangopsTensorDescriptor_t wDesc, const void *w,
                                             bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
                                             bangopsTensorDescriptor_t yDesc, void *y);

/* Quantised layers: elements of i8, sums as in the products above, then y = activation(factor * sum + bias) / step, for a y
 * of i8 rounded to the nearest and saturated, else f32. The bias is of float, per output channel, or null. */
bangopsStatus_t bangopsQuantisedConvolution(bangopsHandle_t handle, const bangopsConvolution_t *parameters,
                                            float factor, float step, bangopsTensorDescriptor_t xDesc, const void *x,
                                            bangopsTensorDescriptor_t wDesc, const void *w,
                                            bangopsTensorDescriptor_t biasDesc, const float *bias, int activation,
                                            bangopsTensorDescriptor_t yDesc, void *y);
bangopsStatus_t bangopsQuantisedFullyConnected(bangopsHandle_t handle, float factor, float step,
                                               bangopsTensorDescriptor_t xDesc, const void *x,
                                               bangopsTensorDescriptor_t wDesc, const void *w,
                                               bangopsTensorDescriptor_t biasDesc, const float *bias, int activation,
                                               bangopsTensorDescriptor_t yDesc, void *y);

/* ---- windows over images n, h, w, c (or n, c, h, w by their layout) ---- */

typedef struct {
  int kh, kw, padH, padW, strideH, strideW;
  int countPadding; /* an average divides by the whole window, not by its part inside of the image */
} bangopsWindow_t;
typedef enum { BANGOPS_POOL_MAX, BANGOPS_POOL_AVERAGE } bangopsPool_t;
bangopsStatus_t bangopsPoolForward(bangopsHandle_t handle, bangopsPool_t pool, const bangopsWindow_t *window,
                                   bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t yDesc,
                                   void *y);
/* The gradient of a maximum goes to its first place. x is only read for it. */
bangopsStatus_t bangopsPoolBackward(bangopsHandle_t handle, bangopsPool_t pool, const bangopsWindow_t *window,
                                    bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t dyDesc,
                                    const void *dy, bangopsTensorDescriptor_t dxDesc, void *dx);
/* One filter for each channel: w is [kh][kw][channels]. */
bangopsStatus_t bangopsDepthwiseConvolution(bangopsHandle_t handle, const bangopsWindow_t *window,
                                            bangopsTensorDescriptor_t xDesc, const void *x,
                                            bangopsTensorDescriptor_t wDesc, const void *w,
                                            bangopsTensorDescriptor_t biasDesc, const void *bias,
                                            bangopsTensorDescriptor_t yDesc, void *y);

/* ---- rows by index, largest elements, boxes; indices and results of i32 and f32 are in device memory, dense ---- */

/* y[i] = table[index[i]]: gather, and embedding, of any element type. An index that names no row gives zeros. */
bangopsStatus_t bangopsGather(bangopsHandle_t handle, bangopsTensorDescriptor_t tableDesc, const void *table,
                              int64_t count, const int32_t *index, bangopsTensorDescriptor_t yDesc, void *y);
/* table[index[i]] += x[i], in the order of i: scatter, and an embedding's gradient. */
bangopsStatus_t bangopsScatterAdd(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                  const int32_t *index, bangopsTensorDescriptor_t tableDesc, void *table);
/* The k largest of each row of the last dimension, in falling order, equal ones by their place. */
bangopsStatus_t bangopsTopK(bangopsHandle_t handle, int k, bangopsTensorDescriptor_t xDesc, const void *x,
                            bangopsTensorDescriptor_t valuesDesc, void *values, int32_t *index);
/* Boxes are x1, y1, x2, y2. iou[i][j] = intersection / union of a[i] and b[j] */
bangopsStatus_t bangopsIoU(bangopsHandle_t handle, bangopsTensorDescriptor_t aDesc, const float *a,
                           bangopsTensorDescriptor_t bDesc, const float *b, float *iou);
/* Boxes by falling score, without those that overlap a kept one by more than `limit`. */
bangopsStatus_t bangopsNms(bangopsHandle_t handle, float limit, int maxKept, bangopsTensorDescriptor_t boxesDesc,
                           const float *boxes, const float *scores, int32_t *kept, int32_t *keptCount);
/* rois: image, x1, y1, x2, y2. Each bin of y is the mean of sampling^2 bilinear samples; 0: one for each pixel. */
bangopsStatus_t bangopsRoiAlign(bangopsHandle_t handle, float scale, int sampling, int aligned,
                                bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t roisDesc,
                                const float *rois, bangopsTensorDescriptor_t yDesc, void *y);

/* ---- sequences ---- */

/* y = softmax(scale * q k^T) v; q and y: heads, queries, depth; k and v: heads, keys, depth. Causal: the last query sees
 * all keys, each one before it one less. */
bangopsStatus_t bangopsAttention(bangopsHandle_t handle, float scale, int causal, bangopsTensorDescriptor_t qDesc,
                                 const void *q, bangopsTensorDescriptor_t kDesc, const void *k, const void *v,
                                 bangopsTensorDescriptor_t yDesc, void *y);
/* Rotary positions: the halves a and b of the last dimension become a cos - b sin and b cos + a sin. Cosines and sines
 * are repeated to the shape of a half. */
bangopsStatus_t bangopsRotaryEmbedding(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                       bangopsTensorDescriptor_t angleDesc, const void *cosines, const void *sines,
                                       bangopsTensorDescriptor_t yDesc, void *y);
/* One step of an LSTM: wx and wh have four times as many rows as h has columns: input, forget, candidate and output gate.
 * c, hOut and cOut have the descriptor of h. */
bangopsStatus_t bangopsLstmCell(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                bangopsTensorDescriptor_t hDesc, const void *h, const void *c,
                                bangopsTensorDescriptor_t wxDesc, const void *wx, bangopsTensorDescriptor_t whDesc,
                                const void *wh, bangopsTensorDescriptor_t biasDesc, const void *bias, void *hOut,
                                void *cOut);

/* ---- losses ---- */

/* loss[r] = -log softmax(x[r])[labels[r]]; dx = (softmax(x) - one at the label) * gradientScale. Either may be null. A
 * row whose label is no class counts nothing. */
bangopsStatus_t bangopsCrossEntropy(bangopsHandle_t handle, float gradientScale, bangopsTensorDescriptor_t xDesc,
                                    const void *x, const int32_t *labels, bangopsTensorDescriptor_t lossDesc,
                                    void *loss, bangopsTensorDescriptor_t dxDesc, void *dx);
/* loss = mean of (x - target)^2; dx = 2 (x - target) / number of elements */
bangopsStatus_t bangopsMseForward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                  bangopsTensorDescriptor_t targetDesc, const void *target,
                                  bangopsTensorDescriptor_t lossDesc, void *loss);
bangopsStatus_t bangopsMseBackward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                   bangopsTensorDescriptor_t targetDesc, const void *target,
                                   bangopsTensorDescriptor_t dxDesc, void *dx);

/* ---- optimisers; all tensors have the descriptor of the weights and are dense ---- */

/* v = momentum * v + gradient + decay * w; w = w - rate * v */
bangopsStatus_t bangopsSgd(bangopsHandle_t handle, float rate, float momentum, float decay,
                           bangopsTensorDescriptor_t desc, void *w, const void *gradient, void *v);
/* Adam with bias correction; step counts from 1. */
bangopsStatus_t bangopsAdam(bangopsHandle_t handle, float rate, float beta1, float beta2, float epsilon, int step,
                            bangopsTensorDescriptor_t desc, void *w, const void *gradient, void *m, void *v);

#ifdef __cplusplus
}
#endif
#endif /* BANGOPS_H */
