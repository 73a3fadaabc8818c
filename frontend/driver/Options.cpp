// Options.cpp: from arguments to Options; the table of options is Options.td.
#include "frontend/driver/Options.h"

#include "frontend/driver/Help.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Option/Option.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace llvm::opt;

namespace bang {

namespace {

enum OptionId {
  OPT_INVALID = 0,
#define OPTION(...) LLVM_MAKE_OPT_ID(__VA_ARGS__),
#include "frontend/driver/Options.inc"
#undef OPTION
};

#define OPTTABLE_STR_TABLE_CODE
#include "frontend/driver/Options.inc"
#undef OPTTABLE_STR_TABLE_CODE

#define OPTTABLE_PREFIXES_TABLE_CODE
#include "frontend/driver/Options.inc"
#undef OPTTABLE_PREFIXES_TABLE_CODE

constexpr OptTable::Info kInfos[] = {
#define OPTION(...) LLVM_CONSTRUCT_OPT_INFO(__VA_ARGS__),
#include "frontend/driver/Options.inc"
#undef OPTION
};

class Table : public GenericOptTable {
public:
  Table() : GenericOptTable(OptionStrTable, OptionPrefixesTable, kInfos) {}
};

// LLVM options of other compilers' builds that sanitise or warn; they have no counterpart.
bool isVendorLLVMOption(StringRef option) {
  option = option.ltrim('-');
  return option.starts_with("fmlu-") || option.contains("mlisa");
}

class Reader {
public:
  Reader(const InputArgList &args, Messages &messages) : args(args), messages(messages) {}

  std::optional<Options> read();

private:
  void readGoal();
  void readArchs();
  void readInputsAndFlags();
  void readDependencies();
  void readOptLevel(StringRef level);
  void addInput(const Arg &arg, std::optional<InputKind> forced);
  void readLLVMOption(StringRef option);
  bool has(OptSpecifier id) const { return args.hasArg(id); }

