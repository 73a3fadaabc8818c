// CoreTags.h: addresses that name the core whose private memories they mean; only under a debugger.
//
// Debuggers know one address space; the tag gives each core a part of it. It lies above the ranges of all cards.
#ifndef OPENBANG_CODEGEN_ISA_CORETAGS_H
#define OPENBANG_CODEGEN_ISA_CORETAGS_H

#include "codegen/isa/CardRanges.h"

namespace dlp {

// Bits from here up are the core's number, from 1 in the order of turns.
inline constexpr unsigned kCoreTagShift = 48;
inline constexpr uint64_t kUntaggedMask = (uint64_t{1} << kCoreTagShift) - 1;
static_assert(gdramBaseOf(kMaxCards) < kUntaggedMask);

} // namespace dlp

#endif // OPENBANG_CODEGEN_ISA_CORETAGS_H
