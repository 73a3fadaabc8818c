// ParametersTest.cpp: machines that can be timed, and settings.
#include "simulator/timing/Parameters.h"

#include <gtest/gtest.h>

#include <set>

using namespace dlp;
using namespace dlp::timing;

namespace {

MachineConfig machine(const char *name) {
  std::string error;
  auto m = loadMachine(name, error);
  EXPECT_TRUE(m) << error;
  return *m;
}

std::string errorOf(const char *setting) {
  MachineConfig m = machine("nano");
  std::string error;
  EXPECT_FALSE(applySetting(m, setting, error));
  return error;
}

TEST(Parameters, machinesWithPublishedSpeedsCanBeTimed) {
  const std::set<std::string> unpublished = {"arch322", "mlu220", "mlu290", "mlu590"};
  for (const std::string &name : installedMachines()) {
    std::string error;
    auto p = parametersOf(machine(name.c_str()), error);
    EXPECT_EQ(bool(p), !unpublished.count(name)) << error;
    if (p) {
      EXPECT_GT(p->gdramBandwidth, 0);
    } else {
      EXPECT_EQ(error, "machine " + name +
                           " cannot be timed: nobody has published 'gdramBandwidth'; give it with --set dram_gbps=...");
    }
  }
}

TEST(Parameters, settingsChangeTheMachine) {
  MachineConfig m = machine("mlu370-x8");
  std::string error;
  EXPECT_TRUE(applySetting(m, "dram_gbps=614", error)) << error;
  EXPECT_TRUE(applySetting(m, "nramLoad=5", error)) << error;
  EXPECT_TRUE(applySetting(m, "nram_kb=1024", error)) << error;
  auto p = parametersOf(m, error);
  ASSERT_TRUE(p) << error;
  EXPECT_EQ(p->gdramBandwidth, 614);
  EXPECT_EQ(p->nramLoad, 5);
  EXPECT_EQ(m.nramBytes, 1024u * 1024);
  EXPECT_EQ(m.timing.at("gdramBandwidth").basis, "set");
}

TEST(Parameters, wrongSettingsAreRefused) {
  EXPECT_EQ(errorOf("dram_gbps"), "'dram_gbps' is no setting, expected a name and a number such as dram_gbps=614");
  EXPECT_EQ(errorOf("dram_gbps=fast"),
            "'dram_gbps=fast' is no setting, expected a name and a number such as dram_gbps=614");
  EXPECT_EQ(errorOf("colour=1"), "'colour' is no parameter of the timing model; docs/timing.md lists them");
  EXPECT_EQ(errorOf("dram_gbps=-1"), "'dram_gbps' is -1, expected 0.1 to 100000 GB/s");
  EXPECT_EQ(errorOf("nram_kb=1536"), "'nram_kb' is 1536, expected a whole number from 64 to 1024");
  EXPECT_EQ(errorOf("wram_kb=65"), "'wram_kb' is 65, expected a multiple of 4");
}

} // namespace
