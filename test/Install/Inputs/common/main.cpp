// Plain C++ for any compiler.
#include "scale.h"
#include <cnrt.h>
#include <cstdio>

int main() {
  unsigned int devices = 0;
  CNRT_CHECK(cnrtGetDeviceCount(&devices));
  float data[kCount];
  for (int i = 0; i < kCount; ++i)
    data[i] = i;
  scale(data);
  std::printf("%u device, data[10] = %g\n", devices, data[10]);
}
