// ContainerTest.cpp: dlp-objdump finds code in every container, and prints it.
#include "test/Unit/codegen/Assembled.h"

#include "codegen/object/FatBinary.h"
#include "codegen/tools/Disassembly.h"
#include "codegen/tools/ImageFiles.h"

#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace dlp;
using namespace llvm;

namespace {

std::string disassembled(StringRef bytes, DisassemblyOptions options = {}) {
  std::string text;
  raw_string_ostream os(text);
  if (Error error = printDisassembly(bytes, "t.o", options, os))
    return toString(std::move(error));
  return text;
}

std::string fat(std::initializer_list<std::pair<uint32_t, StringRef>> images) {
  std::vector<FatImage> list;
  for (auto [arch, bytes] : images)
    list.push_back({arch, {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()}});
  auto bytes = writeFatBinary(list);
  return std::string(bytes.begin(), bytes.end());
}

TEST(Containers, AnObjectIsItself) {
  auto object = test::assembled("exit");
  auto found = findCode(object.bytes(), "t.o");
  ASSERT_TRUE(bool(found));
  ASSERT_EQ(found->size(), 1u);
  EXPECT_FALSE((*found)[0].arch);
}

TEST(Containers, AFatObjectHoldsOneImagePerArch) {
  auto a = test::assembled("exit"), b = test::assembled("sync\nexit");
  std::string bytes = fat({{270, a.bytes()}, {372, b.bytes()}});
  auto found = findCode(bytes, "t.fat");
  ASSERT_TRUE(bool(found));
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ((*found)[1].arch, 372u);
  EXPECT_EQ((*found)[1].bytes, b.bytes());
}

TEST(Containers, OtherFilesAreRefused) {
  for (StringRef bytes : {"", "hello",
                          "\x7f"
                          "ELF",
                          "BANGFAT1"}) {
    auto found = findCode(bytes, "t");
    EXPECT_FALSE(bool(found)) << bytes.str();
    consumeError(found.takeError());
  }
}

TEST(Disassembly, ScalarAndXdlpTogether) {
  auto object = test::assembled("k: addi a0, a0, 1\nvadd.f16 a0, a1, a2, a3\ncsrr t0, 0xcc8\nbeqz a0, k\nexit\n");
  std::string text = disassembled(object.bytes());
  for (const char *part : {"<k>:", "addi\ta0, a0, 1", "vadd.f16\ta0, a1, a2, a3", "# coreId", "beqz", "<k>\n", "exit"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(Disassembly, IllegalWordsAreSaid) {
  auto object = test::assembled(".insn 8, 0x3f\n.insn 8, 0xffffffffffffffbf\n");
  std::string text = disassembled(object.bytes());
  EXPECT_NE(text.find("000000000000003f \t<illegal Xdlp instruction>"), std::string::npos) << text;
  EXPECT_NE(text.find("ffffffffffffffbf \t<illegal Xdlp instruction>"), std::string::npos) << text;
}

TEST(Disassembly, CutOffWords) {
  auto object = test::assembled(".byte 0x3f, 0, 0, 0");
  EXPECT_NE(disassembled(object.bytes()).find("<cut off Xdlp instruction>"), std::string::npos);
}

TEST(Disassembly, OneFunction) {
  auto object = test::assembled(".globl a\na: nop\n.globl b\nb: sync\n.globl c\nc: exit\n");
  std::string text = disassembled(object.bytes(), {true, true, "b"});
  EXPECT_NE(text.find("sync"), std::string::npos) << text;
  EXPECT_EQ(text.find("exit"), std::string::npos) << text;
  EXPECT_EQ(text.find("nop"), std::string::npos) << text;
  EXPECT_NE(disassembled(object.bytes(), {true, true, "d"}).find("there is no function 'd'"), std::string::npos);
}

} // namespace
