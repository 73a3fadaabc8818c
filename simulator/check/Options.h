// Options.h: what a run is checked for; the text behind `BANG_TOOL=check:`.
#ifndef OPENBANG_SIMULATOR_CHECK_OPTIONS_H
#define OPENBANG_SIMULATOR_CHECK_OPTIONS_H

#include "simulator/check/Finding.h"

#include <array>
#include <functional>

namespace dlp::check {

struct Options {
  std::array<bool, kKinds> kinds;             // reported ones; numbers are off unless asked for
  std::string report;                         // file for `bang check`; empty: text on stderr
  unsigned orders = 0;                        // of its copies that each launch is run in; 0: the usual one
  bool allArchs = false;                      // judge each kernel for every arch
  std::function<void(const Finding &)> found; // told of each new finding at once; may be empty
  Options();
  bool wants(Kind kind) const { return kinds[unsigned(kind)]; }
};

// Parses "only=bounds+race,skip=hazard,report=/tmp/x" (report comes last and may hold commas). nullopt: `error` says
// why.
std::optional<Options> parseOptions(std::string_view text, std::string &error);

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_OPTIONS_H
