// FatBinary.h: reads and writes the fat object of ImageFormat.h without LLVM. Every byte that is read is untrusted.
//
//   FatHeader | FatEntry[numImages] | padding | image 0 | padding | image 1 ...     images start at multiples of 16
#ifndef OPENBANG_CODEGEN_OBJECT_FATBINARY_H
#define OPENBANG_CODEGEN_OBJECT_FATBINARY_H

#include "codegen/object/ImageFormat.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dlp {

struct FatImage {
  uint32_t arch;                  // value of __BANG_ARCH__
  std::span<const uint8_t> bytes; // the device image
};

struct FatBinary {
  std::vector<FatImage> images; // one per arch
};

// Parses a fat object whose bytes must outlive the result; `bytes` may go on behind it. On failure `error` is one
// sentence without the name of the file.
std::optional<FatBinary> readFatBinary(std::span<const uint8_t> bytes, std::string &error);

std::vector<uint8_t> writeFatBinary(std::span<const FatImage> images);

// The name users give to an arch: mtp_372.
std::string archName(uint32_t arch);

} // namespace dlp

#endif // OPENBANG_CODEGEN_OBJECT_FATBINARY_H
