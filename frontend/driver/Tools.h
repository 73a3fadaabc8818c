// Tools.h: the programs and folders bangcc works with, and how it runs other programs.
#ifndef OPENBANG_FRONTEND_DRIVER_TOOLS_H
#define OPENBANG_FRONTEND_DRIVER_TOOLS_H

#include "frontend/driver/Options.h"

#include <optional>
#include <string>
#include <vector>

namespace bang {

struct Tools {
  std::string self;       // bangcc itself, for messages and -v
  std::string clang;      // Clang, for the host's C++ library, plain C++ files and the link
  std::string includeDir; // with bang.h and cnrt.h
  std::string libraryDir; // with libcnrt.so
  std::string cacheDir;   // for precompiled headers; may be empty
};

// Finds them beside bangcc: <prefix>/bin/bangcc, <prefix>/include, <prefix>/lib64.
std::optional<Tools> findTools(const char *argv0, Messages &messages);

// Runs a program; shows it first when -v or -### ask for it. False: it failed, and a message was printed.
bool runProgram(const std::vector<std::string> &command, const Options &options, Messages &messages);

// "program" "argument" ...
void showCommand(const std::vector<std::string> &command);

} // namespace bang

#endif // OPENBANG_FRONTEND_DRIVER_TOOLS_H
