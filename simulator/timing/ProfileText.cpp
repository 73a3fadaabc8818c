// ProfileText.cpp: a report as the text and the tables that people read.
#include "simulator/timing/ProfileReport.h"
#include "simulator/timing/ReadReport.h"

#include <algorithm>
#include <cstdio>

namespace dlp::timing {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostLines = 5;

std::string format(const char *pattern, auto... values) {
  char text[1024];
  std::snprintf(text, sizeof text, pattern, values...);
  return text;
}

std::string bytesText(double bytes) {
  const char *units[] = {"B", "KB", "MB", "GB", "TB"};
  unsigned unit = 0;
  for (; bytes >= 10240 && unit < 4; ++unit)
    bytes /= 1024;
  return format("%.0f %s", bytes, units[unit]);
}

double number(const Json &json, const char *key) { return json.at(key).get<double>(); }
std::string text(const Json &json, const char *key) { return json.at(key).get<std::string>(); }

// "io 41 %, barrier 3 %" of the entries worth telling, the largest first.
std::string shares(const Json &json) {
  std::vector<std::pair<double, std::string>> list;
  for (const auto &item : json.items())
    if (item.value().get<double>() >= 0.005)
      list.push_back({item.value().get<double>(), item.key()});
  std::stable_sort(list.begin(), list.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
  std::string all;
  for (auto &[share, name] : list) {
    std::replace(name.begin(), name.end(), '_', ' ');
    all += (all.empty() ? "" : ", ") + name + format(" %.0f %%", 100 * share);
  }
  return all.empty() ? "none" : all;
}

// A row of the picture: how much of each column is filled.
std::string pictureRow(const std::vector<double> &filled) {
  std::string row;
  for (double share : filled)
    row += share < 0.02 ? ' ' : share < 0.34 ? '.' : share < 0.67 ? ':' : '#';
  return row;
}

std::string timelineText(const Json &timeline) {
  constexpr size_t kColumns = 96;
  const double begin = number(timeline, "begin_us"), end = number(timeline, "end_us");
  const double width = std::max(1e-9, (end - begin) / double(kColumns));
  const auto [first, memory] = shownCores(timeline);
  std::string out;
  out += format("  timeline from %s to %s, one column is %s\n", timeText(begin).c_str(), timeText(end).c_str(),
                timeText(width).c_str());
  for (size_t t = 0; t < timeline.at("tracks").size(); ++t) {
    const Json &track = timeline.at("tracks")[t];
    const std::string name = text(track, "core"), unit = text(track, "unit");
    if (name != first && (name != memory || unit == "scalar"))
      continue;
    std::vector<double> filled(kColumns);
    for (const Json &span : timeline.at("spans")) {
      if (span[0].get<size_t>() != t)
        continue;
      const double from = (span[1].get<double>() - begin) / width, to = from + span[2].get<double>() / width;
      for (size_t column = size_t(std::max(0.0, from)); column < kColumns && double(column) < to; ++column)
        filled[column] += std::min(to, double(column) + 1) - std::max(from, double(column));
    }
    const std::string who = name == first ? "" : "memory core ";
    out += format("    %-19s |", (who + (unit == "scalar" ? "waits" : unit)).c_str()) + pictureRow(filled) + "|\n";
  }
  return out;
}

std::string kernelText(const Json &k, const TextOptions &options) {
  const double time = number(k, "time_us");
  std::string out = "\nkernel " + text(k, "name") + "\n";
  const auto launches = k.at("launches").get<uint64_t>();
  out += "  time              " + timeText(time);
  if (launches > 1)
    out += format("   %llu launches, %s to %s", (unsigned long long)launches, timeText(number(k, "fastest_us")).c_str(),
                  timeText(number(k, "slowest_us")).c_str());
  out += "\n  bound by          " + text(k, "bound") + ": " + text(k, "bound_text") + "\n";
  out += format("  io efficiency     %.1f %%   compute efficiency %.1f %%\n", 100 * number(k, "io_efficiency"),
                100 * number(k, "compute_efficiency"));
  out += "  busy              " + shares(k.at("utilisation")) + "\n";
  out += "  stands still      " + shares(k.at("stalls")) + "\n";
  const Json &b = k.at("bytes");
  out += format("  bytes             GDRAM %s read, %s written (%s moved); NRAM %s, SRAM %s, WRAM %s\n",
                bytesText(number(b, "gdram_read")).c_str(), bytesText(number(b, "gdram_written")).c_str(),
                bytesText(number(b, "off_chip_moved")).c_str(),
                bytesText(number(b, "nram_read") + number(b, "nram_written")).c_str(),
                bytesText(number(b, "sram_read") + number(b, "sram_written")).c_str(),
                bytesText(number(b, "wram_read") + number(b, "wram_written")).c_str());
  out += format("  NRAM              %s of variables, used up to %s of %s\n",
                bytesText(number(k.at("nram"), "placed")).c_str(), bytesText(number(k.at("nram"), "touched")).c_str(),
                bytesText(number(k.at("nram"), "size")).c_str());
  out += format("  cores             %llu with work, the last one ends %.0f %% behind the mean\n",
                (unsigned long long)k.at("cores_used").get<uint64_t>(), 100 * number(k, "imbalance"));
  out += "  lines that cost most (share of the cores' time)\n";
  size_t shown = 0;
  for (const Json &line : k.at("lines")) {
    if (shown++ == kMostLines || number(line, "share") < 0.005)
      break;
    std::string place =
        line.at("line").get<uint32_t>() ? text(line, "file") + ":" + line.at("line").dump() : "(end of tasks)";
    out += format("    %5.1f %%  %-24s %s\n", 100 * number(line, "share"), place.c_str(), text(line, "text").c_str());
  }
  if (options.whatIf && !k.at("what_if").empty()) {
    out += "  what if\n";
    for (const Json &row : k.at("what_if"))
      out +=
          format("    %-36s %12s  %+.1f %%\n", text(row, "summary").c_str(), timeText(number(row, "time_us")).c_str(),
                 100 * (number(row, "time_us") / std::max(1e-9, time) - 1));
    for (const Json &line : k.at("lines"))
      for (const char *key : {"without_sync_us", "free_us"})
        if (line.contains(key)) {
          const std::string what = format("line %s %s", line.at("line").dump().c_str(),
                                          key[0] == 'w' ? "waits for nothing" : "takes no time");
          out += format("    %-36s %12s  %+.1f %%\n", what.c_str(), timeText(number(line, key)).c_str(),
                        100 * (number(line, key) / std::max(1e-9, time) - 1));
        }
  }
  if (options.timeline && k.contains("timeline") && !k.at("timeline").at("tracks").empty())
    out += timelineText(k.at("timeline"));
  if (!k.at("hints").empty())
    out += "  hints\n";
  size_t index = 0;
  for (const Json &hint : k.at("hints"))
    out += format("    %zu. (up to %.0f %%) ", ++index, 100 * number(hint, "gain")) + text(hint, "text") + "\n";
  return out;
}

} // namespace

std::string profileText(const std::string &json, const TextOptions &options, std::string &error) {
  return withReport(json, error, [&](const Json &report) {
    const Json &m = report.at("machine");
    std::string out = "bang prof: machine " + text(m, "name") + ", " + text(report, "accuracy") + "\n";
    for (const auto &item : m.at("settings").items())
      out += "  set: " + item.key() + " = " + item.value().dump() + "\n";
    out += format("  device time %s, of which each launch takes %.1f us besides its kernel\n",
                  timeText(number(report, "device_us")).c_str(), number(report, "launch_us"));
    for (const Json &kernel : report.at("kernels"))
      out += kernelText(kernel, options);
    if (report.at("kernels").empty())
      out += "  no kernel was launched\n";
    return out;
  });
}

std::string profileCsv(const std::string &json, std::string &error) {
  return withReport(json, error, [&](const Json &report) {
    auto quoted = [](std::string value) {
      std::string out = "\"";
      for (char c : value)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
      return out + "\"";
    };
    std::string out = "kernel,file,line,share,scalar_us,blamed_us,waited_us,engine_us,instructions,count,bytes,"
                      "off_chip_bytes,off_chip_moved,text\n";
    for (const Json &kernel : report.at("kernels"))
      for (const Json &line : kernel.at("lines")) {
        out += quoted(text(kernel, "name")) + "," + quoted(text(line, "file"));
        for (const char *key : {"line", "share", "scalar_us", "blamed_us", "waited_us", "engine_us", "instructions",
                                "count", "bytes", "off_chip_bytes", "off_chip_moved"})
          out += "," + (line.contains(key) ? line.at(key).dump() : std::string("0"));
        out += "," + quoted(text(line, "text")) + "\n";
      }
    return out;
  });
}

std::string profileComparison(const std::string &before, const std::string &after, std::string &error) {
  return withReport(before, error, [&](const Json &old) {
    return withReport(after, error, [&](const Json &now) {
      std::string out = format("%-40s %12s %12s %9s  bound by\n", "kernel", "before", "after", "change");
      for (const Json &kernel : now.at("kernels")) {
        const std::string name = text(kernel, "name");
        const double time = number(kernel, "time_us");
        const Json *earlier = nullptr;
        for (const Json &candidate : old.at("kernels"))
          if (text(candidate, "name") == name)
            earlier = &candidate;
        if (!earlier) {
          out += format("%-40s %12s %12s %9s  %s\n", name.c_str(), "-", timeText(time).c_str(), "new",
                        text(kernel, "bound").c_str());
          continue;
        }
        const double past = number(*earlier, "time_us");
        std::string bound = text(kernel, "bound");
        if (text(*earlier, "bound") != bound)
          bound = text(*earlier, "bound") + " -> " + bound;
        out += format("%-40s %12s %12s %+8.1f%%  %s\n", name.c_str(), timeText(past).c_str(), timeText(time).c_str(),
                      100 * (time / std::max(1e-9, past) - 1), bound.c_str());
      }
      for (const Json &kernel : old.at("kernels")) {
        const std::string name = text(kernel, "name");
        if (std::none_of(now.at("kernels").begin(), now.at("kernels").end(),
                         [&](const Json &other) { return text(other, "name") == name; }))
          out +=
              format("%-40s %12s %12s %9s\n", name.c_str(), timeText(number(kernel, "time_us")).c_str(), "-", "gone");
      }
      return out;
    });
  });
}

} // namespace dlp::timing
