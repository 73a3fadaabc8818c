// InterpInteger.cpp: integer arithmetic and control transfers: RV64IM, Zba, Zbb, Zbs, Zicond.
#include "simulator/core/Interp.h"

#include <bit>
#include <limits>

namespace dlp {
namespace {

uint64_t sext32(uint64_t v) { return uint64_t(int64_t(int32_t(v))); }
uint64_t zext32(uint64_t v) { return uint32_t(v); }

template <typename T> T divide(T a, T b) {
  if (b == 0)
    return T(-1);
  if constexpr (std::is_signed_v<T>)
    if (a == std::numeric_limits<T>::min() && b == -1)
      return a;
  return a / b;
}

template <typename T> T remainder(T a, T b) {
  if (b == 0)
    return a;
  if constexpr (std::is_signed_v<T>)
    if (a == std::numeric_limits<T>::min() && b == -1)
      return 0;
  return a % b;
}

uint64_t orCombine(uint64_t v) {
  uint64_t any = 0;
  for (unsigned byte = 0; byte < 8; ++byte)
    if (v >> (8 * byte) & 0xff)
      any |= uint64_t{0xff} << (8 * byte);
  return any;
}

[[noreturn]] void leaveCode(Core &core, const Op *op, uint64_t target) {
  core.op = op;
  char text[96];
  snprintf(text, sizeof text, "a jump to 0x%llx, which is no code; a function pointer or return address is damaged",
           static_cast<unsigned long long>(target));
  throw FaultException{FaultKind::IllegalInstruction, text, CoreView::spaceOf(target), target, 0};
}

} // namespace

#define A core.x[op->rs1]
#define B core.x[op->rs2]
#define IMM uint64_t(op->imm)

#define DLP_VALUE(ID, VALUE)                                                                                           \
  DLP_OP(ID) {                                                                                                         \
    core.x[op->rd] = VALUE;                                                                                            \
    DLP_NEXT();                                                                                                        \
  }

// One line per instruction.
// clang-format off
DLP_VALUE(LUI, IMM)
DLP_VALUE(AUIPC, IMM)
DLP_VALUE(ADDI, A + IMM)
DLP_VALUE(SLTI, int64_t(A) < op->imm)
DLP_VALUE(SLTIU, A < IMM)
DLP_VALUE(XORI, A ^ IMM)
DLP_VALUE(ORI, A | IMM)
DLP_VALUE(ANDI, A & IMM)
DLP_VALUE(SLLI, A << IMM)
DLP_VALUE(SRLI, A >> IMM)
DLP_VALUE(SRAI, uint64_t(int64_t(A) >> IMM))
DLP_VALUE(ADD, A + B)
DLP_VALUE(SUB, A - B)
DLP_VALUE(SLL, A << (B & 63))
DLP_VALUE(SLT, int64_t(A) < int64_t(B))
DLP_VALUE(SLTU, A < B)
DLP_VALUE(XOR, A ^ B)
DLP_VALUE(SRL, A >> (B & 63))
DLP_VALUE(SRA, uint64_t(int64_t(A) >> (B & 63)))
DLP_VALUE(OR, A | B)
DLP_VALUE(AND, A & B)
DLP_VALUE(ADDIW, sext32(A + IMM))
DLP_VALUE(SLLIW, sext32(A << IMM))
DLP_VALUE(SRLIW, sext32(zext32(A) >> IMM))
DLP_VALUE(SRAIW, uint64_t(int64_t(int32_t(A) >> IMM)))
DLP_VALUE(ADDW, sext32(A + B))
DLP_VALUE(SUBW, sext32(A - B))
DLP_VALUE(SLLW, sext32(A << (B & 31)))
DLP_VALUE(SRLW, sext32(zext32(A) >> (B & 31)))
DLP_VALUE(SRAW, uint64_t(int64_t(int32_t(A) >> (B & 31))))

DLP_VALUE(MUL, A * B)
DLP_VALUE(MULH, uint64_t((__int128(int64_t(A)) * int64_t(B)) >> 64))
DLP_VALUE(MULHSU, uint64_t((__int128(int64_t(A)) * __int128(B)) >> 64))
DLP_VALUE(MULHU, uint64_t((static_cast<unsigned __int128>(A) * B) >> 64))
DLP_VALUE(DIV, uint64_t(divide<int64_t>(int64_t(A), int64_t(B))))
DLP_VALUE(DIVU, divide<uint64_t>(A, B))
DLP_VALUE(REM, uint64_t(remainder<int64_t>(int64_t(A), int64_t(B))))
DLP_VALUE(REMU, remainder<uint64_t>(A, B))
DLP_VALUE(MULW, sext32(A * B))
DLP_VALUE(DIVW, sext32(uint64_t(divide<int32_t>(int32_t(A), int32_t(B)))))
DLP_VALUE(DIVUW, sext32(divide<uint32_t>(uint32_t(A), uint32_t(B))))
DLP_VALUE(REMW, sext32(uint64_t(remainder<int32_t>(int32_t(A), int32_t(B)))))
DLP_VALUE(REMUW, sext32(remainder<uint32_t>(uint32_t(A), uint32_t(B))))

DLP_VALUE(ADD_UW, zext32(A) + B)
DLP_VALUE(SH1ADD, (A << 1) + B)
DLP_VALUE(SH2ADD, (A << 2) + B)
DLP_VALUE(SH3ADD, (A << 3) + B)
DLP_VALUE(SH1ADD_UW, (zext32(A) << 1) + B)
DLP_VALUE(SH2ADD_UW, (zext32(A) << 2) + B)
DLP_VALUE(SH3ADD_UW, (zext32(A) << 3) + B)
DLP_VALUE(SLLI_UW, zext32(A) << IMM)

DLP_VALUE(ANDN, A & ~B)
DLP_VALUE(ORN, A | ~B)
DLP_VALUE(XNOR, ~(A ^ B))
DLP_VALUE(CLZ, uint64_t(std::countl_zero(A)))
DLP_VALUE(CTZ, uint64_t(std::countr_zero(A)))
DLP_VALUE(CPOP, uint64_t(std::popcount(A)))
DLP_VALUE(CLZW, uint64_t(std::countl_zero(uint32_t(A))))
DLP_VALUE(CTZW, uint64_t(std::countr_zero(uint32_t(A))))
DLP_VALUE(CPOPW, uint64_t(std::popcount(uint32_t(A))))
DLP_VALUE(MIN, int64_t(A) < int64_t(B) ? A : B)
DLP_VALUE(MINU, A < B ? A : B)
DLP_VALUE(MAX, int64_t(A) > int64_t(B) ? A : B)
DLP_VALUE(MAXU, A > B ? A : B)
DLP_VALUE(SEXT_B, uint64_t(int64_t(int8_t(A))))
DLP_VALUE(SEXT_H, uint64_t(int64_t(int16_t(A))))
DLP_VALUE(ZEXT_H, uint16_t(A))
DLP_VALUE(ROL, std::rotl(A, int(B & 63)))
DLP_VALUE(ROR, std::rotr(A, int(B & 63)))
DLP_VALUE(RORI, std::rotr(A, int(IMM)))
DLP_VALUE(ROLW, sext32(std::rotl(uint32_t(A), int(B & 31))))
DLP_VALUE(RORW, sext32(std::rotr(uint32_t(A), int(B & 31))))
DLP_VALUE(RORIW, sext32(std::rotr(uint32_t(A), int(IMM))))
DLP_VALUE(ORC_B, orCombine(A))
DLP_VALUE(REV8, __builtin_bswap64(A))

DLP_VALUE(BCLR, A & ~(uint64_t{1} << (B & 63)))
DLP_VALUE(BCLRI, A & ~(uint64_t{1} << IMM))
DLP_VALUE(BEXT, A >> (B & 63) & 1)
DLP_VALUE(BEXTI, A >> IMM & 1)
DLP_VALUE(BINV, A ^ (uint64_t{1} << (B & 63)))
DLP_VALUE(BINVI, A ^ (uint64_t{1} << IMM))
DLP_VALUE(BSET, A | (uint64_t{1} << (B & 63)))
DLP_VALUE(BSETI, A | (uint64_t{1} << IMM))

DLP_VALUE(CZERO_EQZ, B ? A : 0)
DLP_VALUE(CZERO_NEZ, B ? 0 : A)
// clang-format on

// Branch offsets are even; an odd one marks a target outside the code (Program::decodeOp).
#define DLP_BRANCH(ID, CONDITION)                                                                                      \
  DLP_OP(ID) {                                                                                                         \
    if (CONDITION) {                                                                                                   \
      if (op->imm & 1) [[unlikely]]                                                                                    \
        leaveCode(core, op, core.program->pcOf(op) + uint64_t(op->imm & ~int64_t{1}));                                 \
      DLP_JUMP(op + (op->imm >> 1));                                                                                   \
    }                                                                                                                  \
    DLP_NEXT();                                                                                                        \
  }

DLP_BRANCH(BEQ, A == B)
DLP_BRANCH(BNE, A != B)
DLP_BRANCH(BLT, int64_t(A) < int64_t(B))
DLP_BRANCH(BGE, int64_t(A) >= int64_t(B))
DLP_BRANCH(BLTU, A < B)
DLP_BRANCH(BGEU, A >= B)

DLP_OP(JAL) {
  uint64_t pc = core.program->pcOf(op);
  if (op->imm & 1) [[unlikely]]
    leaveCode(core, op, pc + uint64_t(op->imm & ~int64_t{1}));
  core.x[op->rd] = pc + op->length();
  DLP_JUMP(op + (op->imm >> 1));
}

DLP_OP(JALR) {
  uint64_t target = (A + IMM) & ~uint64_t{1};
  const Op *next = core.program->opAt(target);
  if (!next) [[unlikely]]
    leaveCode(core, op, target);
  core.x[op->rd] = core.program->pcOf(op) + op->length();
  DLP_JUMP(next);
}

} // namespace dlp
