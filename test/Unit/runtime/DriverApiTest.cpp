// DriverApiTest.cpp: the driver API sees the same card.
#include "test/Unit/runtime/RuntimeTest.h"

#include "runtime/include/cn_api.h"

class DriverApiTest : public RuntimeTest {
protected:
  void SetUp() override {
    RuntimeTest::SetUp();
    ASSERT_EQ(cnCtxGetCurrent(&context), CN_SUCCESS);
  }
  CNcontext context = nullptr;
};

TEST_F(DriverApiTest, ContextIsSharedByDeviceAndQueues) {
  CNcontext other = nullptr;
  CNdev device = -1;
  cnrtQueue_t queue = createQueue();
  EXPECT_EQ(cnSharedContextAcquire(&other, 0), CN_SUCCESS);
  EXPECT_EQ(other, context);
  EXPECT_EQ(cnQueueGetContext((CNqueue)queue, &other), CN_SUCCESS);
  EXPECT_EQ(other, context);
  EXPECT_EQ(cnCtxGetDevice(&device), CN_SUCCESS);
  EXPECT_EQ(device, 0);
  EXPECT_EQ(cnCtxSetCurrent(context), CN_SUCCESS);
  stderrOf([&] { EXPECT_EQ(cnCtxSetCurrent(nullptr), CN_ERROR_INVALID_VALUE); });
}

TEST_F(DriverApiTest, EveryClassHasAnAnswer) {
  int count = -1;
  auto tasks = [&](KernelClass type) {
    EXPECT_EQ(cnGetCtxMaxParallelUnionTasks(context, type, &count), CN_SUCCESS);
    return count;
  };
  EXPECT_EQ(tasks(CN_KERNEL_CLASS_BLOCK), 8);
  EXPECT_EQ(tasks(CN_KERNEL_CLASS_UNION), 2);
  EXPECT_EQ(tasks(CN_KERNEL_CLASS_UNION2), 1);
  EXPECT_EQ(tasks(CN_KERNEL_CLASS_UNION16), 0);
  stderrOf(
      [&] { EXPECT_EQ(cnGetCtxMaxParallelUnionTasks(context, CN_KERNEL_CLASS_NONE, &count), CN_ERROR_INVALID_VALUE); });
}

TEST_F(DriverApiTest, ContextParametersDescribeTheMachine) {
  CNctxConfigParam parameter = {};
  EXPECT_EQ(cnGetCtxConfigParam(context, CN_CTX_CONFIG_VISIBLE_CLUSTER_NUM, &parameter), CN_SUCCESS);
  EXPECT_EQ(parameter.visibleClusterNumber, 2u);
  EXPECT_EQ(cnGetCtxConfigParam(context, CN_CTX_CONFIG_VISIBLE_CLUSTER, &parameter), CN_SUCCESS);
  EXPECT_EQ(parameter.visibleCluster, 3u);
  EXPECT_EQ(cnGetCtxConfigParam(context, CN_CTX_CONFIG_UNION_LIMIT, &parameter), CN_SUCCESS);
  EXPECT_EQ(parameter.unionLimit, CN_KERNEL_CLASS_UNION2);
  EXPECT_EQ(cnSetCtxConfigParam(context, CN_CTX_CONFIG_UNION_LIMIT, &parameter), CN_SUCCESS);
  parameter.unionLimit = CN_KERNEL_CLASS_UNION;
  EXPECT_CONTAINS(stderrOf([&] {
                    EXPECT_EQ(cnSetCtxConfigParam(context, CN_CTX_CONFIG_UNION_LIMIT, &parameter),
                              CN_OPS_ERROR_NOT_SUPPORTED);
                  }),
                  "choose a smaller machine with BANG_MACHINE");
}

TEST_F(DriverApiTest, AttributesAndName) {
  int value = 0;
  char name[64];
  EXPECT_EQ(cnDeviceGetAttribute(&value, CN_DEVICE_ATTRIBUTE_MLU_ISA_VERSION, 0), CN_SUCCESS);
  EXPECT_EQ(value, 372);
  EXPECT_EQ(cnDeviceGetName(name, sizeof(name), 0), CN_SUCCESS);
  EXPECT_STREQ(name, "Null device");
  stderrOf([&] {
    EXPECT_EQ(cnDeviceGetAttribute(&value, CN_DEVICE_ATTRIBUTE_CLUSTER_CLOCK_RATE, 0), CN_OPS_ERROR_NOT_SUPPORTED);
    EXPECT_EQ(cnDeviceGetAttribute(&value, static_cast<CNdevice_attribute>(3), 0), CN_ERROR_INVALID_VALUE);
  });
}

TEST_F(DriverApiTest, MemoryIsTheSameMemory) {
  CNaddr address = 0;
  int in = 5, out = 0, linear = -1;
  ASSERT_EQ(cnMalloc(&address, 4), CN_SUCCESS);
  EXPECT_EQ(cnMemcpyHtoD(address, &in, 4), CN_SUCCESS);
  EXPECT_EQ(cnrtMemcpy(&out, reinterpret_cast<void *>(address), 4, cnrtMemcpyDevToHost), cnrtSuccess);
  EXPECT_EQ(out, 5);
  EXPECT_EQ(cnGetMemAttribute(&linear, CN_MEM_ATTRIBUTE_ISLINEAR, address), CN_SUCCESS);
  EXPECT_EQ(linear, 0);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnMemcpyDtoH(&out, address, 5), CN_ERROR_INVALID_VALUE); }),
                  "error: cnMemcpyDtoH:");
  EXPECT_EQ(cnFree(address), CN_SUCCESS);
  stderrOf([&] { EXPECT_EQ(cnMalloc(&address, 1ull << 40), CN_MEMORY_ERROR_OUT_OF_MEMORY); });
}

TEST_F(DriverApiTest, ErrorsHaveNamesAndTexts) {
  const char *text = nullptr;
  EXPECT_EQ(cnGetErrorName(CN_MEMORY_ERROR_OUT_OF_MEMORY, &text), CN_SUCCESS);
  EXPECT_STREQ(text, "CN_MEMORY_ERROR_OUT_OF_MEMORY");
  EXPECT_EQ(cnGetErrorString(CN_MEMORY_ERROR_OUT_OF_MEMORY, &text), CN_SUCCESS);
  EXPECT_STREQ(text, "out of device memory");
}
