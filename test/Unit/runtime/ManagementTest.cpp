// ManagementTest.cpp: cndev, and the calls that have no meaning here.
#include "test/Unit/runtime/RuntimeTest.h"

#include "runtime/include/cndev.h"

#include <unistd.h>

class ManagementTest : public RuntimeTest {};

TEST_F(ManagementTest, AnswersComeFromTheMachine) {
  cndevCardInfo_t cards = {CNDEV_VERSION_5, 0};
  EXPECT_EQ(cndevGetDeviceCount(&cards), CNDEV_ERROR_UNINITIALIZED);
  ASSERT_EQ(cndevInit(0), CNDEV_SUCCESS);
  EXPECT_EQ(cndevGetDeviceCount(&cards), CNDEV_SUCCESS);
  EXPECT_EQ(cards.number, 1u);
  cndevDevice_t device = -1;
  EXPECT_EQ(cndevGetDeviceHandleByIndex(0, &device), CNDEV_SUCCESS);
  EXPECT_EQ(device, 0);
  EXPECT_EQ(cndevGetDeviceHandleByIndex(1, &device), CNDEV_ERROR_INVALID_DEVICE_ID);
  cndevDDRInfo_t memory = {CNDEV_VERSION_5, 9, 9, 9};
  EXPECT_EQ(cndevGetDDRInfo(&memory, 0), CNDEV_SUCCESS);
  EXPECT_EQ(memory.bandWidth, 307u);
  EXPECT_EQ(memory.bandWidthDecimal, 2u);
  cndevFrequencyInfo_t frequency = {0, 9, 9};
  EXPECT_EQ(cndevGetFrequencyInfo(&frequency, 0), CNDEV_ERROR_INVALID_ARGUMENT);
  frequency.version = CNDEV_VERSION_5;
  EXPECT_EQ(cndevGetFrequencyInfo(&frequency, 0), CNDEV_SUCCESS);
  EXPECT_EQ(frequency.boardFreq, 0);
  allocate(1 << 20);
  cndevProcessInfo_t processes[4] = {{CNDEV_VERSION_5, 0, 0}};
  unsigned count = 4;
  EXPECT_EQ(cndevGetProcessInfo(&count, processes, 0), CNDEV_SUCCESS);
  EXPECT_EQ(count, 1u);
  EXPECT_EQ(processes[0].pid, static_cast<unsigned>(getpid()));
  EXPECT_EQ(processes[0].physicalMemoryUsed, 1024u);
  EXPECT_EQ(cndevRelease(), CNDEV_SUCCESS);
  EXPECT_EQ(cndevRelease(), CNDEV_ERROR_UNINITIALIZED);
  EXPECT_STREQ(cndevGetErrorString(CNDEV_ERROR_UNINITIALIZED), "cndevInit was not called");
}

TEST_F(ManagementTest, CallsWithoutAMeaningSayWhy) {
  cnrtIpcMemHandle handle;
  void *pointer = allocate(4);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtAcquireMemHandle(&handle, pointer), cnrtErrorNotSupport); }),
                  "error: cnrtAcquireMemHandle: a simulated card belongs to one process");
}
