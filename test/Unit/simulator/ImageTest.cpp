// ImageTest.cpp: device images: a good one is read, a damaged one is refused, whatever the damage.
#include "TestImage.h"
#include "codegen/object/DeviceImage.h"

#include <gtest/gtest.h>

#include <random>

using namespace dlp;
using namespace dlp::test;

namespace {

std::string errorOf(std::vector<uint8_t> file) {
  std::string error;
  EXPECT_FALSE(readDeviceImage(file, error));
  return error;
}

template <typename T> T &at(std::vector<uint8_t> &file, size_t offset) { return *reinterpret_cast<T *>(&file[offset]); }

constexpr size_t kSegment = 0x1000, kKernel = kSegment + sizeof(ImageHeader);

TEST(Image, readsKernelsAndSegments) {
  ImageOptions options;
  options.paramBytes = 16;
  options.nramBytes = 4096;
  options.constants = {1, 2, 3, 4};
  options.inits = {{kNramBase, 0, 4}};
  options.dataBytes = 100;
  std::string error;
  auto file = buildImage(Code().exit(), options);
  auto image = readDeviceImage(file, error);
  ASSERT_TRUE(image) << error;
  EXPECT_EQ(image->arch, 372u);
  ASSERT_EQ(image->segments.size(), 2u);
  EXPECT_TRUE(image->segments[0].executable);
  EXPECT_TRUE(image->segments[1].writable);
  const ImageKernel *k = image->findKernel("k");
  ASSERT_NE(k, nullptr);
  EXPECT_EQ(k->paramBytes, 16u);
  ASSERT_EQ(k->inits.size(), 1u);
  EXPECT_EQ(image->bytesAt(k->inits[0].src, 4)[2], 3);
  EXPECT_TRUE(image->bytesAt(kRomEnd, 1).empty());
  EXPECT_EQ(image->findKernel("none"), nullptr);
}

TEST(Image, refusesOtherFiles) {
  EXPECT_EQ(errorOf({}), "not a device image: no ELF file");
  auto file = buildImage(Code().exit());
  at<Elf64_Ehdr>(file, 0).e_machine = EM_X86_64;
  EXPECT_EQ(errorOf(file), "not a device image: expected a linked RISC-V ELF64 executable");
  file = buildImage(Code().exit());
  at<Elf64_Ehdr>(file, 0).e_shnum = 0;
  EXPECT_EQ(errorOf(file), "not a device image: no section .dlp.image with the kernel table");
}

TEST(Image, refusesDamagedRecords) {
  auto damage = [](size_t offset, uint64_t value) {
    auto file = buildImage(Code().exit());
    at<uint64_t>(file, offset) = value;
    return errorOf(file);
  };
  EXPECT_EQ(damage(kSegment, 0), "damaged device image: its kernel table has another format");
  EXPECT_EQ(damage(kSegment + offsetof(ImageHeader, kernels), 0x123),
            "damaged device image: the kernel table is not in the image");
  EXPECT_EQ(damage(kKernel + offsetof(KernelRecord, name), ~uint64_t{0}),
            "damaged device image: the name of a kernel is not in the image");
  EXPECT_EQ(damage(kKernel + offsetof(KernelRecord, entry), kRomBase + 1),
            "damaged device image: kernel k starts at 0x1000001, which is no code");
}

TEST(Image, refusesSegmentsOutsideTheMemories) {
  auto segmentAt = [](uint64_t address) {
    auto file = buildImage(Code().exit());
    at<Elf64_Phdr>(file, sizeof(Elf64_Ehdr)).p_vaddr = address;
    return errorOf(file);
  };
  EXPECT_NE(segmentAt(0).find("lies in no memory"), std::string::npos);
  EXPECT_NE(segmentAt(~uint64_t{0} - 8).find("wraps around"), std::string::npos);
  EXPECT_NE(segmentAt(kNramBase).find("with content"), std::string::npos);
}

// Whatever bytes are changed or cut, reading must end in an image or a sentence; sanitizers watch.
TEST(Image, survivesRandomDamage) {
  ImageOptions options;
  options.constants = {1, 2, 3, 4};
  options.inits = {{kNramBase, 0, 4}};
  const auto good = buildImage(Code().exit(), options);
  std::mt19937 rng(1);
  for (int i = 0; i < 20000; ++i) {
    auto file = good;
    // Mostly the headers and records, where every byte matters.
    size_t span = rng() % 2 ? 176 : file.size();
    size_t base = rng() % 2 && span == 176 ? kSegment : 0;
    for (unsigned n = 1 + rng() % 3; n; --n)
      file[base + rng() % span] = uint8_t(rng());
    if (rng() % 8 == 0)
      file.resize(rng() % file.size());
    std::string error;
    if (!readDeviceImage(file, error))
      EXPECT_FALSE(error.empty());
  }
}

} // namespace
