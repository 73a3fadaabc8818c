// Picture.cpp: the points of a sweep as an SVG: a field for each point, coloured by the objective; what is not
// feasible, not right or not tried looks different.
//
// The two parameters with the most values are the axes; a panel is drawn for each combination of the others. With
// successive halving the colours are those of the first rung, which has every point, and points of the last rung have
// a frame.
#include "frontend/tune/Report.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace bang::tune {
namespace {

std::string escaped(llvm::StringRef text) {
  std::string result;
  for (char c : text)
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    default:
      result += c;
    }
  return result;
}

// From dark green (best) over yellow to dark red.
std::string colourOf(double part) {
  static constexpr double kStops[][3] = {
      {26, 120, 80}, {145, 200, 100}, {250, 230, 140}, {235, 130, 70}, {165, 30, 40}};
  const double at = std::clamp(part, 0.0, 1.0) * (std::size(kStops) - 1);
  const size_t from = std::min<size_t>(at, std::size(kStops) - 2);
  int mixed[3];
  for (int i = 0; i < 3; ++i)
    mixed[i] = std::lround(kStops[from][i] + (at - from) * (kStops[from + 1][i] - kStops[from][i]));
  return llvm::formatv("rgb({0},{1},{2})", mixed[0], mixed[1], mixed[2]);
}

// How a verdict without a number looks: fill and sign.
std::pair<const char *, const char *> look(Verdict verdict) {
  switch (verdict) {
  case Verdict::Wrong:
    return {"#f6c7e3", "≠"};
  case Verdict::Found:
    return {"#d9c7f6", "!"};
  case Verdict::Failed:
    return {"#f6c7c7", "×"};
  case Verdict::Infeasible:
    return {"url(#stripes)", ""};
  default:
    return {"#ffffff", "?"};
  }
}

using Setting = std::vector<std::pair<std::string, std::string>>;

class Drawing {
public:
  explicit Drawing(const Report &report) : report(report) {}

  std::string draw() {
    if (report.rungs.empty() || report.rungs.back().empty())
      return frame(360, 60, text(20, 35, "start", "no points"));
    rows = &report.rungs.back();
    readAxes();
    std::map<std::string, std::vector<const Row *>> panels; // by the values of the other parameters
    for (const Row &row : *rows) {
      std::string name;
      for (const auto &[parameter, value] : splitSetting(row.member.setting))
        if (parameter != xName && parameter != yName)
          name += (name.empty() ? "" : " ") + parameter + "=" + value;
      panels[name].push_back(&row);
    }
    const double panelWidth = kLeft + xValues.size() * cellWidth() + 20;
    const double panelHeight = 60 + yValues.size() * cellHeight() + 30;
    const unsigned columns = std::clamp<unsigned>(1200 / panelWidth, 1, panels.size());
    unsigned count = 0;
    std::string body =
        text(20, 28, "start",
             report.sweep.kernel + " on " + report.sweep.machine + ": " + report.ranking.objective.unit(), 16);
    if (const Row *best = report.best())
      body += text(20, 48, "start",
                   "best: " + best->member.setting + ", " + report.ranking.objective.text(best->value.value_or(0)));
    for (const auto &[name, members] : panels) {
      body += drawPanel(name, members, count % columns * panelWidth, 60 + count / columns * panelHeight);
      ++count;
    }
    const double bottom = 60 + (count + columns - 1) / columns * panelHeight;
    double width = columns * panelWidth;
    body += legend(bottom + 20, width);
    return frame(width, bottom + 50, body);
  }

private:
  static constexpr double kLeft = 90;

  // Fields hold their number while there is place for it.
  double cellWidth() const { return std::clamp(1000.0 / xValues.size(), 4.0, 92.0); }
  double cellHeight() const { return std::clamp(600.0 / yValues.size(), 4.0, 30.0); }

  void readAxes() {
    std::vector<std::string> order;
    std::map<std::string, std::vector<std::string>> values;
    std::vector<const Row *> byNumber;
    for (const Row &row : *rows) {
      byNumber.push_back(&row);
      if (row.value) {
        least = std::min(least, *row.value);
        most = std::max(most, *row.value);
      }
    }
    std::ranges::sort(byNumber, {}, [](const Row *row) { return row->member.number; });
    for (const Row *row : byNumber)
      for (const auto &[name, value] : splitSetting(row->member.setting)) {
        if (!values.contains(name))
          order.push_back(name);
        if (auto &list = values[name]; std::ranges::find(list, value) == list.end())
          list.push_back(value);
      }
    // Values of a random sample come in any order; numbers go by size, words stand before them.
    for (auto &[name, list] : values)
      std::ranges::sort(list, {}, [](const std::string &value) {
        int64_t number = INT64_MIN;
        bool isWord = llvm::StringRef(value).getAsInteger(10, number);
        return std::tuple(isWord ? INT64_MIN : number, value);
      });
    auto largest = [&](const std::string &name) { return std::tuple(values[name].size(), name); };
    std::ranges::sort(order, std::greater(), largest);
    xName = order[0];
    xValues = values[xName];
    yValues = {""};
    if (order.size() > 1 && values[order[1]].size() > 1) {
      yName = order[1];
      yValues = values[yName];
    }
    if (report.rungs.size() > 1)
      for (const Row &row : report.rungs.front())
        finalists.insert(row.member.number);
  }

