// AssembleTest.cpp: what the assembler says about wrong text, and where.
#include "test/Unit/codegen/Assembled.h"

#include "codegen/tools/AsmSource.h"

#include <gtest/gtest.h>

using dlp::test::assembled;

namespace {

TEST(Assemble, WrongOperandCount) {
  EXPECT_EQ(assembled("\n  vadd.f16 a0, a1, a2\n").error,
            "t.s:2:3: 'vadd.f16' takes 4 operands (dst, lhs, rhs, n), not 3");
  EXPECT_EQ(assembled("sync a0").error, "t.s:1:1: 'sync' takes no operands, not 1");
  EXPECT_EQ(assembled("trap").error, "t.s:1:1: 'trap' takes 1 operand (code), not 0");
}

TEST(Assemble, NamesTheDescriptorOperand) {
  EXPECT_EQ(assembled("psum.f16 a0, a1").error, "t.s:1:1: 'psum.f16' takes 3 operands (dst, src, descriptor), not 2");
}

TEST(Assemble, OperandThatIsNoRegister) {
  EXPECT_EQ(assembled("k: vadd.f16 a0, a1, fa2, a3").error,
            "t.s:1:4: operand 3 of 'vadd.f16' (rhs) is an x-register, not 'fa2'");
}

TEST(Assemble, EveryWrongLineIsReported) {
  EXPECT_EQ(assembled("sync a0\nnop\nexit a1\n").error, "t.s:1:1: 'sync' takes no operands, not 1\n"
                                                        "t.s:3:1: 'exit' takes no operands, not 1");
}

TEST(Assemble, UnknownSuffix) {
  EXPECT_EQ(assembled("vrelu.q7 a0, a1, a2").error.substr(0, 52),
            "t.s:1:1: 'vrelu' has no form 'q7'; it has f16, bf16,");
  EXPECT_EQ(assembled("vset a0, a1, a2").error, "t.s:1:1: 'vset' needs a suffix: b8, b16, b32");
}

TEST(Assemble, UnknownInstructionWithASuggestion) {
  EXPECT_EQ(assembled("vadx.f16 a0").error, "t.s:1:1: unknown instruction 'vadx.f16'; did you mean 'vadd.f16'?");
  EXPECT_EQ(assembled("frobnicate a0").error, "t.s:1:1: unknown instruction 'frobnicate'");
}

TEST(Assemble, MistakesInsideAMacroAreToldAtItsUse) {
  std::string text = ".macro twice d\n  vadd.f16 \\d, \\d, \\d, \\d\n  nonsense \\d\n.endm\n\n  twice a0\n";
  EXPECT_EQ(assembled(text).error, "t.s:6:3: unknown instruction 'nonsense'");
}

TEST(Assemble, MacrosPassOperandsOn) {
  EXPECT_EQ(assembled(".macro m d\n vadd.f16 \\d, a1, a2, a3\n.endm\nm a0\n").words(),
            assembled("vadd.f16 a0, a1, a2, a3\n").words());
}

TEST(Assemble, ScalarMistakesKeepTheirLine) {
  EXPECT_EQ(assembled("vadd.f16 a0, a1, a2, a3\nadd a0, a1\n").error, "t.s:2:1: too few operands for instruction");
}

TEST(Assemble, TextWithItsOwnMacrosIsTakenAsItIs) {
  auto result = assembled(".macro exit\n.insn 8, 0x34c000000003f\n.endm\nexit\n");
  EXPECT_EQ(result.error, "");
  EXPECT_EQ(result.words(), assembled("exit").words());
}

TEST(Assemble, ScalarIsaIsTheCores) {
  EXPECT_EQ(assembled("fadd.h fa0, fa1, fa2\nczero.eqz a0, a1, a2\nsh1add a0, a1, a2\nbset a0, a1, a2\n"
                      "fcvt.bf16.s fa0, fa1\ncsrr a0, 0xcc0\n")
                .error,
            "");
  EXPECT_NE(assembled("vsetvli a0, a1, e8, m1, ta, ma").error, "");
  EXPECT_NE(assembled("fli.s fa0, 1.0").error, "");
}

TEST(AsmSource, CommentsLabelsAndStringsHideNothing) {
  auto source = dlp::readAsmSource("/* vsub.f16 */ a: b: sync; exit // vmul.f16\n"
                                   "# vdiv.f16\n .asciz \"vmax.f16; vmin.f16\"\n vadd.f16 a0, /* x */ a1, a2, a3 # x\n",
                                   "t.s");
  EXPECT_TRUE(source.errors.empty());
  EXPECT_EQ(source.usedInsns.size(), 3u);
  EXPECT_TRUE(source.usedInsns.contains("sync"));
  EXPECT_TRUE(source.usedInsns.contains("exit"));
  EXPECT_TRUE(source.usedInsns.contains("vadd.f16"));
}

TEST(AsmSource, SurvivesUnfinishedText) {
  for (const char *text : {"/*", "\"", ".asciz \"a\\", "vadd.f16", "a:", ";", "#", "vadd.f16 a0,", ".macro"})
    EXPECT_LE(dlp::readAsmSource(text, "t.s").errors.size(), 1u) << text;
}

TEST(HandWritten, KernelSpecifications) {
  const dlp::ArchInfo &arch = *dlp::findArch("mtp_372");
  auto message = [&](const char *text) {
    auto records = dlp::imageRecords({text}, arch);
    return records ? std::string() : llvm::toString(records.takeError());
  };
  EXPECT_EQ(message("k"), "");
  EXPECT_EQ(message("k(ptr, i8, f64)"), "");
  EXPECT_NE(message("k(ptr"), "");
  EXPECT_NE(message(""), "");
  EXPECT_EQ(message("k(float)"),
            "unknown parameter type 'float'; there are ptr, i8, i16, i32, i64, f16, bf16, f32 and f64");
}

TEST(HandWritten, OnChipSectionsHoldNoBytes) {
  auto good = assembled(".section .nram,\"aw\",@nobits\n.zero 64\n");
  EXPECT_FALSE(bool(dlp::checkOnChipSections(good.bytes(), "t.s")));
  auto bad = assembled(".section .wram.w,\"aw\"\n.word 1\n");
  llvm::Error error = dlp::checkOnChipSections(bad.bytes(), "t.s");
  ASSERT_TRUE(bool(error));
  EXPECT_NE(llvm::toString(std::move(error)).find("'.wram.w' holds bytes"), std::string::npos);
}

} // namespace
