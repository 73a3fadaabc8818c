// IsaTable.cpp: reads instruction rows and refuses tables that contradict themselves.
#include "lang/tblgen/IsaTable.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Record.h"

#include <map>
#include <tuple>

using namespace llvm;

namespace bang::tblgen {

constexpr unsigned kMaxRegisters = 7, kMaxOperands = 20;

unsigned IsaRow::numFields() const {
  return llvm::count_if(operands, [](const IsaOperand &o) { return o.inDesc; });
}

unsigned IsaRow::numRegisters() const {
  unsigned fields = numFields();
  return operands.size() - fields + (fields ? 1 : 0);
}

std::string camelCase(StringRef id) {
  std::string out;
  SmallVector<StringRef> words;
  id.split(words, '_', -1, false);
  for (StringRef word : words)
    out += word.take_front().upper() + word.drop_front().lower();
  return out;
}

static bool inRange(const Record *row, StringRef field, int value, int low, int high) {
  if (value >= low && value <= high)
    return true;
  PrintError(row, Twine(field) + " " + Twine(value) + " of '" + row->getName() + "' does not fit: expected " +
                      Twine(low) + " to " + Twine(high));
  return false;
}

static IsaRow readRow(const Record *record, bool &ok) {
  IsaRow row;
  row.record = record;
  row.id = record->getName();
  row.camel = camelCase(row.id);
  row.mnemonic = record->getValueAsString("Mnemonic");
  row.opcode = record->getValueAsInt("Opcode");
  row.engine = record->getValueAsDef("Engine")->getValueAsString("Name");
  row.latency = record->getValueAsString("Latency");
  row.summary = record->getValueAsString("Summary");
  ok &= inRange(record, "opcode", row.opcode, 1, 255);
  if (StringRef(row.summary).trim().empty()) {
    PrintError(record, "instruction '" + row.id + "' has no summary: say in one line what it does");
    ok = false;
  }

  StringSet<> names;
  for (const Record *v : record->getValueAsListOfDefs("Variants")) {
    IsaVariant variant{};
    SmallVector<std::string> parts;
    auto field = [&](StringRef member, int limit) {
      const Record *suffix = v->getValueAsDef(member);
      int enc = suffix->getValueAsInt("Enc");
      ok &= inRange(record, member, enc, 0, limit);
      if (StringRef name = suffix->getValueAsString("Name"); !name.empty())
        parts.push_back(name.str());
      return enc;
    };
    variant.e0 = field("E0", 31);
    variant.e1 = field("E1", 31);
    variant.mode = field("Mode", 15);
    variant.name = join(parts, ".");
    if (!names.insert(variant.name).second) {
      PrintError(record, "instruction '" + row.id + "' lists the types '" + variant.name + "' twice");
      ok = false;
    }
    row.variants.push_back(variant);
  }

  StringSet<> operandNames;
  for (const Record *o : record->getValueAsListOfDefs("Operands")) {
    IsaOperand operand{o->getValueAsString("Name").str(), o->getValueAsString("Kind").str(),
                       o->getValueAsString("Space").str(), o->getValueAsBit("InDesc")};
    bool isAddress = operand.kind == "read" || operand.kind == "write" || operand.kind == "readwrite";
    if (!isAddress && operand.kind != "value" && operand.kind != "result") {
      PrintError(record, "operand '" + operand.name + "' of '" + row.id + "' has the unknown direction '" +
                             operand.kind + "': expected read, write, readwrite, value or result");
      ok = false;
    }
    if (isAddress && operand.space.empty()) {
      PrintError(record, "operand '" + operand.name + "' of '" + row.id + "' is an address without a memory space");
      ok = false;
    }
    if (!operandNames.insert(operand.name).second) {
      PrintError(record, "instruction '" + row.id + "' has two operands named '" + operand.name + "'");
      ok = false;
    }
    if (operand.kind == "result" && !row.operands.empty()) {
      PrintError(record, "result '" + operand.name + "' of '" + row.id + "' must be the first operand");
      ok = false;
    }
    row.operands.push_back(operand);
  }
  if (row.numRegisters() > kMaxRegisters) {
    PrintError(record, "instruction '" + row.id + "' needs " + Twine(row.numRegisters()) +
                           " registers, a word has 7: move values to the descriptor with Fld");
    ok = false;
  }
  if (row.operands.size() > kMaxOperands) {
    PrintError(record, "instruction '" + row.id + "' has " + Twine(row.operands.size()) + " operands, the limit is 20");
    ok = false;
  }
  return row;
}

std::optional<std::vector<IsaRow>> readIsaRows(const RecordKeeper &records) {
  bool ok = true;
  std::vector<IsaRow> rows;
  for (const Record *record : records.getAllDerivedDefinitions("Insn"))
    rows.push_back(readRow(record, ok));
  llvm::sort(rows,
             [](const IsaRow &a, const IsaRow &b) { return std::tie(a.opcode, a.id) < std::tie(b.opcode, b.id); });

  std::map<int, const IsaRow *> byOpcode;
  StringMap<const IsaRow *> byMnemonic;
  for (const IsaRow &row : rows) {
    if (auto [it, fresh] = byOpcode.try_emplace(row.opcode, &row); !fresh) {
      PrintError(row.record, "encoding of '" + row.id + "' overlaps '" + it->second->id + "': both have opcode 0x" +
                                 utohexstr(row.opcode, true));
      PrintNote(it->second->record->getLoc(), "the other row is here");
      ok = false;
    }
    for (const IsaVariant &v : row.variants) {
      std::string full = row.mnemonic + (v.name.empty() ? "" : "." + v.name);
      if (auto [it, fresh] = byMnemonic.try_emplace(full, &row); !fresh && it->second != &row) {
        PrintError(row.record,
                   "mnemonic '" + full + "' of '" + row.id + "' is already that of '" + it->second->id + "'");
        PrintNote(it->second->record->getLoc(), "the other row is here");
        ok = false;
        break;
      }
    }
  }
  if (!ok)
    return std::nullopt;
  return rows;
}

} // namespace bang::tblgen
