// DecodeTest.cpp: the scalar decoder.
#include "simulator/core/Decode.h"

#include <gtest/gtest.h>

using namespace dlp;

namespace {

std::string text(uint32_t word) { return disassembleScalar(decodeScalar(word, 0x1000000)); }

TEST(Decode, readsEveryFormat) {
  EXPECT_EQ(text(0x00c58533), "add a0, a1, a2");
  EXPECT_EQ(text(0xfff50513), "addi a0, a0, -1");
  EXPECT_EQ(text(0x03f51513), "slli a0, a0, 63");
  EXPECT_EQ(text(0xff85b503), "ld a0, -8(a1)");
  EXPECT_EQ(text(0xfea5bc23), "sd a0, -8(a1)");
  EXPECT_EQ(text(0xfea58ee3), "beq a1, a0, -4");
  EXPECT_EQ(text(0x800000ef), "jal ra, -1048576");
  EXPECT_EQ(text(0x12345537), "lui a0, 305418240");
  EXPECT_EQ(text(0xcc002573), "csrrs a0, taskId, zero");
  EXPECT_EQ(text(0x02a5f553), "fadd.d fa0, fa1, fa0");
  EXPECT_EQ(text(0x60051513), "clz a0, a0");
  EXPECT_EQ(text(0x00b5252f), "amoadd.w a0, a1, (a0)");
  EXPECT_EQ(text(0x448575d3), "fcvt.bf16.s fa1, fa0");
}

TEST(Decode, x0AsDestinationGoesToTheSpareSlot) {
  EXPECT_EQ(decodeScalar(0x00c58033, 0).rd, 32);
  EXPECT_EQ(decodeScalar(0x02a5f053, 0).rd, 0); // but f0 is a register
}

TEST(Decode, auipcHoldsItsResult) { EXPECT_EQ(decodeScalar(0x00001517, 0x1000010).imm, 0x1001010); }

TEST(Decode, compressedFormsAreOtherSpellings) {
  EXPECT_EQ(text(0x0505), "addi a0, a0, 1");   // c.addi
  EXPECT_EQ(text(0x717d), "addi sp, sp, -16"); // c.addi16sp
  EXPECT_EQ(text(0x0808), "addi a0, sp, 16");  // c.addi4spn
  EXPECT_EQ(text(0x4188), "lw a0, 0(a1)");     // c.lw
  EXPECT_EQ(text(0x6582), "ld a1, 0(sp)");     // c.ldsp
  EXPECT_EQ(text(0xe42e), "sd a1, 8(sp)");     // c.sdsp
  EXPECT_EQ(text(0x852e), "add a0, zero, a1"); // c.mv
  EXPECT_EQ(text(0x8d0d), "sub a0, a0, a1");   // c.sub
  EXPECT_EQ(text(0x8082), "jalr zero, 0(ra)"); // ret
  EXPECT_EQ(text(0x9002), "ebreak");
  EXPECT_EQ(text(0xc119), "beq a0, zero, 6"); // c.beqz
  EXPECT_EQ(text(0x7541), "lui a0, -65536");  // c.lui with a negative immediate
  EXPECT_EQ(decodeScalar(0x0505, 0).length(), 2);
}

TEST(Decode, refusesWhatIsNoInstruction) {
  for (uint32_t word : {0x00000000u, 0x00008002u /* c.jr x0 */, 0x0000707fu, 0xffffffffu, 0x00007033u | 0x44000000u,
                        0x02a5d553u /* fadd.d with rounding mode 5 */, 0x06a5f553u /* width field 3 */})
    EXPECT_EQ(decodeScalar(word, 0).id, unsigned(ScalarId::Illegal)) << std::hex << word;
}

TEST(Decode, xdlpWordsAreEightBytesLong) {
  Op op = decodeScalar(0x3f, 0);
  EXPECT_EQ(op.id, unsigned(ScalarId::Xdlp));
  EXPECT_EQ(op.length(), 8);
}

} // namespace
