// Rules.cpp: the rules of builtin rows (lang/builtins/Vocab.td, classes R_*), for operands that are known only now.
//
// The compiler checks the same rules of the same rows where operands are constants. Where the source line does not tell
// the builtin, only rules that all possible ones share are checked. Rules of one family of archs are checked for
// programs of that family, and with --arch all for every program.
#include "simulator/check/BuiltinRows.h"
#include "simulator/check/Check.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace dlp::check {
namespace {

using bang::OpInfo;
using bang::RuleInfo;
using bang::RuleKind;

// The bits of type number `index` of the instruction at hand.
unsigned elementBits(const OpInfo &op, const XdlpInsn &insn, int index) {
  const char *types = variantName(insn.word.id, insn.word.variant);
  for (const bang::LabelInfo &label : bang::allLabels())
    if (&bang::allOps()[label.op] == &op && types && std::strcmp(label.types, types) == 0)
      return unsigned(label.elementBits[index]);
  return 0;
}

// A rule of a row, with the operands of the instruction in place of parameters.
struct Bound {
  const RuleInfo *rule;
  const OpInfo *op;
  std::string builtin;
  int a, b, c, d;
  bool all2xx; // the program is of another family: for --arch all

  std::string name(int param) const { return op->params[param].name; }
  std::string the(int param) const { return "'" + name(param) + "' of " + builtin; }
  bool same(const RuleInfo &other, const OpInfo &otherOp) const {
    auto equal = [&](int mine, int theirs) {
      return (mine < 0) == (theirs < 0) &&
             (mine < 0 || std::strcmp(op->params[mine].name, otherOp.params[theirs].name) == 0);
    };
    return rule->kind == other.kind && rule->low == other.low && rule->number == other.number &&
           rule->only2xx == other.only2xx && equal(rule->a, other.a) && equal(rule->b, other.b) &&
           equal(rule->c, other.c) && equal(rule->d, other.d);
  }
};

// What is wrong, and how to repair it.
struct Broken {
  std::string what, fix;
};

std::string text(int64_t value) { return std::to_string(value); }
int64_t roundUp(int64_t value, int64_t unit) { return (value + unit - 1) / unit * unit; }

class RuleCheck : public Check {
public:
  using Check::Check;

  void launchBegins(Launch &launch) override {
    known.clear();
    constexpr uint32_t kFamily = 100;
    is2xx = launch.runningProgram().image().arch / kFamily == 2;
  }

  void issues(Core &core, const Instruction &instruction) override {
    for (const Bound &bound : rulesOf(instruction.insn))
      if (std::optional<Broken> broken = test(bound, instruction))
        report(core, instruction, bound, std::move(*broken));
  }

  void done(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces) override {
    for (const Bound &bound : rulesOf(instruction.insn))
      if (bound.rule->kind == RuleKind::NoAlias)
        testOverlap(core, instruction, bound, pieces);
  }

private:
  const std::vector<Bound> &rulesOf(const XdlpInsn &insn) {
    auto [it, fresh] = known.try_emplace(insn.pc);
    if (!fresh)
      return it->second;
    const std::vector<BuiltinRow> rows = bestRowsOf(*insn.info, context.placeOf(insn.pc).text);
    if (rows.empty())
      return it->second;
    for (const RuleInfo &rule : rows.front().op->rules) {
      const OpInfo &op = *rows.front().op;
      auto bind = [&](int param) { return param < 0 ? -1 : operandOf(*insn.info, op.params[param].name); };
      Bound bound{&rule,        &op,          rows.front().name, bind(rule.a),
                  bind(rule.b), bind(rule.c), bind(rule.d),      rule.only2xx && !is2xx};
      const bool complete =
          bound.a >= 0 && (rule.b < 0 || bound.b >= 0) && (rule.c < 0 || bound.c >= 0) && (rule.d < 0 || bound.d >= 0);
      const bool shared = std::all_of(rows.begin(), rows.end(), [&](const BuiltinRow &row) {
        return std::any_of(row.op->rules.begin(), row.op->rules.end(),
                           [&](const RuleInfo &other) { return bound.same(other, *row.op); });
      });
      if (complete && shared && (!bound.all2xx || context.report.options.allArchs))
        it->second.push_back(std::move(bound));
    }
    return it->second;
  }

