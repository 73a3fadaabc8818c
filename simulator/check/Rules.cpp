// Rules.cpp: operands that overlap where the language says they must not.
//
// Instructions that give elements another place (transposes, orders of weights) read what they have overwritten when
// source and destination overlap; the simulator copies first, a card does not. Most rules of operands are checked by
// the machine and arrive as faults (Faults.cpp).
#include "simulator/check/Check.h"

#include "simulator/check/Flow.h"

namespace dlp::check {
namespace {

class RuleCheck : public Check {
public:
  using Check::Check;

  void done(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces) override {
    if (flowOf(*instruction.insn.info) != Flow::Order)
      return;
    for (const MemoryPiece &out : pieces)
      for (const MemoryPiece &in : pieces)
        if (out.write && !in.write && out.address < in.address + in.bytes && in.address < out.address + out.bytes)
          return report(core, instruction, out);
  }

private:
  void report(Core &core, const Instruction &instruction, const MemoryPiece &out) {
    Finding f = context.findingAt(Kind::Rule, core, instruction.insn.pc);
    const Object *object = context.objectAt(out.address);
    f.object = object ? object->name : "";
    f.what = context.operationAt(f.place, core) + " writes to the memory it reads" +
             (object ? ", " + object->describe() : std::string()) + "; source and destination must not overlap";
    f.fix = "give the result an array of its own";
    context.report.add(std::move(f));
  }
};

} // namespace

std::unique_ptr<Check> makeRuleCheck(Context &context) { return std::make_unique<RuleCheck>(context); }

} // namespace dlp::check
