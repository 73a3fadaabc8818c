// Flow.h: how the results of an instruction depend on what it reads.
#ifndef OPENBANG_SIMULATOR_CHECK_FLOW_H
#define OPENBANG_SIMULATOR_CHECK_FLOW_H

#include "codegen/isa/Insn.h"

#include <string_view>

namespace dlp::check {

enum class Flow : uint8_t {
  Copy,     // byte i of the result is byte i of the source
  Lanes,    // element i of the result depends on element i of each source
  Order,    // elements change their place
  Channels, // as Lanes, for channels: element i of an image depends on the elements of its channel, i modulo `c`
  Mix,      // any result may depend on any source
};

// From the latency class of the row, which tells families apart.
inline Flow flowOf(const InsnInfo &info) {
  std::string_view latency = info.latency;
  if (latency == "dma" || std::string_view(info.mnemonic) == "vmove")
    return Flow::Copy;
  if (latency == "add" || latency == "mul" || latency == "div" || latency == "func")
    return Flow::Lanes;
  if (latency == "pool")
    return Flow::Channels;
  return latency == "move" ? Flow::Order : Flow::Mix;
}

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_FLOW_H
