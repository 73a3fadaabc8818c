// MemoryTest.cpp: allocation, copies, fills and their misuse.
#include "test/Unit/runtime/RuntimeTest.h"

#include <numeric>

class MemoryTest : public RuntimeTest {};

TEST_F(MemoryTest, CopiesInAllDirections) {
  std::vector<int> in(100), out(100);
  std::iota(in.begin(), in.end(), 1);
  void *a = allocate(400), *b = allocate(400);
  EXPECT_EQ(cnrtMemcpy(a, in.data(), 400, cnrtMemcpyHostToDev), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpy(b, a, 400, cnrtMemcpyDevToDev), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpy(out.data(), b, 400, cnrtMemcpyDevToHost), cnrtSuccess);
  EXPECT_EQ(in, out);
  std::vector<int> again(100);
  EXPECT_EQ(cnrtMemcpy(again.data(), out.data(), 400, cnrtMemcpyHostToHost), cnrtSuccess);
  EXPECT_EQ(in, again);
}

TEST_F(MemoryTest, NoDirectionIsFoundOut) {
  int in = 7, out = 0;
  void *a = allocate(4), *b = allocate(4);
  EXPECT_EQ(cnrtMemcpy(a, &in, 4, cnrtMemcpyNoDirection), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpy(b, a, 4, cnrtMemcpyNoDirection), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpy(&out, b, 4, cnrtMemcpyNoDirection), cnrtSuccess);
  EXPECT_EQ(out, 7);
}

TEST_F(MemoryTest, CopiesIntoTheMiddle) {
  void *a = allocate(8);
  int in[2] = {1, 2}, out[2] = {};
  EXPECT_EQ(cnrtMemcpy(a, in, 8, cnrtMemcpyHostToDev), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpy(static_cast<char *>(a) + 4, in, 4, cnrtMemcpyHostToDev), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpy(out, a, 8, cnrtMemcpyDevToHost), cnrtSuccess);
  EXPECT_EQ(out[1], 1);
}

TEST_F(MemoryTest, FillWritesBytes) {
  void *a = allocate(16);
  uint8_t out[16];
  EXPECT_EQ(cnrtMemset(a, 0x1ff, 16), cnrtSuccess);
  EXPECT_EQ(cnrtMemset(a, 3, 5), cnrtSuccess);
  EXPECT_EQ(cnrtMemcpy(out, a, 16, cnrtMemcpyDevToHost), cnrtSuccess);
  EXPECT_EQ(out[4], 3);
  EXPECT_EQ(out[5], 0xff);
}

TEST_F(MemoryTest, CopyPastAnAllocationSaysHowFar) {
  void *a = allocate(100);
  char host[200] = {};
  std::string text = stderrOf([&] { EXPECT_EQ(cnrtMemcpy(a, host, 164, cnrtMemcpyHostToDev), cnrtErrorArgsInvalid); });
  EXPECT_CONTAINS(text, "error: cnrtMemcpy: 164 bytes at the destination 0x");
  EXPECT_CONTAINS(text, "end 64 bytes past its allocation (100 bytes at 0x");
  EXPECT_CONTAINS(text, "at most 100 bytes fit\n");
  stderrOf([&] { EXPECT_EQ(cnrtMemset(a, 0, 101), cnrtErrorArgsInvalid); });
  EXPECT_EQ(cnrtPeekAtLastError(), cnrtErrorArgsInvalid);
}

TEST_F(MemoryTest, WrongDirectionIsAnError) {
  void *a = allocate(100);
  char host[100] = {};
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtMemcpy(host, a, 100, cnrtMemcpyHostToDev), cnrtErrorArgsInvalid); }),
                  "is not device memory");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtMemcpy(a, a, 100, cnrtMemcpyHostToDev), cnrtErrorArgsInvalid); }),
                  "the copy direction says that it is host memory");
  stderrOf([&] {
    EXPECT_EQ(cnrtMemcpy(a, host, 100, static_cast<cnrtMemTransDir_t>(9)), cnrtErrorMemcpyDirectionInvalid);
    EXPECT_EQ(cnrtMemcpy(a, a, 100, static_cast<cnrtMemTransDir_t>(6)), cnrtErrorMemcpyDirectionInvalid);
  });
}

