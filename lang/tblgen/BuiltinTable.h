// BuiltinTable.h: the builtin rows as plain data, read and checked once for all builtin backends.
#ifndef OPENBANG_LANG_TBLGEN_BUILTINTABLE_H
#define OPENBANG_LANG_TBLGEN_BUILTINTABLE_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace llvm {
class Record;
class RecordKeeper;
} // namespace llvm

namespace bang::tblgen {

struct BuiltinElt {
  std::string name, ctype;
  int width;
};

struct BuiltinOverload {
  std::string suffix, label;
  std::vector<BuiltinElt> types;
  std::string substitute(llvm::StringRef text) const; // $T, $U, $V -> C types
};

struct BuiltinParam {
  std::string name, ctype, role, space, defaultValue;
};

struct BuiltinRule {
  std::string kind, text;
  int a, b, c, d; // parameters; -1: none
  int low, number;
  bool only2xx;
};

struct BuiltinOp {
  const llvm::Record *record;
  std::string mnemonic, insn, result, summary, zh, basis, note, details;
  bool approximate;
  int ulps;
  int firstArch = 0, lastArch = 0; // 0: no limit
  // What a reader may expect: exact or approximate to documents, or chosen where they are silent.
  llvm::StringRef status() const { return approximate ? "approximate" : basis == "documented" ? "exact" : "chosen"; }
  std::vector<BuiltinOverload> overloads;
  std::vector<BuiltinParam> params;
  std::vector<BuiltinRule> rules;
};

struct BuiltinRow {
  const llvm::Record *record;
  std::string name, form;
  unsigned op; // index into BuiltinTable::ops
  std::vector<BuiltinParam> params;
  std::vector<int> args; // per parameter: which one of the operation
  std::vector<BuiltinOverload> overloads;
};

struct BuiltinTable {
  std::vector<BuiltinOp> ops;
  std::vector<BuiltinRow> builtins;
  std::string label(const BuiltinRow &row, const BuiltinOverload &overload) const;
};

// nullopt: a row breaks a rule of the table; every broken rule was reported at its row.
std::optional<BuiltinTable> readBuiltins(const llvm::RecordKeeper &records);

} // namespace bang::tblgen

#endif // OPENBANG_LANG_TBLGEN_BUILTINTABLE_H
