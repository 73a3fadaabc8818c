// Finding.h: one thing that is wrong with a program, as checks report it and as people and tools read it.
#ifndef OPENBANG_SIMULATOR_CHECK_FINDING_H
#define OPENBANG_SIMULATOR_CHECK_FINDING_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dlp::check {

enum class Kind : uint8_t { Bounds, Uninitialised, Hazard, Race, Sync, Rule, Number, Resource, Fault };
inline constexpr unsigned kKinds = 9;

// "bounds", "uninitialised", ...; the words of --only and of reports.
const char *kindName(Kind kind);
std::optional<Kind> findKind(std::string_view name);

struct Place {
  std::string file; // empty: unknown
  uint32_t line = 0, column = 0;
  std::string text;          // of the line, without indentation; empty when the file cannot be read
  uint64_t pc = 0;           // 0: not in device code
  bool near = false;         // the instruction itself has no line
  std::string where() const; // "k.mlu:12:3", "near k.mlu:12", or the pc
};

// The other side of a finding: a declaration, the second access of a race, an origin.
struct Note {
  std::string text;
  Place place;
};

struct Finding {
  Kind kind = Kind::Fault;
  bool hint = false; // a guess: shown, but no reason to fail
  std::string kernel;
  Place place;
  std::string object; // the variable or allocation, as the key and the reader know it
  std::string what;   // one sentence without a full stop
  std::vector<Note> notes;
  std::string fix;
  std::string who;        // "task 3 on cluster 0, core 3"; of the first occurrence
  uint64_t iteration = 0; // which execution of the instruction by this task it was, from 1; 0: not counted
  uint64_t count = 1;

  // Findings with equal keys are one finding.
  std::string key() const;
};

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_FINDING_H
