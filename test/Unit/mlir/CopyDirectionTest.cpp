// CopyDirectionTest.cpp: the table of directions agrees with the enumeration of the kernel author's header.
#include "mlir-dialects/Bang/IR/CopyDirection.h"

#include "gtest/gtest.h"

#include <fstream>
#include <map>
#include <regex>

using namespace bang;

static std::map<std::string, int64_t> enumeratorsOfHeader() {
  std::ifstream header(BANG_TYPES_HEADER);
  std::map<std::string, int64_t> values;
  const std::regex enumerator(R"(^\s*([A-Z]+2[A-Z]+) = (\d+),?$)");
  std::smatch match;
  for (std::string line; std::getline(header, line);)
    if (std::regex_match(line, match, enumerator))
      values[match[1]] = std::stoll(match[2]);
  return values;
}

TEST(CopyDirection, agreesWithHeader) {
  std::map<std::string, int64_t> header = enumeratorsOfHeader();
  EXPECT_EQ(header.size(), allCopyDirections().size());
  for (const CopyDirection &direction : allCopyDirections()) {
    ASSERT_TRUE(header.contains(direction.name)) << direction.name;
    EXPECT_EQ(header[direction.name], direction.value) << direction.name;
  }
}

TEST(CopyDirection, nameSaysSourceThenDestination) {
  for (const CopyDirection &direction : allCopyDirections())
    EXPECT_EQ(std::string(spaceName(direction.src)) + "2" + spaceName(direction.dst), direction.name);
}

TEST(CopyDirection, isFoundByMemories) {
  EXPECT_STREQ(findCopyDirection(dlp::Space::Nram, dlp::Space::Gdram)->name, "GDRAM2NRAM");
  EXPECT_EQ(findCopyDirection(dlp::Space::Wram, dlp::Space::Wram), nullptr);
}

TEST(CopyDirection, unknownValueIsNone) {
  EXPECT_EQ(findCopyDirection(-1), nullptr);
  EXPECT_EQ(findCopyDirection(int64_t(allCopyDirections().size())), nullptr);
}
