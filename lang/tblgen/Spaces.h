// Spaces.h: memory spaces as both tables write them ("nram|wram").
#ifndef OPENBANG_LANG_TBLGEN_SPACES_H
#define OPENBANG_LANG_TBLGEN_SPACES_H

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace bang::tblgen {

// Bit set of dlp::Space values (codegen/isa/AddressMap.h).
inline unsigned spaceMask(llvm::StringRef spaces) {
  unsigned mask = 0;
  for (llvm::StringRef name : llvm::split(spaces, '|'))
    mask |= llvm::StringSwitch<unsigned>(name)
                .Case("nram", 1u << 1)
                .Case("wram", 1u << 2)
                .Case("sram", 1u << 3)
                .Case("ldram", 1u << 4)
                .Case("gdram", 1u << 5)
                .Case("any", 0xfe)
                .Default(0);
  return mask;
}

} // namespace bang::tblgen

#endif // OPENBANG_LANG_TBLGEN_SPACES_H
