// UnitFormat.h: what a host object carries for the device link, in its section `.bang_unit`.
//
// A source file whose device code uses functions or variables of other files, or offers some, is a device unit: LLVM
// bitcode for each arch, one record after the other. bangcc reads the records when it links a program
// (frontend/driver/DeviceLink.cpp); the section does not enter the program.
#ifndef OPENBANG_CODEGEN_OBJECT_UNITFORMAT_H
#define OPENBANG_CODEGEN_OBJECT_UNITFORMAT_H

#include <cstdint>

namespace dlp {

inline constexpr char kUnitSection[] = ".bang_unit";
inline constexpr char kUnitMagic[8] = {'B', 'A', 'N', 'G', 'U', 'N', 'T', '1'};

enum UnitFlags : uint32_t {
  kUnitOpen = 1u << 0,       // has kernels or variables, and needs other files: it has no image of its own
  kUnitCompressed = 1u << 1, // the bitcode is a zstd frame
  kUnitDebugInfo = 1u << 2,  // the options the file was compiled with
  kUnitStackOnLdram = 1u << 3,
  kUnitTagAddresses = 1u << 4,
};

struct UnitHeader {
  char magic[8];
  uint64_t totalBytes; // of the record, this header included; a multiple of 8
  char id[16];         // of the source file: the same for all its archs, and part of symbolOfUnit
  uint32_t arch;       // number of __BANG_ARCH__
  uint32_t flags;      // UnitFlags
  uint32_t optLevel;
  uint32_t reserved;     // 0
  uint64_t storedBytes;  // of the bitcode, as it follows the header
  uint64_t bitcodeBytes; // after decompression
};

// The fat object of a unit, as the file's host half names it. An object without an image of its own leaves it
// undefined, so a link that forgets the device link fails with this name; others define it in a section group of the
// second name, and the object of a device link, which comes first, replaces it.
inline constexpr char kUnitSymbol[] = "__bang_link_with_bangcc_";
inline constexpr char kUnitGroup[] = "__bang_unit_";

} // namespace dlp

#endif // OPENBANG_CODEGEN_OBJECT_UNITFORMAT_H
