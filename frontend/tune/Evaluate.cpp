// Evaluate.cpp: bangcc and the program as child processes, and what they say.
#include "frontend/tune/Evaluate.h"

#include "simulator/core/MachineConfig.h"
#include "simulator/timing/Parameters.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

#include <cstdlib>

namespace bang::tune {

static constexpr size_t kKeptOutput = 16 * 1024;

static llvm::Error failure(const llvm::Twine &sentence) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), sentence.str());
}

// A hash of texts that keeps them apart.
class Hash {
public:
  void add(llvm::StringRef text) {
    hasher.update((llvm::Twine(text.size()) + ":").str());
    hasher.update(text);
  }
  std::string text() { return llvm::toHex(hasher.final<16>(), /*LowerCase=*/true); }

private:
  llvm::BLAKE3 hasher;
};

static bool addFile(Hash &hash, const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return false;
  hash.add((*buffer)->getBuffer());
  return true;
}

llvm::Expected<Evaluator> Evaluator::make(const Program &program, const std::string &folder) {
  Evaluator evaluator;
  evaluator.program = program;
  evaluator.folder = folder;
  // This program is bin/bang-tune of an installation.
  llvm::StringRef bin = llvm::sys::path::parent_path(
      evaluator.bangcc = llvm::sys::fs::getMainExecutable("bang-tune", reinterpret_cast<void *>(&failure)));
  const std::string root = llvm::sys::path::parent_path(bin).str();
  evaluator.bangcc = bin.str() + "/bangcc";

  Hash hash;
  for (const std::string &file : {evaluator.bangcc, root + "/lib64/libcnrt.so", root + "/lib64/openbang/libdlprt.a"})
    if (!addFile(hash, file))
      return failure("there is no " + file + ", which belongs to this installation; 'bang doctor' says more");
  // "mlu370-x8*2" is two cards of one machine.
  const char *variable = std::getenv("BANG_MACHINE");
  std::string wanted = program.machine.empty() && variable ? variable : program.machine;
  auto [name, count] = llvm::StringRef(wanted).rsplit('*');
  std::string error;
  std::optional<dlp::MachineConfig> machine = dlp::loadMachine(name.str(), error);
  if (!machine)
    return failure(error);
  hash.add(count);
  // Settings of the timing model are facts of the machine.
  const char *timing = std::getenv("BANG_TIMING");
  if (timing && *timing && llvm::StringRef(timing) != "0")
    evaluator.timing = timing;
  std::string shown;
  for (const std::string &setting : program.settings) {
    if (!dlp::timing::applySetting(*machine, setting, error))
      return failure(error);
    evaluator.timing = (evaluator.timing == "1" ? "" : evaluator.timing + ",") + setting;
    shown += (shown.empty() ? " with " : ", ") + setting;
  }
  hash.add(evaluator.timing);
  addFile(hash, machine->file);
  evaluator.environment = hash.text();
  evaluator.machine = machine->name + (count.empty() ? "" : "*" + count.str()) + shown;
  return evaluator;
}

static bool isArch(llvm::StringRef option) {
  return option.starts_with("--bang-mlu-arch=") || option.starts_with("--bang-arch=");
}

static bool isPreprocessed(llvm::StringRef source) {
  static constexpr llvm::StringRef kEndings[] = {".mlu", ".c", ".cc", ".cpp", ".cxx", ".C"};
  return llvm::is_contained(kEndings, llvm::sys::path::extension(source));
}

// One side of a source through the preprocessor: of the device for an arch (empty: the default), or of the host.
std::vector<std::string> Evaluator::sideCommand(const Point &point, const std::string &source,
                                                const std::string &arch) const {
  std::vector<std::string> command = {bangcc, "-E"};
  for (const std::string &option : program.options)
    if (!isArch(option))
      command.push_back(option);
  for (const Setting &setting : point)
    command.push_back("-D" + setting.name + "=" + setting.value);
  if (!arch.empty())
    command.push_back(arch);
  command.push_back(source);
  return command;
}

std::vector<std::string> Evaluator::compileCommand(const Point &point) const {
  std::vector<std::string> command = {bangcc};
  command.insert(command.end(), program.options.begin(), program.options.end());
  for (const Setting &setting : point)
    command.push_back("-D" + setting.name + "=" + setting.value);
  command.insert(command.end(), program.sources.begin(), program.sources.end());
  return command;
}

std::string Evaluator::buildCommand(const Point &point) const {
  std::string text = "bangcc";
  for (const std::string &word : llvm::ArrayRef(compileCommand(point)).drop_front())
    text += " " + word;
  return text;
}

