// NotifierTest.cpp: placing, polling, waiting and measuring.
#include "test/Unit/runtime/RuntimeTest.h"

#include <thread>

using namespace cnrt;

class NotifierTest : public RuntimeTest {
protected:
  void SetUp() override {
    RuntimeTest::SetUp();
    defineKernel("wait", {}, [this](auto &) { return door.wait(), success(); });
    defineKernel("sleep", {}, [](auto &) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      return success();
    });
    defineKernel("fault", {}, [](auto &) { return failure(cnrtErrorAssert, "assertion failed"); });
    module.addKernel(&waitStub, "wait");
    module.addKernel(&sleepStub, "sleep");
    module.addKernel(&faultStub, "fault");
  }
  void TearDown() override {
    door.open();
    RuntimeTest::TearDown();
  }
  void launch(const char &stub, cnrtQueue_t queue) {
    EXPECT_EQ(cnrtInvokeKernel(&stub, {1, 1, 1}, cnrtFuncTypeBlock, nullptr, 0, queue), cnrtSuccess);
  }

  RegisteredModule module;
  Door door;
  char waitStub = 0, sleepStub = 0, faultStub = 0;
};

TEST_F(NotifierTest, IsReachedWhenTheWorkBeforeItIsDone) {
  cnrtNotifier_t notifier = createNotifier();
  EXPECT_EQ(cnrtQueryNotifier(notifier), cnrtSuccess);
  launch(waitStub, nullptr);
  EXPECT_EQ(cnrtPlaceNotifier(notifier, nullptr), cnrtSuccess);
  EXPECT_EQ(cnrtQueryNotifier(notifier), cnrtErrorNotReady);
  door.open();
  EXPECT_EQ(cnrtWaitNotifier(notifier), cnrtSuccess);
  EXPECT_EQ(cnrtQueryNotifier(notifier), cnrtSuccess);
}

TEST_F(NotifierTest, MeasuresTheWorkBetweenInBothUnits) {
  cnrtQueue_t queue = createQueue();
  cnrtNotifier_t start = createNotifier(), end = createNotifier();
  cnrtPlaceNotifier(start, queue);
  launch(sleepStub, queue);
  cnrtPlaceNotifier(end, queue);
  ASSERT_EQ(cnrtQueueSync(queue), cnrtSuccess);
  float us = 0, ms = 0;
  EXPECT_EQ(cnrtNotifierDuration(start, end, &us), cnrtSuccess);
  EXPECT_EQ(cnrtNotifierElapsedTime(start, end, &ms), cnrtSuccess);
  EXPECT_GE(us, 20000.0f);
  EXPECT_FLOAT_EQ(us, ms * 1000);
}

TEST_F(NotifierTest, TimesNeedPlacedAndReachedNotifiers) {
  cnrtNotifier_t start = createNotifier(), end = createNotifier();
  float us = -1;
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtNotifierDuration(start, end, &us), cnrtErrorArgsInvalid); }),
                  "the start notifier was never placed");
  cnrtPlaceNotifier(start, nullptr);
  ASSERT_EQ(cnrtWaitNotifier(start), cnrtSuccess);
  launch(waitStub, nullptr);
  cnrtPlaceNotifier(end, nullptr);
  EXPECT_EQ(cnrtNotifierDuration(start, end, &us), cnrtErrorNotReady);
  EXPECT_EQ(us, -1);
}

TEST_F(NotifierTest, WithoutTimingThereIsNoTime) {
  cnrtNotifier_t timed = createNotifier(), untimed = nullptr;
  ASSERT_EQ(cnrtNotifierCreateWithFlags(&untimed, CNRT_NOTIFIER_DISABLE_TIMING_ALL), cnrtSuccess);
  cnrtPlaceNotifier(timed, nullptr);
  cnrtPlaceNotifier(untimed, nullptr);
  cnrtSyncDevice();
  float us = 0;
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtNotifierDuration(timed, untimed, &us), cnrtErrorOpsNotPermitted); }),
                  "the end notifier was created without timing");
  stderrOf([&] { EXPECT_EQ(cnrtNotifierCreateWithFlags(&untimed, 0x100), cnrtErrorNotSupport); });
}

TEST_F(NotifierTest, WaitReturnsTheFaultOfItsQueue) {
  cnrtQueue_t queue = createQueue();
  cnrtNotifier_t notifier = createNotifier();
  stderrOf([&] {
    launch(faultStub, queue);
    cnrtPlaceNotifier(notifier, queue);
    EXPECT_EQ(cnrtWaitNotifier(notifier), cnrtErrorAssert);
    EXPECT_EQ(cnrtQueueSync(queue), cnrtErrorAssert);
  });
}

TEST_F(NotifierTest, AnotherQueueWaitsForIt) {
  cnrtQueue_t first = createQueue(), second = createQueue();
  cnrtNotifier_t notifier = createNotifier();
  void *a = allocate(4);
  int in = 42, out = 0;
  launch(waitStub, first);
  cnrtMemcpyAsync(a, &in, 4, first, cnrtMemcpyHostToDev);
  cnrtPlaceNotifier(notifier, first);
  EXPECT_EQ(cnrtQueueWaitNotifier(notifier, second, 0), cnrtSuccess);
  cnrtMemcpyAsync(&out, a, 4, second, cnrtMemcpyDevToHost);
  door.open();
  EXPECT_EQ(cnrtQueueSync(second), cnrtSuccess);
  EXPECT_EQ(out, 42);
}

TEST_F(NotifierTest, StaleHandlesAreErrors) {
  cnrtNotifier_t notifier = createNotifier();
  EXPECT_EQ(cnrtNotifierDestroy(notifier), cnrtSuccess);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtPlaceNotifier(notifier, nullptr), cnrtErrorInvalidResourceHandle); }),
                  "is not a notifier");
  stderrOf([&] { EXPECT_EQ(cnrtNotifierDestroy(notifier), cnrtErrorInvalidResourceHandle); });
}
