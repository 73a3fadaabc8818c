// Frames.h: the calls that led to where a core is, from the image's frame information.
#ifndef OPENBANG_FRONTEND_CONSOLE_FRAMES_H
#define OPENBANG_FRONTEND_CONSOLE_FRAMES_H

#include "frontend/console/Client.h"
#include "frontend/console/Image.h"

#include <array>

namespace bang::console {

struct Frame {
  uint64_t pc = 0;
  uint64_t lookup = 0; // inside the instruction that the frame is at: of callers the call, not what follows it
  uint64_t cfa = 0;    // where the caller's stack begins
  // By DWARF's numbers: x0 to x31, f0 to f31. Callers have those that calls preserve.
  std::array<std::optional<uint64_t>, 64> registers;
  llvm::DWARFDie function; // none: no debug information
  bool inlined = false;    // into the next frame
  Line line;
};

// The innermost first. Bounded: a damaged stack has no end.
std::vector<Frame> unwind(Client &client, const Image &image);

} // namespace bang::console

#endif // OPENBANG_FRONTEND_CONSOLE_FRAMES_H
