// CoreDump.h: the state of the card at a fault, as an ELF core file for lldb and gdb.
#ifndef OPENBANG_SIMULATOR_DEBUG_COREDUMP_H
#define OPENBANG_SIMULATOR_DEBUG_COREDUMP_H

#include "simulator/core/Debugger.h"

#include <string>

namespace dlp::debug {

// A debugger that never stops anything and writes `path` when a kernel faults, and the image beside it as path.elf.
// Cores are threads in the order of turns; private memories lie at addresses with their core's tag
// (codegen/isa/CoreTags.h).
class CoreDumper : public Debugger {
public:
  explicit CoreDumper(std::string path) : path(std::move(path)) {}

  void launchBegins(Launch &newLaunch) override { launch = &newLaunch; }
  void launchEnds(Launch &) override { launch = nullptr; }
  Resume resume(Core &) override { return Resume::Run; }
  void reachedBreakpoint(Core &) override {}
  void stepped(Core &) override {}
  void turnOver(Core &) override {}
  void faulted(Core &core, const Fault &fault) override;

private:
  std::string path;
  Launch *launch = nullptr;
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_COREDUMP_H
