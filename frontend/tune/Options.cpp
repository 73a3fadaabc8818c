// Options.cpp: reads the command line by the rows of frontend/bang/TuneOptions.h.
#include "frontend/tune/Options.h"

#include "frontend/bang/TuneOptions.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/Threading.h"

#include <algorithm>
#include <chrono>

namespace bang::tune {

static llvm::Error failure(const llvm::Twine &sentence) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), sentence.str());
}

// The options given, in order; words that are none; words behind "--".
struct Words {
  std::vector<std::pair<std::string, std::string>> options;
  std::vector<std::string> files, compilerOptions;
  std::optional<std::string> value(llvm::StringRef name) const {
    for (const auto &[option, value] : llvm::reverse(options))
      if (option == name)
        return value;
    return std::nullopt;
  }
};

static llvm::Expected<Words> split(llvm::ArrayRef<const char *> words) {
  Words result;
  for (size_t i = 0; i < words.size(); ++i) {
    llvm::StringRef word = words[i];
    if (word == "--") {
      result.compilerOptions.assign(words.begin() + i + 1, words.end());
      break;
    }
    if (!word.starts_with("-") || word == "-") {
      result.files.push_back(word.str());
      continue;
    }
    auto [name, joined] = word.split('=');
    bool isJoined = word.contains('=');
    if (word.starts_with("-j") && word.size() > 2 && !isJoined) { // -j4, as with make
      name = "-j";
      joined = word.drop_front(2);
      isJoined = true;
    }
    auto row = std::ranges::find_if(kTuneOptions, [&](const CommandOption &row) { return name == row.name; });
    if (row == std::end(kTuneOptions))
      return failure("'bang tune' has no option '" + name +
                     "'; 'bang tune --help' lists them, and options of bangcc stand behind --");
    if (!row->value && isJoined)
      return failure("option '" + name + "' takes no value");
    std::string value = joined.str();
    if (row->value && !isJoined) {
      if (++i == words.size())
        return failure("option '" + name + "' needs a value after it: " + row->value);
      value = words[i];
    }
    result.options.emplace_back(name.str(), value);
  }
  return result;
}

llvm::Error setComparison(llvm::StringRef text, Comparison &comparison) {
  comparison = {false, false};
  llvm::SmallVector<llvm::StringRef> words;
  text.split(words, ',');
  for (llvm::StringRef word : words) {
    if (word == "output")
      comparison.output = true;
    else if (word == "results")
      comparison.results = true;
    else if (word != "none" || words.size() != 1)
      return failure("--compare is '" + text + "', expected output, results, both separated by a comma, or none");
  }
  return llvm::Error::success();
}

static llvm::Error readNumber(const Words &words, llvm::StringRef name, uint64_t least, uint64_t most,
                              llvm::function_ref<void(uint64_t)> set) {
  std::optional<std::string> text = words.value(name);
  uint64_t value = 0;
  if (!text)
    return llvm::Error::success();
  if (llvm::StringRef(*text).getAsInteger(10, value) || value < least || value > most)
    return failure(name + " is '" + *text + "', expected a whole number of at least " + llvm::Twine(least));
  set(value);
  return llvm::Error::success();
}

static std::vector<std::string> shellWords(llvm::StringRef text) {
  llvm::BumpPtrAllocator memory;
  llvm::StringSaver saver(memory);
  llvm::SmallVector<const char *> words;
  llvm::cl::TokenizeGNUCommandLine(text, saver, words);
  return {words.begin(), words.end()};
}

// $XDG_CACHE_HOME/openbang/tune.db
static llvm::Expected<std::string> defaultDatabase() {
  llvm::SmallString<256> path;
  if (!llvm::sys::path::cache_directory(path))
    return failure("there is no cache folder of this user; name a database with --db");
  llvm::sys::path::append(path, "openbang", "tune.db");
  return path.str().str();
}

static llvm::Error readSearch(const Words &words, Options &options) {
  Plan &plan = options.plan;
  std::optional<uint64_t> samples;
  llvm::Error error = llvm::joinErrors(
      readNumber(words, "--samples", 1, UINT64_MAX, [&](uint64_t value) { samples = value; }),
      llvm::joinErrors(readNumber(words, "--seed", 0, UINT64_MAX, [&](uint64_t value) { options.seed = value; }),
                       readNumber(words, "--divide", 2, UINT_MAX, [&](uint64_t value) { plan.divide = value; })));
  if (error)
    return error;
  options.search = words.value("--search").value_or(options.search);
  const bool isRandom = options.search == "random", isHalving = options.search == "halving";
  if (!isRandom && !isHalving && options.search != "exhaustive")
    return failure("--search is '" + options.search + "', expected exhaustive, random or halving");
  if (samples && !isRandom && !isHalving)
    return failure(
        "--samples belongs to a random or halving search, but the search is exhaustive; add --search random");
  if (isRandom && !samples)
    return failure("a random search needs --samples <n>, the number of points to look at");
  if (isHalving != words.value("--budget").has_value())
    return failure(isHalving
                       ? "a halving search needs --budget NAME=values, the sizes of the problem from cheap to real"
                       : "--budget belongs to a halving search; add --search halving");
  if (isHalving) {
    llvm::Expected<Parameter> budget = parseParameter(*words.value("--budget"));
    if (!budget)
      return budget.takeError();
    plan.budget = *budget;
    if (llvm::is_contained(llvm::map_range(plan.space.parameters, [](const Parameter &p) { return p.name; }),
                           budget->name))
      return failure("the budget " + budget->name + " is a parameter, too; leave one out");
  }
  if (!samples && plan.space.size() > Space::kMostPoints)
    return failure("the parameters have " + llvm::Twine(plan.space.size()) +
                   " combinations, more than a sweep can try; add --search random --samples <n>");
  plan.numbers = samples ? plan.space.sample(*samples, options.seed) : plan.space.all();
  return llvm::Error::success();
}

