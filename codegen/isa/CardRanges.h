// CardRanges.h: where the device memories of the cards of one process lie, so that an address says whose it is.
//
// The upper half of a card's range shows the __mlu_device__ variables of its images to the host: every image is linked
// to the same addresses, here each has a window of its own.
#ifndef OPENBANG_CODEGEN_ISA_CARDRANGES_H
#define OPENBANG_CODEGEN_ISA_CARDRANGES_H

#include "codegen/isa/AddressMap.h"

namespace dlp {

inline constexpr uint64_t kMaxCards = 16;
inline constexpr uint64_t kCardStride = 2048 * kGiB;
inline constexpr uint64_t kVariableWindows = 1024 * kGiB; // from the start of a card's range

constexpr uint64_t gdramBaseOf(unsigned card) { return kGdramBase + card * kCardStride; }

} // namespace dlp

#endif // OPENBANG_CODEGEN_ISA_CARDRANGES_H