// Without the lines that name files: a tree that was moved, or copied to another computer, has the same text.
static void addPreprocessed(Hash &hash, llvm::StringRef text) {
  std::string kept;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    if (!line.starts_with("# ")) {
      kept += line;
      kept += '\n';
    }
    text = rest;
  }
  hash.add(kept);
}

std::string Evaluator::key(const Point &point) const {
  Hash values;
  values.add(environment);
  for (const auto &list : {program.options, program.arguments})
    for (const std::string &word : list)
      values.add(expand(word, point));
  values.add(program.ignore);
  values.add(describe(point));
  const std::string name = values.text();

  Hash hash;
  hash.add(name);
  std::vector<std::string> sides = {"--bang-host-only"};
  for (const std::string &option : program.options)
    if (isArch(option))
      sides.push_back(option);
  if (sides.size() == 1)
    sides.push_back(""); // the device side of the default arch
  for (const std::string &source : program.sources) {
    if (!isPreprocessed(source)) {
      addFile(hash, source);
      continue;
    }
    for (const std::string &side : sides) {
      Run run = runProcess(sideCommand(point, source, side), {}, folder, name, program.timeoutSeconds);
      if (run.end == Run::Interrupted)
        return {};
      addPreprocessed(hash, run.output);
      hash.add(run.exitCode == 0 ? "" : run.errors); // the compiler will say it again, as the point's reason
    }
  }
  for (const char *ending : {".stdout", ".stderr"})
    llvm::sys::fs::remove(file(name, ending));
  return hash.text();
}

// The first sentence behind "error: " of bangcc.
static std::string firstError(llvm::StringRef text) {
  size_t at = text.find("error: ");
  return at == llvm::StringRef::npos ? text.split('\n').first.str() : text.substr(at + 7).split('\n').first.str();
}

// Why a program failed: what it or the runtime wrote first about it, else the last line it printed.
static std::string lastWords(const Run &run) {
  llvm::StringRef errors = llvm::StringRef(run.errors).trim(), output = llvm::StringRef(run.output).trim();
  if (!errors.empty()) {
    // The report of a fault has a title, and what happened on a line of its own.
    auto [first, rest] = errors.split('\n');
    size_t at = first.starts_with("kernel fault") ? rest.find("  what ") : llvm::StringRef::npos;
    return at == llvm::StringRef::npos ? first.str()
                                       : (first + ": " + rest.substr(at + 7).split('\n').first.ltrim()).str();
  }
  return output.rsplit('\n').second.empty() ? output.str() : output.rsplit('\n').second.str();
}

static std::string withoutIgnored(llvm::StringRef text, const std::string &pattern) {
  if (pattern.empty())
    return text.str();
  llvm::Regex regex(pattern, llvm::Regex::Newline);
  llvm::SmallVector<llvm::StringRef> matches;
  std::string kept;
  while (regex.match(text, &matches) && !matches[0].empty()) {
    const size_t at = matches[0].data() - text.data();
    kept += text.substr(0, at);
    text = text.substr(at + matches[0].size());
  }
  return kept + text.str();
}

Run Evaluator::run(const std::string &key, const Point &point, const std::string &tool, bool isTimed) const {
  std::vector<std::string> command = {file(key, "")};
  for (const std::string &argument : program.arguments)
    command.push_back(expand(argument, point));
  std::vector<std::pair<std::string, std::string>> changes = {{"BANG_TOOL", tool},
                                                              {"BANG_TIMING", isTimed ? timing : ""}};
  if (!program.machine.empty())
    changes.emplace_back("BANG_MACHINE", program.machine);
  if (!std::getenv("BANG_HOST_THREADS"))
    changes.emplace_back("BANG_HOST_THREADS", std::to_string(program.hostThreads));
  return runProcess(command, changes, folder, key, program.timeoutSeconds);
}

static llvm::json::Value readJson(const std::string &file) {
  auto buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return nullptr;
  llvm::Expected<llvm::json::Value> value = llvm::json::parse((*buffer)->getBuffer());
  if (value)
    return std::move(*value);
  llvm::consumeError(value.takeError());
  return nullptr;
}

void Evaluator::readMeasures(const std::string &file, Outcome &outcome) const {
  llvm::json::Value report = readJson(file);
  const llvm::json::Object *object = report.getAsObject();
  const llvm::json::Array *kernels = object ? object->getArray("kernels") : nullptr;
  const llvm::json::Object *results = object ? object->getObject("results") : nullptr;
  if (kernels && results) {
    std::vector<KernelNumbers> numbers = kernelsFromJson(*kernels);
    // A second run, for the bytes.
    for (KernelNumbers &known : outcome.kernels)
      for (const KernelNumbers &kernel : numbers)
        if (kernel.name == known.name)
          known.gdramBytes = kernel.gdramBytes;
    if (outcome.kernels.empty())
      outcome.kernels = std::move(numbers);
    outcome.resultsHash = results->getString("hash").value_or("");
  }
  if (outcome.kernels.empty()) {
    outcome.status = Status::Failed;
    outcome.reason = "the program launched no kernel through libcnrt, or did not leave through exit";
  }
}

