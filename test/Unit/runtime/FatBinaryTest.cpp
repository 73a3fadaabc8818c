// FatBinaryTest.cpp: the fat object's reader takes what the writer made and refuses everything else.
#include "test/Unit/runtime/RuntimeTest.h"

using namespace dlp;

static std::string errorOf(std::span<const uint8_t> bytes) {
  std::string error;
  return readFatBinary(bytes, error) ? "" : error;
}

TEST(FatBinary, ReadsWhatWasWritten) {
  std::vector<uint8_t> first(33, 7), second(5, 9);
  std::vector<uint8_t> bytes = writeFatBinary(std::vector<FatImage>{{270, first}, {372, second}});
  std::string error;
  std::optional<FatBinary> binary = readFatBinary(bytes, error);
  ASSERT_TRUE(binary) << error;
  ASSERT_EQ(binary->images.size(), 2u);
  EXPECT_EQ(binary->images[0].arch, 270u);
  EXPECT_TRUE(std::ranges::equal(binary->images[0].bytes, first));
  EXPECT_EQ(binary->images[1].arch, 372u);
  EXPECT_TRUE(std::ranges::equal(binary->images[1].bytes, second));
}

TEST(FatBinary, AcceptsBytesBehindIt) {
  std::vector<uint8_t> bytes = makeFatObject({372});
  bytes.resize(bytes.size() + 100, 0xab);
  EXPECT_EQ(errorOf(bytes), "");
}

TEST(FatBinary, RefusesEveryTruncation) {
  const std::vector<uint8_t> bytes = makeFatObject({270, 372});
  for (size_t size = 0; size < bytes.size(); ++size) {
    // A copy of exactly this size: a read past its end is visible to the address sanitizer.
    std::vector<uint8_t> cut(bytes.begin(), bytes.begin() + size);
    EXPECT_CONTAINS(errorOf(cut), "the device code is damaged");
  }
}

TEST(FatBinary, RefusesEveryFlippedBit) {
  const std::vector<uint8_t> bytes = makeFatObject({270, 372});
  std::string error;
  std::optional<FatBinary> original = readFatBinary(bytes, error);
  ASSERT_TRUE(original) << error;
  auto isPadding = [&](size_t at) {
    if (at < sizeof(FatHeader) + 2 * sizeof(FatEntry))
      return false;
    for (const FatImage &image : original->images) {
      size_t start = image.bytes.data() - bytes.data();
      if (at >= start && at < start + image.bytes.size())
        return false;
    }
    return true;
  };
  int accepted = 0;
  for (size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::vector<uint8_t> flipped = bytes;
      flipped[at] ^= 1 << bit;
      std::optional<FatBinary> binary = readFatBinary(flipped, error);
      if (!binary || isPadding(at))
        continue;
      // Only two kinds of flips cannot be seen: another arch number, and fewer images or padding bytes in the header.
      ++accepted;
      for (const FatImage &image : binary->images)
        EXPECT_EQ(image.bytes.size(), original->images[0].bytes.size());
    }
  }
  EXPECT_LE(accepted, 2 * 32 + 4 + 32);
}

TEST(FatBinary, NamesTheImageWithAWrongChecksum) {
  std::vector<uint8_t> bytes = makeFatObject({270, 372});
  FatEntry entry;
  std::memcpy(&entry, bytes.data() + sizeof(FatHeader) + sizeof(FatEntry), sizeof(entry));
  bytes[entry.offset] ^= 1;
  EXPECT_EQ(errorOf(bytes),
            "the device code is damaged: the checksum of image 1 (mtp_372) is wrong; build the program again");
}

TEST(FatBinary, RefusesTwoImagesOfOneArch) { EXPECT_CONTAINS(errorOf(makeFatObject({372, 372})), "two images"); }

TEST(FatBinary, RefusesNoImage) { EXPECT_CONTAINS(errorOf(makeFatObject({})), "holds no image"); }

TEST(FatBinary, RefusesAHugeImageCount) {
  std::vector<uint8_t> bytes = makeFatObject({372});
  uint32_t count = 0xffffffff;
  std::memcpy(bytes.data() + 8, &count, sizeof(count));
  EXPECT_CONTAINS(errorOf(bytes), "4294967295 images");
}

TEST(FatBinary, RefusesAnOffsetThatWraps) {
  std::vector<uint8_t> bytes = makeFatObject({372});
  uint64_t size = ~0ull;
  std::memcpy(bytes.data() + sizeof(FatHeader) + offsetof(FatEntry, size), &size, sizeof(size));
  EXPECT_CONTAINS(errorOf(bytes), "outside its place");
}
