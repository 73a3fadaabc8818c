// Decode.h: instruction words become Ops, the form in which the interpreter runs them.
#ifndef OPENBANG_SIMULATOR_CORE_DECODE_H
#define OPENBANG_SIMULATOR_CORE_DECODE_H

#include <cstdint>
#include <string>

namespace dlp {

class Core;
struct Op;

// Runs one instruction and goes on to the next; `budget` counts down the instructions left in this turn of the core.
using OpFunction = void(Core &core, const Op *op, int64_t budget);

struct Op {
  OpFunction *run;
  int64_t imm; // immediate; branch offset in bytes; whole result of auipc; CSR number; index of an Xdlp instruction
  uint8_t rd;  // x-registers: 32 stands for x0 as a destination
  uint8_t rs1, rs2, rs3;
  uint8_t rm;   // rounding mode, 7: as in frm
  uint8_t step; // bytes from this Op to the next
  uint16_t id;  // ScalarId

  // Code has an Op for each halfword, so that pc and Op determine each other; the next instruction is some Ops ahead.
  void setLength(unsigned bytes);
  unsigned length() const; // of the instruction in bytes: 2, 4 or 8
  const Op *next() const { return reinterpret_cast<const Op *>(reinterpret_cast<const char *>(this) + step); }
};
static_assert(sizeof(Op) == 24);
inline void Op::setLength(unsigned bytes) { step = uint8_t(bytes / 2 * sizeof(Op)); }
inline unsigned Op::length() const { return step / sizeof(Op) * 2; }

enum class ScalarId : uint16_t {
#define DLP_SCALAR(ID, NAME, MATCH, MASK, FORMAT) ID,
#define DLP_FLOAT(ID, NAME, MATCH, MASK, FORMAT) ID##_S, ID##_D, ID##_H,
#include "simulator/core/ScalarOps.inc"
#undef DLP_SCALAR
#undef DLP_FLOAT
  Count,
  Illegal = Count,
  Xdlp,
};

// Operands of a row. F..: registers rd, rs1, rs2 are f-registers unless the name says otherwise; without `Exact` the
// instruction has a rounding mode.
enum class ScalarFormat : uint8_t {
  None,
  R,
  I,
  Shift,
  Unary,
  U,
  J,
  B,
  Load,
  Store,
  Atomic,
  Csr,
  CsrImm,
  FLoad,
  FStore,
  F1,
  F2,
  F3,
  F2Exact,
  FCompare,
  FToX,
  XToF,
  FToXExact,
  XToFExact,
};

// Decodes the instruction whose first 4 bytes are `word` (a compressed one uses the lower half) at `pc`. Sets
// everything but `run`; an id of Illegal means that no such instruction exists. Xdlp words are told from their prefix
// only.
Op decodeScalar(uint32_t word, uint64_t pc);

// The 32-bit form of a compressed instruction, 0 when illegal.
uint32_t expandCompressed(uint16_t half);

// "lw a0, 8(a1)"
std::string disassembleScalar(const Op &op);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_DECODE_H
