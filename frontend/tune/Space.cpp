// Space.cpp: reads parameters and shards, numbers and draws points.
#include "frontend/tune/Space.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>
#include <set>

namespace bang::tune {

static llvm::Error failure(const std::string &sentence) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), sentence);
}

// "4..16*2" after its first number. False: not a range that ends.
static bool expandRange(int64_t first, llvm::StringRef text, std::vector<std::string> &values) {
  size_t sign = text.find_first_of("+*");
  int64_t last = 0, step = 1;
  const bool isGeometric = sign != llvm::StringRef::npos && text[sign] == '*';
  if (text.substr(0, sign).getAsInteger(10, last) || last < first)
    return false;
  if (sign != llvm::StringRef::npos && text.substr(sign + 1).getAsInteger(10, step))
    return false;
  if (isGeometric ? step < 2 || first < 1 : step < 1)
    return false;
  if (!isGeometric && static_cast<uint64_t>(last - first) / step >= Space::kMostPoints)
    return false;
  for (int64_t value = first; value <= last;) {
    values.push_back(std::to_string(value));
    if (isGeometric ? __builtin_mul_overflow(value, step, &value) : __builtin_add_overflow(value, step, &value))
      break;
  }
  return true;
}

llvm::Expected<Parameter> parseParameter(llvm::StringRef text) {
  auto [name, list] = text.split('=');
  Parameter parameter{name.str(), {}};
  if (name.empty() || llvm::isDigit(name.front()) ||
      !llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_'; }))
    return failure(llvm::formatv("parameter '{0}' has no name, expected NAME=values, for example TILE=64,128", text));
  llvm::SmallVector<llvm::StringRef> words;
  list.split(words, ',');
  for (llvm::StringRef word : words) {
    auto [from, to] = word.split("..");
    int64_t first = 0;
    if (word.contains("..")) {
      if (from.getAsInteger(10, first) || !expandRange(first, to, parameter.values))
        return failure(llvm::formatv("parameter {0}: '{1}' is no range, expected first..last with first <= last, and "
                                     "a step as in 0..64+16 or 16..1024*2",
                                     name, word));
    } else if (word.empty()) {
      return failure(llvm::formatv("parameter {0} has an empty value, expected values separated by commas", name));
    } else {
      parameter.values.push_back(word.str());
    }
  }
  std::set<std::string> seen;
  for (const std::string &value : parameter.values)
    if (!seen.insert(value).second)
      return failure(llvm::formatv("parameter {0} has the value {1} twice; leave one out", name, value));
  return parameter;
}

std::string describe(const Point &point) {
  std::string text;
  for (const Setting &setting : point)
    text += (text.empty() ? "" : " ") + setting.name + "=" + setting.value;
  return text;
}

std::string expand(llvm::StringRef text, const Point &point) {
  std::string result = text.str();
  for (const Setting &setting : point) {
    const std::string place = "{" + setting.name + "}";
    for (size_t at = 0; (at = result.find(place, at)) != std::string::npos; at += setting.value.size())
      result.replace(at, place.size(), setting.value);
  }
  return result;
}

llvm::Error Space::check() const {
  std::set<std::string> names;
  uint64_t product = 1;
  for (const Parameter &parameter : parameters) {
    if (!names.insert(parameter.name).second)
      return failure("parameter " + parameter.name + " is given twice; write all its values in one list");
    if (__builtin_mul_overflow(product, parameter.values.size(), &product))
      return failure("the parameters have more combinations than a 64-bit number counts; leave values out");
  }
  return llvm::Error::success();
}

uint64_t Space::size() const {
  uint64_t product = 1;
  for (const Parameter &parameter : parameters)
    product *= parameter.values.size();
  return product;
}

Point Space::point(uint64_t number) const {
  Point point(parameters.size());
  for (size_t i = parameters.size(); i-- > 0;) {
    const Parameter &parameter = parameters[i];
    point[i] = {parameter.name, parameter.values[number % parameter.values.size()]};
    number /= parameter.values.size();
  }
  return point;
}

std::vector<uint64_t> Space::all() const {
  std::vector<uint64_t> numbers(std::min(size(), kMostPoints));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

// The generator is fixed by the C++ standard; the distributions of the library are not, so there is an own one.
static uint64_t drawBelow(std::mt19937_64 &generator, uint64_t bound) {
  const uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  for (;;)
    if (uint64_t value = generator(); value < limit)
      return value % bound;
}

std::vector<uint64_t> Space::sample(uint64_t count, uint64_t seed) const {
  std::mt19937_64 generator(seed);
  count = std::min({count, size(), kMostPoints});
  std::vector<uint64_t> numbers;
  // Floyd's way: as many draws as points, however much of the space is wanted.
  std::set<uint64_t> taken;
  for (uint64_t bound = size() - count; bound < size(); ++bound) {
    uint64_t number = drawBelow(generator, bound + 1);
    if (!taken.insert(number).second) {
      number = bound;
      taken.insert(bound);
    }
    numbers.push_back(number);
  }
  for (uint64_t i = numbers.size(); i > 1; --i)
    std::swap(numbers[i - 1], numbers[drawBelow(generator, i)]);
  return numbers;
}

std::vector<uint64_t> Shard::select(const std::vector<uint64_t> &numbers) const {
  std::vector<uint64_t> part;
  for (size_t i = index; i < numbers.size(); i += count)
    part.push_back(numbers[i]);
  return part;
}

llvm::Expected<Shard> parseShard(llvm::StringRef text) {
  auto [index, count] = text.split('/');
  Shard shard;
  if (index.getAsInteger(10, shard.index) || count.getAsInteger(10, shard.count) || shard.index < 1 ||
      shard.index > shard.count)
    return failure(llvm::formatv("'{0}' is no shard, expected i/N with i from 1 to N, for example 2/4", text));
  --shard.index;
  return shard;
}

llvm::Expected<Shard> shardFromEnvironment() {
  // Ranks of mpirun inside a Slurm job have both; mpirun's are the finer ones. SLURM_NTASKS would not do: a batch
  // script that is not a rank has it too. An array job has one task per element.
  static constexpr const char *kVariables[][3] = {
      {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", nullptr},
      {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS", nullptr},
      {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN"}};
  for (const auto &[rank, size, first] : kVariables) {
    const char *rankText = std::getenv(rank), *sizeText = std::getenv(size);
    if (!rankText || !sizeText)
      continue;
    const char *firstText = first ? std::getenv(first) : nullptr;
    Shard shard;
    unsigned offset = 0;
    if (llvm::StringRef(rankText).getAsInteger(10, shard.index) ||
        llvm::StringRef(sizeText).getAsInteger(10, shard.count) ||
        (firstText && llvm::StringRef(firstText).getAsInteger(10, offset)) || shard.index < offset ||
        (shard.index -= offset) >= shard.count)
      return failure(llvm::formatv("{0}={1} and {2}={3} do not name a rank; unset them or give --shard i/N", rank,
                                   rankText, size, sizeText));
    if (shard.count > 1)
      return shard;
  }
  return Shard{};
}

} // namespace bang::tune
