// ThreadTest.cpp: several host threads and queues at once.
#include "test/Unit/runtime/RuntimeTest.h"

#include <thread>

using namespace cnrt;

class ThreadTest : public RuntimeTest {};

TEST_F(ThreadTest, ThreadsWithTheirOwnQueuesDoNotDisturbEachOther) {
  defineKernel("add", {8, 4}, [](const NullDriver::Call &call) {
    *static_cast<int *>(call.memory(parameter<uint64_t>(call, 0))) += parameter<int>(call, 8);
    return success();
  });
  RegisteredModule module;
  char stub = 0;
  module.addKernel(&stub, "add");
  auto work = [&](int number) {
    cnrtQueue_t queue;
    void *a;
    ASSERT_EQ(cnrtQueueCreate(&queue), cnrtSuccess);
    for (int round = 0; round < 20; ++round) {
      int value = number, sum = 0;
      ASSERT_EQ(cnrtMalloc(&a, 4), cnrtSuccess);
      ASSERT_EQ(cnrtMemcpyAsync(a, &value, 4, queue, cnrtMemcpyHostToDev), cnrtSuccess);
      void *args[] = {&a, &number};
      for (int i = 0; i < 50; ++i) {
        __bangPushCallConfiguration({1, 1, 1}, cnrtFuncTypeBlock, queue);
        cnrtDim3_t dim, type;
        size_t unused;
        cnrtQueue_t popped;
        __bangPopCallConfiguration(&dim, &type, &unused, &popped);
        ASSERT_EQ(popped, queue);
        ASSERT_EQ(__bangLaunchKernel(&stub, dim, type, args, 0, popped), cnrtSuccess);
      }
      ASSERT_EQ(cnrtMemcpyAsync(&sum, a, 4, queue, cnrtMemcpyDevToHost), cnrtSuccess);
      ASSERT_EQ(cnrtQueueSync(queue), cnrtSuccess);
      ASSERT_EQ(sum, number * 51);
      ASSERT_EQ(cnrtFree(a), cnrtSuccess);
    }
    ASSERT_EQ(cnrtQueueDestroy(queue), cnrtSuccess);
  };
  std::vector<std::thread> threads;
  for (int i = 1; i <= 8; ++i)
    threads.emplace_back(work, i);
  for (std::thread &thread : threads)
    thread.join();
  size_t free = 0, total = 0;
  cnrtMemGetInfo(&free, &total);
  EXPECT_EQ(free, total);
}

TEST_F(ThreadTest, TheFirstCallsMayRace) {
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      void *pointer = nullptr;
      good += cnrtMalloc(&pointer, 64) == cnrtSuccess && cnrtFree(pointer) == cnrtSuccess;
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(good, 16);
}

TEST_F(ThreadTest, EveryThreadGetsItsOwnFaults) {
  defineKernel("fault", {}, [](auto &) { return failure(cnrtErrorKernelTrap, "fault"); });
  RegisteredModule module;
  char stub = 0;
  module.addKernel(&stub, "fault");
  std::atomic<int> faults = 0;
  stderrOf([&] {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        cnrtQueue_t queue;
        cnrtQueueCreate(&queue);
        for (int round = 0; round < 25; ++round) {
          cnrtInvokeKernel(&stub, {1, 1, 1}, cnrtFuncTypeBlock, nullptr, 0, queue);
          faults += cnrtQueueSync(queue) == cnrtErrorKernelTrap;
        }
        cnrtQueueDestroy(queue);
      });
    for (std::thread &thread : threads)
      thread.join();
  });
  EXPECT_EQ(faults, 100);
}
