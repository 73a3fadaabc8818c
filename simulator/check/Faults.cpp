// Faults.cpp: a fault that stopped a kernel, as a finding of the kind it is, unless a check has explained it already.
#include "simulator/check/Check.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <sys/mman.h>

namespace dlp::check {
namespace {

Kind kindOf(FaultKind kind) {
  switch (kind) {
  case FaultKind::NullAccess:
  case FaultKind::OutOfBounds:
  case FaultKind::UseAfterFree:
  case FaultKind::ReadOnly:
  case FaultKind::StackOverflow:
    return Kind::Bounds;
  case FaultKind::WrongSpace:
  case FaultKind::Misaligned:
  case FaultKind::BadOperand:
    return Kind::Rule;
  case FaultKind::Deadlock:
  case FaultKind::BarrierMismatch:
    return Kind::Sync;
  case FaultKind::IllegalInstruction:
  case FaultKind::Assert:
  case FaultKind::Trap:
  case FaultKind::InstructionLimit:
  case FaultKind::Interrupted:
  case FaultKind::HostMemory:
    break;
  }
  return Kind::Fault;
}

std::string hex(uint64_t v) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(v));
  return text;
}

// True when the host program itself has memory at an address.
bool isHostAddress(uint64_t address) {
  constexpr uint64_t kPage = 4096;
  unsigned char resident;
  return address >= kGdramBase && mincore(reinterpret_cast<void *>(address & ~(kPage - 1)), 1, &resident) == 0;
}

class FaultCheck : public Check {
public:
  using Check::Check;

  void launchEnds(Launch &launch, const Fault *fault) override {
    // Barriers.cpp tells who waits for whom; the others are no mistakes of the kernel.
    if (!fault || fault->kind == FaultKind::Deadlock || fault->kind == FaultKind::Interrupted ||
        fault->kind == FaultKind::HostMemory)
      return;
    Kind kind = kindOf(fault->kind);
    if (kind != Kind::Fault && context.report.foundAt(kind, fault->pc))
      return;
    const Core &core = coreOf(launch, *fault);
    Finding f = context.findingAt(kind, core, fault->pc);
    f.what = inUsersWords(*fault, f.place, core);
    if (fault->kind == FaultKind::IllegalInstruction || fault->kind == FaultKind::Trap)
      f.iteration = 1; // the kernel ends there whenever it comes there
    f.notes.push_back({"the kernel stops here", {}});
    bool nowhere = fault->kind == FaultKind::OutOfBounds && fault->address >= kGdramBase;
    if (nowhere && isHostAddress(fault->address)) {
      f.object = parameterAt(launch, fault->address);
      f.what = f.what.substr(0, f.what.find(' ')) + " " + hex(fault->address) +
               " is memory of the host program, which a kernel cannot reach";
      f.fix = "give the kernel memory of cnrtMalloc, and copy to it with cnrtMemcpy";
    } else if (fault->kind == FaultKind::UseAfterFree) {
      f.fix = "call cnrtFree after cnrtQueueSync of the queue that runs the kernel";
    }
    if (f.object.empty() && fault->address >= kGdramBase)
      f.object = parameterAt(launch, fault->address);
    if (!f.object.empty())
      f.notes.push_back({"the pointer is " + f.object, {}});
    context.report.add(std::move(f));
  }

private:
  static const Core &coreOf(const Launch &launch, const Fault &fault) {
    auto cores = launch.allCores();
    return **std::find_if(cores.begin(), cores.end(), [&](const auto &core) {
      return core->clusterIndex() == fault.cluster && core->coreId() == fault.core;
    });
  }

  // A fault's sentence starts with the mnemonic of the instruction; a user knows the builtin.
  std::string inUsersWords(const Fault &fault, const Place &place, const Core &core) const {
    std::string mnemonic = fault.instruction.substr(0, fault.instruction.find(' '));
    if (mnemonic.empty() || !fault.message.starts_with(mnemonic + ":"))
      return fault.message;
    std::string operation = context.operationAt(place, core);
    if (operation == "this line")
      operation = mnemonic;
    return operation + fault.message.substr(mnemonic.size());
  }

  // "parameter 2" when the address lies not far behind the value of a pointer parameter.
  static std::string parameterAt(Launch &launch, uint64_t address) {
    constexpr uint64_t kFar = 1 << 30;
    const ImageKernel &kernel = launch.runningKernel();
    std::string best;
    uint64_t distance = kFar;
    for (size_t i = 0; i < kernel.params.size(); ++i) {
      uint64_t value;
      if (kernel.params[i].kind != kParamPointer || kernel.params[i].size != sizeof value)
        continue;
      std::memcpy(&value, launch.launchRequest().params.data() + kernel.params[i].offset, sizeof value);
      if (value && address - value < distance) {
        distance = address - value;
        best = "parameter " + std::to_string(i + 1);
      }
    }
    return best;
  }
};

} // namespace

std::unique_ptr<Check> makeFaultCheck(Context &context) { return std::make_unique<FaultCheck>(context); }

} // namespace dlp::check
