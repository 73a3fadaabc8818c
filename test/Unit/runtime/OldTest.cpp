// OldTest.cpp: a first-generation program, call by call.
#include "test/Unit/runtime/RuntimeTest.h"

using namespace cnrt;

class OldTest : public RuntimeTest {};

TEST_F(OldTest, RunsAFirstGenerationProgram) {
  defineKernel("scale", {8, 2, 4}, [](const NullDriver::Call &call) {
    float *data = static_cast<float *>(call.memory(parameter<uint64_t>(call, 0)));
    *data *= parameter<int>(call, 12) + parameter<uint16_t>(call, 8);
    return success();
  });
  RegisteredModule module;
  char stub = 0;
  module.addKernel(&stub, "scale");

  cnrtDev_t device;
  cnrtQueue_t queue;
  cnrtNotifier_t start, end;
  ASSERT_EQ(cnrtInit(0), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtGetDeviceHandle(&device, 0), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtSetCurrentDevice(device), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtCreateQueue(&queue), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtCreateNotifier(&start), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtCreateNotifier(&end), CNRT_RET_SUCCESS);
  float value = 2.5f;
  void *data = allocate(4);
  ASSERT_EQ(cnrtMemcpy(data, &value, 4, CNRT_MEM_TRANS_DIR_HOST2DEV), CNRT_RET_SUCCESS);

  cnrtKernelInitParam_t init;
  ASSERT_EQ(cnrtCreateKernelInitParam(&init), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtInitKernelMemory(&stub, init), CNRT_RET_SUCCESS);
  cnrtKernelParamsBuffer_t params;
  uint16_t small = 1;
  int three = 3;
  ASSERT_EQ(cnrtGetKernelParamsBuffer(&params), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtKernelParamsBufferAddParam(params, &data, sizeof(data)), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtKernelParamsBufferAddParam(params, &small, sizeof(small)), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtKernelParamsBufferAddParam(params, &three, sizeof(three)), CNRT_RET_SUCCESS);
  cnrtPlaceNotifier(start, queue);
  ASSERT_EQ(cnrtInvokeKernel_V3(&stub, init, {1, 1, 1}, params, CNRT_FUNC_TYPE_BLOCK, queue), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtInvokeKernel_V2(&stub, {1, 1, 1}, params, CNRT_FUNC_TYPE_BLOCK, queue), CNRT_RET_SUCCESS);
  cnrtPlaceNotifier(end, queue);
  ASSERT_EQ(cnrtSyncQueue(queue), CNRT_RET_SUCCESS);
  ASSERT_EQ(cnrtMemcpy(&value, data, 4, CNRT_MEM_TRANS_DIR_DEV2HOST), CNRT_RET_SUCCESS);
  EXPECT_EQ(value, 40.0f);

  EXPECT_EQ(cnrtDestroyKernelParamsBuffer(params), CNRT_RET_SUCCESS);
  EXPECT_EQ(cnrtDestroyKernelInitParamAndMemory(init), CNRT_RET_SUCCESS);
  EXPECT_EQ(cnrtDestroyNotifier(&start), CNRT_RET_SUCCESS);
  EXPECT_EQ(start, nullptr);
  EXPECT_EQ(cnrtDestroyNotifier(&end), CNRT_RET_SUCCESS);
  EXPECT_EQ(cnrtFree(data), CNRT_RET_SUCCESS);
  EXPECT_EQ(cnrtDestroyQueue(queue), CNRT_RET_SUCCESS);
  cnrtDestroy();
}

TEST_F(OldTest, MisuseIsReported) {
  cnrtDev_t device;
  char stub = 0;
  stderrOf([&] {
    EXPECT_EQ(cnrtInit(1), cnrtErrorNotSupport);
    EXPECT_EQ(cnrtGetDeviceHandle(&device, 2), cnrtErrorDeviceInvalid);
    EXPECT_EQ(cnrtDestroyNotifier(nullptr), cnrtErrorArgsInvalid);
    EXPECT_EQ(cnrtKernelParamsBufferAddParam(nullptr, &stub, 1), cnrtErrorArgsInvalid);
    EXPECT_EQ(cnrtInvokeKernel_V3(&stub, nullptr, {1, 1, 1}, nullptr, CNRT_FUNC_TYPE_BLOCK, nullptr),
              cnrtErrorArgsInvalid);
  });
}
