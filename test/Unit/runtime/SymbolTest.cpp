// SymbolTest.cpp: __mlu_device__ variables from the host.
#include "test/Unit/runtime/RuntimeTest.h"

using namespace cnrt;

class SymbolTest : public RuntimeTest {
protected:
  void SetUp() override {
    RuntimeTest::SetUp();
    module.addVariable(&shadow, "counter");
    module.addVariable(&otherShadow, "other");
  }
  char shadow = 0, otherShadow = 0;
  RegisteredModule module;
};

TEST_F(SymbolTest, WritesAndReadsPieces) {
  int in[2] = {5, 6}, out[2] = {};
  size_t bytes = 0;
  EXPECT_EQ(cnrtGetSymbolSize(&bytes, &shadow), cnrtSuccess);
  EXPECT_EQ(bytes, NullDriver::kVariableBytes);
  EXPECT_EQ(cnrtMemcpyToSymbol(&shadow, in, 8), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpyToSymbol(&shadow, in, 4, 8), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpyFromSymbol(out, &shadow, 8, 4), cnrtSuccess);
  EXPECT_EQ(out[0], 6);
  EXPECT_EQ(out[1], 5);
  EXPECT_EQ(cnrtMemcpyFromSymbol(out, &otherShadow, 4), cnrtSuccess);
  EXPECT_EQ(out[0], 0);
}

TEST_F(SymbolTest, QueuedCopiesKeepTheirOrder) {
  cnrtQueue_t queue = createQueue();
  int first = 1, second = 2, out = 0;
  cnrtMemcpyToSymbolAsync(&shadow, &first, 4, 0, cnrtMemcpyHostToDev, queue);
  cnrtMemcpyToSymbolAsync(&shadow, &second, 4, 0, cnrtMemcpyHostToDev, queue);
  EXPECT_EQ(cnrtMemcpyFromSymbolAsync(&out, &shadow, 4, 0, cnrtMemcpyDevToHost, queue), cnrtSuccess);
  EXPECT_EQ(cnrtQueueSync(queue), cnrtSuccess);
  EXPECT_EQ(out, 2);
}

TEST_F(SymbolTest, TheAddressIsDeviceMemory) {
  void *pointer = nullptr;
  int out = 0;
  EXPECT_EQ(cnrtGetSymbolAddress(&pointer, &shadow), cnrtSuccess);
  EXPECT_EQ(cnrtMemset(pointer, 0x11, 4), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpyFromSymbol(&out, &shadow, 4), cnrtSuccess);
  EXPECT_EQ(out, 0x11111111);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtFree(pointer), cnrtErrorArgsInvalid); }), "which is not freed");
}

TEST_F(SymbolTest, MisuseIsNamed) {
  int value = 0;
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtMemcpyToSymbol(&value, &value, 4), cnrtErrorInvalidSymbol); }),
                  "is not a __mlu_device__ variable of this program");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtMemcpyToSymbol(&shadow, &value, 4, 13), cnrtErrorArgsInvalid); }),
                  "4 bytes at offset 13 end past the variable, which has 16 bytes");
  EXPECT_CONTAINS(stderrOf([&] {
                    EXPECT_EQ(cnrtMemcpyToSymbol(&shadow, &value, 4, 0, cnrtMemcpyDevToHost),
                              cnrtErrorMemcpyDirectionInvalid);
                  }),
                  "expected cnrtMemcpyHostToDev");
}

TEST_F(SymbolTest, ResetForgetsVariables) {
  void *pointer = nullptr;
  EXPECT_EQ(cnrtGetSymbolAddress(&pointer, &shadow), cnrtSuccess);
  EXPECT_EQ(cnrtDeviceReset(), cnrtSuccess);
  stderrOf([&] { EXPECT_EQ(cnrtMemset(pointer, 0, 4), cnrtErrorArgsInvalid); });
  EXPECT_EQ(cnrtGetSymbolAddress(&pointer, &shadow), cnrtSuccess);
  EXPECT_EQ(cnrtMemset(pointer, 0, 4), cnrtSuccess);
}
