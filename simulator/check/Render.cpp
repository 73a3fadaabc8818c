// Render.cpp: findings for people and for tools.
#include "simulator/check/Render.h"

#include <nlohmann/json.hpp>

namespace dlp::check {
namespace {

using Json = nlohmann::ordered_json;

std::string plural(uint64_t n, const char *noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : std::string_view(noun).ends_with("ch") ? "es" : "s");
}

void line(std::string &text, const char *label, const std::string &value) {
  char padded[16];
  std::snprintf(padded, sizeof padded, "  %-7s ", label);
  text += padded + value + "\n";
}

std::string sourceLine(const Place &place) {
  if (place.text.empty())
    return "";
  char number[16];
  std::snprintf(number, sizeof number, "%6u | ", place.line);
  return number + place.text + "\n";
}

Json toJson(const Place &place) {
  Json json = Json::object();
  if (place.line) {
    json["file"] = place.file;
    json["line"] = place.line;
    json["column"] = place.column;
    json["text"] = place.text;
    if (place.near)
      json["near"] = true;
  }
  if (place.pc)
    json["pc"] = place.pc;
  return json;
}

Place placeFrom(const Json &json) {
  Place place;
  place.file = json.value("file", "");
  place.line = json.value("line", 0u);
  place.column = json.value("column", 0u);
  place.text = json.value("text", "");
  place.pc = json.value("pc", uint64_t{0});
  place.near = json.value("near", false);
  return place;
}

Json sarifLocation(const Place &place) {
  Json region = {{"startLine", std::max(1u, place.line)}};
  if (place.column)
    region["startColumn"] = place.column;
  return {{"physicalLocation", {{"artifactLocation", {{"uri", place.file}}}, {"region", region}}}};
}

std::string dump(const Json &json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

} // namespace

std::string renderText(const Finding &f) {
  std::string text = f.place.where() + ": " + kindName(f.kind) + (f.hint ? " (hint)" : "") + ": " + f.what + "\n";
  text += sourceLine(f.place);
  std::string in = f.kernel;
  if (!f.who.empty())
    in += (in.empty() ? "" : ", ") + f.who;
  if (f.iteration > 1 || (f.iteration && f.count > 1))
    in += ", execution " + std::to_string(f.iteration) + " of this line";
  if (f.count > 1)
    in += "; " + plural(f.count, "time") + " in all";
  if (!in.empty())
    line(text, "in", in);
  for (const Note &note : f.notes) {
    line(text, "note", note.text + (note.place.line ? ": " + note.place.where() : std::string()));
    text += sourceLine(note.place);
  }
  if (!f.fix.empty())
    line(text, "fix", f.fix);
  return text;
}

std::string renderSummary(const std::vector<Finding> &findings, const Totals &totals) {
  uint64_t counts[kKinds] = {}, total = 0, hints = 0;
  for (const Finding &f : findings) {
    hints += f.hint;
    total += !f.hint;
    counts[unsigned(f.kind)] += !f.hint;
  }
  std::string text;
  for (const std::string &resource : totals.resources)
    text += "bang check: " + resource + "\n";
  text += "bang check: " + (total ? plural(total, "finding") : std::string("no findings"));
  std::string kinds;
  for (unsigned k = 0; k < kKinds; ++k)
    if (counts[k])
      kinds += (kinds.empty() ? "" : ", ") + std::to_string(counts[k]) + " " + kindName(Kind(k));
  if (!kinds.empty())
    text += " (" + kinds + ")";
  if (hints)
    text += " and " + plural(hints, "hint");
  text += " in " + plural(totals.launches, "launch");
  if (!totals.finished)
    text += "; the program did not come to its end";
  return text + "\n";
}

std::string toJson(const std::vector<Finding> &findings, const Totals &totals) {
  Json list = Json::array();
  for (const Finding &f : findings) {
    Json notes = Json::array();
    for (const Note &note : f.notes)
      notes.push_back({{"text", note.text}, {"place", toJson(note.place)}});
    list.push_back({{"kind", kindName(f.kind)},
                    {"hint", f.hint},
                    {"what", f.what},
                    {"place", toJson(f.place)},
                    {"kernel", f.kernel},
                    {"object", f.object},
                    {"who", f.who},
                    {"iteration", f.iteration},
                    {"count", f.count},
                    {"notes", notes},
                    {"fix", f.fix}});
  }
  Json report = {{"version", 1},
                 {"finished", totals.finished},
                 {"launches", totals.launches},
                 {"resources", totals.resources},
                 {"findings", list}};
  return dump(report);
}

bool fromJson(const std::string &text, std::vector<Finding> &findings, Totals &totals) {
  Json report = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!report.is_object() || report.value("version", 0) != 1 || !report.contains("findings"))
    return false;
  try {
    totals.finished = report.value("finished", false);
    totals.launches = report.value("launches", uint64_t{0});
    totals.resources = report.value("resources", std::vector<std::string>());
    for (const Json &entry : report["findings"]) {
      Finding f;
      auto kind = findKind(entry.value("kind", ""));
      if (!kind)
        return false;
      f.kind = *kind;
      f.hint = entry.value("hint", false);
      f.what = entry.value("what", "");
      f.place = placeFrom(entry.value("place", Json::object()));
      f.kernel = entry.value("kernel", "");
      f.object = entry.value("object", "");
      f.who = entry.value("who", "");
      f.iteration = entry.value("iteration", uint64_t{0});
      f.count = entry.value("count", uint64_t{1});
      f.fix = entry.value("fix", "");
      for (const Json &note : entry.value("notes", Json::array()))
        f.notes.push_back({note.value("text", ""), placeFrom(note.value("place", Json::object()))});
      findings.push_back(std::move(f));
    }
  } catch (const Json::exception &) {
    return false; // a field of another type
  }
  return true;
}

std::string toSarif(const std::vector<Finding> &findings) {
  Json rules = Json::array(), results = Json::array();
  for (unsigned k = 0; k < kKinds; ++k)
    rules.push_back({{"id", kindName(Kind(k))}});
  for (const Finding &f : findings) {
    std::string message = f.what + (f.kernel.empty() ? "" : "; in " + f.kernel + (f.who.empty() ? "" : ", " + f.who));
    if (!f.fix.empty())
      message += "; to repair: " + f.fix;
    Json result = {{"ruleId", kindName(f.kind)},
                   {"level", f.hint ? "note" : "error"},
                   {"message", {{"text", message}}},
                   {"partialFingerprints", {{"key", f.key()}}}};
    Json properties = {{"count", f.count}};
    if (!f.kernel.empty())
      properties["kernel"] = f.kernel;
    if (!f.who.empty())
      properties["first"] = f.who;
    if (f.iteration)
      properties["firstIteration"] = f.iteration;
    result["occurrenceCount"] = f.count;
    result["properties"] = properties;
    if (f.place.line)
      result["locations"] = Json::array({sarifLocation(f.place)});
    Json related = Json::array();
    for (const Note &note : f.notes)
      if (note.place.line) {
        Json location = sarifLocation(note.place);
        location["message"] = {{"text", note.text}};
        related.push_back(location);
      }
    if (!related.empty())
      result["relatedLocations"] = related;
    results.push_back(result);
  }
  Json run = {{"tool", {{"driver", {{"name", "bang check"}, {"rules", rules}}}}}, {"results", results}};
  return dump({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
               {"version", "2.1.0"},
               {"runs", Json::array({run})}});
}

} // namespace dlp::check
