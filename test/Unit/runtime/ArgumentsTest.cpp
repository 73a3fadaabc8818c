// ArgumentsTest.cpp: the parameter block follows the image's parameter table.
#include "test/Unit/runtime/RuntimeTest.h"

using namespace cnrt;

static KernelInfo kernelWith(std::vector<dlp::ParamRecord> params, uint32_t bytes) { return {"k", params, bytes}; }

TEST(Arguments, PlacesEachArgumentAtItsOffset) {
  KernelInfo kernel = kernelWith({{0, 1, 1, 0}, {8, 8, 8, 1}, {16, 2, 2, 0}, {20, 12, 4, 0}}, 32);
  char flag = 5;
  uint64_t pointer = 0x123456789a;
  uint16_t half = 0x3c00;
  struct {
    int a, b, c;
  } record = {1, -2, 3};
  void *args[] = {&flag, &pointer, &half, &record};
  std::vector<uint8_t> block;
  ASSERT_TRUE(packArguments(kernel, args, block).ok());
  ASSERT_EQ(block.size(), 32u);
  EXPECT_EQ(block[0], 5);
  EXPECT_EQ(std::memcmp(&block[8], &pointer, 8), 0);
  EXPECT_EQ(std::memcmp(&block[16], &half, 2), 0);
  EXPECT_EQ(std::memcmp(&block[20], &record, 12), 0);
  for (size_t gap : {1, 7, 18, 19})
    EXPECT_EQ(block[gap], 0);
}

TEST(Arguments, KernelWithoutParametersNeedsNoList) {
  std::vector<uint8_t> block(3);
  EXPECT_TRUE(packArguments(kernelWith({}, 0), nullptr, block).ok());
  EXPECT_TRUE(block.empty());
}

TEST(Arguments, RefusesNullPointers) {
  KernelInfo kernel = kernelWith({{0, 4, 4, 0}, {4, 4, 4, 0}}, 8);
  std::vector<uint8_t> block;
  EXPECT_CONTAINS(packArguments(kernel, static_cast<void **>(nullptr), block).message, "takes 2 arguments");
  int one = 1;
  void *args[] = {&one, nullptr};
  EXPECT_CONTAINS(packArguments(kernel, args, block).message, "argument 2 of kernel k is null");
}

TEST(Arguments, RefusesADamagedTable) {
  int value = 1;
  void *args[] = {&value};
  std::vector<uint8_t> block;
  EXPECT_EQ(packArguments(kernelWith({{4, 8, 8, 0}}, 8), args, block).code, cnrtErrorInvalidKernel);
  EXPECT_EQ(packArguments(kernelWith({{0xfffffffc, 8, 8, 0}}, 8), args, block).code, cnrtErrorInvalidKernel);
  EXPECT_EQ(packArguments(kernelWith({}, 1u << 20), args, block).code, cnrtErrorInvalidKernel);
}

TEST(Arguments, BufferIsPlacedByTheSameTable) {
  KernelInfo kernel = kernelWith({{0, 2, 2, 0}, {8, 8, 8, 0}}, 16);
  cnrtKernelParamsBuffer buffer{{{1, 2}, {1, 2, 3, 4, 5, 6, 7, 8}}};
  std::vector<uint8_t> block;
  ASSERT_TRUE(packArguments(kernel, buffer, block).ok());
  EXPECT_EQ(block, (std::vector<uint8_t>{1, 2, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST(Arguments, BufferMustMatchInNumberAndSize) {
  KernelInfo kernel = kernelWith({{0, 4, 4, 0}}, 4);
  std::vector<uint8_t> block;
  EXPECT_CONTAINS(packArguments(kernel, cnrtKernelParamsBuffer{}, block).message,
                  "takes 1 arguments, the parameter buffer holds 0");
  EXPECT_CONTAINS(packArguments(kernel, cnrtKernelParamsBuffer{{{1, 2}}}, block).message,
                  "has 4 bytes, but 2 were added");
}
