// Archs.cpp: would a kernel run on the other archs a program can be compiled for? Their memories must be large enough,
// and they must have the builtins that ran. What they ask of operands beyond that is checked in Rules.cpp.
#include "simulator/check/Check.h"

#include "codegen/isa/Target.h"
#include "simulator/check/BuiltinRows.h"

#include <algorithm>
#include <unordered_set>

namespace dlp::check {
namespace {

std::string kilobytes(uint64_t bytes) { return std::to_string((bytes + kKiB - 1) / kKiB) + " KB"; }

class ArchCheck : public Check {
public:
  using Check::Check;

  void launchBegins(Launch &launch) override {
    known.clear();
    const ImageKernel &kernel = launch.runningKernel();
    bool stackOnNram = !(kernel.flags & kKernelStackOnLdram);
    for (const ArchInfo &arch : allArchs()) {
      judge(arch, Space::Nram, kernel.nramBytes + (stackOnNram ? kMinStackBytes : 0), arch.nramKB * kKiB);
      judge(arch, Space::Wram, kernel.wramBytes, arch.wramKB * kKiB);
      judge(arch, Space::Sram, kernel.sramBytes, arch.sramKB * kKiB);
    }
  }

  void issues(Core &core, const Instruction &instruction) override {
    const uint64_t pc = instruction.insn.pc;
    if (!known.insert(pc).second)
      return;
    const std::vector<BuiltinRow> rows = bestRowsOf(*instruction.insn.info, context.placeOf(pc).text);
    std::string archs;
    unsigned count = 0;
    for (const ArchInfo &arch : allArchs())
      if (!rows.empty() && std::none_of(rows.begin(), rows.end(), [&](const BuiltinRow &row) {
            return row.op->firstArch <= arch.number && (!row.op->lastArch || arch.number <= row.op->lastArch);
          })) {
        archs += (archs.empty() ? "" : ", ") + std::string(arch.name);
        ++count;
      }
    if (!count)
      return;
    Finding f = context.findingAt(Kind::Rule, core, pc);
    f.object = rows.front().name;
    const bang::OpInfo &op = *rows.front().op;
    f.what = rows.front().name +
             (op.lastArch == 0              ? " exists from arch " + std::to_string(op.firstArch) + " on"
              : op.firstArch == op.lastArch ? " exists on arch " + std::to_string(op.firstArch) + " only"
              : op.firstArch == 0
                  ? " in this form exists up to arch " + std::to_string(op.lastArch)
                  : " exists on archs " + std::to_string(op.firstArch) + " to " + std::to_string(op.lastArch)) +
             "; " + archs + (count == 1 ? " does" : " do") + " not have it";
    f.fix = "write this part another way where __BANG_ARCH__ says so";
    context.report.add(std::move(f));
  }

private:
  void judge(const ArchInfo &arch, Space space, uint64_t needed, uint64_t available) {
    if (needed <= available)
      return;
    Finding f;
    f.kind = Kind::Rule;
    f.kernel = context.kernelName();
    f.object = std::string(arch.name) + " " + spaceName(space);
    f.what = "the kernel needs " + kilobytes(needed) + " of " + spaceName(space) + ", " + arch.name + " has " +
             (available ? kilobytes(available) : "none");
    if (const Object *largest = context.largestIn(space)) {
      f.place = largest->declared;
      f.notes.push_back({"the largest variable is " + largest->describe(), {}});
    }
    f.fix = std::string("choose the size of the buffers by __BANG_ARCH__, or leave out ") + arch.name;
    context.report.add(std::move(f));
  }

  std::unordered_set<uint64_t> known; // code addresses that were judged in this launch
};

} // namespace

std::unique_ptr<Check> makeArchCheck(Context &context) { return std::make_unique<ArchCheck>(context); }

} // namespace dlp::check
