// FuzzMachine.h: the small machine on which fuzzers run programs: two cores and a memory core, little memory.
#ifndef OPENBANG_TEST_FUZZ_FUZZMACHINE_H
#define OPENBANG_TEST_FUZZ_FUZZMACHINE_H

#include "simulator/core/MachineConfig.h"

#include <cstdlib>

namespace dlp::test {

// Also bounds each run, so that a loop without end is no finding.
inline const MachineConfig &fuzzMachine(const char *hostThreads) {
  static const MachineConfig config = [&] {
    setenv("BANG_MAX_INSTRUCTIONS", "20000", 1);
    setenv("BANG_HOST_THREADS", hostThreads, 1);
    MachineConfig m;
    m.name = "fuzz";
    m.archs = {372};
    m.clusters = 1;
    m.coresPerCluster = 2;
    m.memoryCore = true;
    m.nramBytes = m.wramBytes = m.sramBytes = 256 * 1024;
    m.ldramBytes = 1 << 20;
    m.gdramBytes = 1 << 22;
    m.queueDepth = 4;
    return m;
  }();
  return config;
}

} // namespace dlp::test

#endif // OPENBANG_TEST_FUZZ_FUZZMACHINE_H
