// DeviceImage.h: reads a linked device image (ImageFormat.h) without LLVM. Every byte of it is untrusted.
#ifndef OPENBANG_CODEGEN_OBJECT_DEVICEIMAGE_H
#define OPENBANG_CODEGEN_OBJECT_DEVICEIMAGE_H

#include "codegen/object/ImageFormat.h"
#include "codegen/object/ObjectTable.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dlp {

// A loaded part of the image. `bytes` point into the file; the rest up to `memoryBytes` is zero.
struct ImageSegment {
  uint64_t address;
  uint64_t memoryBytes;
  std::span<const uint8_t> bytes;
  bool writable, executable;
};

struct ImageKernel {
  std::string name;        // mangled
  std::string displayName; // for messages
  uint64_t entry;
  std::vector<ParamRecord> params;
  std::vector<InitRecord> inits;
  uint32_t paramBytes;
  uint32_t flags; // KernelFlags
  uint32_t nramBytes, wramBytes, sramBytes, ldramBytes;
};

struct DeviceImage {
  uint32_t arch;
  std::vector<ImageSegment> segments; // ROM and device data, by address; on-chip sections hold nothing to load
  std::vector<ImageKernel> kernels;
  std::vector<ObjectEntry> objects; // on-chip variables; empty for hand-written assembly

  const ImageKernel *findKernel(std::string_view mangledName) const;
  // `size` bytes of the image at link address `address`, empty when the file does not hold them all.
  std::span<const uint8_t> bytesAt(uint64_t address, uint64_t size) const;
};

// Parses an image whose bytes must outlive the result. On failure `error` is one sentence.
std::optional<DeviceImage> readDeviceImage(std::span<const uint8_t> elf, std::string &error);

} // namespace dlp

#endif // OPENBANG_CODEGEN_OBJECT_DEVICEIMAGE_H
