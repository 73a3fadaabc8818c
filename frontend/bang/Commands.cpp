// Commands.cpp: the rows, and the reading of a command's options.
#include "frontend/bang/Commands.h"

#include "frontend/bang/Check.h"
#include "frontend/bang/Debug.h"
#include "frontend/bang/Doctor.h"
#include "frontend/bang/Prof.h"
#include "frontend/bang/Run.h"
#include "frontend/bang/TuneOptions.h"

#include <algorithm>
#include <cstdio>

namespace bang {

static constexpr CommandOption kMachine = {
    "--machine", "<machine>",
    "run on this simulated card: a name such as mlu370-x4, a machine file, or several cards as mlu370-x8*2"};

static constexpr CommandOption kRunOptions[] = {
    kMachine,
    {"--stats", nullptr, "print the executed instructions and the host time of each launch"},
    {"--fidelity", nullptr,
     "list the builtins that ran with their class: exact as documented, approximate (a card's last digits differ) or "
     "chosen (documents are silent), and whether results depend on them"},
};

static constexpr CommandOption kCheckOptions[] = {
    kMachine,
    {"--only", "<kinds>",
     "report these kinds only, separated by commas: bounds, uninitialised, hazard, race, sync, rule, number, resource, "
     "fault"},
    {"--skip", "<kinds>", "leave these kinds out"},
    {"--numbers", nullptr, "report the first NaN or infinity made from finite numbers, and conversions out of range"},
    {"--orders", "<n>", "run each launch in n legal orders of its asynchronous copies and compare the results"},
    {"--arch", "all", "judge each kernel by the memory sizes, the alignments and the builtins of every arch too"},
    {"--json", "<file>", "write the findings as JSON; - is standard output"},
    {"--sarif", "<file>", "write the findings as SARIF 2.1.0; - is standard output"},
    {"--baseline", "<file>", "findings of this earlier --json report do not count; one of them that is gone does"},
};

// bang-lint reads these itself; the rows are for help, manual page and completion.
static constexpr CommandOption kLintOptions[] = {
    {"--fix", nullptr, "repair in the files what can be repaired safely"},
    {"--rules", "<list>", "only these rules, or with - before a name all but these, separated by commas"},
    {"--list", nullptr, "list the rules"},
    {"-p", "<folder>", "take files and flags from the compile_commands.json in this folder"},
};

static constexpr CommandOption kProfOptions[] = {
    kMachine,
    {"--set", "<name=value>", "change a number of the card, such as dram_gbps=614; may be given several times", true},
    {"--what-if", nullptr, "show what twice of each resource and each costly line at no cost would bring"},
    {"--json", "<file>", "write the report as JSON; - is standard output"},
    {"--csv", "<file>", "write a row for each source line; - is standard output"},
    {"--html", "<file>", "write a page with timeline, roofline and source, which opens without a network"},
    {"--remarks", "<file>",
     "show in the page what bangcc -Rbang-memory -Rpass=bang wrote to stderr, kept in this file; known where a .mlu "
     "file is given"},
    {"--timeline", nullptr, "draw in the report what the first core and its memory core do"},
    {"--picture", "<file.svg>", "draw the same for readers, a panel for each kernel"},
    {"--window", "<window>",
     "of timelines and traces show this part only: a kernel, a core and a time in us, such as gemm,0.2,10..20"},
    {"--trace", "<file>",
     "write a timeline for Perfetto and chrome://tracing; file.pftrace is Perfetto's binary format, for long runs"},
    {"--compare", nullptr,
     "compare two reports of --json instead of running a program: before after; with --html in a page too"},
};

static constexpr CommandOption kDebugOptions[] = {
    kMachine,
    {"--batch", "<file>", "run the debugger's commands in this file, then leave"},
    {"--check", "[=<kinds>]",
     "stop also where 'bang check' finds something: all kinds, or of these only, separated by commas"},
    {"--gdb", nullptr, "use gdb-multiarch instead of lldb"},
    {"--console", nullptr,
     "use a small console of openbang instead of lldb; so does 'bang debug' where lldb is not installed"},
    {"--core", "<file>", "look at a core file of BANG_COREDUMP instead of running a program"},
    {"--init-vscode", nullptr, "write .vscode/launch.json for the program instead of running it"},
};

static constexpr Command kCommands[] = {
    {"run", "<program or file.mlu> [arguments]", "run a program on a simulated card",
     "A .mlu file is compiled first, with bangcc -O2 -g, into a temporary folder. The exit code is the program's.",
     kRunOptions, runProgramCommand,
     "  bang run vector_add.mlu 1000                 compile a file and run it with an argument\n"
     "  bang run --machine mlu370-x4 ./vector_add    another card\n"
     "  bang run --stats ./vector_add                how many instructions each launch executes\n"},
    {"check", "<program or file.mlu> [arguments]", "say what is wrong with the kernels of a program",
     "Runs the program as it is on a simulated card and reports, with the source line: accesses out of the bounds of a "
     "variable, uses of bytes that were never written, missing syncs, races between cores, barriers that not all cores "
     "reach, broken rules of the language, and device memory that is never freed. A .mlu file is compiled first. The "
     "exit code is 1 when something was found, else the program's.",
     kCheckOptions, checkProgramCommand,
     "  bang check ./softmax                         all checks\n"
     "  bang check --only race,sync softmax.mlu      two kinds of them\n"
     "  bang check --sarif findings.sarif ./softmax  for editors and code reviews\n"},
    {"prof", "<program or file.mlu> [arguments]", "show where the cycles of each kernel go",
     "Runs the program under the timing model of the card and prints for each kernel its time, what it is bound by, "
     "how "
     "busy its units are, the lines that cost most, and hints. Times come from a calibrated model, not from a card. A "
     ".mlu "
     "file is compiled first. The exit code is the program's.",
     kProfOptions, profileProgramCommand,
     "  bang prof ./softmax                          a table for each kernel\n"
     "  bang prof --what-if softmax.mlu              what twice of each resource would bring\n"
     "  bang prof --html softmax.html ./softmax      a page with timelines\n"},
    {"lint", "<file.mlu>... [-- compiler flags]", "find questionable places in kernel sources",
     "Reads the files as bangcc does and reports by rule. The exit code is 0 when there is nothing to report, 1 when "
     "there is, 2 when a file cannot be read or compiled.",
     kLintOptions, nullptr,
     "  bang lint softmax.mlu -- -I include          with options of the compiler\n"
     "  bang lint --fix *.mlu                        repair what can be repaired safely\n"
     "  bang lint -p build                           all files of a project\n"},
    {"debug", "<program or file.mlu> [arguments]", "stop in kernels with lldb or gdb",
     "Starts the program and, at its first kernel, the debugger. A .mlu file is compiled first, with bangcc -O0 -g. "
     "'help bang' in lldb lists commands for cores, queues and memories. The program's input is empty.",
     kDebugOptions, runDebug,
     "  bang debug softmax.mlu                       stop at the first kernel; then b, c, n, p as in lldb\n"
     "  bang debug --gdb ./softmax 1000              the same with gdb, for a program and its arguments\n"
     "  bang debug --batch script.txt ./softmax      run the commands of a file\n"},
    {"tune", "<file.mlu>... [-- compiler flags]", "find the best values of a kernel's macros",
     "The files are a whole program whose main function checks its result and ends with exit code 0 only when it is "
     "right. Each point is compiled with its macros and run on a simulated card; points that bangcc refuses are "
     "infeasible, points whose results differ from those of the first one never win. Results are kept: a sweep that "
     "was "
     "interrupted goes on where it was. The exit code is 0 when there is a best point.",
     kTuneOptions, nullptr,
     "  bang tune k.mlu --param TILE=64,128,256 --param STAGES=1..3\n"
     "  bang tune k.mlu --param TILE=16..4096*2 --search random --samples 20 --seed 7 --objective bytes\n"
     "  bang tune k.mlu lib.cpp --param TILE=64..1024*2 --args '1000 {TILE}' --check -- -O3 -I include\n"
     "  bang tune k.mlu --param TILE=64..1024*2 --shard 2/4 --db part2.db\n"
     "  bang tune --merge part1.db --merge part2.db --report --picture points.svg\n"},
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
    } else if (option->value && option->value[0] != '[') {
      if (++next == args.size()) {
        usageError("option '" + name + "' needs a value after it: " + option->value);
        return std::nullopt;
      }
      value = args[next];
    }
    if (option->repeats && line.has(name))
      value = line.value(name) + "," + value;
    line.options[name] = value;
  }
  line.rest.assign(args.begin() + next, args.end());
  return line;
}

} // namespace bang
