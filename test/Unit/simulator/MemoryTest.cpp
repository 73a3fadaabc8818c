// MemoryTest.cpp: GDRAM allocation and the address space of a core.
#include "simulator/memory/CoreView.h"

#include <gtest/gtest.h>

#include <cstring>

using namespace dlp;

namespace {

TEST(Gdram, allocationsAreAlignedZeroedAndSeparate) {
  Gdram g(1 << 20);
  uint64_t a = g.allocate(100), b = g.allocate(100);
  EXPECT_EQ(a % Gdram::kAlignment, 0u);
  EXPECT_EQ(b, a + 256);
  EXPECT_EQ(g.find(a)->host.data()[99], 0);
  EXPECT_EQ(g.find(a + 99)->base, a);
  EXPECT_EQ(g.find(a + 100), nullptr); // between the blocks
  EXPECT_EQ(g.freeBytes(), (1u << 20) - 512);
}

TEST(Gdram, refusesWhatDoesNotFit) {
  Gdram g(1024);
  EXPECT_EQ(g.allocate(1025), 0u);
  uint64_t a = g.allocate(768);
  EXPECT_NE(a, 0u);
  EXPECT_EQ(g.allocate(512), 0u);
  EXPECT_NE(g.allocate(256), 0u);
  EXPECT_EQ(g.allocate(1), 0u);
}

TEST(Gdram, remembersFreedRangesUntilReused) {
  Gdram g(1024);
  uint64_t a = g.allocate(512);
  EXPECT_FALSE(g.release(a + 4));
  EXPECT_TRUE(g.release(a));
  EXPECT_FALSE(g.release(a));
  EXPECT_TRUE(g.wasFreed(a + 511));
  uint64_t b = g.allocate(256); // fresh memory first
  EXPECT_EQ(b, a + 512);
  EXPECT_TRUE(g.wasFreed(a));
  EXPECT_NE(g.allocate(256), 0u);
  uint64_t c = g.allocate(256); // now the freed range
  EXPECT_EQ(c, a);
  EXPECT_FALSE(g.wasFreed(a));
  EXPECT_TRUE(g.wasFreed(a + 256));
}

class View : public testing::Test {
protected:
  View() {
    std::string error;
    machine = *loadMachine("nano", error);
    machine.sramBytes = 1 << 20;
    shared.gdram = &gdram;
    shared.image = {{kRomBase, sizeof constants, constants, false},
                    {kDeviceDataBase, sizeof variables, variables, true}};
    shared.params = {kParamBase, sizeof params, params, false};
    core.forgetWindows();
    memoryCore.forgetWindows();
  }

  // The fault of an access, as kind and message.
  template <typename Access> FaultException faultOf(Access access) {
    try {
      access();
    } catch (const FaultException &e) {
      return e;
    }
    ADD_FAILURE() << "no fault";
    return {FaultKind::Trap, ""};
  }

