// ProfilePicture.cpp: the timelines of a report as one SVG: of each kernel the first core and its memory core.
#include "simulator/timing/ProfileReport.h"
#include "simulator/timing/ReadReport.h"

#include <algorithm>
#include <cmath>

namespace dlp::timing {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kWidth = 920, kLeft = 130, kRow = 15, kBar = 11;

std::string format(const char *pattern, auto... values) {
  char text[256];
  std::snprintf(text, sizeof text, pattern, values...);
  return text;
}

std::string escaped(const std::string &text) {
  std::string out;
  for (char c : text)
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return out;
}

std::string text(double x, double y, const char *attributes, const std::string &words) {
  return format("<text x=\"%g\" y=\"%g\" %s>", x, y, attributes) + escaped(words) + "</text>\n";
}

const char *colourOf(const std::string &unit) {
  return unit == "io" ? "#4c78c8" : unit == "move" ? "#e6a23c" : unit == "compute" ? "#5fa85f" : "#e06c6c";
}

class Panel {
public:
  Panel(const Json &kernel, double top) : kernel(kernel), y(top) {
    if (kernel.contains("timeline")) {
      begin = kernel.at("timeline").at("begin_us").get<double>();
      end = kernel.at("timeline").at("end_us").get<double>();
    }
  }

  // Appends the panel; where the next one begins.
  double draw(std::string &out) {
    out += text(0, y + 14, "font-size=\"14\" font-weight=\"bold\"", kernel.at("name").get<std::string>());
    out += text(kWidth, y + 14, "text-anchor=\"end\"",
                timeText(kernel.at("time_us").get<double>()) + ", bound by " + kernel.at("bound").get<std::string>());
    y += 22;
    if (!(end > begin)) {
      out += text(0, y + 11, "", "nothing was recorded of this part of the time");
      return y + 30;
    }
    const Json &timeline = kernel.at("timeline");
    const ShownCores shown = shownCores(timeline);
    const double first = y;
    bool waits = false;
    for (size_t t = 0; t < timeline.at("tracks").size(); ++t) {
      const Json &track = timeline.at("tracks")[t];
      const std::string core = track.at("core").get<std::string>(), unit = track.at("unit").get<std::string>();
      if (core != shown.core && (core != shown.memoryCore || unit == "scalar"))
        continue;
      const bool scalar = unit == "scalar";
      waits |= scalar;
      row(out, (core == shown.core ? "" : "memory core ") + (scalar ? "scalar unit" : unit), scalar,
          bars(timeline.at("spans"), t), colourOf(unit));
    }
    if (!waits) // it never stands still
      row(out, "scalar unit", true, "", "none");
    for (int i = 0; i <= 4; ++i) {
      const double at = begin + (end - begin) * i / 4;
      out += text(toX(at), y + 12, i == 4 ? "text-anchor=\"end\"" : i ? "text-anchor=\"middle\"" : "", timeText(at));
      out += format("<path stroke=\"#d0d7de\" d=\"M%.1f %gV%g\"/>\n", toX(at), first, y);
    }
    return y + 30;
  }

private:
  double toX(double us) const { return kLeft + (us - begin) / (end - begin) * (kWidth - kLeft); }

  // A unit's row. The scalar unit works where it does not wait, up to the end of its core.
  void row(std::string &out, const std::string &label, bool scalar, const std::string &path, const char *colour) {
    out += text(kLeft - 8, y + kBar - 1, "text-anchor=\"end\"", label);
    if (scalar && !kernel.at("cores").empty()) {
      const double last = std::min(end, kernel.at("cores")[0].at("end_us").get<double>());
      out += format("<path fill=\"#c4ccd3\" d=\"M%g %gH%.1fv%gH%gz\"/>\n", kLeft, y, std::max(kLeft, toX(last)), kBar,
                    kLeft);
    }
    if (!path.empty())
      out += std::string("<path fill=\"") + colour + "\" d=\"" + path + "\"/>\n";
    y += kRow;
  }

  std::string bars(const Json &spans, size_t track) const {
    std::string path;
    for (const Json &span : spans) {
      if (span[0].get<size_t>() != track)
        continue;
      const double from = toX(span[1].get<double>()), to = toX(span[1].get<double>() + span[2].get<double>());
      const double width = std::max(0.3, to - from - (to - from > 3 ? 0.6 : 0)); // neighbours stay apart
      path += format("M%.1f %gh%.1fv%gh-%.1fz", from, y, width, kBar, width);
    }
    return path;
  }

  const Json &kernel;
  double y, begin = 0, end = 0;
};

} // namespace

std::string profilePicture(const std::string &json, std::string &error) {
  return withReport(json, error, [&](const Json &report) {
    std::string body;
    double y = 8;
    for (const Json &kernel : report.at("kernels"))
      y = Panel(kernel, y).draw(body);
    double x = kLeft;
    for (auto [colour, words] : {std::pair(colourOf("io"), "io"), std::pair(colourOf("move"), "move"),
                                 std::pair(colourOf("compute"), "compute"), std::pair("#c4ccd3", "scalar code"),
                                 std::pair(colourOf("scalar"), "the scalar unit waits")}) {
      body += format("<rect x=\"%g\" y=\"%g\" width=\"11\" height=\"11\" fill=\"%s\"/>\n", x, y, colour);
      body += text(x + 16, y + 10, "", words);
      x += 130;
    }
    return format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 0 %g %g\" font-family=\"sans-serif\" "
               "font-size=\"11\" fill=\"#24292f\">\n<rect x=\"-8\" width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
               kWidth + 16, y + 22) +
           body + "</svg>\n";
  });
}

} // namespace dlp::timing
