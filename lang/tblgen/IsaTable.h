// IsaTable.h: the instruction rows as plain data, read and checked once for all ISA backends.
#ifndef OPENBANG_LANG_TBLGEN_ISATABLE_H
#define OPENBANG_LANG_TBLGEN_ISATABLE_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace llvm {
class Record;
class RecordKeeper;
} // namespace llvm

namespace bang::tblgen {

struct IsaVariant {
  int e0, e1, mode;
  std::string name; // "f32.i8.rd"
};

struct IsaOperand {
  std::string name, kind, space;
  bool inDesc;
};

struct IsaRow {
  const llvm::Record *record;
  std::string id, camel, mnemonic, engine, latency, summary;
  int opcode;
  std::vector<IsaVariant> variants;
  std::vector<IsaOperand> operands;
  unsigned numRegisters() const; // descriptor pointer included
  unsigned numFields() const;
};

// "VADD_VS" -> "VaddVs"
std::string camelCase(llvm::StringRef id);

// Reads all `Insn` rows in the order of their opcodes. nullopt: a row breaks a rule of the table; every broken rule was
// reported at its row.
std::optional<std::vector<IsaRow>> readIsaRows(const llvm::RecordKeeper &records);

} // namespace bang::tblgen

#endif // OPENBANG_LANG_TBLGEN_ISATABLE_H
