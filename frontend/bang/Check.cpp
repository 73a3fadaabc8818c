// Check.cpp: `bang check`: runs a program under the checks, then shows, compares and saves what was found.
#include "frontend/bang/Check.h"

#include "frontend/bang/Files.h"
#include "frontend/bang/Run.h"
#include "simulator/check/Render.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <set>

using namespace dlp::check;

namespace bang {
namespace {

constexpr int kFoundExit = 1;

// Compares with the findings of an earlier --json report. Known findings leave `findings`; true: none of them is gone.
bool applyBaseline(const std::vector<Finding> &known, std::vector<Finding> &findings) {
  std::set<std::string> now, before;
  for (const Finding &f : findings)
    now.insert(f.key());
  bool same = true;
  for (const Finding &f : known) {
    before.insert(f.key());
    if (now.contains(f.key()))
      continue;
    std::fprintf(stderr, "bang check: the baseline lists a finding that is gone: %s: %s: %s\n", f.place.where().c_str(),
                 kindName(f.kind), f.what.c_str());
    same = false;
  }
  if (!same)
    std::fprintf(stderr, "bang check: write the baseline anew with --json\n");
  std::erase_if(findings, [&](const Finding &f) { return before.contains(f.key()); });
  return same;
}

} // namespace

int checkProgramCommand(const CommandLine &line) {
  std::string options;
  for (const char *name : {"only", "skip", "orders", "arch"})
    if (std::string option = "--" + std::string(name); line.has(option)) {
      std::string value = line.value(option);
      std::replace(value.begin(), value.end(), ',', '+');
      options += std::string(name) + "=" + value + ",";
    }
  if (line.has("--numbers"))
    options += "numbers,";
  std::string error;
  if (!parseOptions(options.empty() ? "" : options.substr(0, options.size() - 1), error))
    return usageError(error);
  std::vector<Finding> known;
  Totals totals;
  if (line.has("--baseline")) {
    std::string text;
    if (!readFile(line.value("--baseline"), text) || !fromJson(text, known, totals))
      return usageError("cannot use baseline '" + line.value("--baseline") + "', expected a report of --json");
  }

  TemporaryFolder folder;
  std::string report = folder.file("report.json"), text;
  int code = runUnderTool(line, "check:" + options + "report=" + report);
  if (code == kUsageExit && line.rest.empty())
    return code;
  std::vector<Finding> findings;
  totals = {};
  if (readFile(report, text) && !fromJson(text, findings, totals))
    return usageError("the report of the program is damaged");
  if (text.empty() && code == 127)
    return code; // it could not be started, which was said

  for (auto [option, write] :
       {std::pair{"--json", +[](const std::vector<Finding> &f, const Totals &t) { return toJson(f, t); }},
        {"--sarif", +[](const std::vector<Finding> &f, const Totals &) { return toSarif(f); }}})
    if (line.has(option) && !writeFile(line.value(option), write(findings, totals)))
      return usageError("cannot write '" + line.value(option) + "'");
  bool same = !line.has("--baseline") || applyBaseline(known, findings);
  for (const Finding &f : findings)
    std::fputs(renderText(f).c_str(), stderr);
  if (text.empty())
    std::fprintf(stderr, "bang check: the program launched no kernel through libcnrt\n");
  else
    std::fputs(renderSummary(findings, totals).c_str(), stderr);
  bool found = std::any_of(findings.begin(), findings.end(), [](const Finding &f) { return !f.hint; });
  // Ctrl-C stops a script, whatever was found so far.
  const bool interrupted = code == 128 + SIGINT || code == 128 + SIGTERM;
  return (found || !same) && !interrupted ? kFoundExit : code;
}

} // namespace bang
