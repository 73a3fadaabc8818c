// MachineConfigTest.cpp: the machine files: the installed ones load, broken ones are refused with file and key.
#include "simulator/core/MachineConfig.h"
#include "codegen/isa/Target.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

using namespace dlp;

namespace {

std::string text(const std::string &name) {
  std::string error;
  auto config = loadMachine(name, error);
  EXPECT_TRUE(config) << error;
  std::stringstream content;
  content << std::ifstream(config->file).rdbuf();
  return content.str();
}

// The default machine's file with `from` replaced.
std::string errorAfter(const std::string &from, const std::string &to) {
  std::string content = text("mlu370-x8");
  size_t at = content.find(from);
  EXPECT_NE(at, std::string::npos);
  content.replace(at, from.size(), to);
  std::string error;
  EXPECT_FALSE(parseMachine(content, "m.json", error));
  return error;
}

TEST(MachineConfig, installedMachinesAreTheTen) {
  std::vector<std::string> expected{"arch322",   "edge",      "mlu220",    "mlu270", "mlu290",
                                    "mlu370-m8", "mlu370-x4", "mlu370-x8", "mlu590", "nano"};
  EXPECT_EQ(installedMachines(), expected);
}

TEST(MachineConfig, defaultIsMlu370X8) {
  std::string error;
  auto c = loadMachine("", error);
  ASSERT_TRUE(c) << error;
  EXPECT_EQ(c->name, "mlu370-x8");
  EXPECT_EQ(c->clusters, 4u);
  EXPECT_EQ(c->coresPerCluster, 4u);
  EXPECT_TRUE(c->memoryCore);
  EXPECT_EQ(c->nramBytes, 768u * 1024);
  EXPECT_EQ(c->wramTableBytes(), 16u * 1024);
  EXPECT_TRUE(c->acceptsArch(372));
  EXPECT_FALSE(c->acceptsArch(270));
  EXPECT_EQ(c->timing.at("clock").unit, "GHz");
}

// A program has its arch's memory sizes compiled in: WRAM table strides and NRAM budgets must fit the machine.
TEST(MachineConfig, everyMachineFitsItsArchs) {
  for (const std::string &name : installedMachines()) {
    std::string error;
    auto c = loadMachine(name, error);
    ASSERT_TRUE(c) << error;
    EXPECT_EQ(c->name, name);
    for (uint32_t number : c->archs) {
      bool fits = false;
      for (const ArchInfo &arch : allArchs())
        fits |= arch.number == number && arch.wramKB * 1024 == c->wramBytes && arch.nramKB * 1024 == c->nramBytes;
      EXPECT_TRUE(fits) << name << " arch " << number;
    }
  }
}

TEST(MachineConfig, refusesBrokenFiles) {
  EXPECT_EQ(errorAfter("\"clusters\": 4,", ""), "machine file m.json: 'clusters' is missing");
  EXPECT_EQ(errorAfter("\"clusters\": 4", "\"clusters\": 0"),
            "machine file m.json: 'clusters' is 0, expected a whole number from 1 to 16");
  EXPECT_EQ(errorAfter("\"nramKB\": 768", "\"nramKB\": -768"),
            "machine file m.json: 'nramKB' is -768, expected a whole number from 64 to 1024");
  EXPECT_EQ(errorAfter("\"clusters\": 4", "\"clusters\": 4, \"colour\": 1"),
            "machine file m.json: 'colour' is not a key of a machine file");
  EXPECT_EQ(errorAfter("\"memoryCore\": true", "\"memoryCore\": 1"),
            "machine file m.json: 'memoryCore' is 1, expected true or false");
  EXPECT_EQ(errorAfter("\"value\": 1.0,", "\"value\": -1,"),
            "machine file m.json: 'timing.clock.value' is -1, expected a number that is not below zero");
  EXPECT_EQ(errorAfter("\"basis\": \"documented\"", "\"basis\": \"rumour\""),
            "machine file m.json: 'timing.clock.basis' is \"rumour\", expected documented, inferred, assumed, "
            "fitted or unpublished");
  EXPECT_EQ(errorAfter("\"clock\": {\"value\": 1.0, \"unit\": \"GHz\"", "\"clock\": {\"value\": 1.0"),
            "machine file m.json: 'timing.clock.unit' is missing");
  EXPECT_EQ(errorAfter("\"unit\": \"GHz\"", "\"unit\": \"MHz\""),
            "machine file m.json: 'timing.clock' has the unit \"MHz\", expected \"GHz\"");
  EXPECT_EQ(errorAfter("\"clock\": {\"value\": 1.0", "\"clock\": {\"value\": 1000"),
            "machine file m.json: 'timing.clock' is 1000, expected 0.01 to 10 GHz");
  EXPECT_EQ(errorAfter("\"clock\"", "\"klock\""),
            "machine file m.json: 'timing.klock' is no parameter of the timing model");
  EXPECT_EQ(errorAfter("[372]", "[]"),
            "machine file m.json: 'archs' is [], expected a list of arch numbers such as [372]");
  EXPECT_NE(errorAfter("{", "{{").find("machine file m.json: not valid JSON"), std::string::npos);
}

TEST(MachineConfig, unknownNameListsTheKnownOnes) {
  std::string error;
  EXPECT_FALSE(loadMachine("mlu9", error));
  EXPECT_EQ(error,
            "unknown machine 'mlu9', expected a path to a .json file or one of: arch322 edge mlu220 mlu270 mlu290 "
            "mlu370-m8 mlu370-x4 mlu370-x8 mlu590 nano");
  EXPECT_FALSE(loadMachine("./none.json", error));
  EXPECT_EQ(error, "cannot read machine file ./none.json");
}

} // namespace
