// StubNameTest.cpp: from the name of a launch stub to the name of its kernel.
#include "frontend/host/HostPass.h"

#include <gtest/gtest.h>

using bang::kernelOfStub;

TEST(StubName, plainC) { EXPECT_EQ(kernelOfStub("__device_stub__gemm"), "gemm"); }
TEST(StubName, mangled) { EXPECT_EQ(kernelOfStub("_Z18__device_stub__fooPfi"), "_Z3fooPfi"); }
TEST(StubName, lengthLosesADigit) { EXPECT_EQ(kernelOfStub("_Z20__device_stub__kernX"), "_Z5kernX"); }
TEST(StubName, lengthKeepsDigits) { EXPECT_EQ(kernelOfStub("_Z27__device_stub__twelve_chars"), "_Z12twelve_chars"); }
TEST(StubName, nested) {
  EXPECT_EQ(kernelOfStub("_ZN12_GLOBAL__N_121__device_stub__hiddenIfEEvPT_"), "_ZN12_GLOBAL__N_16hiddenIfEEvPT_");
}
TEST(StubName, nameBeforeEndsInDigits) { EXPECT_EQ(kernelOfStub("_ZN4ns1216__device_stub__kEv"), "_ZN4ns121kEv"); }
TEST(StubName, internal) { EXPECT_EQ(kernelOfStub("_ZL16__device_stub__kPi"), "_ZL1kPi"); }
TEST(StubName, noStub) { EXPECT_EQ(kernelOfStub("_Z3fooPfi"), ""); }
TEST(StubName, lengthTooShort) { EXPECT_EQ(kernelOfStub("_Z15__device_stub__"), ""); }
