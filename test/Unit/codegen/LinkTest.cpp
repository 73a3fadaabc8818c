// LinkTest.cpp: the linker's complaints in our words, and the scalar runtime library.
#include "test/Unit/codegen/Assembled.h"

#include "codegen/emit/LinkerMessages.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace dlp;
using namespace llvm;

namespace {

TEST(LinkerMessages, UndefinedFunctionWithItsSourceLine) {
  auto d = explainLinkerMessages("ld.lld: error: undefined symbol: helper(int)\n"
                                 ">>> referenced by k.mlu:12 (/home/user/k.mlu:12)\n"
                                 ">>>               /tmp/x.o:(kernel(float*, int))\n");
  ASSERT_EQ(d.size(), 1u);
  EXPECT_EQ(d[0].location, "/home/user/k.mlu:12");
  EXPECT_EQ(d[0].message, "function 'helper(int)' is used by device code (in 'kernel(float*, int)') but has no device "
                          "definition: define it in this file as a __mlu_func__ function");
}

TEST(LinkerMessages, WithoutDebugInformation) {
  auto d = explainLinkerMessages("ld.lld: error: undefined symbol: foo\n>>> referenced by k.c\n"
                                 ">>>               k.o:(.text._Z1kv+0x10)\n>>> referenced 2 more times\n");
  ASSERT_EQ(d.size(), 1u);
  EXPECT_EQ(d[0].location, "");
  EXPECT_NE(d[0].message.find("'foo' is used by device code (in 'k()')"), std::string::npos) << d[0].message;
}

TEST(LinkerMessages, OtherErrorsAndSilence) {
  auto d = explainLinkerMessages("ld.lld: warning: nothing\nld.lld: error: section too large\n");
  ASSERT_EQ(d.size(), 1u);
  EXPECT_EQ(d[0].message, "linking the device image failed: section too large");
  EXPECT_EQ(explainLinkerMessages("").size(), 1u);
}

class Link : public testing::Test {
protected:
  std::string link(StringRef text) {
    auto object = test::assembled(text);
    EXPECT_EQ(object.error, "");
    SmallString<128> input, output;
    sys::fs::createTemporaryFile("link-test", "o", input);
    sys::fs::createTemporaryFile("link-test", "elf", output);
    FileRemover removeInput(input), removeOutput(output);
    std::error_code code;
    raw_fd_ostream(input, code) << object.bytes();
    EmitOptions options;
    options.arch = findArch("mtp_372");
    if (Error error = linkImage(input, "", options, output))
      return toString(std::move(error));
    image = cantFail(errorOrToExpected(MemoryBuffer::getFile(output)));
    return "";
  }

  uint64_t addressOf(StringRef name) {
    auto file = cantFail(object::ObjectFile::createObjectFile(image->getMemBufferRef()));
    for (const auto &symbol : file->symbols())
      if (cantFail(symbol.getName()) == name)
        return cantFail(symbol.getAddress());
    return 0;
  }

  std::unique_ptr<MemoryBuffer> image;
};

TEST_F(Link, MathAndMemoryFunctionsNeedNothingElse) {
  std::string text = ".text\nk:\n";
  for (const char *name :
       {"sinf",   "cosf",   "tanf",   "expf",     "exp2f",    "logf",          "log2f",        "log10f",       "powf",
        "tanhf",  "erff",   "atan2f", "fmodf",    "cbrtf",    "hypotf",        "lgammaf",      "tgammaf",      "roundf",
        "sin",    "pow",    "exp",    "log",      "lgamma",   "memcpy",        "memset",       "memmove",      "memcmp",
        "strlen", "strcmp", "abort",  "__divti3", "__multf3", "__extenddftf2", "__trunctfdf2", "__popcountdi2"})
    text += std::string("call ") + name + "\n";
  EXPECT_EQ(link(text + "exit\n"), "");
}

TEST_F(Link, RuntimeStateIsPrivateToTheCore) {
  ASSERT_EQ(link("k: call lgamma\nexit\n"), "");
  EXPECT_EQ(addressOf("__signgam"), 0x40000000u);
}

TEST_F(Link, NothingOfAnOperatingSystem) {
  EXPECT_NE(link("k: call malloc\n").find("'malloc' is used by device code"), std::string::npos);
  EXPECT_NE(link("k: call printf\n").find("'printf' is used by device code"), std::string::npos);
}

TEST_F(Link, NoThreadLocalsAndNoInitialisers) {
  EXPECT_NE(link(".section .tbss,\"awT\",@nobits\nx: .zero 4\n").find("a core has no thread-local variables"),
            std::string::npos);
  EXPECT_NE(link("k: exit\n.section .init_array,\"aw\"\n.quad k\n").find("no code can run before a kernel starts"),
            std::string::npos);
}

TEST_F(Link, SectionsGoToTheirWindows) {
  ASSERT_EQ(
      link("k: exit\n.section .nram,\"aw\",@nobits\nn: .zero 64\n.section .sram.x,\"aw\",@nobits\ns: .zero 64\n"
           ".section .ldram,\"aw\",@nobits\nl: .zero 64\n.data\nd: .word 1\n.bss\nb: .zero 4\n"
           ".section .bss.nram.200400.0,\"aw\",@nobits\np: .zero 64\n"),
      "on-chip sections '.nram' and '.bss.nram.200400.0' cannot be mixed: one is placed by the compiler, the other "
      "is not");
  ASSERT_EQ(link("k: exit\n.section .nram,\"aw\",@nobits\nn: .zero 64\n.section .sram.x,\"aw\",@nobits\ns: .zero 64\n"
                 ".section .ldram,\"aw\",@nobits\nl: .zero 64\n.data\nd: .word 1\n.bss\nb: .zero 4\n"),
            "");
  EXPECT_EQ(addressOf("k"), 0x1000000u);
  EXPECT_EQ(addressOf("n"), 0x200000u);
  EXPECT_EQ(addressOf("s"), 0x400000u);
  EXPECT_EQ(addressOf("l"), 0x40000040u);
  EXPECT_EQ(addressOf("d"), 0x20000000u);
  EXPECT_EQ(addressOf("b"), 0x20000004u);
}

// An output section nobody fills vanishes; what follows it must keep its place.
TEST_F(Link, EmptySectionsMoveNothing) {
  ASSERT_EQ(link(".bss\nb: .zero 4\n.section .ldram,\"aw\",@nobits\nl: .zero 64\n"), "");
  EXPECT_EQ(addressOf("b"), 0x20000000u);
  ASSERT_EQ(link("k: exit\n.section .ldram,\"aw\",@nobits\nl: .zero 64\n"), "");
  EXPECT_EQ(addressOf("k"), 0x1000000u);
}

TEST_F(Link, AMissingLinkerIsNamed) {
  EmitOptions options;
  options.linker = "/no/such/ld.lld";
  SmallString<128> input;
  sys::fs::createTemporaryFile("link-test", "o", input);
  FileRemover remove(input);
  {
    std::error_code code;
    raw_fd_ostream(input, code) << test::assembled("exit").bytes();
  }
  Error error = linkImage(input, "", options, "/no/such/image");
  ASSERT_TRUE(bool(error));
  EXPECT_NE(toString(std::move(error)).find("cannot run the linker '/no/such/ld.lld'"), std::string::npos);
}

} // namespace
