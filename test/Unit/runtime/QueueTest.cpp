// QueueTest.cpp: queues run behind the host's back, in order, and keep their faults.
#include "test/Unit/runtime/RuntimeTest.h"

using namespace cnrt;

class QueueTest : public RuntimeTest {
protected:
  void SetUp() override {
    RuntimeTest::SetUp();
    defineKernel("wait", {}, [this](auto &) { return started.open(), door.wait(), success(); });
    defineKernel("add", {8, 4}, [](const NullDriver::Call &call) {
      *static_cast<int *>(call.memory(parameter<uint64_t>(call, 0))) += parameter<int>(call, 8);
      return success();
    });
    defineKernel("double", {8}, [](const NullDriver::Call &call) {
      *static_cast<int *>(call.memory(parameter<uint64_t>(call, 0))) *= 2;
      return success();
    });
    defineKernel("fault", {}, [](auto &) { return failure(cnrtErrorKernelTrap, "kernel fault: broken on purpose"); });
    for (const char *name : {"wait", "add", "double", "fault"})
      module.addKernel(&stubs[name], name);
  }
  void TearDown() override {
    door.open();
    RuntimeTest::TearDown();
  }
  cnrtRet_t launch(const std::string &kernel, cnrtQueue_t queue, std::vector<void *> args = {}) {
    return cnrtInvokeKernel(&stubs.at(kernel), {1, 1, 1}, cnrtFuncTypeBlock, args.data(), 0, queue);
  }

  std::map<std::string, char> stubs;
  RegisteredModule module;
  Door door, started;
};

TEST_F(QueueTest, TheHostGoesOnWhileTheDeviceWorks) {
  cnrtQueue_t queue = createQueue();
  EXPECT_EQ(launch("wait", queue), cnrtSuccess);
  EXPECT_EQ(launch("wait", queue), cnrtSuccess);
  EXPECT_EQ(cnrtQueueQuery(queue), cnrtErrorNotReady);
  EXPECT_EQ(cnrtPeekAtLastError(), cnrtSuccess);
  door.open();
  EXPECT_EQ(cnrtQueueSync(queue), cnrtSuccess);
  EXPECT_EQ(cnrtQueueQuery(queue), cnrtSuccess);
}

TEST_F(QueueTest, WorkOfOneQueueIsInOrder) {
  cnrtQueue_t queue = createQueue();
  int value = 3, out = 0, two = 2;
  void *a = allocate(4);
  launch("wait", queue);
  EXPECT_EQ(cnrtMemcpyAsync(a, &value, 4, queue, cnrtMemcpyHostToDev), cnrtSuccess);
  launch("add", queue, {&a, &two});
  launch("double", queue, {&a});
  launch("add", queue, {&a, &two});
  EXPECT_EQ(cnrtMemcpyAsync(&out, a, 4, queue, cnrtMemcpyDevToHost), cnrtSuccess);
  EXPECT_EQ(out, 0);
  door.open();
  EXPECT_EQ(cnrtQueueSync(queue), cnrtSuccess);
  EXPECT_EQ(out, 12);
}

TEST_F(QueueTest, ManyLaunchesAllRun) {
  void *a = allocate(4);
  cnrtMemset(a, 0, 4);
  int one = 1, out = 0;
  for (int i = 0; i < 5000; ++i)
    ASSERT_EQ(launch("add", nullptr, {&a, &one}), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpy(&out, a, 4, cnrtMemcpyDevToHost), cnrtSuccess);
  EXPECT_EQ(out, 5000);
}

TEST_F(QueueTest, BlockingCopyComesBehindTheDefaultQueue) {
  void *a = allocate(4);
  cnrtMemset(a, 0, 4);
  int five = 5, out = 0;
  launch("add", nullptr, {&a, &five});
  EXPECT_EQ(cnrtMemcpy(&out, a, 4, cnrtMemcpyDevToHost), cnrtSuccess);
  EXPECT_EQ(out, 5);
}

TEST_F(QueueTest, AsyncFillAndCopyVersion2) {
  cnrtQueue_t queue = createQueue();
  void *a = allocate(4);
  uint32_t out = 0;
  EXPECT_EQ(cnrtMemsetAsync(a, 0x11, 4, queue), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpyAsync_V2(&out, a, 4, queue, cnrtMemcpyDevToHost), cnrtSuccess);
  EXPECT_EQ(cnrtSyncDevice(), cnrtSuccess);
  EXPECT_EQ(out, 0x11111111u);
}