TEST_F(MemoryTest, NullAndFreedPointersAreErrors) {
  char host[4] = {};
  void *a = allocate(4);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtMemcpy(nullptr, host, 4, cnrtMemcpyHostToDev), cnrtErrorArgsInvalid); }),
                  "the destination is a null pointer");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtMemcpy(nullptr, a, 4, cnrtMemcpyDevToHost), cnrtErrorArgsInvalid); }),
                  "expected host memory");
  EXPECT_EQ(cnrtFree(a), cnrtSuccess);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtMemcpy(host, a, 4, cnrtMemcpyDevToHost), cnrtErrorArgsInvalid); }),
                  "was freed");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtFree(a), cnrtErrorArgsInvalid); }), "error: cnrtFree: the pointer 0x");
  EXPECT_EQ(cnrtFree(nullptr), cnrtSuccess);
}

TEST_F(MemoryTest, EmptyCopiesAndAllocationsSucceed) {
  void *pointer = &pointer;
  EXPECT_EQ(cnrtMalloc(&pointer, 0), cnrtSuccess);
  EXPECT_EQ(pointer, nullptr);
  EXPECT_EQ(cnrtMemcpy(nullptr, nullptr, 0, cnrtMemcpyHostToDev), cnrtSuccess);
  EXPECT_EQ(cnrtMemset(nullptr, 0, 0), cnrtSuccess);
}

TEST_F(MemoryTest, OutOfMemoryIsReportedAndRecovered) {
  void *big = allocate(60 << 20), *more = &big;
  std::string text = stderrOf([&] { EXPECT_EQ(cnrtMalloc(&more, 8 << 20), cnrtErrorNoMem); });
  EXPECT_CONTAINS(text, "out of device memory: 8388608 bytes wanted, 4194304 of 67108864 bytes are free");
  EXPECT_EQ(more, nullptr);
  EXPECT_EQ(cnrtFree(big), cnrtSuccess);
  EXPECT_EQ(cnrtMalloc(&more, 8 << 20), cnrtSuccess);
}

TEST_F(MemoryTest, InfoTakesNullPointers) {
  size_t free = 0, total = 0;
  allocate(1 << 20);
  EXPECT_EQ(cnrtMemGetInfo(&free, nullptr), cnrtSuccess);
  EXPECT_EQ(cnrtMemGetInfo(nullptr, &total), cnrtSuccess);
  EXPECT_EQ(total - free, 1u << 20);
}

TEST_F(MemoryTest, PointerAttributesTellTheKind) {
  void *device = allocate(100), *pinned = nullptr;
  ASSERT_EQ(cnrtHostMalloc(&pinned, 50), cnrtSuccess);
  cnrtPointerAttributes_t attributes;
  void *inside = static_cast<char *>(device) + 10;
  ASSERT_EQ(cnrtPointerGetAttributes(&attributes, inside), cnrtSuccess);
  EXPECT_EQ(attributes.type, cnrtMemTypeDevice);
  EXPECT_EQ(attributes.deviceBasePointer, device);
  EXPECT_EQ(attributes.devicePointer, inside);
  EXPECT_EQ(attributes.size, 100u);
  ASSERT_EQ(cnrtPointerGetAttributes(&attributes, pinned), cnrtSuccess);
  EXPECT_EQ(attributes.type, cnrtMemTypeHost);
  ASSERT_EQ(cnrtPointerGetAttributes(&attributes, &attributes), cnrtSuccess);
  EXPECT_EQ(attributes.type, cnrtMemTypeUnregistered);
  EXPECT_EQ(cnrtFreeHost(pinned), cnrtSuccess);
}

TEST_F(MemoryTest, HostMemoryIsCheckedToo) {
  void *pinned = nullptr, *device = allocate(100);
  ASSERT_EQ(cnrtHostMalloc(&pinned, 50), cnrtSuccess);
  EXPECT_CONTAINS(
      stderrOf([&] { EXPECT_EQ(cnrtMemcpy(device, pinned, 51, cnrtMemcpyHostToDev), cnrtErrorArgsInvalid); }),
      "51 bytes at the source");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(cnrtFree(pinned), cnrtErrorArgsInvalid); }), "free it with cnrtFreeHost");
  EXPECT_EQ(cnrtFreeHost(pinned), cnrtSuccess);
  stderrOf([&] { EXPECT_EQ(cnrtFreeHost(pinned), cnrtErrorArgsInvalid); });
}
