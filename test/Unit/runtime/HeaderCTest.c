/* HeaderCTest.c: the public headers are C, and a C program can use them. */
#include "runtime/include/cn_api.h"
#include "runtime/include/cnrt.h"
#include "runtime/include/mlu.h"

int runCProgram(void) {
  cnrtDim3_t dim = {4, 1, 1};
  cnrtFunctionType_t type = CNRT_FUNC_TYPE_UNION1;
  void *memory = NULL;
  int in = 9, out = 0;
  CNRT_CHECK(cnrtMalloc(&memory, sizeof(in)));
  CNRT_CHECK(cnrtMemcpy(memory, &in, sizeof(in), CNRT_MEM_TRANS_DIR_HOST2DEV));
  CNRT_CHECK(cnrtMemcpy(&out, memory, sizeof(out), CNRT_MEM_TRANS_DIR_DEV2HOST));
  CNRT_CHECK(cnrtFree(memory));
  return out + (int)dim.x + (int)type + (int)CN_KERNEL_CLASS_UNION;
}
