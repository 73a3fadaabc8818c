// Page.cpp: a sweep as one page for browsers: the picture, and a table of all points below it.
#include "frontend/tune/Report.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

namespace bang::tune {
namespace {

std::string escaped(llvm::StringRef text) {
  std::string result;
  llvm::raw_string_ostream stream(result);
  llvm::printHTMLEscaped(text, stream);
  return result;
}

std::string row(const char *kind, const std::vector<std::string> &cells) {
  std::string text = "<tr>";
  for (const std::string &cell : cells)
    text += llvm::formatv("<{0}>{1}</{0}>", kind, escaped(cell));
  return text + "</tr>\n";
}

} // namespace

std::string renderPage(const Report &report) {
  const Objective &objective = report.ranking.objective;
  const std::string title = report.sweep.kernel + " on " + report.sweep.machine + ": " + objective.unit();
  std::string text =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>bang tune: " + escaped(title) +
      "</title>\n<style>\n"
      "body { font: 14px/1.45 system-ui, sans-serif; margin: 16px 24px; color: #24292f; }\n"
      "table { border-collapse: collapse; margin-top: 16px; }\n"
      "td, th { text-align: left; padding: 3px 10px; border-bottom: 1px solid #eaecef; }\n"
      "svg { max-width: 100%; }\n</style>\n</head>\n<body>\n";
  text += renderPicture(report);
  text += "<p>" +
          escaped("Parameters: " + report.sweep.parameters + ". Options of bangcc: " + report.sweep.options +
                  (report.sweep.arguments.empty() ? "" : ". Arguments: " + report.sweep.arguments)) +
          ".</p>\n";
  for (const std::vector<Row> &rows : report.rungs) {
    if (rows.empty())
      continue;
    std::vector<std::string> heads = {"rank"};
    for (const auto &[name, value] : splitSetting(rows.front().member.setting))
      heads.push_back(name);
    heads.insert(heads.end(), {nameOf(objective.metric), "result"});
    text += "<table>\n" + row("th", heads);
    for (size_t i = 0; i < rows.size(); ++i) {
      const Row &point = rows[i];
      std::vector<std::string> cells = {point.verdict == Verdict::Right ? std::to_string(i + 1) : "-"};
      for (const auto &[name, value] : splitSetting(point.member.setting))
        cells.push_back(value);
      cells.push_back(point.value ? objective.text(*point.value) : "-");
      cells.push_back(std::string(nameOf(point.verdict)) + (point.note.empty() ? "" : ": " + point.note));
      text += row("td", cells);
    }
    text += "</table>\n";
  }
  return text + "</body>\n</html>\n";
}

} // namespace bang::tune
