// Report.cpp: the table on the terminal, and JSON.
#include "frontend/tune/Report.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace bang::tune {

const Row *Report::best() const {
  if (rungs.empty() || rungs.front().empty() || rungs.front().front().verdict != Verdict::Right)
    return nullptr;
  return &rungs.front().front();
}

std::vector<std::pair<std::string, std::string>> splitSetting(llvm::StringRef setting) {
  std::vector<std::pair<std::string, std::string>> pairs;
  llvm::SmallVector<llvm::StringRef> words;
  setting.split(words, ' ');
  for (llvm::StringRef word : words) {
    auto [name, value] = word.split('=');
    pairs.emplace_back(name.str(), value.str());
  }
  return pairs;
}

// Columns as wide as their widest cell; the last one is text.
static std::string align(const std::vector<std::vector<std::string>> &lines) {
  std::vector<size_t> widths;
  for (const std::vector<std::string> &line : lines)
    for (size_t i = 0; i < line.size(); ++i) {
      widths.resize(std::max(widths.size(), i + 1));
      widths[i] = std::max(widths[i], line[i].size());
    }
  std::string text;
  for (const std::vector<std::string> &line : lines) {
    std::string row;
    for (size_t i = 0; i < line.size(); ++i) {
      row += i ? "  " : "";
      row += i + 1 < line.size() ? std::string(widths[i] - line[i].size(), ' ') + line[i] : line[i];
    }
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + "\n";
  }
  return text;
}

static std::vector<std::string> cells(const Row &row, const Objective &objective, const std::string &place) {
  std::vector<std::string> line = {place};
  for (const auto &[name, value] : splitSetting(row.member.setting))
    line.push_back(value);
  std::string number = row.value ? objective.text(*row.value) : "-";
  // The head of the column has the word already.
  line.push_back(llvm::StringRef(number).split(' ').second == "instructions" ||
                         llvm::StringRef(number).split(' ').second == "bytes"
                     ? llvm::StringRef(number).split(' ').first.str()
                     : number);
  if (objective.metric != Metric::Nram)
    line.push_back(row.nramBytes ? llvm::formatv("{0:f1} KB", row.nramBytes / 1024.0).str() : "-");
  line.push_back(row.note.empty() ? nameOf(row.verdict) : std::string(nameOf(row.verdict)) + ": " + row.note);
  return line;
}

static std::string countText(const std::vector<Row> &rows, uint64_t planned) {
  std::string text;
  for (Verdict verdict :
       {Verdict::Right, Verdict::Wrong, Verdict::Found, Verdict::Failed, Verdict::Infeasible, Verdict::Pending}) {
    uint64_t count = std::ranges::count(rows, verdict, &Row::verdict);
    if (verdict == Verdict::Pending && planned > rows.size())
      count += planned - rows.size();
    const char *name = verdict == Verdict::Found     ? "with findings of bang check"
                       : verdict == Verdict::Pending ? "not tried yet"
                                                     : nameOf(verdict);
    if (count)
      text += llvm::formatv("{0}{1} {2}", text.empty() ? "" : ", ", count, name);
  }
  return text.empty() ? "no points" : text;
}

std::string renderTable(const Report &report, unsigned most) {
  const Objective &objective = report.ranking.objective;
  std::string text = llvm::formatv("{0} on {1}: {2}{3}\n", report.sweep.kernel, report.sweep.machine, objective.unit(),
                                   objective.kernel.empty() ? "" : " of kernels with '" + objective.kernel + "'");
  for (size_t r = 0; r < report.rungs.size(); ++r) {
    const std::vector<Row> &rows = report.rungs[r];
    if (rows.empty())
      continue;
    std::vector<std::vector<std::string>> lines = {{"rank"}};
    for (const auto &[name, value] : splitSetting(rows.front().member.setting))
      lines[0].push_back(name);
    lines[0].push_back(nameOf(objective.metric));
    if (objective.metric != Metric::Nram)
      lines[0].push_back("NRAM");
    lines[0].push_back("result");
    const size_t shown = most ? std::min<size_t>(most, rows.size()) : rows.size();
    for (size_t i = 0; i < shown; ++i)
      lines.push_back(
          cells(rows[i], objective, rows[i].verdict == Verdict::Right ? std::to_string(i + 1) : std::string("-")));
    text += "\n" + align(lines);
    if (shown < rows.size())
      text += llvm::formatv("... and {0} more; --rows 0 shows all\n", rows.size() - shown);
    text += countText(rows, r + 1 == report.rungs.size() ? report.planned : 0) + "\n";
  }
  return text;
}

std::string renderJson(const Report &report) {
  llvm::json::Array points;
  for (size_t r = report.rungs.size(); r-- > 0;)
    for (const Row &row : report.rungs[r]) {
      llvm::json::Object parameters;
      for (const auto &[name, value] : splitSetting(row.member.setting))
        parameters[name] = value;
      llvm::json::Object point{{"number", row.member.number},
                               {"rung", row.member.rung},
                               {"key", row.member.key},
                               {"parameters", std::move(parameters)},
                               {"verdict", nameOf(row.verdict)}};
      if (!row.note.empty())
        point["note"] = row.note;
      if (row.value)
        point["value"] = *row.value;
      if (row.outcome) {
        point["kernels"] = toJson(row.outcome->kernels);
        point["compileSeconds"] = row.outcome->compileSeconds;
        point["runSeconds"] = row.outcome->runSeconds;
        if (!row.outcome->resultsHash.empty())
          point["resultsHash"] = row.outcome->resultsHash;
      }
      points.push_back(std::move(point));
    }
  llvm::json::Object object{{"version", 1},
                            {"kernel", report.sweep.kernel},
                            {"machine", report.sweep.machine},
                            {"options", report.sweep.options},
                            {"arguments", report.sweep.arguments},
                            {"parameters", report.sweep.parameters},
                            {"objective", nameOf(report.ranking.objective.metric)},
                            {"points", std::move(points)}};
  if (const Row *best = report.best())
    object["best"] = best->member.setting;
  std::string text;
  llvm::raw_string_ostream(text) << llvm::formatv("{0:2}\n", llvm::json::Value(std::move(object)));
  return text;
}

} // namespace bang::tune
