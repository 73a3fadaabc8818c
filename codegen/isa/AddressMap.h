// AddressMap.h: where each memory lies in a core's 64-bit address space (the windows of the machine).
//
// Every core sees its own NRAM, WRAM and LDRAM and its cluster's SRAM at the same addresses; pointers are plain 64-bit
// values and the window an address falls into decides its space. Everything a linker places lies below 2 GiB.
#ifndef OPENBANG_CODEGEN_ISA_ADDRESSMAP_H
#define OPENBANG_CODEGEN_ISA_ADDRESSMAP_H

#include <cstdint>

namespace dlp {

inline constexpr uint64_t kKiB = 1024, kMiB = 1024 * kKiB, kGiB = 1024 * kMiB;

inline constexpr uint64_t kNullEnd = 64 * kKiB; // [0, 64 KiB): every access faults
inline constexpr uint64_t kNramBase = 2 * kMiB; // core-private neuron memory; stack at its top
inline constexpr uint64_t kWramBase = 3 * kMiB; // core-private weight memory, DMA and tensor operands only
inline constexpr uint64_t kSramBase = 4 * kMiB; // memory shared by the cores of a cluster
inline constexpr uint64_t kRomBase = 16 * kMiB; // code and constants, read-only
inline constexpr uint64_t kRomEnd = 240 * kMiB;
inline constexpr uint64_t kParamBase = 240 * kMiB; // the kernel's parameter block, read-only
inline constexpr uint64_t kParamEnd = kParamBase + 64 * kKiB;
inline constexpr uint64_t kDeviceDataBase = 512 * kMiB; // __mlu_device__ variables: GDRAM that a linker can place
inline constexpr uint64_t kDeviceDataEnd = 1 * kGiB;
inline constexpr uint64_t kLdramBase = 1 * kGiB; // core-private off-chip memory
inline constexpr uint64_t kViewBase = 2 * kGiB;  // other clusters' SRAM; other cores' memories for debuggers
inline constexpr uint64_t kGdramBase = 4 * kGiB; // device memory, allocated by the host

// The stack grows down from the end of NRAM; a kernel must leave at least this much of NRAM free for it.
inline constexpr uint64_t kMinStackBytes = 4 * kKiB;

// WRAM is organised as this many lookup tables: weight row r lies in table r % kWramTables at slot r / kWramTables, and
// a WRAM address is an offset inside one table.
inline constexpr uint64_t kWramTables = 64;

inline constexpr uint64_t kVectorBytes = 128; // one row of the vector unit

enum class Space : uint8_t { None = 0, Nram = 1, Wram = 2, Sram = 3, Ldram = 4, Gdram = 5, Rom = 6, Param = 7 };

} // namespace dlp

#endif // OPENBANG_CODEGEN_ISA_ADDRESSMAP_H
