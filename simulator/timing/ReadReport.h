// ReadReport.h: opens a report for those who make something of it.
#ifndef OPENBANG_SIMULATOR_TIMING_READREPORT_H
#define OPENBANG_SIMULATOR_TIMING_READREPORT_H

#include <nlohmann/json.hpp>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace dlp::timing {

// Calls `use` with the parsed report; a damaged one becomes `error`.
template <class Use> std::string withReport(const std::string &json, std::string &error, Use use) {
  try {
    const auto report = nlohmann::ordered_json::parse(json);
    if (report.at("tool") != "bang prof" || report.at("version") != 1)
      throw std::runtime_error("another tool or version");
    return use(report);
  } catch (const std::exception &) {
    error = "it is no report of bang prof, version 1";
    return "";
  }
}

// Microseconds as people read them.
inline std::string timeText(double us) {
  char text[64];
  if (us < 1000)
    std::snprintf(text, sizeof text, "%.2f us", us);
  else if (us < 1e6)
    std::snprintf(text, sizeof text, "%.3f ms", us / 1e3);
  else
    std::snprintf(text, sizeof text, "%.3f s", us / 1e6);
  return text;
}

// The core that a small picture shows: the first of the list that is no memory core; and the memory core beside it.
struct ShownCores {
  std::string core, memoryCore;
};
inline ShownCores shownCores(const nlohmann::ordered_json &timeline) {
  for (const auto &track : timeline.at("tracks")) {
    const auto name = track.at("core").template get<std::string>();
    if (name.find("memory") == std::string::npos)
      return {name, name.substr(0, name.find(" core")) + " memory core"};
  }
  return {};
}

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_READREPORT_H
