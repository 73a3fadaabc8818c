// Timeline.cpp: pieces of time, and how near ones become one.
#include "simulator/timing/Timeline.h"

#include <algorithm>
#include <charconv>

namespace dlp::timing {
namespace {

constexpr double kPieces = 1200; // on one track, about

} // namespace

const char *stallName(Stall stall) {
  static constexpr const char *names[kStalls] = {"waits for io",    "waits for move",     "waits for compute",
                                                 "queue full",      "waits at a barrier", "waits for a result",
                                                 "waits for a lock"};
  return names[unsigned(stall)];
}

bool Window::parse(std::string_view text, Window &window, std::string &error) {
  auto number = [](std::string_view word, auto &value) {
    auto [rest, failure] = std::from_chars(word.data(), word.data() + word.size(), value);
    return failure == std::errc() && rest == word.data() + word.size() && value >= 0;
  };
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const size_t range = part.find(".."), dot = part.find('.');
    bool good = true;
    if (range != std::string_view::npos)
      good = number(part.substr(0, range), window.begin) && number(part.substr(range + 2), window.end) &&
             window.begin < window.end;
    else if (dot != std::string_view::npos)
      good = number(part.substr(0, dot), window.cluster) && number(part.substr(dot + 1), window.core);
    else
      window.kernel = part;
    if (!good) {
      error = "'" + std::string(part) +
              "' is no part of a window, expected a kernel's name, a core such as 0.2 or a time in us such as 10..20";
      return false;
    }
  }
  return true;
}

Timeline::Timeline(double begin, double end, int64_t core, SiteName nameOf)
    : begin(begin), end(end), least((end - begin) / kPieces), core(core), nameOf(std::move(nameOf)) {}

void Timeline::add(uint32_t track, const std::string &name, uint32_t line, double from, double to) {
  if (to <= begin || from >= end || (core >= 0 && track / kTracks != uint64_t(core)))
    return;
  from = std::max(from, begin);
  to = std::min(to, end);
  auto [it, fresh] = known.try_emplace(name, uint32_t(names.size()));
  if (fresh)
    names.push_back(name);
  std::vector<Span> &list = spans[track];
  const bool near = !list.empty() && from - list.back().end < least;
  if (near && list.back().end - list.back().begin < least) {
    Span &last = list.back();
    last.end = std::max(last.end, to);
    if (to - from > last.longest) {
      last.longest = to - from;
      last.name = it->second;
      last.line = line;
    }
    return;
  }
  list.push_back({from, to, it->second, line, to - from});
}

void Timeline::addNram(uint32_t at, const Event &event, double from, double to) {
  if (!event.nramPieces || to <= begin || from >= end || (core >= 0 && at != uint64_t(core)))
    return;
  std::vector<uint8_t> &cells = nram[at];
  cells.resize(kNramRows * kNramColumns);
  auto column = [&](double time) {
    return unsigned(std::clamp((time - begin) / (end - begin) * kNramColumns, 0.0, kNramColumns - 1.0));
  };
  for (unsigned i = 0; i < event.nramPieces; ++i)
    for (unsigned row = event.nram[i].first; row <= event.nram[i].last; ++row)
      for (unsigned c = column(from); c <= column(to); ++c)
        cells[row * kNramColumns + c] |= event.nram[i].write ? 2 : 1;
}

void Timeline::work(uint32_t core, Unit unit, const Event &event, double begin, double end) {
  auto [it, fresh] = sites.try_emplace(event.site);
  if (fresh)
    it->second = nameOf(event.site);
  addNram(core, event, begin, end);
  add(core * kTracks + unsigned(unit), it->second.first, it->second.second, begin, end);
}

void Timeline::stall(uint32_t core, Stall why, uint32_t site, double begin, double end) {
  auto [it, fresh] = sites.try_emplace(site);
  if (fresh)
    it->second = nameOf(site);
  add(core * kTracks + kTracks - 1, stallName(why), it->second.second, begin, end);
}

} // namespace dlp::timing
