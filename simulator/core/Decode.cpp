// Decode.cpp: the scalar table as a decoder and as a disassembler.
#include "simulator/core/Decode.h"

#include "codegen/isa/Insn.h"

#include <array>
#include <vector>

namespace dlp {
namespace {

struct Row {
  const char *name;
  uint32_t match, mask;
  ScalarFormat format;
};

constexpr Row kRows[] = {
#define DLP_SCALAR(ID, NAME, MATCH, MASK, FORMAT) {NAME, MATCH, MASK, ScalarFormat::FORMAT},
#define DLP_FLOAT(ID, NAME, MATCH, MASK, FORMAT)                                                                       \
  {NAME ".s", MATCH, MASK | 3u << 25, ScalarFormat::FORMAT},                                                           \
      {NAME ".d", MATCH | 1u << 25, MASK | 3u << 25, ScalarFormat::FORMAT},                                            \
      {NAME ".h", MATCH | 2u << 25, MASK | 3u << 25, ScalarFormat::FORMAT},
#include "simulator/core/ScalarOps.inc"
#undef DLP_SCALAR
#undef DLP_FLOAT
};

// Rows by major opcode (bits 6:2 of a 32-bit instruction).
const std::array<std::vector<uint16_t>, 32> &rowsByOpcode() {
  static const auto table = [] {
    std::array<std::vector<uint16_t>, 32> t;
    for (uint16_t i = 0; i < std::size(kRows); ++i)
      t[(kRows[i].match >> 2) & 31].push_back(i);
    return t;
  }();
  return table;
}

int64_t signExtend(uint64_t value, unsigned bits) { return int64_t(value << (64 - bits)) >> (64 - bits); }

int64_t immediateOf(ScalarFormat format, uint32_t w, uint64_t pc) {
  switch (format) {
  case ScalarFormat::I:
  case ScalarFormat::Load:
  case ScalarFormat::FLoad:
    return signExtend(w >> 20, 12);
  case ScalarFormat::Shift:
    return (w >> 20) & 63;
  case ScalarFormat::U:
    return signExtend(w & 0xfffff000u, 32) + ((w & 0x7f) == 0x17 ? int64_t(pc) : 0);
  case ScalarFormat::J:
    return signExtend(
        ((w >> 31) & 1) << 20 | ((w >> 12) & 0xff) << 12 | ((w >> 20) & 1) << 11 | ((w >> 21) & 0x3ff) << 1, 21);
  case ScalarFormat::B:
    return signExtend(((w >> 31) & 1) << 12 | ((w >> 7) & 1) << 11 | ((w >> 25) & 63) << 5 | ((w >> 8) & 15) << 1, 13);
  case ScalarFormat::Store:
  case ScalarFormat::FStore:
    return signExtend((w >> 25) << 5 | ((w >> 7) & 31), 12);
  case ScalarFormat::Csr:
  case ScalarFormat::CsrImm:
    return w >> 20;
  default:
    return 0;
  }
}

bool writesX(ScalarFormat format) {
  switch (format) {
  case ScalarFormat::None:
  case ScalarFormat::B:
  case ScalarFormat::Store:
  case ScalarFormat::FLoad:
  case ScalarFormat::FStore:
  case ScalarFormat::F1:
  case ScalarFormat::F2:
  case ScalarFormat::F3:
  case ScalarFormat::F2Exact:
  case ScalarFormat::XToF:
  case ScalarFormat::XToFExact:
    return false;
  default:
    return true;
  }
}

bool hasRounding(ScalarFormat format) {
  return format == ScalarFormat::F1 || format == ScalarFormat::F2 || format == ScalarFormat::F3 ||
         format == ScalarFormat::FToX || format == ScalarFormat::XToF;
}

constexpr const char *kX[33] = {"zero", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "s0", "s1", "a0",
                                "a1",   "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
                                "s6",   "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6", "zero"};
constexpr const char *kF[32] = {"ft0", "ft1", "ft2", "ft3", "ft4",  "ft5",  "ft6", "ft7", "fs0",  "fs1", "fa0",
                                "fa1", "fa2", "fa3", "fa4", "fa5",  "fa6",  "fa7", "fs2", "fs3",  "fs4", "fs5",
                                "fs6", "fs7", "fs8", "fs9", "fs10", "fs11", "ft8", "ft9", "ft10", "ft11"};

} // namespace

Op decodeScalar(uint32_t word, uint64_t pc) {
  Op op{};
  op.id = uint16_t(ScalarId::Illegal);
  op.setLength(4);
  if ((word & 3) != 3) {
    op.setLength(2);
    word = expandCompressed(uint16_t(word));
    if (!word)
      return op;
  } else if ((word & 0x1f) == 0x1f) { // longer than 32 bits
    op.setLength(8);
    if (isXdlp(word))
      op.id = uint16_t(ScalarId::Xdlp);
    return op;
  }
  for (uint16_t i : rowsByOpcode()[(word >> 2) & 31]) {
    const Row &row = kRows[i];
    if ((word & row.mask) != row.match)
      continue;
    op.rd = (word >> 7) & 31;
    op.rs1 = (word >> 15) & 31;
    op.rs2 = (word >> 20) & 31;
    op.rs3 = (word >> 27) & 31;
    op.rm = (word >> 12) & 7;
    op.imm = immediateOf(row.format, word, pc);
    if (writesX(row.format) && op.rd == 0)
      op.rd = 32;
    if (hasRounding(row.format) && (op.rm == 5 || op.rm == 6))
      return op;
    op.id = i;
    return op;
  }
  return op;
}

std::string disassembleScalar(const Op &op) {
  if (op.id >= unsigned(ScalarId::Count))
    return "illegal instruction";
  const Row &row = kRows[op.id];
  std::string text = row.name;
  auto add = [&, first = true](const std::string &operand) mutable {
    text += (first ? " " : ", ") + operand;
    first = false;
  };
  std::string imm = std::to_string(op.imm);
  switch (row.format) {
  case ScalarFormat::None:
    break;
  case ScalarFormat::R:
    add(kX[op.rd]), add(kX[op.rs1]), add(kX[op.rs2]);
    break;
  case ScalarFormat::I:
  case ScalarFormat::Shift:
    add(kX[op.rd]), add(kX[op.rs1]), add(imm);
    break;
  case ScalarFormat::Unary:
    add(kX[op.rd]), add(kX[op.rs1]);
    break;
  case ScalarFormat::U:
  case ScalarFormat::J:
    add(kX[op.rd]), add(imm);
    break;
  case ScalarFormat::B:
    add(kX[op.rs1]), add(kX[op.rs2]), add(imm);
    break;
  case ScalarFormat::Load:
    add(kX[op.rd]), add(imm + "(" + kX[op.rs1] + ")");
    break;
  case ScalarFormat::Store:
    add(kX[op.rs2]), add(imm + "(" + kX[op.rs1] + ")");
    break;
  case ScalarFormat::Atomic:
    add(kX[op.rd]), add(kX[op.rs2]), add(std::string("(") + kX[op.rs1] + ")");
    break;
  case ScalarFormat::Csr:
  case ScalarFormat::CsrImm: {
    const char *name = specialRegName(uint32_t(op.imm));
    add(kX[op.rd]), add(name ? name : imm);
    add(row.format == ScalarFormat::Csr ? kX[op.rs1] : std::to_string(op.rs1));
    break;
  }
  case ScalarFormat::FLoad:
    add(kF[op.rd]), add(imm + "(" + kX[op.rs1] + ")");
    break;
  case ScalarFormat::FStore:
    add(kF[op.rs2]), add(imm + "(" + kX[op.rs1] + ")");
    break;
  case ScalarFormat::F1:
    add(kF[op.rd]), add(kF[op.rs1]);
    break;
  case ScalarFormat::F2:
  case ScalarFormat::F2Exact:
    add(kF[op.rd]), add(kF[op.rs1]), add(kF[op.rs2]);
    break;
  case ScalarFormat::F3:
    add(kF[op.rd]), add(kF[op.rs1]), add(kF[op.rs2]), add(kF[op.rs3]);
    break;
  case ScalarFormat::FCompare:
    add(kX[op.rd]), add(kF[op.rs1]), add(kF[op.rs2]);
    break;
  case ScalarFormat::FToX:
  case ScalarFormat::FToXExact:
    add(kX[op.rd]), add(kF[op.rs1]);
    break;
  case ScalarFormat::XToF:
  case ScalarFormat::XToFExact:
    add(kF[op.rd]), add(kX[op.rs1]);
    break;
  }
  return text;
}

} // namespace dlp
