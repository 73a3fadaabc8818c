// ImageFormat.h: records that travel in a device image and in a fat object; shared by writer and readers.
//
// A device image is a linked RISC-V ELF64 executable. Its read-only section `.dlp.image` starts with one ImageHeader;
// pointers in it are link addresses, resolved through the program headers. A fat object holds one image per arch.
#ifndef OPENBANG_CODEGEN_OBJECT_IMAGEFORMAT_H
#define OPENBANG_CODEGEN_OBJECT_IMAGEFORMAT_H

#include <cstdint>

namespace dlp {

inline constexpr char kImageSection[] = ".dlp.image";
inline constexpr char kImageMagic[8] = {'D', 'L', 'P', 'I', 'M', 'G', '0', '1'};

struct ImageHeader {
  char magic[8];
  uint32_t arch; // number of __BANG_ARCH__, for example 372
  uint32_t numKernels;
  uint64_t kernels; // address of KernelRecord[numKernels]
};

struct KernelRecord {
  uint64_t name;   // address of the zero-terminated mangled name: the key of a launch
  uint64_t entry;  // address of the entry wrapper: a0 = parameter block; does not return, ends in `exit`
  uint64_t params; // address of ParamRecord[numParams]
  uint64_t inits;  // address of InitRecord[numInits]
  uint32_t numParams;
  uint32_t paramBytes; // size of the parameter block
  uint32_t numInits;
  uint32_t flags;                                       // KernelFlags
  uint32_t nramBytes, wramBytes, sramBytes, ldramBytes; // highest byte used, from the window's base
  uint64_t displayName;                                 // address of the demangled name, for messages
};

enum KernelFlags : uint32_t {
  kKernelStackOnLdram = 1u << 0,
};

struct ParamRecord {
  uint32_t offset; // in the parameter block
  uint32_t size;
  uint32_t align;
  uint32_t kind; // ParamKind
};

enum ParamKind : uint32_t { kParamValue = 0, kParamPointer = 1 };

// Before a task starts, `size` bytes at `src` (in the image) are copied to `dst` (an on-chip object with initialiser).
struct InitRecord {
  uint64_t dst, src, size;
};

inline constexpr char kFatMagic[8] = {'B', 'A', 'N', 'G', 'F', 'A', 'T', '1'};

struct FatHeader {
  char magic[8];
  uint32_t numImages;
  uint32_t reserved;   // 0
  uint64_t totalBytes; // of the whole fat object, this header included
};

struct FatEntry { // numImages of them follow the header
  uint32_t arch;
  uint32_t reserved; // 0
  uint64_t offset;   // of the image, from the start of the fat object; multiple of 16
  uint64_t size;
  uint64_t checksum; // FNV-1a 64 of the image's bytes
};

inline uint64_t imageChecksum(const uint8_t *data, uint64_t size) {
  uint64_t h = 0xcbf29ce484222325ull;
  for (uint64_t i = 0; i < size; ++i)
    h = (h ^ data[i]) * 0x100000001b3ull;
  return h;
}

} // namespace dlp

#endif // OPENBANG_CODEGEN_OBJECT_IMAGEFORMAT_H
