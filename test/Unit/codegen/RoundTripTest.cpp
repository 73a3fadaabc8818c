// RoundTripTest.cpp: encode -> print -> assemble gives the same word, for every row and variant. The encoder comes from
// the table in C++, the assembler's macros from the prelude: two readers of one table that must agree.
#include "test/Unit/codegen/Assembled.h"

#include "codegen/isa/Insn.h"

#include <gtest/gtest.h>

using namespace dlp;

namespace {

class RoundTrip : public testing::TestWithParam<unsigned> {};

TEST_P(RoundTrip, AssemblesWhatThePrinterWrites) {
  InsnId id = InsnId(GetParam());
  std::string text;
  std::vector<uint64_t> expected;
  for (const Variant &variant : insnInfo(id).variants)
    for (unsigned first : {0u, 7u, 31u}) {
      std::vector<uint8_t> regs;
      for (unsigned i = 0; i < insnInfo(id).numRegisters; ++i)
        regs.push_back((first + 9 * i) % 32);
      expected.push_back(encode(id, variant, regs));
      text += disassemble(*decode(expected.back())) + "\n";
    }
  auto result = test::assembled(text);
  ASSERT_EQ(result.error, "");
  EXPECT_EQ(result.words(), expected);
}

std::string rowName(const testing::TestParamInfo<unsigned> &param) { return insnInfo(InsnId(param.param)).id; }

INSTANTIATE_TEST_SUITE_P(Isa, RoundTrip, testing::Range(0u, unsigned(InsnId::Count)), rowName);

TEST(RoundTrip, TakesEveryNameOfARegister) {
  auto result = test::assembled("vadd.f16 x10, fp, s0, t6\nvadd.f16 a0, x8, x8, x31\n");
  ASSERT_EQ(result.error, "");
  ASSERT_EQ(result.words().size(), 2u);
  EXPECT_EQ(result.words()[0], result.words()[1]);
}

} // namespace
