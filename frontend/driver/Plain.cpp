// Plain.cpp: C and C++ files among the inputs. They see cnrt.h like kernel sources do; nothing else is special.
#include "frontend/driver/Compilation.h"

using namespace llvm;

namespace bang {

bool Compilation::compilePlain(const Input &input, const std::string &result) {
  if (options.goal == Goal::BangDialect || options.goal == Goal::DlpDialect || options.goal == Goal::DeviceImage ||
      options.goal == Goal::FatBinary) {
    messages.error("'" + input.path + "' is plain " + (input.kind == InputKind::C ? "C" : "C++") +
                   ", which has no device code; give a .mlu file, or say -x bang");
    return false;
  }
  std::optional<OutputFile> file;
  if (options.goal != Goal::Syntax && !options.dryRun && !(file = OutputFile::create(result, messages)))
    return false;

  std::vector<std::string> command = {tools.clang};
  for (const std::string &arg : options.compileArgs)
    // A language standard for the other language is no mistake of the user's: the flags are for all files.
    if (input.kind != InputKind::C || !StringRef(arg).starts_with("-std=c++"))
      command.push_back(arg);
  command.insert(command.end(),
                 {"-Qunused-arguments", "-isystem", tools.includeDir, "-idirafter", tools.includeDir + "/compat"});
  switch (options.goal) {
  case Goal::Preprocess:
    command.push_back("-E");
    break;
  case Goal::Syntax:
    command.push_back("-fsyntax-only");
    break;
  case Goal::LLVM:
    command.insert(command.end(), {options.bitcode ? "-c" : "-S", "-emit-llvm"});
    break;
  case Goal::Assembly:
    command.push_back("-S");
    break;
  default:
    command.push_back("-c");
    break;
  }
  if (options.dependencies) {
    command.insert(command.end(), {options.systemDependencies ? "-MD" : "-MMD", "-MF", dependencyFileName(result)});
    std::vector<std::string> targets = options.dependencyTargets;
    if (targets.empty())
      targets = {options.goal == Goal::Program || options.dependenciesOnly ? sideResult(input.path, ".o") : result};
    for (const std::string &target : targets)
      command.insert(command.end(), {"-MT", target});
    if (options.phonyTargets)
      command.push_back("-MP");
  }
  command.insert(command.end(), {"-x", input.kind == InputKind::C ? "c" : "c++", input.path});
  if (options.goal != Goal::Syntax)
    command.insert(command.end(), {"-o", file ? file->path() : result});
  return runProgram(command, options, messages) && (!file || file->keep(messages));
}

} // namespace bang
