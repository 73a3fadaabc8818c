// PlacementTest.cpp: objects of one kernel never overlap; those of different kernels share bytes.
#include "codegen/emit/Placement.h"
#include "codegen/emit/Layout.h"

#include <gtest/gtest.h>

#include <random>

using namespace dlp;

namespace {

std::vector<PlacedObject *> pointers(std::vector<PlacedObject> &objects) {
  std::vector<PlacedObject *> result;
  for (PlacedObject &object : objects)
    result.push_back(&object);
  return result;
}

TEST(Placement, ObjectsOfOneKernelFollowOneAnother) {
  std::vector<PlacedObject> o = {{"a", 100, 64, {true}}, {"b", 300, 64, {true}}};
  placeObjects(pointers(o));
  EXPECT_EQ(o[1].offset, 0u);
  EXPECT_EQ(o[0].offset, 320u);
  EXPECT_EQ(bytesUsed(pointers(o), 0), 420u);
}

TEST(Placement, KernelsShareBytes) {
  std::vector<PlacedObject> o = {{"a", 600, 64, {true, false}}, {"b", 500, 64, {false, true}}};
  placeObjects(pointers(o));
  EXPECT_EQ(o[0].offset, 0u);
  EXPECT_EQ(o[1].offset, 0u);
  EXPECT_EQ(bytesUsed(pointers(o), 0), 600u);
  EXPECT_EQ(bytesUsed(pointers(o), 1), 500u);
}

TEST(Placement, CommonObjectsGoToTheBottom) {
  std::vector<PlacedObject> o = {
      {"mine", 1000, 64, {true, false}}, {"theirs", 900, 64, {false, true}}, {"common", 64, 64, {true, true}}};
  placeObjects(pointers(o));
  EXPECT_EQ(o[2].offset, 0u);
  EXPECT_EQ(o[0].offset, 64u);
  EXPECT_EQ(o[1].offset, 64u);
}

TEST(Placement, KeepsTheReservedStartFree) {
  std::vector<PlacedObject> o = {{"a", 8, 128, {true}}};
  placeObjects(pointers(o), 64);
  EXPECT_EQ(o[0].offset, 128u);
}

TEST(Placement, DoesNotDependOnTheOrderOfItsInput) {
  std::vector<PlacedObject> o = {{"a", 64, 64, {true}}, {"b", 64, 64, {true}}, {"c", 64, 64, {true}}};
  std::vector<PlacedObject> p = {o[2], o[0], o[1]};
  placeObjects(pointers(o));
  placeObjects(pointers(p));
  EXPECT_EQ(o[0].offset, p[1].offset);
  EXPECT_EQ(o[1].offset, p[2].offset);
  EXPECT_EQ(o[2].offset, p[0].offset);
}

TEST(Placement, RandomObjectsNeverCollide) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<PlacedObject> o(random() % 30);
    for (size_t i = 0; i < o.size(); ++i) {
      o[i] = {std::to_string(i), random() % 5000 + 1, uint64_t(64) << (random() % 3), {}};
      for (int k = 0; k < 4; ++k)
        o[i].kernels.push_back(random() % 2);
    }
    placeObjects(pointers(o));
    for (const PlacedObject &a : o) {
      EXPECT_EQ(a.offset % a.align, 0u);
      for (const PlacedObject &b : o)
        for (int k = 0; k < 4; ++k)
          if (&a != &b && a.kernels[k] && b.kernels[k])
            EXPECT_TRUE(a.end() <= b.offset || b.end() <= a.offset) << a.name << " and " << b.name;
    }
  }
}

TEST(Layout, SectionNamesCarryTheAddress) {
  std::string name = placedSectionName(Space::Wram, 0x300140, 7);
  EXPECT_EQ(name, ".bss.wram.300140.7");
  EXPECT_EQ(layoutOf({name, ".text", ".bss", ".bss.count", ".nram"}),
            "  .wram.7 0x300140 (NOLOAD) : { *(.bss.wram.300140.7) } :NONE\n");
}

TEST(Layout, ScriptPutsEverySpaceIntoItsWindow) {
  std::string script = linkerScript("");
  for (const char *line : {"  .nram 0x200000 ", "  .wram 0x300000 ", "  .sram 0x400000 ", "  .ldram 0x40000040 ",
                           "  . = 0x1000000;\n  .dlp.image ", "  . = 0x20000000;\n  .data "})
    EXPECT_NE(script.find(line), std::string::npos) << line;
}

} // namespace