  // nullopt: kept, or of a kind that another function checks.
  static std::optional<Broken> test(const Bound &bound, const Instruction &instruction) {
    const RuleInfo &rule = *bound.rule;
    auto value = [&](int operand) { return operand < 0 ? 0 : int64_t(instruction.operands[operand]); };
    const int64_t a = value(bound.a), b = value(bound.b), c = value(bound.c), d = value(bound.d);
    switch (rule.kind) {
    case RuleKind::Multiple:
      if (b == 0 || a % b == 0)
        return std::nullopt;
      return Broken{bound.the(rule.a) + " must be a multiple of '" + bound.name(rule.b) + "', but " + text(a) +
                        " is no multiple of " + text(b),
                    "round '" + bound.name(rule.a) + "' up to " + text(roundUp(a, b))};
    case RuleKind::Unit:
      if (a % rule.number == 0)
        return std::nullopt;
      return Broken{bound.the(rule.a) + " must be a multiple of " + text(rule.number) + ", but is " + text(a),
                    "pad the data to " + text(roundUp(a, rule.number))};
    case RuleKind::Range:
      if (a >= rule.low && a <= rule.number)
        return std::nullopt;
      return Broken{bound.the(rule.a) + " is " + text(a) + ", but must be " + text(rule.low) + " to " +
                        text(rule.number),
                    "split the work"};
    case RuleKind::NotAbove:
      if (a <= b)
        return std::nullopt;
      return Broken{bound.the(rule.a) + " is " + text(a) + ", but must be at most '" + bound.name(rule.b) +
                        "', which is " + text(b),
                    "reduce it or pad the data"};
    case RuleKind::Apart:
      if (c == 0 || b >= a)
        return std::nullopt;
      return Broken{bound.the(rule.b) + " is " + text(b) + " bytes, but a segment has " + text(a) +
                        ", so segments overwrite each other",
                    "a stride counts from start to start: make it at least " + text(a)};
    case RuleKind::SamePieces:
      if ((a + 1) * (b + 1) == (c + 1) * (d + 1))
        return std::nullopt;
      return Broken{bound.builtin + " writes " + text((a + 1) * (b + 1)) + " segments and reads " +
                        text((c + 1) * (d + 1)),
                    "('" + bound.name(rule.a) + "' + 1) * ('" + bound.name(rule.b) + "' + 1) must be ('" +
                        bound.name(rule.c) + "' + 1) * ('" + bound.name(rule.d) + "' + 1)"};
    case RuleKind::Aligned:
      if (a % rule.number == 0)
        return std::nullopt;
      return Broken{bound.the(rule.a) + " must begin at a multiple of " + text(rule.number) + " bytes, but is " +
                        text(a % rule.number) + " bytes behind one",
                    "move the data " + text(rule.number - a % rule.number) + " bytes up"};
    case RuleKind::ByteMultiple: {
      const int type = rule.b < 0 ? 0 : bound.op->params[rule.b].typeIndex;
      const int64_t bits = elementBits(*bound.op, instruction.insn, std::max(type, 0)), bytes = a * bits / 8;
      if (!bits || bytes % rule.number == 0)
        return std::nullopt;
      return Broken{bound.the(rule.a) + " must fill whole units of " + text(rule.number) + " bytes, but " + text(a) +
                        " elements are " + text(bytes) + " bytes",
                    "round it up to " + text(roundUp(bytes, rule.number) * 8 / bits)};
    }
    case RuleKind::NoAlias:
      break; // done(): only then the memory it takes is known
    }
    return std::nullopt;
  }

  void testOverlap(Core &core, const Instruction &instruction, const Bound &bound,
                   std::span<const MemoryPiece> pieces) {
    const RuleInfo &rule = *bound.rule;
    for (const MemoryPiece &one : pieces)
      for (const MemoryPiece &other : pieces)
        if (one.operand == bound.name(rule.a) && other.operand == bound.name(rule.b) &&
            one.address < other.address + other.bytes && other.address < one.address + one.bytes) {
          const Object *object = context.objectAt(one.address);
          return report(core, instruction, bound,
                        {"'" + bound.name(rule.a) + "' and " + bound.the(rule.b) + " overlap" +
                             (object ? " in " + object->describe() : std::string()) + ", but must not",
                         "use two arrays"});
        }
  }

  void report(Core &core, const Instruction &instruction, const Bound &bound, Broken broken) {
    Finding f = context.findingAt(Kind::Rule, core, instruction.insn.pc);
    const int operand = bound.rule->kind == RuleKind::NoAlias || bound.rule->kind == RuleKind::Aligned ? bound.a : -1;
    const Object *object = operand < 0 ? nullptr : context.objectAt(instruction.operands[operand]);
    f.object = object ? object->name : "";
    if (bound.all2xx) {
      f.object += f.object.empty() ? "2xx" : " 2xx";
      broken.what = "on archs 2xx " + broken.what;
    }
    f.what = std::move(broken.what);
    f.fix = std::move(broken.fix);
    context.report.add(std::move(f));
  }

  bool is2xx = false;
  std::unordered_map<uint64_t, std::vector<Bound>> known; // by code address, of this launch
};

} // namespace

std::unique_ptr<Check> makeRuleCheck(Context &context) { return std::make_unique<RuleCheck>(context); }

} // namespace dlp::check
