// RunOptions.h: the command line of dlp-run.
#ifndef OPENBANG_SIMULATOR_TOOLS_RUNOPTIONS_H
#define OPENBANG_SIMULATOR_TOOLS_RUNOPTIONS_H

#include "simulator/Device.h"
#include "simulator/tools/Npy.h"

#include <optional>
#include <string>
#include <vector>

namespace dlp {

// A user error: one sentence.
struct UsageError {
  std::string text;
};

// One --arg.
struct ArgumentSpec {
  enum Kind { Value, In, Out, InOut } kind = Value;
  std::string text;              // as written, for messages
  std::vector<uint8_t> value;    // Value: its bytes
  std::string path;              // In, Out, InOut
  const NpyType *type = nullptr; // Out: from the option, or null
  std::vector<uint64_t> shape;
};

struct RunOptions {
  std::string image, kernel, machine;
  Dim3 dim;
  TaskType type = TaskType::Block;
  std::vector<ArgumentSpec> arguments;
  bool listKernels = false, stats = false, help = false;
  std::optional<std::string> check; // what follows "check:" in BANG_TOOL
};

extern const char kRunHelp[];

// Throws UsageError.
RunOptions parseRunOptions(int argc, char **argv);
ArgumentSpec parseArgument(const std::string &text);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_TOOLS_RUNOPTIONS_H