void Evaluator::readFindings(const std::string &file, Outcome &outcome) const {
  llvm::json::Value report = readJson(file);
  const llvm::json::Object *object = report.getAsObject();
  const llvm::json::Array *findings = object ? object->getArray("findings") : nullptr;
  if (!findings) {
    outcome.status = Status::Failed;
    outcome.reason = "the program wrote no report under bang check";
    return;
  }
  outcome.findings = 0;
  for (const llvm::json::Value &value : *findings) {
    const llvm::json::Object *finding = value.getAsObject();
    if (!finding || finding->getBoolean("hint").value_or(false))
      continue;
    if ((*outcome.findings)++ != 0)
      continue;
    const llvm::json::Object *place = finding->getObject("place");
    std::string where;
    if (place && place->getString("file"))
      where = llvm::formatv("{0}:{1}: ", llvm::sys::path::filename(*place->getString("file")),
                            place->getInteger("line").value_or(0));
    outcome.firstFinding = where + finding->getString("what").value_or("").str();
  }
}

std::optional<Outcome> Evaluator::evaluate(const std::string &key, const Point &point, const Needs &needs) const {
  std::optional<Outcome> outcome = compileAndRun(key, point, needs);
  for (const char *ending : {"", ".stdout", ".stderr", ".json"})
    llvm::sys::fs::remove(file(key, ending));
  return outcome;
}

std::optional<Outcome> Evaluator::compileAndRun(const std::string &key, const Point &point, const Needs &needs) const {
  Outcome outcome;
  auto fail = [&](Status status, std::string reason) {
    outcome.status = status;
    outcome.reason = std::move(reason);
    return outcome;
  };
  std::vector<std::string> command = compileCommand(point);
  command.insert(command.end(), {"-o", file(key, "")});
  Run compilation = runProcess(command, {}, folder, key, program.timeoutSeconds);
  outcome.compileSeconds = compilation.seconds;
  switch (compilation.end) {
  case Run::Interrupted:
    return std::nullopt;
  case Run::NotStarted:
    return fail(Status::Failed, "cannot start bangcc: " + compilation.error);
  case Run::TimedOut:
    return fail(Status::Failed, llvm::formatv("bangcc did not end within {0} s", program.timeoutSeconds));
  case Run::Signalled:
    return fail(Status::Failed, "bangcc ended by a signal: " + firstError(compilation.errors));
  case Run::Exited:
    if (compilation.exitCode != 0)
      return fail(Status::Infeasible, firstError(compilation.errors));
  }

  const std::string report = file(key, ".json");
  struct Pass {
    bool isCheck, bytes, timed;
  };
  // Neither bytes nor bang check work under the timing model.
  std::vector<Pass> passes = {{false, needs.bytes && !needs.time, needs.time}};
  if (needs.bytes && needs.time)
    passes.push_back({false, true, false});
  if (needs.check)
    passes.push_back({true, false, false});
  for (const Pass &pass : passes) {
    const bool isCheck = pass.isCheck, isFirst = &pass == passes.data();
    const std::string tool = isCheck ? "check:" : pass.bytes ? "measure:bytes," : "measure:";
    Run run = this->run(key, point, tool + "report=" + report, pass.timed);
    if (isFirst) {
      outcome.runSeconds = run.seconds;
      outcome.exitCode = run.exitCode;
      std::string output = withoutIgnored(run.output, program.ignore);
      Hash hash;
      hash.add(output);
      outcome.outputHash = hash.text();
      outcome.output = output.substr(0, kKeptOutput);
    }
    const std::string under = isCheck ? "under bang check " : "";
    switch (run.end) {
    case Run::Interrupted:
      return std::nullopt;
    case Run::NotStarted:
      return fail(Status::Failed, "the program cannot be started: " + run.error);
    case Run::TimedOut:
      return fail(Status::Failed, llvm::formatv("{0}it did not end within {1} s", under, program.timeoutSeconds));
    case Run::Signalled:
      return fail(Status::Failed, under + "it ended by a signal: " + lastWords(run));
    case Run::Exited:
      break;
    }
    if (isCheck)
      readFindings(report, outcome);
    else if (run.exitCode != 0)
      return fail(Status::Failed, llvm::formatv("exit code {0}: {1}", run.exitCode, lastWords(run)));
    else
      readMeasures(report, outcome);
    llvm::sys::fs::remove(report);
    if (outcome.status != Status::Ok)
      break;
  }
  return outcome;
}

} // namespace bang::tune
