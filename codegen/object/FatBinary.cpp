// FatBinary.cpp: the fat object, checked byte by byte on the way in.
#include "codegen/object/FatBinary.h"

#include <algorithm>
#include <cstring>

namespace dlp {

static constexpr uint64_t kImageAlign = 16;

static std::nullopt_t damaged(std::string &error, const std::string &what) {
  error = "the device code is damaged: " + what + "; build the program again";
  return std::nullopt;
}

static std::string number(uint64_t value) { return std::to_string(value); }

std::optional<FatBinary> readFatBinary(std::span<const uint8_t> bytes, std::string &error) {
  FatHeader header;
  if (bytes.size() < sizeof(header))
    return damaged(error, "it has " + number(bytes.size()) + " bytes, expected at least " + number(sizeof(header)));
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, kFatMagic, sizeof(kFatMagic)) != 0)
    return damaged(error, "it does not start with " + std::string(kFatMagic, sizeof(kFatMagic)));
  if (header.reserved != 0)
    return damaged(error, "a reserved field of its header is not zero");
  if (header.totalBytes > bytes.size())
    return damaged(error, "it says it has " + number(header.totalBytes) + " bytes, found " + number(bytes.size()));
  if (header.totalBytes < sizeof(header))
    return damaged(error, "it says it has " + number(header.totalBytes) + " bytes, fewer than its header");
  bytes = bytes.first(header.totalBytes);
  if (header.numImages == 0)
    return damaged(error, "it holds no image");
  if (header.numImages > (bytes.size() - sizeof(header)) / sizeof(FatEntry))
    return damaged(error, "a list of " + number(header.numImages) + " images does not fit in it");
  const uint64_t entriesEnd = sizeof(header) + header.numImages * sizeof(FatEntry);

  FatBinary binary;
  uint64_t previousEnd = entriesEnd;
  for (uint32_t i = 0; i < header.numImages; ++i) {
    FatEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof(header) + i * sizeof(entry), sizeof(entry));
    const std::string name = "image " + number(i);
    if (entry.reserved != 0)
      return damaged(error, "a reserved field of " + name + " is not zero");
    if (entry.offset % kImageAlign != 0)
      return damaged(error, name + " starts at " + number(entry.offset) + ", expected a multiple of 16");
    if (entry.offset < previousEnd || entry.offset > bytes.size() || entry.size > bytes.size() - entry.offset)
      return damaged(error, name + " (" + number(entry.size) + " bytes at " + number(entry.offset) +
                                ") lies outside its place");
    if (entry.size == 0)
      return damaged(error, name + " is empty");
    std::span<const uint8_t> image = bytes.subspan(entry.offset, entry.size);
    if (imageChecksum(image.data(), image.size()) != entry.checksum)
      return damaged(error, "the checksum of " + name + " (" + archName(entry.arch) + ") is wrong");
    if (std::ranges::any_of(binary.images, [&](const FatImage &other) { return other.arch == entry.arch; }))
      return damaged(error, "it holds two images for " + archName(entry.arch));
    binary.images.push_back({entry.arch, image});
    previousEnd = entry.offset + entry.size;
  }
  return binary;
}

std::vector<uint8_t> writeFatBinary(std::span<const FatImage> images) {
  auto align = [](uint64_t offset) { return (offset + kImageAlign - 1) / kImageAlign * kImageAlign; };
  std::vector<FatEntry> entries;
  uint64_t end = sizeof(FatHeader) + images.size() * sizeof(FatEntry);
  for (const FatImage &image : images) {
    uint64_t offset = align(end);
    entries.push_back(
        {image.arch, 0, offset, image.bytes.size(), imageChecksum(image.bytes.data(), image.bytes.size())});
    end = offset + image.bytes.size();
  }
  FatHeader header = {};
  std::memcpy(header.magic, kFatMagic, sizeof(kFatMagic));
  header.numImages = images.size();
  header.totalBytes = align(end);

  std::vector<uint8_t> bytes(header.totalBytes);
  std::memcpy(bytes.data(), &header, sizeof(header));
  if (!entries.empty())
    std::memcpy(bytes.data() + sizeof(header), entries.data(), entries.size() * sizeof(FatEntry));
  for (size_t i = 0; i < images.size(); ++i)
    std::copy(images[i].bytes.begin(), images[i].bytes.end(), bytes.begin() + entries[i].offset);
  return bytes;
}

std::string archName(uint32_t arch) { return "mtp_" + number(arch); }

} // namespace dlp
