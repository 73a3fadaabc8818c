// Pages.cpp: help, manual page and shell completion, all from the rows of Commands.cpp.
#include "frontend/bang/Commands.h"

#include <algorithm>
#include <cstring>

namespace bang {

static std::string padded(std::string text, size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

// Breaks at spaces so that no line passes column 100.
static std::string wrapped(const std::string &text, size_t indent) {
  constexpr size_t kColumns = 100;
  std::string result, word;
  size_t column = indent;
  auto flush = [&] {
    if (column > indent && column + 1 + word.size() > kColumns) {
      result += "\n" + std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      result += " ";
      ++column;
    }
    result += word;
    column += word.size();
    word.clear();
  };
  for (char c : text)
    if (c == ' ')
      flush();
    else
      word += c;
  flush();
  return result;
}

static std::string spelling(const CommandOption &option) {
  if (!option.value)
    return option.name;
  return option.name + std::string(option.value[0] == '[' ? "" : " ") + option.value;
}

static std::string synopsis(const Command &command) {
  std::string text = std::string("bang ") + command.name;
  if (!command.options.empty())
    text += " [options]";
  if (*command.arguments)
    text += std::string(" ") + command.arguments;
  return text;
}

std::string helpText() {
  std::string text = "usage: bang <command> [arguments]\n\ntools for BANG C programs on simulated cards\n\ncommands:\n";
  for (const Command &command : allCommands())
    text += "  " + padded(command.name, 10) + command.summary + "\n";
  return text + "\n'bang <command> --help' says more about a command; bangcc is the compiler.\n";
}

std::string helpText(const Command &command) {
  std::string text = "usage: " + synopsis(command) + "\n\n" + wrapped(command.summary, 0) + "\n";
  if (*command.details)
    text += "\n" + wrapped(command.details, 0) + "\n";
  if (!command.options.empty())
    text += "\noptions:\n";
  size_t width = 0;
  for (const CommandOption &option : command.options)
    width = std::max(width, spelling(option).size() + 2);
  for (const CommandOption &option : command.options)
    text += "  " + padded(spelling(option), width) + wrapped(option.help, width + 2) + "\n";
  if (*command.examples)
    text += std::string("\nexamples:\n") + command.examples;
  return text;
}

// Text as roff reads it: no line may start with a dot or a quote, and a dash is a minus.
static std::string roff(const std::string &text) {
  std::string result;
  for (char c : text) {
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else
      result += c;
  }
  return result.starts_with('.') || result.starts_with('\'') ? "\\&" + result : result;
}

std::string manualPage() {
  std::string page = ".\\\" Written by `bang --man` from the table of commands.\n"
                     ".TH BANG 1 \"\" \"openbang " OPENBANG_VERSION "\"\n"
                     ".SH NAME\nbang \\- tools for BANG C programs on simulated cards\n"
                     ".SH SYNOPSIS\n.B bang\n.I command\n[arguments]\n.SH COMMANDS\n";
  for (const Command &command : allCommands()) {
    page += ".SS " + roff(synopsis(command)) + "\n" + roff(command.summary) + ".\n";
    if (*command.details)
      page += ".PP\n" + roff(command.details) + "\n";
    for (const CommandOption &option : command.options)
      page += ".TP\n.B " + roff(spelling(option)) + "\n" + roff(option.help) + ".\n";
    if (*command.examples)
      page += ".PP\nExamples:\n.nf\n" + roff(command.examples) + ".fi\n";
  }
  return page + ".SH ENVIRONMENT\n"
                ".TP\n.B BANG_MACHINE\nthe simulated card or cards of every program with kernels.\n"
                ".TP\n.B BANG_TOOL\nthe tool that watches a program; the commands set it.\n"
                ".SH SEE ALSO\n.BR bangcc (1)\n";
}

std::string bashCompletion() {
  std::string names;
  std::string cases;
  for (const Command &command : allCommands()) {
    names += (names.empty() ? "" : " ") + std::string(command.name);
    std::string options = "--help";
    for (const CommandOption &option : command.options)
      options += std::string(" ") + option.name;
    cases += std::string("  ") + command.name + ") options=\"" + options + "\" ;;\n";
  }
  return "# bash completion of bang. Written by `bang --completion` from the table of commands.\n"
         "_bang() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} options=\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "    COMPREPLY=($(compgen -W \"" +
         names +
         " --help --version\" -- \"$word\"))\n"
         "    return\n"
         "  fi\n"
         "  case ${COMP_WORDS[1]} in\n" +
         cases +
         "  esac\n"
         "  if [[ $word == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _bang bang\n";
}

} // namespace bang
