// Layout.h: the linker script of a device image.
//
// A placed on-chip object sits alone in a section named `.bss.<space>.<address in hex>.<number>`, so that a single
// object file tells its layout; the prefix makes the assembler reserve space without storing zeros. Sections named
// `.nram`,
// `.wram`, `.sram` and `.ldram` (hand-written assembly) are put one behind the other from the window's base.
#ifndef OPENBANG_CODEGEN_EMIT_LAYOUT_H
#define OPENBANG_CODEGEN_EMIT_LAYOUT_H

#include "codegen/isa/AddressMap.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace dlp {

struct OnChipWindow {
  Space space;
  const char *name;     // "nram", as in section names
  const char *userName; // "NRAM"
  uint64_t base;
};
// NRAM, WRAM, SRAM, LDRAM.
llvm::ArrayRef<OnChipWindow> onChipWindows();
const OnChipWindow &windowOf(Space space);

std::string placedSectionName(Space space, uint64_t address, unsigned number);

// Linker script lines for those of `sections` that are placed objects.
std::string layoutOf(llvm::ArrayRef<llvm::StringRef> sections);

// True for `.nram`, `.wram.weights` and the like: sections of hand-written assembly.
bool isHandWrittenOnChip(llvm::StringRef section);

// The whole script around the lines of placed sections.
std::string linkerScript(llvm::StringRef layout);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_LAYOUT_H
