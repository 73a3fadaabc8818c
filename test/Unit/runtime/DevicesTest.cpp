// DevicesTest.cpp: several cards in one process: memory, queues and faults belong to one of them.
#include "test/Unit/runtime/RuntimeTest.h"

#include "runtime/include/cn_api.h"

#include <numeric>
#include <thread>

using namespace cnrt;

class DevicesTest : public RuntimeTest {
protected:
  void SetUp() override {
    RuntimeTest::SetUp();
    Runtime::restart(NullDriver::createTwo);
    cnrtSetDevice(0);
    defineKernel("fault", {}, [](auto &) { return failure(cnrtErrorAssert, "assertion failed"); });
    module.addKernel(&fault, "fault");
  }
  void TearDown() override {
    cnrtSetDevice(0);
    RuntimeTest::TearDown();
  }
  static void *allocateOn(int device, size_t bytes) {
    void *pointer = nullptr;
    EXPECT_EQ(cnrtSetDevice(device), cnrtSuccess);
    EXPECT_EQ(cnrtMalloc(&pointer, bytes), cnrtSuccess);
    return pointer;
  }
  char fault = 0;
  RegisteredModule module;
};

TEST_F(DevicesTest, EveryThreadHasItsOwnCurrentDevice) {
  unsigned count = 0;
  int ordinal = -1, other = -1;
  EXPECT_EQ(cnrtGetDeviceCount(&count), cnrtSuccess);
  EXPECT_EQ(count, 2u);
  EXPECT_EQ(cnrtSetDevice(1), cnrtSuccess);
  EXPECT_EQ(cnrtGetDevice(&ordinal), cnrtSuccess);
  EXPECT_EQ(ordinal, 1);
  std::thread([&] { cnrtGetDevice(&other); }).join();
  EXPECT_EQ(other, 0);
  EXPECT_CONTAINS(stderrOf([] { EXPECT_EQ(cnrtSetDevice(2), cnrtErrorDeviceInvalid); }), "the devices are 0 to 1");
}

TEST_F(DevicesTest, MemoryBelongsToOneDevice) {
  void *zero = allocateOn(0, 64), *one = allocateOn(1, 64);
  cnrtPointerAttributes_t attributes;
  EXPECT_EQ(cnrtPointerGetAttributes(&attributes, zero), cnrtSuccess);
  EXPECT_EQ(attributes.device, 0);
  EXPECT_EQ(cnrtPointerGetAttributes(&attributes, one), cnrtSuccess);
  EXPECT_EQ(attributes.device, 1);
  size_t free = 0, total = 0;
  EXPECT_EQ(cnrtMemGetInfo(&free, &total), cnrtSuccess);
  EXPECT_EQ(total - free, 64u);
  // The pointer says where it is freed, whatever the current device is.
  EXPECT_EQ(cnrtFree(zero), cnrtSuccess);
  EXPECT_EQ(cnrtFree(one), cnrtSuccess);
  EXPECT_EQ(cnrtMemGetInfo(&free, &total), cnrtSuccess);
  EXPECT_EQ(free, total);
}

TEST_F(DevicesTest, PeerCopiesGoThroughAllKindsOfCalls) {
  // Larger than the piece that is copied at a time.
  std::vector<int> in(700000), out(in.size());
  std::iota(in.begin(), in.end(), 0);
  const size_t bytes = in.size() * sizeof(int);
  void *zero = allocateOn(0, bytes), *one = allocateOn(1, bytes);
  cnrtQueue_t queue = createQueue();
  auto arrived = [&] {
    std::ranges::fill(out, -1);
    EXPECT_EQ(cnrtMemcpy(out.data(), one, bytes, cnrtMemcpyDevToHost), cnrtSuccess);
    EXPECT_EQ(cnrtMemset(one, 0, bytes), cnrtSuccess);
    return out == in;
  };
  EXPECT_EQ(cnrtMemcpy(zero, in.data(), bytes, cnrtMemcpyHostToDev), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpyPeer(one, 1, zero, 0, bytes), cnrtSuccess);
  EXPECT_TRUE(arrived());
  EXPECT_EQ(cnrtMemcpyPeerAsync(one, 1, zero, 0, bytes, queue), cnrtSuccess);
  EXPECT_EQ(cnrtQueueSync(queue), cnrtSuccess);
  EXPECT_TRUE(arrived());
  EXPECT_EQ(cnrtMemcpy(one, zero, bytes, cnrtMemcpyPeerToPeer), cnrtSuccess);
  EXPECT_TRUE(arrived());
  EXPECT_EQ(cnMemcpyPeer((CNaddr)one, 1, (CNaddr)zero, 0, bytes), CN_SUCCESS);
  EXPECT_TRUE(arrived());
}

