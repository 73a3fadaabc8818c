// Commands.h: the table of `bang`'s commands. Help, manual page, shell completion and dispatch all read it, so a
// command exists everywhere or nowhere.
#ifndef OPENBANG_FRONTEND_BANG_COMMANDS_H
#define OPENBANG_FRONTEND_BANG_COMMANDS_H

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bang {

struct CommandOption {
  const char *name; // with its dashes
  // What stands for the value in help; null: the option takes none. "[=<value>]": it may have one.
  const char *value;
  const char *help;
  bool repeats = false; // values of several are joined by commas
};

// The command line of one command. Its options stand before the first other word; the rest belongs to the program.
struct CommandLine {
  std::map<std::string, std::string> options; // a flag has an empty value
  std::vector<std::string> rest;

  bool has(const std::string &name) const { return options.contains(name); }
  std::string value(const std::string &name) const {
    auto it = options.find(name);
    return it == options.end() ? std::string() : it->second;
  }
};

struct Command {
  const char *name;
  const char *arguments; // as help shows them
  const char *summary;   // one line
  const char *details;   // paragraphs for the manual page and for `bang <command> --help`
  std::span<const CommandOption> options;
  // Null: the program `bang-<name>` beside this one does it and reads its arguments itself.
  int (*run)(const CommandLine &line);
  const char *examples = ""; // a command and what it does on each line
};

std::span<const Command> allCommands();
const Command *findCommand(std::string_view name);

// Empty with a message on stderr: an unknown option, or a missing value.
std::optional<CommandLine> parseCommandLine(const Command &command, std::span<char *const> args);

// Pages.cpp: what the table looks like to a reader and to a shell.
std::string helpText();
std::string helpText(const Command &command);
std::string manualPage();
std::string bashCompletion();

// Writes "bang: error: ..." and gives the exit code of a wrong use.
int usageError(const std::string &sentence);
inline constexpr int kUsageExit = 2;

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_COMMANDS_H
