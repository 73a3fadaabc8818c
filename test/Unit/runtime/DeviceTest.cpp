// DeviceTest.cpp: device queries.
#include "test/Unit/runtime/RuntimeTest.h"

class DeviceTest : public RuntimeTest {};

TEST_F(DeviceTest, ThereIsOneDevice) {
  unsigned count = 0;
  int ordinal = -1;
  EXPECT_EQ(cnrtGetDeviceCount(&count), cnrtSuccess);
  EXPECT_EQ(count, 1u);
  EXPECT_EQ(cnrtGetDevice(&ordinal), cnrtSuccess);
  EXPECT_EQ(ordinal, 0);
}

TEST_F(DeviceTest, AttributesComeFromTheMachine) {
  auto attribute = [](cnrtDeviceAttr_t which) {
    int value = -1;
    EXPECT_EQ(cnrtDeviceGetAttribute(&value, which, 0), cnrtSuccess);
    return value;
  };
  EXPECT_EQ(attribute(cnrtAttrClusterCount), 2);
  EXPECT_EQ(attribute(cnrtAttrMcorePerCluster), 4);
  EXPECT_EQ(attribute(cnrtAttrNramSizePerMcore), 768 * 1024);
  EXPECT_EQ(attribute(cnrtAttrISAVersion), 372);
  EXPECT_EQ(attribute(cnrtAttrComputeCapabilityMajor), 3);
  EXPECT_EQ(attribute(cnrtAttrTotalMemSize), 64);
}

TEST_F(DeviceTest, AttributeNumbersAreThoseOfRealPrograms) {
  EXPECT_EQ(cnrtAttrClusterCount, 0x205);
  EXPECT_EQ(cnrtAttrMcorePerCluster, 0x206);
  EXPECT_EQ(cnrtAttrNramSizePerMcore, 0x302);
}

TEST_F(DeviceTest, UnknownAttributesAndRatesAreErrors) {
  int value = 0;
  EXPECT_CONTAINS(stderrOf([&] {
                    EXPECT_EQ(cnrtDeviceGetAttribute(&value, static_cast<cnrtDeviceAttr_t>(5), 0),
                              cnrtErrorNoAttribute);
                  }),
                  "device attribute 0x5 is unknown");
  stderrOf([&] { EXPECT_EQ(cnrtDeviceGetAttribute(&value, cnrtAttrIpuClockRate, 0), cnrtErrorNotSupport); });
  stderrOf([&] { EXPECT_EQ(cnrtDeviceGetAttribute(nullptr, cnrtAttrClusterCount, 0), cnrtErrorArgsInvalid); });
  stderrOf([&] { EXPECT_EQ(cnrtDeviceGetAttribute(&value, cnrtAttrClusterCount, 1), cnrtErrorDeviceInvalid); });
}

TEST_F(DeviceTest, PropertiesAgreeWithAttributes) {
  cnrtDeviceProp_t properties;
  ASSERT_EQ(cnrtGetDeviceProperties(&properties, 0), cnrtSuccess);
  EXPECT_STREQ(properties.name, "Null device");
  EXPECT_EQ(properties.clusterCount, 2);
  EXPECT_EQ(properties.totalGlobalMemSize, 64u << 20);
  EXPECT_EQ(properties.ISAVersion, 372);
}

TEST_F(DeviceTest, BusIdNeedsRoom) {
  char text[16];
  EXPECT_EQ(cnrtDeviceGetPCIBusId(text, sizeof(text), 0), cnrtSuccess);
  EXPECT_STREQ(text, "0000:00:00.0");
  stderrOf([&] { EXPECT_EQ(cnrtDeviceGetPCIBusId(text, 12, 0), cnrtErrorArgsInvalid); });
}

TEST_F(DeviceTest, ResetFreesEverything) {
  void *pointer = allocate(1 << 20);
  cnrtQueue_t queue = createQueue();
  EXPECT_EQ(cnrtDeviceReset(), cnrtSuccess);
  size_t free = 0, total = 0;
  EXPECT_EQ(cnrtMemGetInfo(&free, &total), cnrtSuccess);
  EXPECT_EQ(free, total);
  stderrOf([&] {
    EXPECT_EQ(cnrtQueueSync(queue), cnrtErrorInvalidResourceHandle);
    EXPECT_EQ(cnrtFree(pointer), cnrtErrorArgsInvalid);
  });
}

TEST_F(DeviceTest, AMissingCardIsReportedByEveryCall) {
  cnrt::Runtime::restart([](cnrt::Drivers &) { return cnrt::failure(cnrtErrorInit, "no such machine"); });
  EXPECT_EQ(stderrOf([] { EXPECT_EQ(cnrtSetDevice(0), cnrtErrorInit); }), "error: cnrtSetDevice: no such machine\n");
  cnrt::Runtime::restart(cnrt::NullDriver::createOne);
  EXPECT_EQ(cnrtSetDevice(0), cnrtSuccess);
}
