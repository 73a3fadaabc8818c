// main.cpp: doubles a vector with the operator library.
#include <bangops.h>
#include <stdio.h>

int main() {
  float host[4] = {1, 2, 3, 4};
  void *data;
  bangopsHandle_t handle;
  bangopsTensorDescriptor_t desc;
  const int64_t dims[] = {4};
  CNRT_CHECK(cnrtMalloc(&data, sizeof host));
  CNRT_CHECK(cnrtMemcpy(data, host, sizeof host, cnrtMemcpyHostToDev));
  if (bangopsCreate(&handle) || bangopsCreateTensorDescriptor(&desc) ||
      bangopsSetTensorDescriptor(desc, BANGOPS_LAYOUT_ARRAY, BANGOPS_DTYPE_F32, 1, dims) ||
      bangopsUnary(handle, BANGOPS_SCALE, 2, 0, desc, data, desc, data))
    puts(bangopsGetLastErrorText());
  CNRT_CHECK(cnrtQueueSync(nullptr));
  CNRT_CHECK(cnrtMemcpy(host, data, sizeof host, cnrtMemcpyDevToHost));
  printf("%g %g %g %g\n", host[0], host[1], host[2], host[3]);
  bangopsDestroyTensorDescriptor(desc);
  bangopsDestroy(handle);
  CNRT_CHECK(cnrtFree(data));
}
