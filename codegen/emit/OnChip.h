// OnChip.h: globals of a device module that live in on-chip memories or in the core's private LDRAM.
#ifndef OPENBANG_CODEGEN_EMIT_ONCHIP_H
#define OPENBANG_CODEGEN_EMIT_ONCHIP_H

#include "codegen/isa/AddressMap.h"

#include <optional>
#include <string>

namespace llvm {
class GlobalVariable;
class Module;
} // namespace llvm

namespace dlp {

// The first bytes of LDRAM belong to the scalar runtime library (Runtime objects in devicert/).
inline constexpr uint64_t kLdramRuntimeBytes = 64;

// Space of an object by its section (.nram, .wram, .sram, .ldram); nullopt for all others.
std::optional<Space> onChipSpace(const llvm::GlobalVariable &global);

// Tells LLVM what it must not assume: on-chip objects hold unknown bytes at the start, and SRAM objects and device
// variables are written by other cores and by the host.
void hideInitialContents(llvm::Module &module);

// Name as the user wrote it: from debug information, else the last part of the demangled symbol.
std::string userName(const llvm::GlobalVariable &global);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_ONCHIP_H
