// quantised.cpp: products of i8 that end in numbers: the factors, the bias, the activation and the rounding to i8
// happen where the sums are, so a quantised layer is one kernel.
#include "matrix/matrix.h"

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsQuantisedConvolution(bangopsHandle_t handle, const bangopsConvolution_t *parameters,
                                            float factor, float step, bangopsTensorDescriptor_t xDesc, const void *x,
                                            bangopsTensorDescriptor_t wDesc, const void *w,
                                            bangopsTensorDescriptor_t biasDesc, const float *bias, int activation,
                                            bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    const Quantised quantised = {factor, step};
    convolve(handle, false, parameters, xDesc, x, wDesc, w, biasDesc, bias, activation, yDesc, y, &quantised);
  });
}

bangopsStatus_t bangopsQuantisedFullyConnected(bangopsHandle_t handle, float factor, float step,
                                               bangopsTensorDescriptor_t xDesc, const void *x,
                                               bangopsTensorDescriptor_t wDesc, const void *w,
                                               bangopsTensorDescriptor_t biasDesc, const float *bias, int activation,
                                               bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Quantised quantised = {factor, step};
    gemm(handle, false, true, 1, tensor(xDesc, "x"), x, tensor(wDesc, "w"), w, biasDesc, bias, activation, 0,
         tensor(yDesc, "y"), y, &quantised);
  });
}

} // extern "C"
