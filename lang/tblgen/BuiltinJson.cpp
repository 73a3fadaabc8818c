// BuiltinJson.cpp: the builtin rows as JSON, for scripts, editors and graders.
#include "lang/tblgen/Backends.h"
#include "lang/tblgen/BuiltinTable.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Record.h"

using namespace llvm;

namespace bang::tblgen {

// The family of a row is the file that describes it; of rows of a multiclass the one that uses it.
static std::string familyOf(const Record *row) {
  SMLoc loc = row->getLoc().back();
  unsigned buffer = SrcMgr.FindBufferContainingLoc(loc);
  return sys::path::stem(SrcMgr.getMemoryBuffer(buffer)->getBufferIdentifier()).str();
}

// "all", "300-", "-499", "592-592". The rules of a row may name archs of their own.
static std::string archsOf(const BuiltinOp &op) {
  auto end = [](int arch) { return arch ? std::to_string(arch) : std::string(); };
  return op.firstArch || op.lastArch ? end(op.firstArch) + "-" + end(op.lastArch) : "all";
}

static void writeRules(json::OStream &json, const BuiltinOp &op) {
  json.attributeArray("rules", [&] {
    for (const BuiltinRule &r : op.rules)
      json.object([&] {
        json.attribute("kind", r.kind);
        json.attribute("a", op.params[r.a].name);
        for (auto [key, param] : {std::pair("b", r.b), {"c", r.c}, {"d", r.d}})
          if (param >= 0)
            json.attribute(key, op.params[param].name);
        json.attribute("low", r.low);
        json.attribute("number", r.number);
        json.attribute("text", r.text);
        json.attribute("archs", r.only2xx ? "2xx" : "all");
      });
  });
}

static void writeParams(json::OStream &json, const std::vector<BuiltinParam> &params) {
  json.attributeArray("params", [&] {
    for (const BuiltinParam &p : params)
      json.object([&] {
        json.attribute("name", p.name);
        json.attribute("ctype", p.ctype);
        json.attribute("role", p.role);
        if (!p.space.empty())
          json.attribute("space", p.space);
      });
  });
}

static void writeOperation(json::OStream &json, const BuiltinOp &op) {
  json.object([&] {
    json.attribute("name", op.mnemonic);
    json.attribute("family", familyOf(op.record));
    json.attribute("summary", op.summary);
    json.attribute("zh", op.zh);
    json.attribute("details", op.details);
    json.attribute("basis", op.basis);
    json.attribute("note", op.note);
    json.attribute("status", op.status());
    json.attribute("ulps", op.ulps);
    json.attribute("instruction", op.insn);
    json.attribute("archs", archsOf(op));
    json.attribute("result", op.result);
    writeParams(json, op.params);
    writeRules(json, op);
  });
}

static void writeBuiltin(json::OStream &json, const BuiltinTable &table, const BuiltinRow &row) {
  json.object([&] {
    json.attribute("name", row.name);
    json.attribute("operation", table.ops[row.op].mnemonic);
    json.attribute("family", familyOf(row.record));
    json.attribute("form", row.form);
    // What editors and graders ask of a name stands with the name, though it follows from the operation.
    json.attribute("status", table.ops[row.op].status());
    json.attribute("archs", archsOf(table.ops[row.op]));
    json.attribute("page", "reference/builtins/" + row.name + ".md");
    writeRules(json, table.ops[row.op]);
    writeParams(json, row.params);
    json.attributeArray("overloads", [&] {
      for (const BuiltinOverload &o : row.overloads)
        json.object([&] {
          json.attribute("label", table.label(row, o));
          json.attribute("suffix", o.suffix);
          json.attributeArray("types", [&] {
            for (const BuiltinElt &e : o.types)
              json.object([&] {
                json.attribute("name", e.name);
                json.attribute("ctype", e.ctype);
                json.attribute("bits", e.width);
              });
          });
        });
    });
  });
}

static void writeFunction(json::OStream &json, const Record *row) {
  auto strings = [&](StringRef key, StringRef field) {
    json.attributeArray(key, [&] {
      for (StringRef text : row->getValueAsListOfStrings(field))
        json.value(text);
    });
  };
  const StringRef basis = row->getValueAsString("Basis");
  json.object([&] {
    strings("names", "Names");
    strings("signatures", "Signatures");
    json.attribute("family", familyOf(row));
    json.attribute("summary", row->getValueAsString("Summary"));
    json.attribute("zh", row->getValueAsString("Zh"));
    json.attribute("basis", basis);
    json.attribute("note", row->getValueAsString("Note"));
    json.attribute("status", basis == "documented" ? "exact" : "chosen");
    json.attribute("page", ("reference/builtins/" + row->getValueAsListOfStrings("Names").front() + ".md").str());
  });
}

bool writeBuiltinJson(const RecordKeeper &records, raw_ostream &os) {
  auto table = readBuiltins(records);
  if (!table)
    return true;
  json::OStream json(os, /*IndentSize=*/1);
  json.object([&] {
    json.attributeArray("operations", [&] {
      for (const BuiltinOp &op : table->ops)
        writeOperation(json, op);
    });
    json.attributeArray("builtins", [&] {
      for (const BuiltinRow &row : table->builtins)
        writeBuiltin(json, *table, row);
    });
    json.attributeArray("functions", [&] {
      for (const Record *row : records.getAllDerivedDefinitions("Function"))
        writeFunction(json, row);
    });
  });
  os << "\n";
  return false;
}

} // namespace bang::tblgen
