// Archs.cpp: would a kernel fit on the other archs a program can be compiled for?
#include "simulator/check/Check.h"

#include "codegen/isa/Target.h"

#include <algorithm>

namespace dlp::check {
namespace {

std::string kilobytes(uint64_t bytes) { return std::to_string((bytes + kKiB - 1) / kKiB) + " KB"; }

class ArchCheck : public Check {
public:
  using Check::Check;

  void launchBegins(Launch &launch) override {
    const ImageKernel &kernel = launch.runningKernel();
    bool stackOnNram = !(kernel.flags & kKernelStackOnLdram);
    for (const ArchInfo &arch : allArchs()) {
      judge(arch, Space::Nram, kernel.nramBytes + (stackOnNram ? kMinStackBytes : 0), arch.nramKB * kKiB);
      judge(arch, Space::Wram, kernel.wramBytes, arch.wramKB * kKiB);
      judge(arch, Space::Sram, kernel.sramBytes, arch.sramKB * kKiB);
    }
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
};

} // namespace

std::unique_ptr<Check> makeArchCheck(Context &context) { return std::make_unique<ArchCheck>(context); }

} // namespace dlp::check