  MachineConfig machine;
  Gdram gdram{1 << 20};
  SharedMemory shared;
  uint8_t constants[64] = {}, variables[64] = {}, params[16] = {};
  ScratchMemory sram{1 << 20};
  CoreMemory own{ScratchMemory(768 * 1024), ScratchMemory(1024 * 1024), {}, 1 << 20};
  CoreMemory memoryOwn{ScratchMemory(0), ScratchMemory(0), {}, 1 << 20};
  CoreView core{machine, own, sram, shared, false}, memoryCore{machine, memoryOwn, sram, shared, true};
};

TEST_F(View, everySpaceIsReachable) {
  uint64_t g = gdram.allocate(64);
  for (uint64_t address : {kNramBase, kSramBase, kLdramBase, g, kDeviceDataBase})
    *core.store(address, 8) = 42;
  for (uint64_t address : {kNramBase, kSramBase, kLdramBase, g, kDeviceDataBase})
    EXPECT_EQ(*core.load(address, 1), 42);
  EXPECT_EQ(core.load(kParamBase, 8), params);
  EXPECT_EQ(core.load(kRomBase + 56, 8), constants + 56);
  EXPECT_EQ(memoryCore.load(kSramBase, 1), sram.data()); // the same SRAM
  EXPECT_NE(memoryCore.load(kLdramBase, 1), core.load(kLdramBase, 1));
}

TEST_F(View, unwrittenScratchMemoryShowsThePattern) {
  uint16_t v;
  std::memcpy(&v, core.load(kNramBase + 1000, 2), 2);
  EXPECT_EQ(v, kFreshPattern);
}

TEST_F(View, accessesAtTheVeryEndAreFineAndOneFurtherIsNot) {
  uint64_t end = kNramBase + machine.nramBytes;
  EXPECT_NE(core.load(end - 4, 4), nullptr);
  EXPECT_NE(core.store(end - 1, 1), nullptr);
  FaultException e = faultOf([&] { core.load(end - 4, 8); });
  EXPECT_EQ(e.kind, FaultKind::OutOfBounds);
  EXPECT_EQ(e.space, Space::Nram);
  EXPECT_EQ(e.message, "a load: 8 bytes at 0x2bfffc reach 4 bytes past the end of NRAM (786432 bytes)");
}

TEST_F(View, nullAndNowhereFault) {
  EXPECT_EQ(faultOf([&] { core.load(0, 4); }).kind, FaultKind::NullAccess);
  EXPECT_EQ(faultOf([&] { core.store(8, 4); }).kind, FaultKind::NullAccess);
  EXPECT_EQ(faultOf([&] { core.load(kNullEnd, 4); }).kind, FaultKind::OutOfBounds);
  for (uint64_t address : {~uint64_t{0}, ~uint64_t{0} - 7, uint64_t{1} << 63, kViewBase})
    EXPECT_EQ(faultOf([&] { core.load(address, 8); }).kind, FaultKind::OutOfBounds) << address;
}

TEST_F(View, allocationsEndWhereTheyEnd) {
  uint64_t g = gdram.allocate(16);
  EXPECT_NE(core.load(g + 8, 8), nullptr);
  EXPECT_EQ(faultOf([&] { core.load(g + 9, 8); }).message,
            "a load: 8 bytes at 0x100000009 reach 1 byte past the end of "
            "the allocation of 16 bytes at 0x100000000");
  EXPECT_EQ(faultOf([&] { core.load(~uint64_t{0} - 7, 8); }).message,
            "a load: 8 bytes at 0xfffffffffffffff8 lie in no allocation")
      << "a pointer before 0 is no overrun of the last allocation";
  gdram.release(g);
  core.forgetWindows();
  EXPECT_EQ(faultOf([&] { core.store(g, 4); }).kind, FaultKind::UseAfterFree);
  EXPECT_EQ(faultOf([&] { core.store(g + 4096, 4); }).kind, FaultKind::OutOfBounds);
}

TEST_F(View, readOnlyMemoryIsReadOnly) {
  EXPECT_EQ(faultOf([&] { core.store(kRomBase, 4); }).kind, FaultKind::ReadOnly);
  EXPECT_EQ(faultOf([&] { core.store(kParamBase, 4); }).kind, FaultKind::ReadOnly);
  // Also after the same memory was read, which remembers its window.
  core.load(kRomBase, 4);
  EXPECT_EQ(faultOf([&] { core.store(kRomBase, 4); }).kind, FaultKind::ReadOnly);
}

TEST_F(View, wramIsOutOfReachOfScalarCode) {
  FaultException e = faultOf([&] { core.load(kWramBase, 4); });
  EXPECT_EQ(e.kind, FaultKind::WrongSpace);
  EXPECT_EQ(e.space, Space::Wram);
  EXPECT_NE(core.find(kWramBase, 128, kInWram, true, {"dst"}), nullptr);
}

// Its scalar code has an NRAM that is zero at first and that no other core sees; a machine may give it none.
TEST_F(View, memoryCoreHasAnNramOfItsOwn) {
  CoreMemory withNram{ScratchMemory(machine.nramBytes, 0), ScratchMemory(0), HostMemory(), machine.ldramBytes};
  CoreView own{machine, withNram, sram, shared, true};
  own.forgetWindows();
  EXPECT_EQ(*own.load(kNramBase + 8, 1), 0);
  *own.store(kNramBase + 8, 1) = 5;
  EXPECT_EQ(*own.load(kNramBase + 8, 1), 5);
  EXPECT_NE(own.load(kNramBase + 8, 1), core.load(kNramBase + 8, 1));
  FaultException e = faultOf([&] { own.find(kWramBase, 4, kInWram, true, {"dst"}); });
  EXPECT_EQ(e.kind, FaultKind::WrongSpace);
  EXPECT_NE(e.message.find("__is_mpu()"), std::string::npos);
}

TEST_F(View, operandsMustBeInTheirSpace) {
  uint64_t g = gdram.allocate(64);
  FaultException e = faultOf([&] { core.find(g, 64, kInNram, true, {"dst"}); });
  EXPECT_EQ(e.kind, FaultKind::WrongSpace);
  EXPECT_EQ(e.message, "dst is in GDRAM (0x100000000), expected an address in NRAM");
  // Constants and parameters may be read wherever GDRAM may.
  EXPECT_EQ(core.find(kRomBase, 8, kInGdram, false, {"src"}), constants);
  EXPECT_EQ(faultOf([&] { core.find(kRomBase, 8, kInGdram, true, {"dst"}); }).kind, FaultKind::ReadOnly);
  EXPECT_NE(core.find(0, 0, kInNram, true, {"dst"}), nullptr); // nothing, anywhere
}

} // namespace
