// BuiltinTable.cpp: reads builtin rows and refuses tables that contradict themselves.
#include "lang/tblgen/BuiltinTable.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Record.h"

#include <map>

using namespace llvm;

namespace bang::tblgen {

std::string BuiltinOverload::substitute(StringRef text) const {
  static const char *const vars[] = {"$T", "$U", "$V"};
  std::string out = text.str();
  for (size_t i = 0; i < types.size() && i < 3; ++i)
    for (size_t at; (at = out.find(vars[i])) != std::string::npos;)
      out.replace(at, 2, types[i].ctype);
  return out;
}

std::string BuiltinTable::label(const BuiltinRow &row, const BuiltinOverload &overload) const {
  std::string text = "bang." + ops[row.op].mnemonic;
  for (const std::string &part : {row.form, overload.label})
    if (!part.empty())
      text += "." + part;
  return text;
}

namespace {

// Reads rows and remembers whether one was wrong.
class Reader {
public:
  explicit Reader(const RecordKeeper &records) : records(records) {}

  std::optional<BuiltinTable> read() {
    for (const Record *r : inOrder("BangOperation"))
      readOp(r);
    for (const Record *r : inOrder("Builtin"))
      readBuiltin(r);
    if (records.getClass("OnArchs"))
      for (const Record *r : records.getAllDerivedDefinitions("OnArchs"))
        readArchs(r);
    checkNames();
    if (!ok)
      return std::nullopt;
    return std::move(table);
  }

private:
  // Rows in the order they were written: the first name of an operation is the one messages use.
  std::vector<const Record *> inOrder(StringRef className) {
    std::vector<const Record *> rows = records.getAllDerivedDefinitions(className).vec();
    llvm::sort(rows, [](const Record *a, const Record *b) { return a->getID() < b->getID(); });
    return rows;
  }

  void readArchs(const Record *row) {
    StringRef name = row->getValueAsString("Name");
    auto op = llvm::find_if(table.ops, [&](const BuiltinOp &o) { return o.mnemonic == name; });
    if (op == table.ops.end())
      return fail(row, "there is no operation '" + name + "'");
    op->firstArch = int(row->getValueAsInt("First"));
    op->lastArch = int(row->getValueAsInt("Last"));
  }

  void fail(const Record *at, const Twine &message) {
    PrintError(at, message);
    ok = false;
  }

  std::vector<BuiltinParam> readParams(const Record *row) {
    std::vector<BuiltinParam> params;
    StringSet<> names;
    for (const Record *p : row->getValueAsListOfDefs("Params")) {
      BuiltinParam param{p->getValueAsString("Name").str(), p->getValueAsString("CType").str(),
                         p->getValueAsString("Role").str(), p->getValueAsString("Space").str(),
                         p->getValueAsString("Default").str()};
      bool address = param.role == "read" || param.role == "write" || param.role == "text";
      bool plain = param.role == "value" || param.role == "count" || param.role == "size" || param.role == "index" ||
                   param.role == "flag";
      if (!address && !plain)
        fail(row,
             "parameter '" + param.name + "' of '" + row->getName() + "' has the unknown role '" + param.role + "'");
      if (address && param.space.empty())
        fail(row, "parameter '" + param.name + "' of '" + row->getName() + "' is an address without a memory space");
      if (!names.insert(param.name).second)
        fail(row, "'" + row->getName() + "' has two parameters named '" + param.name + "'");
      params.push_back(std::move(param));
    }
    return params;
  }

  std::vector<BuiltinOverload> readOverloads(const Record *row) {
    std::vector<BuiltinOverload> overloads;
    for (const Record *o : row->getValueAsListOfDefs("Overloads")) {
      BuiltinOverload overload{o->getValueAsString("Suffix").str(), o->getValueAsString("Label").str(), {}};
      for (const Record *e : o->getValueAsListOfDefs("Types"))
        overload.types.push_back(
            {e->getValueAsString("Name").str(), e->getValueAsString("CType").str(), int(e->getValueAsInt("Width"))});
      overloads.push_back(std::move(overload));
    }
    return overloads;
  }

  static int paramIndex(ArrayRef<BuiltinParam> params, StringRef name) {
    for (size_t i = 0; i < params.size(); ++i)
      if (params[i].name == name)
        return int(i);
    return -1;
  }

