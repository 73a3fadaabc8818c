// Compressed.cpp: the C extension: each 16-bit instruction is another spelling of a 32-bit one.
#include "simulator/core/Decode.h"

namespace dlp {
namespace {

// Builders of 32-bit words.
uint32_t iType(uint32_t opcode, unsigned f3, unsigned rd, unsigned rs1, int32_t imm) {
  return opcode | rd << 7 | f3 << 12 | rs1 << 15 | uint32_t(imm) << 20;
}
uint32_t sType(uint32_t opcode, unsigned f3, unsigned rs1, unsigned rs2, uint32_t imm) {
  return opcode | (imm & 31) << 7 | f3 << 12 | rs1 << 15 | rs2 << 20 | (imm >> 5) << 25;
}
uint32_t rType(uint32_t base, unsigned rd, unsigned rs1, unsigned rs2) {
  return base | rd << 7 | rs1 << 15 | rs2 << 20;
}
uint32_t bType(unsigned f3, unsigned rs1, unsigned rs2, int32_t imm) {
  uint32_t u = uint32_t(imm);
  return 0x63 | ((u >> 11) & 1) << 7 | ((u >> 1) & 15) << 8 | f3 << 12 | rs1 << 15 | rs2 << 20 | ((u >> 5) & 63) << 25 |
         ((u >> 12) & 1) << 31;
}
uint32_t jType(unsigned rd, int32_t imm) {
  uint32_t u = uint32_t(imm);
  return 0x6f | rd << 7 | ((u >> 12) & 0xff) << 12 | ((u >> 11) & 1) << 20 | ((u >> 1) & 0x3ff) << 21 |
         ((u >> 20) & 1) << 31;
}

constexpr uint32_t kLoad = 0x03, kLoadFp = 0x07, kStore = 0x23, kStoreFp = 0x27, kOpImm = 0x13, kOpImm32 = 0x1b;

struct Half {
  uint32_t h;
  uint32_t bits(unsigned high, unsigned low) const { return (h >> low) & ((1u << (high - low + 1)) - 1); }
  uint32_t bit(unsigned n) const { return (h >> n) & 1; }
  unsigned rd() const { return bits(11, 7); }
  unsigned rs2() const { return bits(6, 2); }
  unsigned rdShort() const { return 8 + bits(4, 2); }
  unsigned rs1Short() const { return 8 + bits(9, 7); }
  int32_t imm6() const { return int32_t(bits(6, 2) | bit(12) << 5) << 26 >> 26; }
  uint32_t shamt() const { return bits(6, 2) | bit(12) << 5; }
  uint32_t wordOffset() const { return bits(12, 10) << 3 | bit(6) << 2 | bit(5) << 6; }
  uint32_t doubleOffset() const { return bits(12, 10) << 3 | bits(6, 5) << 6; }
};

uint32_t expandQuadrant0(Half c) {
  switch (c.bits(15, 13)) {
  case 0: {
    uint32_t imm = c.bits(12, 11) << 4 | c.bits(10, 7) << 6 | c.bit(6) << 2 | c.bit(5) << 3;
    return imm ? iType(kOpImm, 0, c.rdShort(), 2, int32_t(imm)) : 0;
  }
  case 1:
    return iType(kLoadFp, 3, c.rdShort(), c.rs1Short(), int32_t(c.doubleOffset()));
  case 2:
    return iType(kLoad, 2, c.rdShort(), c.rs1Short(), int32_t(c.wordOffset()));
  case 3:
    return iType(kLoad, 3, c.rdShort(), c.rs1Short(), int32_t(c.doubleOffset()));
  case 5:
    return sType(kStoreFp, 3, c.rs1Short(), c.rdShort(), c.doubleOffset());
  case 6:
    return sType(kStore, 2, c.rs1Short(), c.rdShort(), c.wordOffset());
  case 7:
    return sType(kStore, 3, c.rs1Short(), c.rdShort(), c.doubleOffset());
  default:
    return 0;
  }
}

uint32_t expandArithmetic(Half c) {
  unsigned rd = c.rs1Short(), rs2 = c.rdShort();
  switch (c.bits(11, 10)) {
  case 0:
    return iType(kOpImm, 5, rd, rd, int32_t(c.shamt()));
  case 1:
    return iType(kOpImm, 5, rd, rd, int32_t(c.shamt() | 0x400));
  case 2:
    return iType(kOpImm, 7, rd, rd, c.imm6());
  default:
    break;
  }
  switch (c.bit(12) << 2 | c.bits(6, 5)) {
  case 0:
    return rType(0x40000033, rd, rd, rs2); // sub
  case 1:
    return rType(0x00004033, rd, rd, rs2); // xor
  case 2:
    return rType(0x00006033, rd, rd, rs2); // or
  case 3:
    return rType(0x00007033, rd, rd, rs2); // and
  case 4:
    return rType(0x4000003b, rd, rd, rs2); // subw
  case 5:
    return rType(0x0000003b, rd, rd, rs2); // addw
  default:
    return 0;
  }
}

uint32_t expandQuadrant1(Half c) {
  switch (c.bits(15, 13)) {
  case 0:
    return iType(kOpImm, 0, c.rd(), c.rd(), c.imm6());
  case 1:
    return c.rd() ? iType(kOpImm32, 0, c.rd(), c.rd(), c.imm6()) : 0;
  case 2:
    return iType(kOpImm, 0, c.rd(), 0, c.imm6());
  case 3: {
    if (c.rd() == 2) {
      int32_t imm = int32_t(c.bit(6) << 4 | c.bit(2) << 5 | c.bit(5) << 6 | c.bits(4, 3) << 7 | c.bit(12) << 9);
      imm = imm << 22 >> 22;
      return imm ? iType(kOpImm, 0, 2, 2, imm) : 0;
    }
    int32_t imm = c.imm6();
    return imm ? 0x37 | c.rd() << 7 | uint32_t(imm) << 12 : 0;
  }
  case 4:
    return expandArithmetic(c);
  case 5: {
    uint32_t u = c.bits(5, 3) << 1 | c.bit(11) << 4 | c.bit(2) << 5 | c.bit(7) << 6 | c.bit(6) << 7 |
                 c.bits(10, 9) << 8 | c.bit(8) << 10 | c.bit(12) << 11;
    return jType(0, int32_t(u) << 20 >> 20);
  }
  default: {
    uint32_t u = c.bits(4, 3) << 1 | c.bits(11, 10) << 3 | c.bit(2) << 5 | c.bits(6, 5) << 6 | c.bit(12) << 8;
    return bType(c.bit(13), c.rs1Short(), 0, int32_t(u) << 23 >> 23);
  }
  }
}

uint32_t expandQuadrant2(Half c) {
  uint32_t doubleLoad = c.bits(6, 5) << 3 | c.bit(12) << 5 | c.bits(4, 2) << 6;
  uint32_t wordLoad = c.bits(6, 4) << 2 | c.bit(12) << 5 | c.bits(3, 2) << 6;
  uint32_t doubleStore = c.bits(12, 10) << 3 | c.bits(9, 7) << 6;
  uint32_t wordStore = c.bits(12, 9) << 2 | c.bits(8, 7) << 6;
  switch (c.bits(15, 13)) {
  case 0:
    return iType(kOpImm, 1, c.rd(), c.rd(), int32_t(c.shamt()));
  case 1:
    return iType(kLoadFp, 3, c.rd(), 2, int32_t(doubleLoad));
  case 2:
    return c.rd() ? iType(kLoad, 2, c.rd(), 2, int32_t(wordLoad)) : 0;
  case 3:
    return c.rd() ? iType(kLoad, 3, c.rd(), 2, int32_t(doubleLoad)) : 0;
  case 4:
    if (c.rs2())
      return rType(0x33, c.rd(), c.bit(12) ? c.rd() : 0, c.rs2()); // add, mv
    if (!c.rd())
      return c.bit(12) ? 0x00100073 : 0;         // ebreak
    return iType(0x67, 0, c.bit(12), c.rd(), 0); // jalr, jr
  case 5:
    return sType(kStoreFp, 3, 2, c.rs2(), doubleStore);
  case 6:
    return sType(kStore, 2, 2, c.rs2(), wordStore);
  default:
    return sType(kStore, 3, 2, c.rs2(), doubleStore);
  }
}

} // namespace

uint32_t expandCompressed(uint16_t half) {
  Half c{half};
  switch (half & 3) {
  case 0:
    return expandQuadrant0(c);
  case 1:
    return expandQuadrant1(c);
  case 2:
    return expandQuadrant2(c);
  default:
    return 0;
  }
}

} // namespace dlp