static llvm::Error readObjective(const Words &words, Options &options) {
  options.ranking.objective.kernel = words.value("--kernel").value_or("");
  options.hasObjective = words.value("--objective").has_value();
  if (options.hasObjective) {
    std::optional<Metric> metric = findMetric(*words.value("--objective"));
    if (!metric)
      return failure("--objective is '" + *words.value("--objective") +
                     "', expected time, instructions, bytes or nram");
    options.ranking.objective.metric = *metric;
  }
  options.plan.needs.bytes = options.ranking.objective.metric == Metric::Bytes;
  options.plan.needs.time = options.ranking.objective.metric == Metric::Time;
  return llvm::Error::success();
}

llvm::Expected<Options> parseOptions(llvm::ArrayRef<const char *> arguments) {
  llvm::Expected<Words> words = split(arguments);
  if (!words)
    return words.takeError();
  Options options;
  Plan &plan = options.plan;
  plan.threads = llvm::hardware_concurrency().compute_thread_count();
  options.report = words->value("--report").has_value();
  options.picture = words->value("--picture").value_or("");
  options.page = words->value("--html").value_or("");
  options.json = words->value("--json").value_or("");
  options.arguments = words->value("--args").value_or("");
  options.comparison = words->value("--compare").value_or(options.comparison);
  options.hasComparison = words->value("--compare").has_value();
  options.ranking.check = plan.needs.check = words->value("--check").has_value();
  plan.needs.retryFailed = words->value("--retry").has_value();
  plan.needs.failedBefore =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  for (const auto &[name, value] : words->options) {
    if (name == "--merge")
      options.merges.push_back(value);
    if (name == "--set")
      options.program.settings.push_back(value);
    if (name != "--param")
      continue;
    llvm::Expected<Parameter> parameter = parseParameter(value);
    if (!parameter)
      return parameter.takeError();
    plan.space.parameters.push_back(*parameter);
  }
  Program &program = options.program;
  llvm::Error problems[] = {
      plan.space.check(),
      setComparison(options.comparison, options.ranking.comparison),
      readNumber(*words, "--timeout", 1, 1'000'000, [&](uint64_t value) { program.timeoutSeconds = value; }),
      readNumber(*words, "-j", 1, 4096, [&](uint64_t value) { plan.threads = value; }),
      readNumber(*words, "--lease", 1, 1'000'000, [&](uint64_t value) { options.leaseSeconds = value; }),
      readNumber(*words, "--rows", 0, UINT_MAX, [&](uint64_t value) { options.rows = value; }),
      readObjective(*words, options),
      readSearch(*words, options)};
  llvm::Error all = llvm::Error::success();
  for (llvm::Error &error : problems)
    all = llvm::joinErrors(std::move(all), std::move(error));
  if (all)
    return std::move(all);

  llvm::Expected<Shard> shard = words->value("--shard") ? parseShard(*words->value("--shard")) : shardFromEnvironment();
  if (!shard)
    return shard.takeError();
  plan.shard = *shard;
  llvm::Expected<std::string> database =
      words->value("--db") ? llvm::Expected<std::string>(*words->value("--db")) : defaultDatabase();
  if (!database)
    return database.takeError();
  options.database = *database;

  program.sources = words->files;
  program.arguments = shellWords(options.arguments);
  program.machine = words->value("--machine").value_or("");
  program.ignore = words->value("--ignore").value_or("");
  std::string problem;
  if (!program.ignore.empty() && !llvm::Regex(program.ignore).isValid(problem))
    return failure("--ignore is '" + program.ignore + "', which is no regular expression: " + problem);
  program.options = words->compilerOptions;
  if (llvm::none_of(program.options, [](llvm::StringRef option) { return option.starts_with("-O"); }))
    program.options.insert(program.options.begin(), "-O2");
  program.hostThreads = std::max(1u, llvm::hardware_concurrency().compute_thread_count() / plan.threads);
  if (program.sources.empty() && !options.report && options.merges.empty())
    return failure("no kernel given; expected a .mlu file with a main function that checks its result");
  if (!program.sources.empty() && !options.report && plan.space.parameters.empty())
    return failure("no parameters given; expected --param NAME=values, for example --param TILE=64,128,256");
  return options;
}

} // namespace bang::tune
