// main.cpp: bang-tune, which `bang tune` starts: tries the values of a kernel's macros and says which are best.
#include "frontend/tune/Options.h"
#include "frontend/tune/Report.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

namespace bang::tune {
namespace {

constexpr int kUsageExit = 2, kInterruptedExit = 130;

int fail(llvm::Error error, int exitCode = kUsageExit) {
  llvm::logAllUnhandledErrors(std::move(error), llvm::errs(), "bang tune: error: ");
  return exitCode;
}

int fail(const std::string &sentence, int exitCode = kUsageExit) {
  return fail(llvm::createStringError(llvm::inconvertibleErrorCode(), sentence), exitCode);
}

// Removed with everything in it at the end.
class Scratch {
public:
  Scratch() { failure = llvm::sys::fs::createUniqueDirectory("bang-tune", path); }
  ~Scratch() {
    if (!failure)
      llvm::sys::fs::remove_directories(path);
  }
  llvm::SmallString<128> path;
  std::error_code failure;
};

std::string joined(const std::vector<std::string> &words) {
  std::string text;
  for (const std::string &word : words)
    text += (text.empty() ? "" : " ") + word;
  return text;
}

// "-" is standard output. A file appears whole or stays as it was.
bool writeFile(const std::string &path, const std::string &text) {
  llvm::Error error = llvm::writeToOutput(path, [&](llvm::raw_ostream &out) {
    out << text;
    return llvm::Error::success();
  });
  const bool isGood = !error;
  llvm::consumeError(std::move(error));
  return isGood;
}

// What can be known of a sweep before it runs names it: equal sweeps continue each other.
llvm::Expected<SweepRecord> makeRecord(const Options &options, const Evaluator &evaluator) {
  const Plan &plan = options.plan;
  Point first = plan.space.point(plan.numbers.front());
  if (!plan.budget.values.empty())
    first.push_back({plan.budget.name, plan.budget.values.front()});
  std::string parameters;
  auto add = [&](const Parameter &parameter) {
    parameters += (parameters.empty() ? "" : " ") + parameter.name + "=";
    for (const std::string &value : parameter.values)
      parameters += (parameters.back() == '=' ? "" : ",") + value;
  };
  for (const Parameter &parameter : plan.space.parameters)
    add(parameter);
  std::string search = options.search;
  if (options.search != "exhaustive")
    search += " of " + std::to_string(plan.numbers.size()) + " with seed " + std::to_string(options.seed);
  if (!plan.budget.values.empty()) {
    parameters += " budget ";
    add(plan.budget);
    search += " divided by " + std::to_string(plan.divide);
  }
  SweepRecord record;
  record.kernel = llvm::sys::path::filename(options.program.sources.front()).str();
  record.machine = evaluator.machineName();
  record.options = joined(options.program.options);
  record.arguments = options.arguments;
  record.parameters = parameters;
  record.objective = nameOf(options.ranking.objective.metric);
  record.objectiveKernel = options.ranking.objective.kernel;
  record.comparison = options.comparison + (options.ranking.check ? ",check" : "");
  const std::string key = evaluator.key(first);
  if (key.empty())
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "interrupted");
  record.id = key + "/" + parameters + "/" + search + "/" + record.objective + "/" + record.objectiveKernel + "/" +
              record.comparison;
  return record;
}

// Table, picture, JSON. The exit code is 0 when there is a best point.
int show(const Options &options, Store &store, const SweepRecord &sweep, const Ranking &ranking, uint64_t planned) {
  Report report{sweep, ranking, {}, planned};
  for (std::vector<MemberResult> &results : byRung(store.results(sweep.id)))
    report.rungs.push_back(ranking.rank(std::move(results)));
  if (std::string problem = store.problem(); !problem.empty())
    return fail("the database '" + options.database + "': " + problem, 1);
  if (!options.json.empty() && !writeFile(options.json, renderJson(report)))
    return fail("cannot write '" + options.json + "'");
  if (!options.picture.empty() && !writeFile(options.picture, renderPicture(report)))
    return fail("cannot write '" + options.picture + "'");
  if (!options.page.empty() && !writeFile(options.page, renderPage(report)))
    return fail("cannot write '" + options.page + "'");
  if (options.json == "-")
    return report.best() ? 0 : 1;
  llvm::outs() << renderTable(report, options.rows);
  if (const Row *best = report.best()) {
    llvm::outs() << "best: " << best->member.setting << ", " << ranking.objective.text(*best->value);
    // The first point that is right is what the others are compared with.
    const std::vector<Row> &rows = report.rungs.front();
    const Row *first = best;
    for (const Row &row : rows)
      if (row.verdict == Verdict::Right && row.member.number < first->member.number)
        first = &row;
    if (first != best && *best->value > 0)
      llvm::outs() << llvm::formatv("; {0:f2} times better than {1}", *first->value / *best->value,
                                    first->member.setting);
    llvm::outs() << "\n";
  } else {
    llvm::outs() << "no point is right\n";
  }
  return report.best() ? 0 : 1;
}

int showLast(Options &options, Store &store) {
  std::string kernel;
  if (!options.program.sources.empty())
    kernel = llvm::sys::path::filename(options.program.sources.front()).str();
  std::optional<SweepRecord> sweep = store.lastSweep(kernel);
  if (!sweep)
    return fail("the database '" + options.database + "' has no sweep" + (kernel.empty() ? "" : " of " + kernel));
  Ranking ranking = options.ranking;
  if (!options.hasObjective) {
    ranking.objective.metric = *findMetric(sweep->objective);
    if (ranking.objective.kernel.empty())
      ranking.objective.kernel = sweep->objectiveKernel;
  }
  llvm::StringRef comparison = sweep->comparison;
  ranking.check |= comparison.consume_back(",check");
  if (!options.hasComparison)
    if (llvm::Error error = setComparison(comparison, ranking.comparison))
      return fail(std::move(error));
  return show(options, store, *sweep, ranking, 0);
}

int runSweep(const Options &options, Store &store) {
  Scratch scratch;
  if (scratch.failure)
    return fail("cannot make a temporary folder: " + scratch.failure.message());
  for (const std::string &source : options.program.sources)
    if (!llvm::sys::fs::exists(source))
      return fail("there is no file '" + source + "'");
  llvm::Expected<Evaluator> evaluator = Evaluator::make(options.program, scratch.path.str().str());
  if (!evaluator)
    return fail(evaluator.takeError());
  catchInterrupts();
  llvm::Expected<SweepRecord> record = makeRecord(options, *evaluator);
  if (!record) {
    llvm::consumeError(record.takeError());
    return kInterruptedExit;
  }
  store.remember(*record);
  Sweep sweep(options.plan, *evaluator, store, *record, options.ranking);
  const bool isDone = sweep.run();
  int exitCode = show(options, store, *record, options.ranking, options.plan.numbers.size());
  if (isInterrupted()) {
    llvm::outs() << "interrupted; the same command goes on from here\n";
    return kInterruptedExit;
  }
  if (options.json != "-") {
    const Shard &shard = options.plan.shard;
    if (shard.count > 1)
      llvm::outs() << llvm::formatv("shard {0}/{1}: {2} points measured, {3} known from before\n", shard.index + 1,
                                    shard.count, sweep.measuredHere(), sweep.knownHere());
    else
      llvm::outs() << sweep.measuredHere() << " points measured, " << sweep.knownHere() << " known from before\n";
  }
  return isDone ? exitCode : 1;
}

int run(llvm::ArrayRef<const char *> arguments) {
  llvm::Expected<Options> options = parseOptions(arguments);
  if (!options)
    return fail(options.takeError());
  llvm::Expected<std::unique_ptr<Store>> store = Store::open(options->database, options->leaseSeconds);
  if (!store)
    return fail(store.takeError());
  for (const std::string &file : options->merges) {
    llvm::Expected<Store::MergeCounts> counts = (*store)->merge(file);
    if (!counts)
      return fail(counts.takeError());
    llvm::errs() << llvm::formatv("{0}: {1} results added, {2} known before\n", file, counts->added, counts->known);
    if (counts->different)
      llvm::errs() << llvm::formatv(
          "bang tune: warning: {0} of them differ from those known before, which stay; the "
          "programs depend on something that is not in their sources, options and arguments\n",
          counts->different);
  }
  if (options->report)
    return showLast(*options, **store);
  return options->program.sources.empty() ? 0 : runSweep(*options, **store);
}

} // namespace
} // namespace bang::tune

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  // The help is made of the rows of `bang`.
  if (argc > 1 && (llvm::StringRef(argv[1]) == "--help" || llvm::StringRef(argv[1]) == "-h")) {
    std::string self = llvm::sys::fs::getMainExecutable(argv[0], reinterpret_cast<void *>(&main));
    std::string bang = (llvm::sys::path::parent_path(self) + "/bang").str();
    return llvm::sys::ExecuteAndWait(bang, {bang, "tune", "--help"});
  }
  return bang::tune::run({argv + 1, argv + argc});
}
