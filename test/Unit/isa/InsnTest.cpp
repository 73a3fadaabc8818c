// InsnTest.cpp: every row and variant of the instruction table through encoder, decoder and printer.
#include "codegen/isa/Insn.h"
#include "codegen/isa/Target.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

using namespace dlp;

namespace {

class Row : public testing::TestWithParam<unsigned> {
protected:
  InsnId id() const { return InsnId(GetParam()); }
  const InsnInfo &info() const { return insnInfo(id()); }

  // Distinct registers, shifted by `first`: a swapped field is seen.
  std::vector<uint8_t> registers(unsigned first) const {
    std::vector<uint8_t> regs;
    for (unsigned i = 0; i < info().numRegisters; ++i)
      regs.push_back((first + 5 * i) % 32);
    return regs;
  }
};

TEST_P(Row, EncodesAndDecodesEveryVariant) {
  for (const Variant &variant : info().variants)
    for (unsigned first : {0u, 1u, 10u, 31u}) {
      auto regs = registers(first);
      uint64_t word = encode(id(), variant, regs);
      ASSERT_TRUE(isXdlp(uint32_t(word)));
      auto decoded = decode(word);
      ASSERT_TRUE(decoded) << fullMnemonic(id(), variant);
      EXPECT_EQ(decoded->id, id());
      EXPECT_EQ(decoded->variant, variant);
      for (unsigned i = 0; i < regs.size(); ++i)
        EXPECT_EQ(decoded->regs[i], regs[i]);
    }
}

TEST_P(Row, PrintsNamesThatFindItAgain) {
  for (const Variant &variant : info().variants) {
    auto decoded = decode(encode(id(), variant, registers(8)));
    ASSERT_TRUE(decoded);
    std::string text = disassemble(*decoded);
    auto found = findInsn(text.substr(0, text.find(' ')));
    ASSERT_TRUE(found) << text;
    EXPECT_EQ(found->id, id());
    EXPECT_EQ(found->variant, variant);
    EXPECT_EQ(std::count(text.begin(), text.end(), ','), std::max(0, int(info().numRegisters) - 1)) << text;
  }
}

TEST_P(Row, RejectsRegistersItDoesNotHave) {
  uint64_t word = encode(id(), info().variants[0], registers(3));
  for (unsigned field = 0; field < kMaxRegisters; ++field)
    EXPECT_EQ(decode(word ^ uint64_t(1) << (7 + 5 * field)).has_value(), field < info().numRegisters) << field;
}

TEST_P(Row, RejectsSuffixesItDoesNotHave) {
  std::set<std::array<unsigned, 3>> legal;
  for (const Variant &variant : info().variants)
    legal.insert({variant.e0, variant.e1, variant.mode});
  uint64_t bare = encode(id(), info().variants[0], registers(3)) & ((uint64_t(1) << 50) - 1);
  for (unsigned e0 = 0; e0 < 32; ++e0)
    for (unsigned e1 = 0; e1 < 32; ++e1)
      for (unsigned mode = 0; mode < 16; ++mode) {
        uint64_t word = bare | uint64_t(mode) << 50 | uint64_t(e0) << 54 | uint64_t(e1) << 59;
        ASSERT_EQ(decode(word).has_value(), legal.count({e0, e1, mode}) == 1)
            << info().mnemonic << " e0=" << e0 << " e1=" << e1 << " mode=" << mode;
      }
}

TEST_P(Row, StatesItsOperands) {
  unsigned inRegisters = 0, inDescriptor = 0;
  for (const OperandInfo &operand : info().operands) {
    (operand.inDesc ? inDescriptor : inRegisters)++;
    bool address = operand.kind == OperandKind::Read || operand.kind == OperandKind::Write ||
                   operand.kind == OperandKind::ReadWrite;
    EXPECT_EQ(address, operand.spaces != 0) << operand.name;
  }
  EXPECT_EQ(info().numFields, inDescriptor);
  EXPECT_EQ(info().numRegisters, inRegisters + (inDescriptor ? 1 : 0));
  EXPECT_LE(info().numRegisters, kMaxRegisters);
  EXPECT_LE(info().operands.size(), kMaxOperands);
  EXPECT_EQ(info().hasResult, !info().operands.empty() && info().operands[0].kind == OperandKind::Result);
}

std::string rowName(const testing::TestParamInfo<unsigned> &param) { return insnInfo(InsnId(param.param)).id; }

INSTANTIATE_TEST_SUITE_P(Isa, Row, testing::Range(0u, unsigned(InsnId::Count)), rowName);

TEST(Decode, RejectsUnassignedOpcodes) {
  std::set<unsigned> assigned;
  for (unsigned row = 0; row < unsigned(InsnId::Count); ++row)
    EXPECT_TRUE(assigned.insert(insnInfo(InsnId(row)).opcode).second) << insnInfo(InsnId(row)).id;
  EXPECT_FALSE(assigned.count(0)) << "a word of zeros behind the prefix must stay illegal";
  for (unsigned opcode = 0; opcode < 256; ++opcode)
    if (!assigned.count(opcode))
      EXPECT_FALSE(decode(kXdlpPrefix | uint64_t(opcode) << 42)) << opcode;
}

TEST(Decode, RejectsOtherPrefixes) {
  uint64_t word = encode(InsnId::SYNC, {}, {});
  ASSERT_TRUE(decode(word));
  for (unsigned low = 0; low < 128; ++low)
    EXPECT_EQ(decode((word & ~uint64_t(0x7f)) | low).has_value(), low == kXdlpPrefix);
  EXPECT_FALSE(decode(0));
  EXPECT_FALSE(decode(~uint64_t(0)));
}

TEST(Names, AreUnique) {
  std::set<std::string> names;
  for (unsigned row = 0; row < unsigned(InsnId::Count); ++row)
    for (const Variant &variant : insnInfo(InsnId(row)).variants)
      EXPECT_TRUE(names.insert(fullMnemonic(InsnId(row), variant)).second) << fullMnemonic(InsnId(row), variant);
}

TEST(Names, UnknownOnesAreNotFound) {
  EXPECT_FALSE(findInsn("vadd"));
  EXPECT_FALSE(findInsn("vadd.q7"));
  EXPECT_FALSE(findInsn("vadd.f16.rd"));
  EXPECT_FALSE(findInsn(""));
  EXPECT_FALSE(findRow("vadd.f16"));
  EXPECT_EQ(variantName(InsnId::VADD, Variant{31, 0, 0}), nullptr);
}

TEST(Names, AreAsDocumented) {
  auto insn = findInsn("vcvt.f16.f32.rd");
  ASSERT_TRUE(insn);
  EXPECT_EQ(insn->id, InsnId::VCVT);
  EXPECT_EQ(insn->variant.e0, unsigned(Suffix::F16));
  EXPECT_EQ(insn->variant.e1, unsigned(Suffix::F32));
  EXPECT_EQ(insn->variant.mode, unsigned(Rounding::RD));
  uint8_t regs[] = {10, 11, 12, 13};
  EXPECT_EQ(disassemble(*decode(encode(InsnId::VADD, {uint8_t(Suffix::F32), 0, 0}, regs))), "vadd.f32 a0, a1, a2, a3");
}

TEST(SpecialRegs, AreFoundBothWays) {
  for (uint32_t csr = 0xcc0; csr <= 0xccb; ++csr) {
    const char *name = specialRegName(csr);
    ASSERT_NE(name, nullptr) << csr;
    EXPECT_EQ(specialRegCsr(name), csr);
  }
  EXPECT_EQ(specialRegName(0xccc), nullptr);
  EXPECT_EQ(specialRegCsr("taskIdW"), 0u);
}

TEST(Archs, AreFoundByEverySpelling) {
  ASSERT_NE(findArch("compute_30"), nullptr);
  EXPECT_STREQ(findArch("compute_30")->name, "mtp_372");
  EXPECT_STREQ(findArch("MLU270")->name, "mtp_270");
  EXPECT_EQ(findArch("mtp_1"), nullptr);
  for (const ArchInfo &arch : allArchs())
    EXPECT_EQ(findArch(arch.name), &arch);
}

} // namespace
