// Finding.cpp: names and keys.
#include "simulator/check/Finding.h"

#include <cstdio>

namespace dlp::check {

static constexpr const char *kNames[kKinds] = {"bounds", "uninitialised", "hazard",   "race", "sync",
                                               "rule",   "number",        "resource", "fault"};

const char *kindName(Kind kind) { return kNames[unsigned(kind)]; }

std::optional<Kind> findKind(std::string_view name) {
  for (unsigned i = 0; i < kKinds; ++i)
    if (name == kNames[i])
      return Kind(i);
  return std::nullopt;
}

std::string Place::where() const {
  if (line && near)
    return "near " + file + ":" + std::to_string(line);
  if (line)
    return file + ":" + std::to_string(line) + (column ? ":" + std::to_string(column) : std::string());
  if (!pc)
    return "host program";
  char text[32];
  std::snprintf(text, sizeof text, "pc 0x%llx", static_cast<unsigned long long>(pc));
  return text;
}

std::string Finding::key() const {
  std::string at = place.line ? place.file + ":" + std::to_string(place.line) : std::to_string(place.pc);
  return std::string(kindName(kind)) + "|" + at + "|" + object + (hint ? "|hint" : "");
}

} // namespace dlp::check
