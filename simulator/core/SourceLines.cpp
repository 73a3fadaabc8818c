// SourceLines.cpp: loads the symbols library and asks it.
#include "simulator/core/SourceLines.h"

#include "simulator/core/Installed.h"
#include "simulator/symbols/Symbols.h"

#include <dlfcn.h>

namespace dlp {
namespace {

struct Library {
  decltype(&dlpOpenSymbols) open = nullptr;
  decltype(&dlpFindLine) find = nullptr;
  decltype(&dlpFindPath) findPath = nullptr;
  decltype(&dlpCloseSymbols) close = nullptr;

  Library() {
    for (const char *place : {"libdlpsymbols.so", "lib64/libdlpsymbols.so", "lib/libdlpsymbols.so"}) {
      std::string path = findInstalled(place);
      // Its symbols stay local: a program may hold another LLVM.
      void *handle = path.empty() ? nullptr : dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
      if (!handle)
        continue;
      open = reinterpret_cast<decltype(open)>(dlsym(handle, "dlpOpenSymbols"));
      find = reinterpret_cast<decltype(find)>(dlsym(handle, "dlpFindLine"));
      findPath = reinterpret_cast<decltype(findPath)>(dlsym(handle, "dlpFindPath"));
      close = reinterpret_cast<decltype(close)>(dlsym(handle, "dlpCloseSymbols"));
      return;
    }
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