  void readOp(const Record *r) {
    BuiltinOp op;
    op.record = r;
    op.mnemonic = r->getValueAsString("Mnemonic");
    op.insn = r->getValueAsString("Insn");
    op.result = r->getValueAsString("Result");
    op.summary = r->getValueAsString("Summary");
    op.zh = r->getValueAsString("Zh");
    op.approximate = r->getValueAsBit("Approximate");
    op.ulps = int(r->getValueAsInt("Ulps"));
    op.basis = r->getValueAsString("Basis");
    op.note = r->getValueAsString("Note");
    op.details = r->getValueAsString("Details");
    op.overloads = readOverloads(r);
    op.params = readParams(r);
    if (StringRef(op.summary).trim().empty())
      fail(r, "operation '" + op.mnemonic + "' has no summary: say in one line what it does");
    if (op.basis != "documented" && op.basis != "chosen" && !StringRef(op.basis).starts_with("inferred"))
      fail(r,
           "operation '" + op.mnemonic + "' has the basis '" + op.basis + "': expected documented, inferred or chosen");
    for (const Record *rule : r->getValueAsListOfDefs("Rules")) {
      auto at = [&](StringRef field) {
        StringRef name = rule->getValueAsString(field);
        int index = paramIndex(op.params, name);
        if (index < 0 && !name.empty())
          fail(r, "rule '" + rule->getValueAsString("Text") + "' of '" + op.mnemonic +
                      "' names a parameter that does not exist");
        return index;
      };
      BuiltinRule out{rule->getValueAsString("Kind").str(),
                      rule->getValueAsString("Text").str(),
                      at("A"),
                      at("B"),
                      at("C"),
                      at("D"),
                      int(rule->getValueAsInt("Low")),
                      int(rule->getValueAsInt("Number")),
                      rule->getValueAsString("Archs") == "2xx"};
      op.rules.push_back(std::move(out));
    }
    if (auto [it, fresh] = opIndex.try_emplace(r, table.ops.size()); fresh)
      table.ops.push_back(std::move(op));
    if (!opNames.insert(table.ops.back().mnemonic).second)
      fail(r, "operation '" + table.ops.back().mnemonic + "' is described twice");
  }

  void readBuiltin(const Record *r) {
    BuiltinRow row;
    row.record = r;
    row.name = r->getValueAsString("Name");
    row.form = r->getValueAsString("Form");
    row.op = opIndex.at(r->getValueAsDef("Operation"));
    row.params = readParams(r);
    row.overloads = readOverloads(r);
    for (const BuiltinParam &p : row.params) {
      int index = paramIndex(table.ops[row.op].params, p.name);
      if (index < 0)
        fail(r, "parameter '" + p.name + "' of '" + row.name + "' is not one of operation '" +
                    table.ops[row.op].mnemonic + "'");
      row.args.push_back(index);
    }
    table.builtins.push_back(std::move(row));
  }

  // One signature is declared once; one label means one mapping of arguments and one type of each value.
  void checkNames() {
    StringMap<const Record *> signatures;
    std::map<std::string, LabelUse> labels;
    for (const BuiltinRow &row : table.builtins) {
      for (const BuiltinOverload &overload : row.overloads) {
        std::string signature = row.name + "(";
        for (const BuiltinParam &p : row.params)
          signature += overload.substitute(p.ctype) + ", ";
        if (auto [it, fresh] = signatures.try_emplace(signature, row.record); !fresh) {
          fail(row.record, "builtin '" + row.name + "' is declared twice with the same parameters");
          PrintNote(it->second->getLoc(), "the other row is here");
        }
        checkLabel(row, overload, labels);
      }
    }
  }

  // What a call passes by value; char and signed char are one type to a machine.
  static std::string valuesOf(const BuiltinRow &row, const BuiltinOverload &overload) {
    std::string values;
    for (const BuiltinParam &p : row.params)
      if (p.role == "value") {
        std::string ctype = overload.substitute(p.ctype);
        values += (ctype == "char" ? "signed char" : ctype) + ", ";
      }
    return values;
  }

  struct LabelUse {
    const BuiltinRow *row;
    std::string values;
  };

  void checkLabel(const BuiltinRow &row, const BuiltinOverload &overload, std::map<std::string, LabelUse> &labels) {
    std::string label = table.label(row, overload);
    auto [it, fresh] = labels.try_emplace(label, LabelUse{&row, valuesOf(row, overload)});
    if (fresh)
      return;
    if (it->second.row->args != row.args) {
      fail(row.record, "label '" + label + "' of '" + row.name + "' is that of '" + it->second.row->name +
                           "' with other parameters: give one of them a form");
      PrintNote(it->second.row->record->getLoc(), "the other row is here");
    }
    if (std::string values = valuesOf(row, overload); values != it->second.values) {
      fail(row.record, "label '" + label + "' of '" + row.name + "' passes " + StringRef(values).drop_back(2) +
                           " by value and " + StringRef(it->second.values).drop_back(2) +
                           " elsewhere: name the type in its label");
    }
  }

  const RecordKeeper &records;
  BuiltinTable table;
  std::map<const Record *, unsigned> opIndex;
  StringSet<> opNames;
  bool ok = true;
};

} // namespace

std::optional<BuiltinTable> readBuiltins(const RecordKeeper &records) { return Reader(records).read(); }

} // namespace bang::tblgen
