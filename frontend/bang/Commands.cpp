// Commands.cpp: the rows, and the reading of a command's options.
#include "frontend/bang/Commands.h"

#include "frontend/bang/Doctor.h"
#include "frontend/bang/Run.h"

#include <algorithm>
#include <cstdio>

namespace bang {

static constexpr CommandOption kMachine = {
    "--machine", "<machine>",
    "run on this simulated card: a name such as mlu370-x4, a machine file, or several cards as mlu370-x8*2"};

static constexpr CommandOption kRunOptions[] = {
    kMachine,
    {"--stats", nullptr, "print the executed instructions and the host time of each launch"},
};

static constexpr Command kCommands[] = {
    {"run", "<program or file.mlu> [arguments]", "run a program on a simulated card",
     "A .mlu file is compiled first, with bangcc -O2 -g, into a temporary folder. The exit code is the program's.",
     kRunOptions, runProgramCommand},
    {"doctor",
     "",
     "check this installation and say what is missing",
     "Lists compiler, library, headers and machine files, then compiles and runs a small kernel. The exit code is 0 "
     "only when everything works.",
     {},
     runDoctor},
};

std::span<const Command> allCommands() { return kCommands; }

const Command *findCommand(std::string_view name) {
  auto it = std::ranges::find_if(kCommands, [&](const Command &command) { return command.name == name; });
  return it == std::end(kCommands) ? nullptr : it;
}

int usageError(const std::string &sentence) {
  std::fprintf(stderr, "bang: error: %s\n", sentence.c_str());
  return kUsageExit;
}

std::optional<CommandLine> parseCommandLine(const Command &command, std::span<char *const> args) {
  CommandLine line;
  size_t next = 0;
  for (; next < args.size(); ++next) {
    std::string word = args[next];
    if (word == "--") {
      ++next;
      break;
    }
    if (word.size() < 2 || word[0] != '-')
      break;
    size_t equals = word.find('=');
    std::string name = word.substr(0, equals);
    auto option = std::ranges::find_if(command.options, [&](const CommandOption &row) { return row.name == name; });
    if (option == command.options.end()) {
      usageError("'bang " + std::string(command.name) + "' has no option '" + name + "'; 'bang " + command.name +
                 " --help' lists them");
      return std::nullopt;
    }
    if (!option->value && equals != std::string::npos) {
      usageError("option '" + name + "' takes no value");
      return std::nullopt;
    }
    std::string value;
    if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (option->value) {
      if (++next == args.size()) {
        usageError("option '" + name + "' needs a value after it: " + option->value);
        return std::nullopt;
      }
      value = args[next];
    }
    line.options[name] = value;
  }
  line.rest.assign(args.begin() + next, args.end());
  return line;
}

} // namespace bang
