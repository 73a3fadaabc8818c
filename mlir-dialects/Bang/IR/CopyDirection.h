// CopyDirection.h: the values of mluMemcpyDirection_t (lang/include/bang/types.h) and the memories they name.
#ifndef OPENBANG_MLIRDIALECTS_BANG_IR_COPYDIRECTION_H
#define OPENBANG_MLIRDIALECTS_BANG_IR_COPYDIRECTION_H

#include "codegen/isa/AddressMap.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace bang {

struct CopyDirection {
  int64_t value;
  dlp::Space dst, src;
  const char *name; // "GDRAM2NRAM"
};

llvm::ArrayRef<CopyDirection> allCopyDirections();
const CopyDirection *findCopyDirection(int64_t value);                  // nullptr when there is none
const CopyDirection *findCopyDirection(dlp::Space dst, dlp::Space src); // nullptr when there is none

// "NRAM", as users call a memory, and "nram", as mnemonics do.
const char *spaceName(dlp::Space space);
const char *spaceSuffix(dlp::Space space);

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_BANG_IR_COPYDIRECTION_H
