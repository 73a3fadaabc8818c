// LinePrefix.h: what kernels print, in whole lines that begin with the task and the core.
#ifndef OPENBANG_SIMULATOR_CORE_LINEPREFIX_H
#define OPENBANG_SIMULATOR_CORE_LINEPREFIX_H

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace dlp {

class Core;

class LinePrefix {
public:
  using Print = std::function<void(std::string_view)>;

  // Prints what is a whole line now. Lines of a core keep their order.
  void print(const Core &core, std::string_view text, const Print &print);
  // The launch is over, for whatever reason: lines without an end get one.
  void finish(const Print &print);

private:
  struct Begun {
    uint64_t task;
    std::string prefix, text;
  };
  static void end(Begun &line, const Print &print);
  std::map<unsigned, Begun> lines; // by core
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_LINEPREFIX_H
