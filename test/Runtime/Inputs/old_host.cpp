// old_host.cpp: the first generation of the host API.
#include "cnrt.h"

#include <vector>

extern "C" void saxpy(float *y, float *x, short a, int n);

int main() {
  int n = 100;
  CNRT_CHECK(cnrtInit(0));
  cnrtDev_t device;
  CNRT_CHECK(cnrtGetDeviceHandle(&device, 0));
  CNRT_CHECK(cnrtSetCurrentDevice(device));
  cnrtQueue_t queue;
  CNRT_CHECK(cnrtCreateQueue(&queue));

  std::vector<float> x(n), y(n);
  for (int i = 0; i < n; ++i)
    x[i] = i, y[i] = 1;
  void *dx, *dy;
  CNRT_CHECK(cnrtMalloc(&dx, n * sizeof(float)));
  CNRT_CHECK(cnrtMalloc(&dy, n * sizeof(float)));
  CNRT_CHECK(cnrtMemcpy(dx, x.data(), n * sizeof(float), CNRT_MEM_TRANS_DIR_HOST2DEV));
  CNRT_CHECK(cnrtMemcpy(dy, y.data(), n * sizeof(float), CNRT_MEM_TRANS_DIR_HOST2DEV));

  short a = 3;
  cnrtKernelInitParam_t init;
  CNRT_CHECK(cnrtCreateKernelInitParam(&init));
  CNRT_CHECK(cnrtInitKernelMemory((void *)&saxpy, init));
  cnrtKernelParamsBuffer_t params;
  CNRT_CHECK(cnrtGetKernelParamsBuffer(&params));
  CNRT_CHECK(cnrtKernelParamsBufferAddParam(params, &dy, sizeof(dy)));
  CNRT_CHECK(cnrtKernelParamsBufferAddParam(params, &dx, sizeof(dx)));
  CNRT_CHECK(cnrtKernelParamsBufferAddParam(params, &a, sizeof(a)));
  CNRT_CHECK(cnrtKernelParamsBufferAddParam(params, &n, sizeof(n)));
  CNRT_CHECK(cnrtInvokeKernel_V3((void *)&saxpy, init, {1, 1, 1}, params, CNRT_FUNC_TYPE_BLOCK, queue, NULL));
  CNRT_CHECK(cnrtSyncQueue(queue));
  CNRT_CHECK(cnrtMemcpy(y.data(), dy, n * sizeof(float), CNRT_MEM_TRANS_DIR_DEV2HOST));
  int right = 0;
  for (int i = 0; i < n; ++i)
    right += y[i] == 1 + 3 * x[i];
  printf("saxpy: %d of %d right\n", right, n);

  cnrtKernelParamsBuffer_t few;
  CNRT_CHECK(cnrtGetKernelParamsBuffer(&few));
  CNRT_CHECK(cnrtKernelParamsBufferAddParam(few, &dy, sizeof(dy)));
  if (cnrtInvokeKernel_V3((void *)&saxpy, init, {1, 1, 1}, few, CNRT_FUNC_TYPE_BLOCK, queue, NULL) == cnrtSuccess)
    return 1;

  CNRT_CHECK(cnrtDestroyKernelParamsBuffer(few));
  CNRT_CHECK(cnrtDestroyKernelParamsBuffer(params));
  CNRT_CHECK(cnrtDestroyKernelInitParamAndMemory(init));
  CNRT_CHECK(cnrtFree(dx));
  CNRT_CHECK(cnrtFree(dy));
  CNRT_CHECK(cnrtDestroyQueue(queue));
  cnrtDestroy();
}
