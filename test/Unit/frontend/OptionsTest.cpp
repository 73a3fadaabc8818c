// OptionsTest.cpp: the command line as options.
#include "frontend/driver/Options.h"

#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace bang;

namespace {

// Inputs must exist; one empty file of each kind in a folder of its own.
class OptionsTest : public testing::Test {
protected:
  void SetUp() override {
    folder = testing::TempDir() + "bangcc-options-" + std::to_string(getpid());
    mkdir(folder.c_str(), 0700);
    for (const char *name : {"k.mlu", "h.cpp", "c.c", "o.o"})
      std::ofstream(path(name)) << "";
  }
  void TearDown() override {
    for (const char *name : {"k.mlu", "h.cpp", "c.c", "o.o"})
      std::remove(path(name).c_str());
    rmdir(folder.c_str());
  }
  std::string path(const char *name) { return folder + "/" + name; }

  std::optional<Options> parse(std::vector<std::string> args) {
    std::vector<const char *> argv;
    for (const std::string &arg : args)
      argv.push_back(arg.c_str());
    Messages messages(/*quiet=*/true);
    ParsedCommand command = parseCommand(argv, messages);
    exitCode = command.exitCode;
    return command.options;
  }

  std::string folder;
  int exitCode = 0;
};

} // namespace

TEST_F(OptionsTest, defaults) {
  auto options = parse({path("k.mlu")});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->goal, Goal::Program);
  EXPECT_EQ(options->optLevel, 0u);
  ASSERT_EQ(options->archs.size(), 1u);
  EXPECT_STREQ(options->archs[0]->name, "mtp_372");
}

TEST_F(OptionsTest, levels) {
  EXPECT_EQ(parse({"-O", path("k.mlu")})->optLevel, 1u);
  EXPECT_EQ(parse({"-Os", path("k.mlu")})->optLevel, 2u);
  EXPECT_EQ(parse({"-O0", "-O3", path("k.mlu")})->optLevel, 3u);
  EXPECT_FALSE(parse({"-O7", path("k.mlu")}));
  EXPECT_EQ(exitCode, 1);
}

TEST_F(OptionsTest, archSpellingsMeanTheSameOnce) {
  auto options = parse({"--bang-arch=compute_30", "--bang-mlu-arch=mtp_372", "-bang-mlu-arch=mtp_592", path("k.mlu")});
  ASSERT_TRUE(options);
  ASSERT_EQ(options->archs.size(), 2u);
  EXPECT_STREQ(options->archs[1]->name, "mtp_592");
}

TEST_F(OptionsTest, kindsOfInputs) {
  auto options = parse({path("k.mlu"), path("h.cpp"), path("c.c"), path("o.o"), "-x", "bang", path("h.cpp")});
  ASSERT_TRUE(options);
  std::vector<InputKind> kinds;
  for (const Input &input : options->inputs)
    kinds.push_back(input.kind);
  EXPECT_EQ(kinds, (std::vector<InputKind>{InputKind::Bang, InputKind::Cxx, InputKind::C, InputKind::Linkable,
                                           InputKind::Bang}));
}

TEST_F(OptionsTest, linkLineKeepsOrder) {
  auto options = parse({path("k.mlu"), "-lfirst", path("o.o"), "-Wl,--start-group", "-L", "lib"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->linkLine, (std::vector<std::string>{"", "-l", "first", "", "-Wl,--start-group", "-L", "lib"}));
}

TEST_F(OptionsTest, compileFlagsAreForwarded) {
  auto options = parse({"-DA=1", "-I", "inc", "-std=c++17", "-Wall", path("k.mlu")});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->compileArgs, (std::vector<std::string>{"-D", "A=1", "-I", "inc", "-std=c++17", "-Wall"}));
}

TEST_F(OptionsTest, goals) {
  EXPECT_EQ(parse({"-c", path("k.mlu")})->goal, Goal::Object);
  EXPECT_EQ(parse({"-S", path("k.mlu")})->goal, Goal::Assembly);
  EXPECT_EQ(parse({"-emit-bang", path("k.mlu")})->goal, Goal::BangDialect);
  EXPECT_EQ(parse({"--bang-device-only", path("k.mlu")})->goal, Goal::DeviceImage);
  EXPECT_EQ(parse({"-cnfatbin", path("k.mlu")})->goal, Goal::FatBinary);
  EXPECT_EQ(parse({"-mlisa", path("k.mlu")})->goal, Goal::Assembly);
}

TEST_F(OptionsTest, vendorFlagsAreNotFatal) {
  EXPECT_TRUE(parse({"--neuware-path=/x", "-Xbang-cnas", "-O1", "--no-neuware-version-check", path("k.mlu")}));
}

TEST_F(OptionsTest, mistakesEndWithOne) {
  for (const char *bad : {"--nonsense", "--bang-mlu-arch=mtp_1", "missing.mlu", "-MF"}) {
    EXPECT_FALSE(parse({bad, path("k.mlu")})) << bad;
    EXPECT_EQ(exitCode, 1) << bad;
  }
}
