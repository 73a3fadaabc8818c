// SourceLines.cpp: loads the symbols library and asks it.
#include "simulator/core/SourceLines.h"

#include "simulator/core/Installed.h"
#include "simulator/symbols/Symbols.h"

namespace dlp {
namespace {

struct Library {
  decltype(&dlpOpenSymbols) open = nullptr;
  decltype(&dlpFindLine) find = nullptr;
  decltype(&dlpFindPath) findPath = nullptr;
  decltype(&dlpCloseSymbols) close = nullptr;

  Library() {
    void *handle = openInstalledLibrary("libdlpsymbols.so");
    findSymbol(handle, "dlpOpenSymbols", open);
    findSymbol(handle, "dlpFindLine", find);
    findSymbol(handle, "dlpFindPath", findPath);
    findSymbol(handle, "dlpCloseSymbols", close);
  }
  bool usable() const { return open && find && findPath && close; }
};

const Library &library() {
  static const Library instance;
  return instance;
}

} // namespace

SourceLines::~SourceLines() {
  if (symbols)
    library().close(symbols);
}

bool SourceLines::open() {
  if (!opened) {
    opened = true;
    if (library().usable())
      symbols = library().open(elf.data(), elf.size());
  }
  return symbols;
}

std::string SourceLines::path(uint64_t pc) {
  char path[4096];
  return open() && library().findPath(symbols, pc, path, sizeof path) ? path : "";
}

SourceLine SourceLines::find(uint64_t pc) {
  char file[4096];
  SourceLine line;
  if (open() && library().find(symbols, pc, file, sizeof file, &line.line, &line.column))
    line.file = file;
  return line;
}

} // namespace dlp