  const InputArgList &args;
  Messages &messages;
  Options options;
};

void Reader::readGoal() {
  options.deviceOnly = has(OPT_bang_device_only) || has(OPT_mlisa) || has(OPT_bang_fatbin_only);
  options.hostOnly = has(OPT_bang_host_only);
  if (options.deviceOnly && options.hostOnly)
    messages.error("--bang-device-only and --bang-host-only exclude each other; give one, or none for both halves");
  if (has(OPT_E) || has(OPT_dM))
    options.goal = Goal::Preprocess;
  else if (has(OPT_fsyntax_only))
    options.goal = Goal::Syntax;
  else if (has(OPT_emit_bang))
    options.goal = Goal::BangDialect;
  else if (has(OPT_emit_dlp))
    options.goal = Goal::DlpDialect;
  else if (has(OPT_emit_llvm))
    options.goal = Goal::LLVM;
  else if (has(OPT_S) || has(OPT_mlisa))
    options.goal = Goal::Assembly;
  else if (has(OPT_bang_fatbin_only))
    options.goal = Goal::FatBinary;
  else if (options.deviceOnly)
    options.goal = Goal::DeviceImage;
  else if (has(OPT_c) || options.hostOnly)
    options.goal = Goal::Object;
  if (options.hostOnly && (options.goal == Goal::BangDialect || options.goal == Goal::DlpDialect))
    messages.error("--bang-host-only was given with " +
                   args.getLastArg(OPT_emit_bang, OPT_emit_dlp)->getAsString(args) +
                   ", but only device code passes through that dialect; remove one of them");
  options.bitcode = has(OPT_c) && !has(OPT_S);
}

void Reader::readArchs() {
  for (const Arg *arg : args.filtered(OPT_bang_mlu_arch, OPT_bang_arch)) {
    const dlp::ArchInfo *arch = dlp::findArch(arg->getValue());
    if (!arch) {
      std::string known;
      for (const dlp::ArchInfo &info : dlp::allArchs())
        known += (known.empty() ? "" : ", ") + std::string(info.name);
      messages.error("unknown arch '" + Twine(arg->getValue()) + "'; known are " + known);
    } else if (!is_contained(options.archs, arch)) {
      options.archs.push_back(arch);
    }
  }
  if (options.archs.empty())
    options.archs.push_back(dlp::findArch(dlp::kDefaultArch));
  bool one = options.goal != Goal::Object && options.goal != Goal::Program && options.goal != Goal::FatBinary &&
             options.goal != Goal::Syntax;
  if (one && !options.hostOnly && options.archs.size() > 1)
    messages.error("several archs were given, but this result is for one arch; give one --bang-mlu-arch, or ask for "
                   "--bang-fatbin-only");
}

void Reader::readOptLevel(StringRef level) {
  // -O is -O1 as in other compilers; sizes matter as much as speed where code is small.
  std::optional<unsigned> number = StringSwitch<std::optional<unsigned>>(level)
                                       .Case("0", 0)
                                       .Cases({"", "1", "g"}, 1)
                                       .Cases({"2", "s", "z"}, 2)
                                       .Cases({"3", "fast"}, 3)
                                       .Default(std::nullopt);
  if (number)
    options.optLevel = *number;
  else
    messages.error("unknown optimisation level '-O" + level + "'; known are -O0, -O1, -O2, -O3, -Os, -Oz, -Og, -Ofast");
}

void Reader::readLLVMOption(StringRef option) {
  StringRef name = option.ltrim('-').split('=').first;
  if (isVendorLLVMOption(option)) {
    messages.warning("option '-mllvm " + option + "' has no effect");
    return;
  }
  if (!cl::getRegisteredOptions().count(name)) {
    messages.error("unknown LLVM option '-mllvm " + option + "'; 'opt --help-hidden' of LLVM lists them");
    return;
  }
  std::string text = option.str();
  const char *argv[] = {"bangcc", text.c_str()};
  std::string problem;
  raw_string_ostream os(problem);
  if (!cl::ParseCommandLineOptions(2, argv, "", &os))
    messages.error("LLVM refused option '-mllvm " + option + "'; check its value");
}

void Reader::addInput(const Arg &arg, std::optional<InputKind> forced) {
  StringRef path = arg.getValue();
  InputKind kind = forced.value_or(StringSwitch<InputKind>(sys::path::extension(path))
                                       .Cases({".mlu", ".mluh"}, InputKind::Bang)
                                       .Cases({".cpp", ".cc", ".cxx", ".C", ".c++"}, InputKind::Cxx)
                                       .Case(".c", InputKind::C)
                                       .Default(InputKind::Linkable));
  if (path == "-") {
    messages.error("'-' was given as input, but a kernel source is read several times; give a file");
    return;
  }
  if (!sys::fs::exists(path)) {
    messages.error("no such file: '" + path + "'");
    return;
  }
  if (sys::fs::is_directory(path)) {
    messages.error("'" + path + "' is a directory; give the files in it");
    return;
  }
  options.inputs.push_back({path.str(), kind});
  options.linkLine.push_back("");
}

void Reader::readInputsAndFlags() {
  std::optional<InputKind> forced;
  for (const Arg *arg : args) {
    const Option &option = arg->getOption();
    auto render = [&](std::vector<std::string> &to) {
      ArgStringList strings;
      arg->renderAsInput(args, strings);
      to.insert(to.end(), strings.begin(), strings.end());
    };
    if (option.matches(OPT_INPUT)) {
      addInput(*arg, forced);
    } else if (option.matches(OPT_UNKNOWN) || option.matches(OPT_bang_any)) {
      std::string nearest;
      Table table;
      unsigned distance = table.findNearest(arg->getAsString(args), nearest);
      messages.error("unknown option '" + arg->getAsString(args) + "'" +
                     (distance < 3 ? "; did you mean '" + nearest + "'?" : "; bangcc --help lists all"));
    } else if (option.matches(OPT_x)) {
      StringRef language = arg->getValue();
      if (language == "bang" || language == "mlu")
        forced = InputKind::Bang;
      else if (language == "c++")
        forced = InputKind::Cxx;
      else if (language == "c")
        forced = InputKind::C;
      else if (language == "none")
        forced.reset();
      else
        messages.error("unknown language '-x " + language + "'; known are bang, c++, c and none");
    } else if (option.matches(OPT_vendor_Group)) {
      messages.warning("option '" + arg->getAsString(args) + "' has no effect");
    } else if (option.matches(OPT_mllvm)) {
      readLLVMOption(arg->getValue());
    } else if (option.matches(OPT_compile_Group)) {
      render(options.compileArgs);
    } else if (option.matches(OPT_link_Group)) {
      render(options.linkLine);
    } else if (option.matches(OPT_both_Group)) {
      if (option.matches(OPT_O))
        readOptLevel(arg->getValue());
      if (option.matches(OPT_g_Joined))
        options.debugInfo = StringRef(arg->getValue()) != "0";
      render(options.compileArgs);
      render(options.linkLine);
    }
  }
  options.shared = has(OPT_shared);
  options.stackOnLdram = has(OPT_bang_stack_on_ldram);
  options.reportMemory = has(OPT_Rbang_memory);
  options.saveTemps = has(OPT_save_temps);
  options.verbose = has(OPT_v);
  options.dryRun = has(OPT_hash_hash_hash);
  options.output = args.getLastArgValue(OPT_o).str();
}

void Reader::readDependencies() {
  options.dependenciesOnly = has(OPT_M) || has(OPT_MM);
  options.dependencies = options.dependenciesOnly || has(OPT_MD) || has(OPT_MMD);
  options.systemDependencies = has(OPT_M) || has(OPT_MD);
  options.phonyTargets = has(OPT_MP);
  options.dependencyFile = args.getLastArgValue(OPT_MF).str();
  for (const Arg *arg : args.filtered(OPT_MT, OPT_MQ))
    options.dependencyTargets.push_back(arg->getOption().matches(OPT_MQ) ? quoteForMake(arg->getValue())
                                                                         : arg->getValue());
  if (options.dependenciesOnly)
    options.goal = Goal::Syntax;
  if (!options.dependencies && !options.dependencyFile.empty())
    messages.error("-MF names a dependency file, but none is asked for; add -MD or -MMD");
}

std::optional<Options> Reader::read() {
  readGoal();
  readArchs();
  readInputsAndFlags();
  readDependencies();
  if (messages.hasErrors())
    return std::nullopt;
  if (options.inputs.empty()) {
    messages.error("no input files; try: bangcc -O2 kernel.mlu -o program");
    return std::nullopt;
  }
  size_t sources = count_if(options.inputs, [](const Input &input) { return input.kind != InputKind::Linkable; });
  if (options.goal != Goal::Program && !options.output.empty() && options.output != "-" && sources > 1)
    messages.error("-o names one file, but " + Twine(sources) +
                   " results are written; leave out -o, or compile one file "
                   "at a time");
  if (messages.hasErrors())
    return std::nullopt;
  return std::move(options);
}

} // namespace

std::string quoteForMake(StringRef name) {
  std::string text;
  for (char c : name) {
    if (c == '$')
      text += '$';
    if (c == ' ' || c == '#')
      text += '\\';
    text += c;
  }
  return text;
}

ParsedCommand parseCommand(std::vector<const char *> argv, Messages &messages) {
  BumpPtrAllocator allocator;
  StringSaver saver(allocator);
  SmallVector<const char *> expanded(argv.begin(), argv.end());
  cl::ExpansionContext expansion(allocator, cl::TokenizeGNUCommandLine);
  if (Error error = expansion.expandResponseFiles(expanded)) {
    messages.error(toString(std::move(error)));
    return {std::nullopt, 1};
  }
  for (const char *arg : expanded)
    if (arg[0] == '@' && arg[1] != 0) {
      messages.error("no such response file: '" + Twine(arg + 1) + "'");
      return {std::nullopt, 1};
    }

  Table table;
  unsigned missingIndex = 0, missingCount = 0;
  InputArgList args = table.ParseArgs(expanded, missingIndex, missingCount);
  if (args.hasArg(OPT_help)) {
    printHelp(table, outs());
    return {};
  }
  if (args.hasArg(OPT_version)) {
    printVersion(outs());
    return {};
  }
  if (args.hasArg(OPT_dumpversion)) {
    outs() << kCompatibilityVersion << "\n";
    return {};
  }
  if (args.hasArg(OPT_print_supported_archs)) {
    printArchs(outs());
    return {};
  }
  if (missingCount != 0) {
    messages.error("option '" + Twine(args.getArgString(missingIndex)) + "' needs a value after it");
    return {std::nullopt, 1};
  }
  std::optional<Options> options = Reader(args, messages).read();
  return {std::move(options), messages.hasErrors() ? 1 : 0};
}

} // namespace bang
