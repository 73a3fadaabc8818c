// main.cpp: bang, the tools for programs with kernels; the commands are rows of Commands.cpp.
#include "frontend/bang/Run.h"

#include <cstdio>
#include <cstring>
#include <unistd.h>

using namespace bang;

static int print(const std::string &text) {
  std::fputs(text.c_str(), stdout);
  return 0;
}

int main(int argc, char **argv) {
  const std::string_view name = argc > 1 ? argv[1] : "--help";
  if (name == "--help" || name == "-h" || (name == "help" && argc == 2))
    return print(helpText());
  if (name == "--version")
    return print("bang (openbang " OPENBANG_VERSION ")\n");
  if (name == "--man")
    return print(manualPage());
  if (name == "--completion")
    return print(bashCompletion());

  const std::string_view wanted = name == "help" ? argv[2] : name;
  const Command *command = findCommand(wanted);
  if (!command)
    return usageError("there is no command '" + std::string(wanted) + "'; 'bang --help' lists the commands");
  const bool asksHelp =
      name == "help" || (argc > 2 && (!std::strcmp(argv[2], "--help") || !std::strcmp(argv[2], "-h")));
  if (asksHelp)
    return print(helpText(*command));
  if (!command->run) {
    std::string program = ownFolder() + "/bang-" + command->name;
    argv[1] = program.data();
    execv(argv[1], argv + 1);
    return usageError("cannot start " + program + ": " + std::strerror(errno));
  }
  std::optional<CommandLine> line = parseCommandLine(*command, {argv + 2, argv + argc});
  return line ? command->run(*line) : kUsageExit;
}