TEST_F(DevicesTest, WrongDevicesOfACopyAreNamed) {
  void *zero = allocateOn(0, 64), *one = allocateOn(1, 64);
  EXPECT_CONTAINS(
      stderrOf([&] { EXPECT_EQ(cnrtMemcpy(one, zero, 64, cnrtMemcpyDevToDev), cnrtErrorArgsInvalid); }),
      "the source lies on device 0 and the destination on device 1; copy between devices with cnrtMemcpyPeer");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtMemcpyPeer(one, 0, zero, 1, 64), cnrtErrorArgsInvalid); }),
                  "the destination lies on device 1, but device 0 was given for it");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtMemcpyPeer(one, 1, zero, 7, 64), cnrtErrorDeviceInvalid); }),
                  "there is no device 7");
}

TEST_F(DevicesTest, AFaultStopsOneDeviceOnly) {
  cnrtSetDevice(1);
  void *other = allocateOn(1, 4);
  stderrOf([&] {
    cnrtSetDevice(0);
    EXPECT_EQ(cnrtInvokeKernel(&fault, {1, 1, 1}, cnrtFuncTypeBlock, nullptr, 0, nullptr), cnrtSuccess);
    EXPECT_EQ(cnrtSyncDevice(), cnrtErrorAssert);
    cnrtSetDevice(1);
    EXPECT_EQ(cnrtMemset(other, 1, 4), cnrtSuccess);
    EXPECT_EQ(cnrtSyncDevice(), cnrtSuccess);
    cnrtSetDevice(0);
    EXPECT_EQ(cnrtSyncDevice(), cnrtErrorAssert);
    EXPECT_EQ(cnrtDeviceReset(), cnrtSuccess);
    EXPECT_EQ(cnrtSyncDevice(), cnrtSuccess);
  });
  // The reset left the other device alone.
  EXPECT_EQ(cnrtFree(other), cnrtSuccess);
}

TEST_F(DevicesTest, QueuesAndContextsKnowTheirDevice) {
  cnrtSetDevice(1);
  cnrtQueue_t queue = createQueue();
  int device = -1;
  EXPECT_EQ(cnrtQueueGetDevice(queue, &device), cnrtSuccess);
  EXPECT_EQ(device, 1);
  CNcontext first, second, ofQueue;
  EXPECT_EQ(cnSharedContextAcquire(&first, 0), CN_SUCCESS);
  EXPECT_EQ(cnCtxGetCurrent(&second), CN_SUCCESS);
  EXPECT_NE(first, second);
  EXPECT_EQ(cnQueueGetContext(queue, &ofQueue), CN_SUCCESS);
  EXPECT_EQ(ofQueue, second);
  EXPECT_EQ(cnCtxSetCurrent(first), CN_SUCCESS);
  EXPECT_EQ(cnrtGetDevice(&device), cnrtSuccess);
  EXPECT_EQ(device, 0);
  EXPECT_EQ(cnCtxCreate(&second, 0, 1), CN_SUCCESS);
  EXPECT_EQ(cnCtxGetDevice(&device), CN_SUCCESS);
  EXPECT_EQ(device, 1);
  int active = 0;
  EXPECT_EQ(cnSharedContextGetState(1, nullptr, &active), CN_SUCCESS);
  EXPECT_EQ(active, 1);
}

TEST_F(DevicesTest, NamesTellTheDevicesApart) {
  char bus[2][16], uuid[2][40];
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(cnrtDeviceGetPCIBusId(bus[i], sizeof(bus[i]), i), cnrtSuccess);
    EXPECT_EQ(cnDeviceGetUuidStr(uuid[i], sizeof(uuid[i]), i), CN_SUCCESS);
    EXPECT_EQ(strlen(uuid[i]), 36u);
  }
  EXPECT_STRNE(bus[0], bus[1]);
  EXPECT_STRNE(uuid[0], uuid[1]);
  int device = -1;
  EXPECT_EQ(cnrtDeviceGetByPCIBusId(&device, bus[1]), cnrtSuccess);
  EXPECT_EQ(device, 1);
  stderrOf([&] { EXPECT_EQ(cnrtDeviceGetByPCIBusId(&device, "0000:77:00.0"), cnrtErrorDeviceInvalid); });
  unsigned answer = 7;
  EXPECT_EQ(cnrtGetPeerAccessibility(&answer, 0, 1), cnrtSuccess);
  EXPECT_EQ(answer, 1u);
}
