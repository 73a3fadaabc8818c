// Resources.cpp: device memory that the program leaves behind, and what its kernels use of each memory.
#include "simulator/check/Check.h"

#include <utility>

namespace dlp::check {
namespace {

std::string kilobytes(uint64_t bytes) { return std::to_string((bytes + kKiB - 1) / kKiB) + " KB"; }

class ResourceCheck : public Check {
public:
  using Check::Check;

  void launchBegins(Launch &launch) override {
    const ImageKernel &kernel = launch.runningKernel();
    const MachineConfig &machine = launch.config();
    if (!std::exchange(known[kernel.name], true)) {
      std::string text =
          kernel.displayName + " uses " + kilobytes(kernel.nramBytes) + " of " + kilobytes(machine.nramBytes) + " NRAM";
      auto add = [&](const char *memory, uint64_t bytes, uint64_t available) {
        if (bytes)
          text += ", " + kilobytes(bytes) + " of " + kilobytes(available) + " " + memory;
      };
      add("WRAM", kernel.wramBytes, machine.wramBytes);
      add("SRAM", kernel.sramBytes, machine.sramBytes);
      context.report.totals.resources.push_back(text);
    }
  }

  void finish() override {
    const auto &live = context.liveAllocations();
    if (live.empty())
      return;
    uint64_t total = 0;
    for (const auto &[base, allocation] : live)
      total += allocation.bytes;
    Finding f;
    f.kind = Kind::Resource;
    f.object = "device memory";
    f.what = "the program ends with " + std::to_string(total) + " bytes of device memory in " +
             std::to_string(live.size()) + (live.size() == 1 ? " allocation" : " allocations") + " that it never freed";
    f.fix = "call cnrtFree for each pointer of cnrtMalloc";
    context.report.add(std::move(f));
  }

private:
  std::map<std::string, bool> known;
};

} // namespace

std::unique_ptr<Check> makeResourceCheck(Context &context) { return std::make_unique<ResourceCheck>(context); }

} // namespace dlp::check
