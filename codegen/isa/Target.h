// Target.h: the archs a program can be compiled for (generated from Targets.td).
#ifndef OPENBANG_CODEGEN_ISA_TARGET_H
#define OPENBANG_CODEGEN_ISA_TARGET_H

#include <cstdint>
#include <span>
#include <string_view>

namespace dlp {

struct ArchInfo {
  const char *name;                // "mtp_372"
  uint32_t number;                 // value of __BANG_ARCH__
  uint32_t nramKB, wramKB, sramKB; // per core, per core, per cluster
};

// All archs, in ascending order of their table rows.
std::span<const ArchInfo> allArchs();

// Finds an arch by its name or one of its other spellings (compute_30, MLU270); nullptr when unknown.
const ArchInfo *findArch(std::string_view name);

inline constexpr const char *kDefaultArch = "mtp_372";

} // namespace dlp

#endif // OPENBANG_CODEGEN_ISA_TARGET_H