TEST_F(QueueTest, MisuseOfQueuedCopiesIsFoundAtTheCall) {
  void *a = allocate(4);
  char host[8];
  EXPECT_CONTAINS(
      stderrOf([&] { EXPECT_EQ(cnrtMemcpyAsync(host, a, 8, nullptr, cnrtMemcpyDevToHost), cnrtErrorArgsInvalid); }),
      "error: cnrtMemcpyAsync: 8 bytes at the source");
}

TEST_F(QueueTest, FaultIsPrintedOnceAndReturnedByEveryWait) {
  cnrtQueue_t queue = createQueue();
  std::string text = stderrOf([&] {
    EXPECT_EQ(launch("fault", queue), cnrtSuccess);
    EXPECT_EQ(cnrtQueueSync(queue), cnrtErrorKernelTrap);
  });
  EXPECT_EQ(text, "kernel fault: broken on purpose\n");
  EXPECT_EQ(cnrtGetLastError(), cnrtErrorKernelTrap);
  text = stderrOf([&] {
    EXPECT_EQ(cnrtQueueSync(queue), cnrtErrorKernelTrap);
    EXPECT_EQ(cnrtQueueQuery(queue), cnrtErrorKernelTrap);
    EXPECT_EQ(cnrtSyncDevice(), cnrtErrorKernelTrap);
  });
  EXPECT_EQ(text,
            "error: cnrtQueueSync: a kernel stopped the device with a fault; new work or cnrtDeviceReset puts it back "
            "into service\n");
}

TEST_F(QueueTest, WorkBehindAFaultIsDroppedUntilTheProgramKnows) {
  cnrtQueue_t queue = createQueue();
  void *a = allocate(4);
  cnrtMemset(a, 0, 4);
  int one = 1, ten = 10, out = 0;
  stderrOf([&] {
    launch("fault", queue);
    launch("add", queue, {&a, &one});
    EXPECT_EQ(cnrtQueueSync(queue), cnrtErrorKernelTrap);
  });
  EXPECT_EQ(launch("add", queue, {&a, &ten}), cnrtSuccess);
  EXPECT_EQ(cnrtQueueSync(queue), cnrtSuccess);
  cnrtMemcpy(&out, a, 4, cnrtMemcpyDevToHost);
  EXPECT_EQ(out, 10);
}

TEST_F(QueueTest, AFaultStopsTheOtherQueuesToo) {
  cnrtQueue_t bad = createQueue(), other = createQueue();
  stderrOf([&] {
    launch("fault", bad);
    EXPECT_EQ(cnrtQueueSync(bad), cnrtErrorKernelTrap);
    EXPECT_EQ(cnrtQueueSync(other), cnrtErrorKernelTrap);
  });
}

TEST_F(QueueTest, MemoryCanBeFreedWhileTheDeviceIsStopped) {
  void *a = allocate(4);
  stderrOf([&] {
    launch("fault", nullptr);
    EXPECT_EQ(cnrtQueueSync(nullptr), cnrtErrorKernelTrap);
  });
  EXPECT_EQ(cnrtFree(a), cnrtSuccess);
}

TEST_F(QueueTest, DeviceSyncTakesAllFaults) {
  cnrtQueue_t one = createQueue(), two = createQueue();
  stderrOf([&] {
    launch("fault", one);
    launch("fault", two);
    EXPECT_EQ(cnrtSyncDevice(), cnrtErrorKernelTrap);
  });
  EXPECT_EQ(stderrOf([] { EXPECT_EQ(cnrtDeviceReset(), cnrtSuccess); }), "");
  EXPECT_EQ(cnrtSyncDevice(), cnrtSuccess);
}

TEST_F(QueueTest, BlockingCopyReturnsTheFaultOfTheDefaultQueue) {
  int out = 0;
  void *a = allocate(4);
  stderrOf([&] {
    launch("fault", nullptr);
    EXPECT_EQ(cnrtMemcpy(&out, a, 4, cnrtMemcpyDevToHost), cnrtErrorKernelTrap);
  });
}

TEST_F(QueueTest, FreeWaitsForQueuedWork) {
  cnrtQueue_t queue = createQueue();
  void *a = allocate(4);
  int one = 1;
  launch("wait", queue);
  launch("add", queue, {&a, &one});
  door.open();
  EXPECT_EQ(cnrtFree(a), cnrtSuccess);
  EXPECT_EQ(cnrtQueueSync(queue), cnrtSuccess);
}

