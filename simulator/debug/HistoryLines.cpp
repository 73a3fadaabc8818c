// HistoryLines.cpp: back by source lines.
//
// The past of a core is run again in pieces, instruction by instruction, and then looked at from its end. Calls and
// returns on the way tell which function an instruction belongs to.
#include "simulator/debug/History.h"

#include <algorithm>
#include <map>

namespace dlp::debug {
namespace {

constexpr size_t kPiece = 64; // entries of the log that are looked at together

struct Instant {
  History::Moment moment;
  uint64_t pc;
  int8_t change; // of the depth, by the instruction that follows: a call 1, a return -1
};

int8_t depthChange(const Op &op) {
  constexpr uint8_t kReturnAddress = 1, kNoRegister = 32;
  if (op.id != uint16_t(ScalarId::JAL) && op.id != uint16_t(ScalarId::JALR))
    return 0;
  if (op.rd == kReturnAddress)
    return 1;
  return op.id == uint16_t(ScalarId::JALR) && op.rd == kNoRegister && op.rs1 == kReturnAddress ? -1 : 0;
}

} // namespace

// `belongs` is asked of the pc of the core's instructions before `end`, the last one first. `over`: functions that were
// called and have returned since are passed over.
History::Stretch History::stretchBefore(const Core &core, Moment end, bool over, const Belongs &belongs) {
  Stretch stretch;
  int depth = 0;
  size_t behind = end.entry + (end.offset ? 1 : 0);
  const size_t first = start().entry;
  while (behind > first) {
    size_t begin = std::max(first, behind > kPiece ? behind - kPiece : 0);
    const size_t from = snapshots.lastBefore(begin);
    snapshots.restore(from);
    for (size_t i = snapshots.placeOf(from); i < begin; ++i)
      repeat(log[i]);
    std::vector<Instant> past;
    for (size_t i = begin; i < behind; ++i) {
      const Entry &entry = log[i];
      if (!entry.isWork() || entry.core != indexOf(core)) {
        repeat(entry);
        continue;
      }
      Core &runs = coreOf(entry);
      const uint64_t count = i == end.entry ? end.offset : entry.count;
      for (uint64_t done = 0; done < count; ++done) {
        const Op *op = runs.op;
        const uint64_t pc = runs.program->pcOf(op);
        step(runs);
        past.push_back({{i, done}, pc, depthChange(*op)});
      }
    }
    for (auto it = past.rbegin(); it != past.rend(); ++it) {
      depth -= it->change;
      if (over && depth > 0)
        continue;
      if (!belongs(it->pc)) {
        stretch.before = it->moment;
        stretch.pcBefore = it->pc;
        return stretch;
      }
      stretch.begin = it->moment;
    }
    behind = begin;
  }
  return stretch;
}

std::optional<History::Moment> History::lineBefore(const Core &core, bool over) {
  resolveFault();
  launch->silence(true);
  std::map<uint64_t, SourceLine> known;
  auto lineOf = [&](uint64_t pc) -> const SourceLine & {
    auto [it, first] = known.try_emplace(pc);
    if (first)
      it->second = launch->lineOf(pc);
    return it->second;
  };
  // Code without a line belongs to the line around it.
  auto inLine = [&](const SourceLine &line) {
    return [&, line](uint64_t pc) {
      const SourceLine &other = lineOf(pc);
      return !other.line || (other.line == line.line && other.file == line.file);
    };
  };
  const uint64_t pc = core.program->pcOf(core.op);
  Stretch here = stretchBefore(core, {log.size(), 0}, over, inLine(lineOf(pc)));
  std::optional<Moment> found = here.begin;
  if (!found && here.before) {
    // At the begin of its line: to the begin of the one before.
    Stretch earlier = stretchBefore(core, *here.before, over, inLine(lineOf(here.pcBefore)));
    found = earlier.begin ? earlier.begin : here.before;
  }
  launch->silence(false);
  return found;
}

} // namespace dlp::debug
