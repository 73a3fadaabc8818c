// Options.h: what the command line asks for.
#ifndef OPENBANG_FRONTEND_DRIVER_OPTIONS_H
#define OPENBANG_FRONTEND_DRIVER_OPTIONS_H

#include "codegen/isa/Target.h"
#include "frontend/sema/Messages.h"

#include <optional>
#include <string>
#include <vector>

namespace bang {

enum class InputKind { Bang, Cxx, C, Linkable };

struct Input {
  std::string path;
  InputKind kind;
};

// How far the road of a kernel is walked. DeviceImage and FatBinary are results of the device half alone.
enum class Goal {
  Preprocess,
  Syntax,
  LLVM,
  BangDialect,
  DlpDialect,
  Assembly,
  DeviceImage,
  FatBinary,
  Object,
  Program
};

struct Options {
  Goal goal = Goal::Program;
  bool deviceOnly = false, hostOnly = false;

  std::vector<Input> inputs;
  std::string output; // empty: named after the input
  std::vector<const dlp::ArchInfo *> archs;
  unsigned optLevel = 0;
  bool debugInfo = false;
  bool stackOnLdram = false, reportMemory = false, saveTemps = false;
  bool bitcode = false; // -emit-llvm -c

  std::vector<std::string> compileArgs; // for Clang, and for the compiler of plain C and C++ files
  // Linker arguments and inputs keep their order: an entry is an argument or, when it is empty, the next input.
  std::vector<std::string> linkLine;
  bool shared = false;

  bool dependencies = false, dependenciesOnly = false, systemDependencies = false, phonyTargets = false;
  std::string dependencyFile;
  std::vector<std::string> dependencyTargets; // as they stand in the rule

  bool verbose = false, dryRun = false;
};

// A name as it stands in a make rule: make reads `$`, `#` and spaces its own way.
std::string quoteForMake(llvm::StringRef name);

struct ParsedCommand {
  std::optional<Options> options; // empty: nothing left to do, end with `exitCode`
  int exitCode = 0;
};

// Reads the arguments (without the program's name); answers --help, --version and mistakes itself.
ParsedCommand parseCommand(std::vector<const char *> args, Messages &messages);

} // namespace bang

#endif // OPENBANG_FRONTEND_DRIVER_OPTIONS_H