TEST_F(QueueTest, DestroyWaitsAndStaleHandlesAreErrors) {
  cnrtQueue_t queue = createQueue();
  door.open();
  launch("wait", queue);
  EXPECT_EQ(cnrtQueueDestroy(queue), cnrtSuccess);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtQueueSync(queue), cnrtErrorInvalidResourceHandle); }),
                  "is not a queue; it was never created or is already destroyed");
  stderrOf([&] {
    EXPECT_EQ(cnrtQueueDestroy(queue), cnrtErrorInvalidResourceHandle);
    EXPECT_EQ(cnrtQueueDestroy(nullptr), cnrtErrorInvalidResourceHandle);
    EXPECT_EQ(launch("wait", queue), cnrtErrorInvalidResourceHandle);
  });
}

TEST_F(QueueTest, WorkLeftAtTheEndIsMentioned) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  auto leave = [this] {
    for (int i = 0; i < 3; ++i)
      launch("wait", nullptr);
    started.wait();
    // The first kernel ends only when the end of the program has begun.
    std::thread([this] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      door.open();
    }).detach();
    std::exit(0);
  };
  EXPECT_EXIT(leave(), testing::ExitedWithCode(0), "work was done \\(2 operations were dropped\\); call cnrtQueueSync");
}

TEST_F(QueueTest, HostFunctionsKeepTheirPlace) {
  cnrtQueue_t queue = createQueue();
  struct State {
    int *device;
    std::vector<int> seen;
  } state;
  int out = 0, two = 2;
  void *a = allocate(4);
  cnrtMemset(a, 0, 4);
  state.device = &out;
  auto look = [](void *data) {
    auto &state = *static_cast<State *>(data);
    state.seen.push_back(*state.device);
  };
  for (int i = 0; i < 3; ++i) {
    launch("add", queue, {&a, &two});
    cnrtMemcpyAsync(&out, a, 4, queue, cnrtMemcpyDevToHost);
    EXPECT_EQ(cnrtInvokeHostFunc(queue, look, &state), cnrtSuccess);
  }
  EXPECT_EQ(cnrtQueueSync(queue), cnrtSuccess);
  EXPECT_EQ(state.seen, (std::vector<int>{2, 4, 6}));
  stderrOf([&] { EXPECT_EQ(cnrtInvokeHostFunc(queue, nullptr, nullptr), cnrtErrorArgsInvalid); });
}

TEST_F(QueueTest, CallbacksComeBehindAFaultAndGetItsCode) {
  cnrtQueue_t queue = createQueue();
  std::vector<cnrtRet_t> codes;
  auto note = [](cnrtQueue_t, cnrtRet_t code, void *data) {
    static_cast<std::vector<cnrtRet_t> *>(data)->push_back(code);
  };
  bool called = false;
  stderrOf([&] {
    EXPECT_EQ(cnrtQueueAddCallback(queue, note, &codes, 0), cnrtSuccess);
    launch("fault", queue);
    EXPECT_EQ(cnrtInvokeHostFunc(queue, [](void *data) { *static_cast<bool *>(data) = true; }, &called), cnrtSuccess);
    EXPECT_EQ(cnrtQueueAddCallback(queue, note, &codes, 0), cnrtSuccess);
    EXPECT_EQ(cnrtQueueSync(queue), cnrtErrorKernelTrap);
    EXPECT_EQ(cnrtQueueAddCallback(queue, note, &codes, 1), cnrtErrorNotSupport);
  });
  EXPECT_EQ(codes, (std::vector<cnrtRet_t>{cnrtSuccess, cnrtErrorKernelTrap}));
  EXPECT_FALSE(called);
}

TEST_F(QueueTest, PrioritiesAreKept) {
  cnrtQueue_t queue = nullptr;
  int least = -1, greatest = -1, priority = -1;
  EXPECT_EQ(cnrtDeviceGetQueuePriorityRange(&least, &greatest), cnrtSuccess);
  EXPECT_GT(least, greatest);
  EXPECT_EQ(cnrtQueueCreateWithPriority(&queue, 0, 3), cnrtSuccess);
  EXPECT_EQ(cnrtQueueGetPriority(queue, &priority), cnrtSuccess);
  EXPECT_EQ(priority, 3);
  EXPECT_EQ(cnrtQueueCreateWithPriority(&queue, 0, 1000), cnrtSuccess);
  EXPECT_EQ(cnrtQueueGetPriority(queue, &priority), cnrtSuccess);
  EXPECT_EQ(priority, least);
  stderrOf([&] { EXPECT_EQ(cnrtQueueCreateWithPriority(&queue, 5, 0), cnrtErrorNotSupport); });
}
