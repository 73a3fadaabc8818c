// Outcome.cpp: objectives and comparisons of points.
#include "frontend/tune/Outcome.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>

namespace bang::tune {

static constexpr std::pair<Metric, const char *> kMetrics[] = {
    {Metric::Time, "time"}, {Metric::Instructions, "instructions"}, {Metric::Bytes, "bytes"}, {Metric::Nram, "nram"}};

const char *nameOf(Metric metric) {
  return std::ranges::find(kMetrics, metric, [](const auto &row) { return row.first; })->second;
}

std::optional<Metric> findMetric(const std::string &name) {
  for (const auto &[metric, text] : kMetrics)
    if (name == text)
      return metric;
  return std::nullopt;
}

std::optional<double> Objective::of(const Outcome &outcome) const {
  std::optional<double> total;
  for (const KernelNumbers &numbers : outcome.kernels) {
    if (numbers.name.find(kernel) == std::string::npos)
      continue;
    std::optional<double> value;
    switch (metric) {
    case Metric::Time:
      value = numbers.nanoseconds;
      break;
    case Metric::Instructions:
      value = numbers.instructions;
      break;
    case Metric::Bytes:
      value = numbers.gdramBytes;
      break;
    case Metric::Nram: // kernels run one after the other: the largest counts
      total = std::max<double>(total.value_or(0), numbers.nramBytes);
      continue;
    }
    if (!value)
      return std::nullopt;
    total = total.value_or(0) + *value;
  }
  return total;
}

std::string Objective::text(double value) const {
  switch (metric) {
  case Metric::Time:
    return value < 1e4 ? llvm::formatv("{0:f1} ns", value).str() : llvm::formatv("{0:f2} us", value / 1e3).str();
  case Metric::Instructions:
    return llvm::formatv("{0:f0} instructions", value);
  case Metric::Bytes:
    return llvm::formatv("{0:f0} bytes", value);
  case Metric::Nram:
    return llvm::formatv("{0:f1} KB", value / 1024);
  }
  llvm_unreachable("all metrics are above");
}

std::string Objective::unit() const {
  switch (metric) {
  case Metric::Time:
    return "model time";
  case Metric::Instructions:
    return "instructions";
  case Metric::Bytes:
    return "GDRAM bytes";
  case Metric::Nram:
    return "NRAM";
  }
  llvm_unreachable("all metrics are above");
}

llvm::json::Value toJson(const std::vector<KernelNumbers> &kernels) {
  llvm::json::Array list;
  for (const KernelNumbers &kernel : kernels) {
    llvm::json::Object entry{{"name", kernel.name},
                             {"launches", kernel.launches},
                             {"instructions", kernel.instructions},
                             {"nramBytes", kernel.nramBytes}};
    if (kernel.gdramBytes)
      entry["gdramBytes"] = *kernel.gdramBytes;
    if (kernel.nanoseconds)
      entry["nanoseconds"] = *kernel.nanoseconds;
    list.push_back(std::move(entry));
  }
  return list;
}

std::vector<KernelNumbers> kernelsFromJson(const llvm::json::Array &list) {
  std::vector<KernelNumbers> kernels;
  for (const llvm::json::Value &value : list)
    if (const llvm::json::Object *entry = value.getAsObject()) {
      KernelNumbers kernel;
      kernel.name = entry->getString("name").value_or("");
      kernel.launches = entry->getInteger("launches").value_or(0);
      kernel.instructions = entry->getInteger("instructions").value_or(0);
      kernel.nramBytes = entry->getInteger("nramBytes").value_or(0);
      if (auto bytes = entry->getInteger("gdramBytes"))
        kernel.gdramBytes = *bytes;
      kernel.nanoseconds = entry->getNumber("nanoseconds");
      kernels.push_back(std::move(kernel));
    }
  return kernels;
}

// The first line in which two outputs differ, as far as they were kept.
static std::string firstDifference(llvm::StringRef expected, llvm::StringRef found) {
  for (unsigned line = 1; !expected.empty() || !found.empty(); ++line) {
    auto [expectedLine, expectedRest] = expected.split('\n');
    auto [foundLine, foundRest] = found.split('\n');
    if (expectedLine != foundLine || expected.empty() != found.empty())
      return llvm::formatv("line {0} of its output is '{1}', expected '{2}'", line, foundLine, expectedLine);
    expected = expectedRest;
    found = foundRest;
  }
  return "its output differs after the first 16 KB";
}

std::string difference(const Outcome &reference, const Outcome &outcome, const Comparison &comparison) {
  if (comparison.output && reference.outputHash != outcome.outputHash)
    return firstDifference(reference.output, outcome.output);
  if (comparison.results && reference.resultsHash != outcome.resultsHash)
    return "the bytes it copies from the device differ";
  return {};
}

} // namespace bang::tune
