// MemoryCore.cpp: work that a memory core leaves out, or does for itself, because the kernel does not tell it apart: a
// hint.
//
// Many published kernels have no guard; they are right, since the memory core ignores what it has no engine for, and
// its scalar code sees an NRAM that no copy and no vector instruction fills.
#include "simulator/check/Check.h"

#include <set>

namespace dlp::check {
namespace {

class MemoryCoreCheck : public Check {
public:
  using Check::Check;

  bool watchesScalar() const override { return true; }

  void skips(Core &core, const Instruction &instruction) override {
    if (core.isMemoryCore())
      tell(core, instruction.insn.pc, "", ", which only the other cores do; it is ignored there");
  }

  void scalar(Core &core, uint64_t address, uint64_t, bool write) override {
    if (core.isMemoryCore() && CoreView::spaceOf(address) == Space::Nram)
      tell(core, core.currentPc(), write ? "a store to NRAM" : "a load from NRAM",
           ", but what the other cores have there it does not see");
  }

private:
  void tell(Core &core, uint64_t pc, const std::string &work, const char *why) {
    if (!told.insert(context.kernelName()).second)
      return;
    Finding f = context.findingAt(Kind::Rule, core, pc);
    f.hint = true;
    f.object = "memory core";
    f.what = "the memory core comes to " + (work.empty() ? context.operationAt(f.place, core) : work) + why;
    f.fix = "guard the work of the cores with __is_ipu(), or let the memory core return with __is_mpu()";
    context.report.add(std::move(f));
  }

  std::set<std::string> told; // kernels
};

} // namespace

std::unique_ptr<Check> makeMemoryCoreCheck(Context &context) { return std::make_unique<MemoryCoreCheck>(context); }

} // namespace dlp::check
