// MemoryCore.cpp: work that a memory core leaves out because the kernel does not tell it apart: a hint.
//
// Many published kernels have no guard; they are right, since the memory core ignores what it has no engine for.
#include "simulator/check/Check.h"

#include <set>

namespace dlp::check {
namespace {

class MemoryCoreCheck : public Check {
public:
  using Check::Check;

  void skips(Core &core, const Instruction &instruction) override {
    if (!core.isMemoryCore() || !told.insert(context.kernelName()).second)
      return;
    Finding f = context.findingAt(Kind::Rule, core, instruction.insn.pc);
    f.hint = true;
    f.object = "memory core";
    f.what = "the memory core comes to " + context.operationAt(f.place, core) +
             ", which only the other cores do; it is ignored there";
    f.fix = "guard the work of the cores with __is_ipu(), or let the memory core return with __is_mpu()";
    context.report.add(std::move(f));
  }

private:
  std::set<std::string> told; // kernels
};

} // namespace

std::unique_ptr<Check> makeMemoryCoreCheck(Context &context) { return std::make_unique<MemoryCoreCheck>(context); }

} // namespace dlp::check
