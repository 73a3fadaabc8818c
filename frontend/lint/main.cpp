// main.cpp: bang-lint, which `bang lint` starts: reads kernel sources as bangcc would, for the first arch of each, and
// runs the rules over what Clang makes of them.
#include "frontend/lint/Lint.h"

#include "frontend/driver/Options.h"
#include "frontend/driver/Tools.h"
#include "frontend/sema/PrecompiledHeader.h"
#include "frontend/sema/Session.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/CompilationDatabase.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace bang::lint {
namespace {

struct CommandLine {
  bool fix = false;
  std::set<std::string> rules;
  std::string database; // folder of compile_commands.json
  std::vector<std::string> files, flags;
};

int usage(const std::string &sentence) {
  llvm::errs() << "bang lint: error: " << sentence << "\n";
  return 2;
}

void printRules() {
  for (const Rule &rule : allRules())
    llvm::outs() << llvm::StringRef(rule.name).str() << std::string(20 - llvm::StringRef(rule.name).size(), ' ')
                 << rule.summary << "\n";
}

// "a,b" wants only these, "-a,-b" all but these.
bool chooseRules(llvm::StringRef text, std::set<std::string> &rules) {
  llvm::SmallVector<llvm::StringRef> words;
  text.split(words, ',');
  std::set<std::string> only;
  for (llvm::StringRef word : words) {
    const bool isExcluded = word.consume_front("-");
    if (llvm::none_of(allRules(), [&](const Rule &rule) { return word == rule.name; })) {
      usage("there is no rule '" + word.str() + "'; --list lists them");
      return false;
    }
    if (isExcluded)
      rules.erase(word.str());
    else
      only.insert(word.str());
  }
  if (!only.empty())
    rules = only;
  return true;
}

// Empty: an exit code is to be returned.
std::optional<CommandLine> parse(llvm::ArrayRef<const char *> args, int &exitCode) {
  CommandLine line;
  for (const Rule &rule : allRules())
    line.rules.insert(rule.name);
  exitCode = 0;
  for (size_t i = 0; i < args.size(); ++i) {
    llvm::StringRef word = args[i];
    if (word == "--") {
      line.flags.assign(args.begin() + i + 1, args.end());
      break;
    }
    if (word == "--list") {
      printRules();
      return std::nullopt;
    }
    const auto [name, joined] = word.split('=');
    if (word == "--fix") {
      line.fix = true;
    } else if (name == "--rules" || name == "-p") {
      if (!word.contains('=') && ++i == args.size()) {
        exitCode = usage("option '" + name.str() + "' needs a value after it");
        return std::nullopt;
      }
      std::string value = word.contains('=') ? joined.str() : args[i];
      if (name == "-p") {
        line.database = value;
      } else if (!chooseRules(value, line.rules)) {
        exitCode = 2;
        return std::nullopt;
      }
    } else if (word.starts_with("-")) {
      exitCode = usage("unknown option '" + word.str() + "'; flags of the compiler stand behind --");
      return std::nullopt;
    } else {
      line.files.push_back(word.str());
    }
  }
  if (line.files.empty() && line.database.empty()) {
    exitCode = usage("no file given; expected .mlu files, or -p with the folder of compile_commands.json");
    return std::nullopt;
  }
  return line;
}

class Consumer : public ASTConsumer {
public:
  explicit Consumer(Report &report) {
    for (const Rule &rule : allRules())
      if (report.wants(rule.name))
        rule.addMatchers(finder, callbacks, report);
  }
  void HandleTranslationUnit(ASTContext &context) override { finder.matchAST(context); }

private:
  ast_matchers::MatchFinder finder;
  Rule::Callbacks callbacks;
};

class Action : public ASTFrontendAction {
public:
  explicit Action(Report &report) : report(report) {}

protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &compiler, llvm::StringRef) override {
    for (const Rule &rule : allRules())
      if (rule.watchMacros && report.wants(rule.name))
        rule.watchMacros(compiler.getPreprocessor(), report);
    return std::make_unique<Consumer>(report);
  }

private:
  Report &report;
};

bool lintFile(const std::string &file, const std::vector<std::string> &flags, const Tools &tools, Messages &messages,
              Report &report) {
  std::vector<const char *> args = {"-fsyntax-only", "-x", "bang"};
  for (const std::string &flag : flags)
    args.push_back(flag.c_str());
  args.push_back(file.c_str());
  ParsedCommand command = parseCommand(args, messages);
  if (!command.options)
    return false;
  SourceJob job;
  job.input = file;
  job.clangArgs = command.options->compileArgs;
  job.clangProgram = tools.clang;
  job.includeDir = tools.includeDir;
  job.cacheDir = tools.cacheDir;
  job.arch = command.options->archs.front();
  job.optLevel = command.options->optLevel;
  job.unitId = "lint";
  std::optional<Arguments> host = hostArguments(job, messages);
  if (!host)
    return false;
  Session session(job, withPrecompiledHeader(job, sideArguments(*host, job, Side::Device)), messages);
  Action action(report);
  return session.run(action);
}

// The flags of a compile command: without the compiler, the file, and what is written where.
std::vector<std::string> flagsOf(const tooling::CompileCommand &command) {
  std::vector<std::string> flags;
  for (size_t i = 1; i < command.CommandLine.size(); ++i) {
    llvm::StringRef word = command.CommandLine[i];
    if (word == "-o" || word == "-MF" || word == "-MT" || word == "-MQ" || word == "-x")
      ++i;
    else if (word != "-c" && word != "-MD" && word != "-MMD" && word != "--" && !word.ends_with(".mlu"))
      flags.push_back(word.str());
  }
  return flags;
}

} // namespace
} // namespace bang::lint

int main(int argc, char **argv) {
  using namespace bang;
  llvm::InitLLVM init(argc, argv);
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmParser();

  int exitCode = 0;
  std::optional<lint::CommandLine> line = lint::parse({argv + 1, argv + argc}, exitCode);
  if (!line)
    return exitCode;
  Messages messages;
  std::optional<Tools> tools = findTools(argv[0], messages);
  if (!tools)
    return 2;

  lint::Report report(line->rules);
  if (!line->database.empty()) {
    std::string problem;
    auto database = tooling::CompilationDatabase::loadFromDirectory(line->database, problem);
    if (!database)
      return lint::usage("cannot read compile_commands.json in '" + line->database + "'");
    std::vector<std::string> files = line->files.empty() ? database->getAllFiles() : line->files;
    for (const std::string &file : files) {
      llvm::SmallString<128> path(file);
      llvm::sys::fs::make_absolute(path);
      for (const tooling::CompileCommand &command : database->getCompileCommands(path)) {
        if (!llvm::StringRef(file).ends_with(".mlu") || llvm::sys::fs::set_current_path(command.Directory))
          continue;
        std::vector<std::string> flags = lint::flagsOf(command);
        flags.insert(flags.end(), line->flags.begin(), line->flags.end());
        lint::lintFile(path.str().str(), flags, *tools, messages, report);
      }
    }
  } else {
    for (const std::string &file : line->files)
      lint::lintFile(file, line->flags, *tools, messages, report);
  }

  bool isClean = report.print(llvm::outs());
  if (line->fix) {
    llvm::outs().flush();
    unsigned changes = report.applyFixes(llvm::errs());
    if (changes)
      llvm::outs() << changes << (changes == 1 ? " change made\n" : " changes made\n");
  }
  return messages.hasErrors() ? 2 : isClean ? 0 : 1;
}
