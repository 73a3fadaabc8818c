// KernelEntry.h: the code around a kernel that no user wrote: the wrapper that unpacks its parameters and ends the
// task, and the kernel's prologue.
#ifndef OPENBANG_SIMULATOR_DEBUG_KERNELENTRY_H
#define OPENBANG_SIMULATOR_DEBUG_KERNELENTRY_H

#include "simulator/core/Launch.h"

namespace dlp::debug {

class KernelEntry {
public:
  void begin(Launch &newLaunch);
  // Code of the wrapper, without a source line.
  bool inWrapper(uint64_t pc) const;
  // Asked before each instruction of a core from its first one on: has it come to the end of the kernel's prologue, or
  // to no kernel that has one?
  bool arrived(Core &core);

private:
  Launch *launch = nullptr;
  uint64_t wrapperEnd = 0;
  uint64_t kernel = 0;          // its function; 0 where it is inlined into the wrapper
  const Op *last = nullptr;     // of the prologue
  const Op *expected = nullptr; // what follows the core's last instruction, if that is no jump
  unsigned steps = 0;
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_KERNELENTRY_H