  static std::string text(double x, double y, const char *anchor, llvm::StringRef words, unsigned size = 12) {
    return llvm::formatv("<text x=\"{0:f1}\" y=\"{1:f1}\" text-anchor=\"{2}\" font-size=\"{3}\">{4}</text>\n", x, y,
                         anchor, size, escaped(words));
  }

  static std::string frame(double width, double height, const std::string &body) {
    return llvm::formatv(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:f0}\" height=\"{1:f0}\" "
               "font-family=\"sans-serif\">\n<defs><pattern id=\"stripes\" width=\"8\" height=\"8\" "
               "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"8\" height=\"8\" "
               "fill=\"#eeeeee\"/><rect width=\"3\" height=\"8\" fill=\"#cccccc\"/></pattern></defs>\n"
               "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
               width, height)
               .str() +
           body + "</svg>\n";
  }

  // The logarithm, as the values of a sweep differ by factors.
  double partOf(double value) const {
    return most > least && least > 0 ? std::log(value / least) / std::log(most / least) : 0;
  }

  std::string field(const Row &row, double x, double y) const {
    const double width = cellWidth() - 1, height = cellHeight() - 1;
    const bool isBest = report.best() && report.best()->member.number == row.member.number;
    const bool isFramed = isBest || finalists.contains(row.member.number);
    auto [fill, sign] = look(row.verdict);
    std::string colour = row.value ? colourOf(partOf(*row.value)) : fill;
    std::string title = row.member.setting + ": " +
                        (row.value ? report.ranking.objective.text(*row.value)
                                   : std::string(nameOf(row.verdict)) + (row.note.empty() ? "" : ": " + row.note));
    std::string result = llvm::formatv(
        "<g class=\"{0}\"><title>{1}</title><rect x=\"{2:f1}\" y=\"{3:f1}\" width=\"{4:f1}\" height=\"{5:f1}\" "
        "fill=\"{6}\" stroke=\"{7}\" stroke-width=\"{8}\"/>",
        nameOf(row.verdict), escaped(title), x, y, width, height, colour, isFramed ? "#000000" : "#999999",
        isBest     ? 3
        : isFramed ? 1.5
                   : 0.5);
    if (width > 50 && height > 14) {
      const double part = row.value ? partOf(*row.value) : 0.5;
      std::string label =
          row.value ? llvm::StringRef(report.ranking.objective.text(*row.value)).split(' ').first.str() : sign;
      result +=
          llvm::formatv("<text x=\"{0:f1}\" y=\"{1:f1}\" text-anchor=\"middle\" font-size=\"12\" fill=\"{2}\">"
                        "{3}</text>",
                        x + width / 2, y + height / 2 + 4, part < 0.12 || part > 0.85 ? "#ffffff" : "#000000", label);
    }
    return result + "</g>\n";
  }

  std::string drawPanel(const std::string &name, const std::vector<const Row *> &members, double x, double y) const {
    const double left = x + kLeft, top = y + 50;
    std::string result = text(left, y + 16, "start", name);
    result += text(left + xValues.size() * cellWidth() / 2, y + 32, "middle", xName);
    auto place = [](const std::vector<std::string> &values, const std::string &value) {
      return std::ranges::find(values, value) - values.begin();
    };
    // Labels that would overlap are left out.
    const size_t everyX = std::ceil(40 / cellWidth()), everyY = std::ceil(14 / cellHeight());
    for (size_t i = 0; i < xValues.size(); i += everyX)
      result += text(left + (i + 0.5) * cellWidth(), top - 4, "middle", xValues[i], 11);
    for (size_t i = 0; i < yValues.size(); i += everyY)
      result += text(left - 6, top + (i + 0.5) * cellHeight() + 4, "end",
                     yName.empty() ? "" : (i ? "" : yName + " ") + yValues[i], 11);
    for (const Row *row : members) {
      size_t column = 0, line = 0;
      for (const auto &[parameter, value] : splitSetting(row->member.setting)) {
        if (parameter == xName)
          column = place(xValues, value);
        else if (parameter == yName)
          line = place(yValues, value);
      }
      result += field(*row, left + column * cellWidth(), top + line * cellHeight());
    }
    return result;
  }

  // `width` grows to what it needs.
  std::string legend(double y, double &width) const {
    double x = 20;
    std::string result;
    auto entry = [&](const std::string &fill, llvm::StringRef words) {
      result += llvm::formatv("<rect x=\"{0:f1}\" y=\"{1:f1}\" width=\"16\" height=\"16\" fill=\"{2}\" "
                              "stroke=\"#999999\"/>\n",
                              x, y, fill);
      result += text(x + 22, y + 12, "start", words);
      x += 22 + 7.2 * words.size() + 16;
    };
    if (most >= least) {
      entry(colourOf(0), report.ranking.objective.text(least));
      if (most > least)
        entry(colourOf(1), report.ranking.objective.text(most));
    }
    std::set<Verdict> others;
    for (const Row &row : *rows)
      if (!row.value)
        others.insert(row.verdict);
    for (Verdict verdict : others)
      entry(look(verdict).first, verdict == Verdict::Pending ? "not tried yet"
                                 : verdict == Verdict::Found ? "findings of bang check"
                                                             : nameOf(verdict));
    width = std::max(width, x);
    return result;
  }

  const Report &report;
  const std::vector<Row> *rows = nullptr;
  std::string xName, yName;
  std::vector<std::string> xValues, yValues;
  double least = INFINITY, most = -INFINITY;
  std::set<uint64_t> finalists;
};

} // namespace

std::string renderPicture(const Report &report) { return Drawing(report).draw(); }

} // namespace bang::tune
