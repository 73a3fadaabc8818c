// Prelude.cpp: an index over the generated prelude text, made once.
#include "codegen/emit/Prelude.h"

#include "llvm/ADT/StringMap.h"

using namespace llvm;

namespace dlp {
namespace {

const char kPrelude[] =
#include "codegen/isa/Prelude.inc"
    ;

struct PreludeIndex {
  StringRef registers;
  StringMap<StringRef> macros;

  PreludeIndex() {
    StringRef text(kPrelude, sizeof(kPrelude) - 1);
    const StringRef open = ".macro ", close = ".endm\n";
    size_t at = text.find(open);
    registers = text.take_front(at);
    while (at != StringRef::npos) {
      size_t end = text.find(close, at) + close.size();
      StringRef macro = text.slice(at, end);
      StringRef name = macro.drop_front(open.size()).take_until([](char c) { return c == ' ' || c == '\n'; });
      macros.try_emplace(name, macro);
      at = text.find(open, end);
    }
  }
};

const PreludeIndex &index() {
  static const PreludeIndex instance;
  return instance;
}

} // namespace

StringRef preludeRegisters() { return index().registers; }

StringRef preludeMacro(StringRef fullMnemonic) { return index().macros.lookup(fullMnemonic); }

} // namespace dlp
