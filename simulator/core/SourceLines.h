// SourceLines.h: source lines of code addresses, through the symbols library.
//
// The simulator itself knows no debug information: libdlpsymbols.so (simulator/symbols) does, and is loaded at the
// first question. Without it nothing is known and everything else works.
#ifndef OPENBANG_SIMULATOR_CORE_SOURCELINES_H
#define OPENBANG_SIMULATOR_CORE_SOURCELINES_H

#include <cstdint>
#include <span>
#include <string>

namespace dlp {

struct SourceLine {
  std::string file; // empty: unknown
  uint32_t line = 0, column = 0;
};

class SourceLines {
public:
  // `elf` must outlive this.
  explicit SourceLines(std::span<const uint8_t> elf) : elf(elf) {}
  ~SourceLines();
  SourceLines(const SourceLines &) = delete;
  SourceLines &operator=(const SourceLines &) = delete;

  SourceLine find(uint64_t pc);
  // Absolute path of the file of a code address when it was compiled; empty: unknown.
  std::string path(uint64_t pc);

private:
  bool open();

  std::span<const uint8_t> elf;
  void *symbols = nullptr;
  bool opened = false;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_SOURCELINES_H
