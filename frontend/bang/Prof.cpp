// Prof.cpp: `bang prof`: runs a program under the timing model and shows where the cycles go; compares reports.
#include "frontend/bang/Prof.h"

#include "frontend/bang/Files.h"
#include "frontend/bang/Page.h"
#include "frontend/bang/Run.h"
#include "simulator/core/MachineConfig.h"
#include "simulator/timing/Parameters.h"
#include "simulator/timing/ProfileReport.h"
#include "simulator/timing/Timeline.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

using namespace dlp::timing;

namespace bang {
namespace {

// Makes the page of --html; the exit code.
int writePage(const CommandLine &line, const std::string &report, const std::string &before,
              std::vector<Remark> remarks) {
  std::string log, error;
  if (line.has("--remarks")) {
    if (!readFile(line.value("--remarks"), log))
      return usageError("cannot read '" + line.value("--remarks") + "'");
    takeRemarks(log, remarks);
    if (remarks.empty())
      return usageError("'" + line.value("--remarks") +
                        "' has no remarks, expected what bangcc -Rbang-memory -Rpass=bang writes to stderr");
  }
  const std::string page = profilePage(report, before, remarksJson(remarks), error);
  if (!error.empty())
    return usageError(error);
  if (!writeFile(line.value("--html"), page))
    return usageError("cannot write '" + line.value("--html") + "'");
  return 0;
}

int compare(const CommandLine &line) {
  if (line.rest.size() != 2)
    return usageError("--compare takes two reports of --json, the earlier one first");
  std::string texts[2], error;
  for (int i : {0, 1})
    if (!readFile(line.rest[i], texts[i]))
      return usageError("cannot read '" + line.rest[i] + "'");
  const std::string table = profileComparison(texts[0], texts[1], error);
  if (!error.empty())
    return usageError("cannot compare '" + line.rest[0] + "' and '" + line.rest[1] + "': " + error);
  std::fputs(table.c_str(), stdout);
  return line.has("--html") ? writePage(line, texts[1], texts[0], {}) : 0;
}

// Wrong settings are found before the program runs.
bool checkSettings(const CommandLine &line, std::string &error) {
  const std::string machineName = line.has("--machine")         ? line.value("--machine")
                                  : std::getenv("BANG_MACHINE") ? std::getenv("BANG_MACHINE")
                                                                : "";
  auto machine = dlp::loadMachine(machineName, error);
  if (!machine)
    return false;
  std::stringstream settings(line.value("--set"));
  for (std::string setting; std::getline(settings, setting, ',');)
    if (!applySetting(*machine, setting, error))
      return false;
  return bool(parametersOf(*machine, error));
}

} // namespace

int profileProgramCommand(const CommandLine &line) {
  if (line.has("--remarks") && !line.has("--html"))
    return usageError("--remarks is for the page; give --html too");
  if (line.has("--compare"))
    return compare(line);
  std::string error;
  if (!checkSettings(line, error))
    return usageError(error);
  TemporaryFolder folder;
  // The ending says in which format.
  const std::string report = folder.file("report.json"),
                    trace = folder.file("trace" + std::filesystem::path(line.value("--trace")).extension().string());
  std::string tool = "prof:";
  if (line.has("--trace"))
    tool += "trace=" + trace + ",";
  if (line.has("--html") || line.has("--timeline") || line.has("--picture"))
    tool += "timelines,";
  if (line.has("--window")) {
    Window window;
    std::string text = line.value("--window");
    if (!Window::parse(text, window, error))
      return usageError(error);
    std::replace(text.begin(), text.end(), ',', ':');
    tool += "window=" + text + ",";
  }
  setenv("BANG_TIMING", line.has("--set") ? line.value("--set").c_str() : "1", 1);
  // An interrupted program still writes its report, which is shown then.
  std::signal(SIGINT, SIG_IGN);
  std::vector<Remark> remarks;
  const int code = runUnderTool(line, tool + "report=" + report, line.has("--html") ? &remarks : nullptr);
  std::signal(SIGINT, SIG_DFL);
  std::string text;
  if (!readFile(report, text)) {
    if (code == 0)
      std::fprintf(stderr, "bang prof: the program launched no kernel through libcnrt\n");
    return code;
  }
  const std::string table =
      profileText(text, {.whatIf = line.has("--what-if"), .timeline = line.has("--timeline")}, error);
  if (!error.empty())
    return usageError("the report of the program is damaged: " + error);
  if (line.has("--json") && !writeFile(line.value("--json"), text))
    return usageError("cannot write '" + line.value("--json") + "'");
  if (line.has("--csv") && !writeFile(line.value("--csv"), profileCsv(text, error)))
    return usageError("cannot write '" + line.value("--csv") + "'");
  if (line.has("--trace")) {
    std::error_code failure;
    std::filesystem::copy_file(trace, line.value("--trace"), std::filesystem::copy_options::overwrite_existing,
                               failure);
    if (failure)
      return usageError("cannot write '" + line.value("--trace") + "'");
  }
  if (line.has("--picture") && !writeFile(line.value("--picture"), profilePicture(text, error)))
    return usageError("cannot write '" + line.value("--picture") + "'");
  if (line.has("--html"))
    if (const int failed = writePage(line, text, "", remarks))
      return failed;
  std::fputs(table.c_str(), stderr);
  return code;
}

} // namespace bang
