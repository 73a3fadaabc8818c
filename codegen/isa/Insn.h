// Insn.h: the Xdlp instruction table, its encoder and decoder. Generated from the rows; depends on nothing.
#ifndef OPENBANG_CODEGEN_ISA_INSN_H
#define OPENBANG_CODEGEN_ISA_INSN_H

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dlp {

// One enumerator per row: InsnId::VADD_VS.
enum class InsnId : uint16_t {
#define DLP_HANDLER(ID, CAMEL) ID,
#include "codegen/isa/Handlers.inc"
#undef DLP_HANDLER
  Count
};

enum class Engine : uint8_t { Scalar, Compute, IO, Move, Sync, Dyn };
enum class OperandKind : uint8_t { Read, Write, ReadWrite, Value, Result };

// Values of the suffix fields; names as in mnemonics.
enum class Suffix : uint8_t {
  None = 0,
  F16 = 1,
  BF16,
  F32,
  TF32,
  I4,
  I8,
  I16,
  I32,
  I64,
  U8,
  U16,
  U32,
  U64,
  B8 = 16,
  B16,
  B32,
  B64,
  B128,
  B256,
};
enum class Rounding : uint8_t { None = 0, TZ, OZ, UP, DN, RD, RN, RM };

// The suffix fields of one instruction. e0 and e1 hold element types or, in copies, values of dlp::Space.
struct Variant {
  uint8_t e0 = 0, e1 = 0, mode = 0;
  bool operator==(const Variant &) const = default;
};

struct OperandInfo {
  const char *name;
  OperandKind kind;
  uint8_t spaces; // bit s set: an address may lie in dlp::Space s; 0 for values
  bool inDesc;    // a word of the descriptor, not a register
};

inline constexpr unsigned kMaxRegisters = 7;
inline constexpr unsigned kMaxOperands = 20;

struct InsnInfo {
  const char *id;       // "VADD_VS"
  const char *mnemonic; // "vadd.vs"
  uint8_t opcode;
  Engine engine;
  const char *latency;
  const char *summary;
  std::span<const OperandInfo> operands;
  std::span<const Variant> variants;
  const char *const *variantNames; // parallel to variants: "f16", "f32.i8.rd", "" when there are no suffixes
  uint8_t numRegisters;            // register fields used, the descriptor's pointer included
  uint8_t numFields;               // words of the descriptor
  bool hasResult;                  // the first operand is a result register
};

const InsnInfo &insnInfo(InsnId id);

// Suffix text of a variant: "f32.i8.rd", "nram.gdram", "" when there is none. nullptr: not a variant of the row.
const char *variantName(InsnId id, Variant v);
std::string fullMnemonic(InsnId id, Variant v);

struct InsnRef {
  InsnId id;
  Variant variant;
};
// "vadd.vs.f16" -> (VADD_VS, f16).
std::optional<InsnRef> findInsn(std::string_view fullMnemonic);
// "vadd.vs" -> VADD_VS.
std::optional<InsnId> findRow(std::string_view mnemonic);

struct DecodedInsn {
  InsnId id;
  Variant variant;
  std::array<uint8_t, kMaxRegisters> regs;
};

inline constexpr uint64_t kXdlpPrefix = 0b0111111;

// True when the low bits of a word announce a 64-bit instruction of Xdlp.
inline bool isXdlp(uint32_t low) { return (low & 0b1111111) == kXdlpPrefix; }

std::optional<DecodedInsn> decode(uint64_t word); // nullopt: illegal
uint64_t encode(InsnId id, Variant v, std::span<const uint8_t> regs);

// "vadd.f16 a0, a1, a2, a3"
std::string disassemble(const DecodedInsn &insn);

// Special registers: CSR number of "taskId", 0 when unknown; and back, nullptr when unknown.
uint32_t specialRegCsr(std::string_view name);
const char *specialRegName(uint32_t csr);

// Operand structs of all rows: VaddVsOps { dst, src, value, n }.
#include "codegen/isa/InsnOps.inc"

} // namespace dlp

#endif // OPENBANG_CODEGEN_ISA_INSN_H
