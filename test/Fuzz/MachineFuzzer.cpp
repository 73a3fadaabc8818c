// MachineFuzzer.cpp: machine files of any content are accepted or refused with a sentence.
#include "simulator/core/MachineConfig.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string error;
  if (!dlp::parseMachine({reinterpret_cast<const char *>(data), size}, "fuzz.json", error) && error.empty())
    std::abort();
  return 0;
}
