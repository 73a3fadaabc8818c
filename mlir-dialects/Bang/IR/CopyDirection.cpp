// CopyDirection.cpp: the directions of copies as data. A unit test compares them with the kernel author's header.
#include "mlir-dialects/Bang/IR/CopyDirection.h"

namespace bang {

using dlp::Space;

static constexpr CopyDirection directions[] = {
    {0, Space::Nram, Space::Gdram, "GDRAM2NRAM"},    {1, Space::Gdram, Space::Nram, "NRAM2GDRAM"},
    {2, Space::Nram, Space::Ldram, "LDRAM2NRAM"},    {3, Space::Ldram, Space::Nram, "NRAM2LDRAM"},
    {4, Space::Wram, Space::Gdram, "GDRAM2WRAM"},    {5, Space::Gdram, Space::Wram, "WRAM2GDRAM"},
    {6, Space::Wram, Space::Ldram, "LDRAM2WRAM"},    {7, Space::Ldram, Space::Wram, "WRAM2LDRAM"},
    {8, Space::Nram, Space::Nram, "NRAM2NRAM"},      {9, Space::Wram, Space::Nram, "NRAM2WRAM"},
    {10, Space::Nram, Space::Wram, "WRAM2NRAM"},     {11, Space::Sram, Space::Gdram, "GDRAM2SRAM"},
    {12, Space::Gdram, Space::Sram, "SRAM2GDRAM"},   {13, Space::Sram, Space::Ldram, "LDRAM2SRAM"},
    {14, Space::Ldram, Space::Sram, "SRAM2LDRAM"},   {15, Space::Nram, Space::Sram, "SRAM2NRAM"},
    {16, Space::Sram, Space::Nram, "NRAM2SRAM"},     {17, Space::Wram, Space::Sram, "SRAM2WRAM"},
    {18, Space::Sram, Space::Wram, "WRAM2SRAM"},     {19, Space::Gdram, Space::Gdram, "GDRAM2GDRAM"},
    {20, Space::Ldram, Space::Gdram, "GDRAM2LDRAM"}, {21, Space::Gdram, Space::Ldram, "LDRAM2GDRAM"},
    {22, Space::Ldram, Space::Ldram, "LDRAM2LDRAM"}, {23, Space::Sram, Space::Sram, "SRAM2SRAM"},
};

llvm::ArrayRef<CopyDirection> allCopyDirections() { return directions; }

const CopyDirection *findCopyDirection(int64_t value) {
  for (const CopyDirection &direction : directions)
    if (direction.value == value)
      return &direction;
  return nullptr;
}

const CopyDirection *findCopyDirection(Space dst, Space src) {
  for (const CopyDirection &direction : directions)
    if (direction.dst == dst && direction.src == src)
      return &direction;
  return nullptr;
}

const char *spaceName(Space space) {
  static constexpr const char *names[] = {
      "no memory", "NRAM", "WRAM", "SRAM", "LDRAM", "GDRAM", "constant memory", "parameter memory"};
  return names[unsigned(space)];
}

const char *spaceSuffix(Space space) {
  static constexpr const char *suffixes[] = {"", "nram", "wram", "sram", "ldram", "gdram", "const", "param"};
  return suffixes[unsigned(space)];
}

} // namespace bang
