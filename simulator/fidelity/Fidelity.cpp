// Fidelity.cpp: counts builtins by class, and follows what inexact ones compute to the host.
//
// Each byte has a label: the inexact builtins it is a result of. Copies carry labels along byte by byte, work on lanes
// element by element, everything else mixes what it reads. Scalar registers are not followed one by one: a task that
// has loaded a labelled byte labels all it stores and all operands it computes from then on. So a result without a
// label is free of inexact builtins, and one with a label may depend on them. Results are what the host copies back and
// the values that kernels print.
#include "simulator/fidelity/Fidelity.h"

#include "simulator/check/BuiltinRows.h"
#include "simulator/check/Context.h"
#include "simulator/check/Flow.h"
#include "simulator/check/Pieces.h"
#include "simulator/check/Shadow.h"
#include "simulator/fidelity/Labels.h"

#include <algorithm>
#include <cstdio>

namespace dlp::fidelity {
namespace {

using bang::Fidelity;
using check::Flow;
using Range = check::ShadowRange<LabelBits>;

constexpr const char *kClassNames[] = {"exact", "approximate", "chosen"};

// A builtin that a run used, in one type.
struct Used {
  Fidelity fidelity;
  std::string builtin, instruction, note;
  check::Place first;
  uint64_t count = 0;
  bool reachedHost = false;
};

class Recorder : public FidelityObserver {
public:
  Recorder() : context(check::Options()) {}

  void allocated(uint64_t base, uint64_t bytes) override { shadow.allocated(base, bytes); }
  void released(uint64_t base, uint64_t) override { shadow.released(base); }
  void hostWrote(uint64_t address, uint64_t bytes) override { mark(shadow.inGdram(address, bytes), 0); }
  void hostCopied(uint64_t dst, uint64_t src, uint64_t bytes) override {
    copy({shadow.inGdram(src, bytes)}, {shadow.inGdram(dst, bytes)});
  }
  void hostRead(uint64_t address, uint64_t bytes) override {
    hostReads += bytes;
    reaches(labelOf(shadow.inGdram(address, bytes)));
  }

  void launchBegins(Launch &launch) override {
    context.launchBegins(launch);
    shadow.launchBegins(launch);
    places.clear();
    pieces.clear();
    scalarLabels.assign(context.coreCount(), 0);
  }
  void taskBegins(Core &core) override {
    context.taskBegins(core);
    shadow.taskBegins(core);
    scalarLabels[context.ordinal(core)] = 0;
  }

  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) override {
    Label &own = scalarLabels[context.ordinal(core)];
    Range range = shadow.resolve(core, address, bytes, core.clusterIndex());
    if (write)
      mark(range, own);
    else if (range.bits && !range.bits->plain())
      own = sets.join(own, labelOf(range));
  }

  void begins(Core &, const Instruction &) override { pieces.begin(); }
  void accesses(Core &, const Instruction &, const MemoryPiece &piece) override { pieces.add(piece); }
  void ends(Core &core, const Instruction &instruction) override {
    const unsigned source = sourceOf(instruction.insn);
    ++used[source].count;
    Label own = used[source].fidelity == Fidelity::Exact ? 0 : sets.of(source);
    Label &scalar = scalarLabels[context.ordinal(core)];
    if (takesValues(*instruction.insn.info))
      own = sets.join(own, scalar);
    Label read = own;
    pieces.end([&](std::span<const MemoryPiece> touched) { read = carry(core, instruction, touched, own); });
    if (instruction.insn.word.id == InsnId::PRINT && valueOf(instruction, "n")) {
      printed = true;
      reaches(read);
    }
    if (instruction.insn.info->hasResult)
      scalar = sets.join(scalar, read);
  }

  std::string report() const override;

private:
  // Fields that say where and how much come from registers, as values do.
  static bool takesValues(const InsnInfo &info) {
    return std::any_of(info.operands.begin(), info.operands.end(),
                       [](const OperandInfo &operand) { return operand.kind == OperandKind::Value; });
  }

  static uint64_t valueOf(const Instruction &instruction, std::string_view operand) {
    unsigned at = 0;
    for (const OperandInfo &info : instruction.insn.info->operands) {
      if (operand == info.name)
        return instruction.operands[at];
      ++at;
    }
    return 0;
  }

  // The host sees something that depends on what `label` stands for.
  void reaches(Label label) {
    for (unsigned source : sets.sources(label))
      used[source].reachedHost = true;
  }

  Label labelOf(const Range &range) { return range.bits ? range.bits->all(range.offset, range.bytes, sets) : 0; }
  static void mark(const Range &range, Label label) {
    if (range.bits)
      range.bits->set(range.offset, range.bytes, label);
  }

  // Byte i of all destinations together is byte i of all sources.
  static void copy(const std::vector<Range> &sources, const std::vector<Range> &destinations) {
    std::vector<Label> labels;
    for (const Range &source : sources)
      for (uint64_t i = 0; i < source.bytes; ++i)
        labels.push_back(source.bits ? source.bits->at(source.offset + i) : 0);
    size_t at = 0;
    for (const Range &destination : destinations)
      for (uint64_t i = 0; i < destination.bytes; ++i, ++at)
        if (destination.bits)
          destination.bits->set(destination.offset + i, 1, at < labels.size() ? labels[at] : 0);
  }

  // Labels the results of an instruction; `own` is the instruction's. Returns what it depends on in all.
  Label carry(Core &core, const Instruction &instruction, std::span<const MemoryPiece> touched, Label own) {
    std::vector<Range> sources, destinations;
    uint64_t readBytes = 0, writtenBytes = 0;
    Label read = 0;
    for (const MemoryPiece &piece : touched) {
      Range range = shadow.resolve(core, piece);
      range.bytes = piece.bytes; // also of memory that is not followed
      (piece.write ? destinations : sources).push_back(range);
      (piece.write ? writtenBytes : readBytes) += piece.bytes;
      if (!piece.write)
        read = sets.join(read, labelOf(range));
    }
    const Label all = sets.join(read, own);
    const Flow flow = check::flowOf(*instruction.insn.info);
    if (read && !own && flow == Flow::Copy && readBytes == writtenBytes)
      copy(sources, destinations);
    else if (read && flow == Flow::Lanes && destinations.size() == 1)
      lanes(instruction, sources, destinations.front(), own);
    else
      for (const Range &destination : destinations)
        mark(destination, all);
    return all;
  }

  // Element i of the destination depends on element i of every source; a source of fewer elements repeats.
  void lanes(const Instruction &instruction, const std::vector<Range> &sources, const Range &destination, Label own) {
    const uint64_t elements = valueOf(instruction, "n");
    const uint64_t width = elements ? destination.bytes / elements : 0;
    Label all = own;
    for (const Range &source : sources)
      all = sets.join(all, labelOf(source));
    if (!destination.bits || !width)
      return mark(destination, all);
    std::vector<Label> labels(elements, own);
    for (const Range &source : sources) {
      if (!source.bits || source.bits->plain() || !source.bytes)
        continue;
      const uint64_t from = source.bytes % elements == 0 ? source.bytes / elements : width;
      for (uint64_t i = 0; i < elements; ++i) {
        const uint64_t first = i * from % source.bytes;
        labels[i] =
            sets.join(labels[i], source.bits->all(source.offset + first, std::min(from, source.bytes - first), sets));
      }
    }
    for (uint64_t i = 0; i < elements; ++i)
      destination.bits->set(destination.offset + i * width, width, labels[i]);
  }

  // The entry of an instruction: of the row with the least fidelity, where several are possible.
  unsigned sourceOf(const XdlpInsn &insn) {
    auto [known, fresh] = places.try_emplace(insn.pc, 0);
    if (!fresh)
      return known->second;
    const check::Place place = context.placeOf(insn.pc);
    const std::string instruction = fullMnemonic(insn.word.id, insn.word.variant);
    Used entry{Fidelity::Exact, "", instruction, "", place};
    for (const check::BuiltinRow &row : check::rowsOf(*insn.info, place.text))
      if (entry.builtin.empty() || row.op->fidelity > entry.fidelity) {
        entry.fidelity = row.op->fidelity;
        entry.builtin = row.name;
        entry.note = row.op->note;
      }
    auto same = std::find_if(used.begin(), used.end(), [&](const Used &other) {
      return other.builtin == entry.builtin && other.instruction == entry.instruction &&
             other.fidelity == entry.fidelity;
    });
    known->second = unsigned(same - used.begin());
    if (same == used.end())
      used.push_back(std::move(entry));
    return known->second;
  }

  check::Context context;
  check::Shadow<LabelBits> shadow;
  check::Pieces pieces;
  LabelSets sets;
  std::vector<Used> used;
  std::unordered_map<uint64_t, unsigned> places; // of the running launch: entries by code address
  std::vector<Label> scalarLabels;               // by core
  uint64_t hostReads = 0;                        // bytes
  bool printed = false;                          // a kernel has printed values
};

std::string plural(uint64_t n, const char *noun) { return std::to_string(n) + " " + noun + (n == 1 ? "" : "s"); }

std::string Recorder::report() const {
  std::vector<const Used *> list;
  uint64_t counts[std::size(kClassNames)] = {}, reached[std::size(kClassNames)] = {};
  for (const Used &entry : used) {
    if (entry.builtin.empty()) // the end of a task
      continue;
    list.push_back(&entry);
    ++counts[unsigned(entry.fidelity)];
    reached[unsigned(entry.fidelity)] += entry.reachedHost;
  }
  if (list.empty())
    return "bang fidelity: no kernel ran an instruction of the vector, matrix or copy engines\n";
  std::sort(list.begin(), list.end(), [](const Used *a, const Used *b) {
    return a->fidelity != b->fidelity ? a->fidelity > b->fidelity : a < b;
  });
  std::string text;
  auto line = [&](const char *kind, const std::string &builtin, const std::string &instruction,
                  const std::string &times, const std::string &where) {
    char row[512];
    std::snprintf(row, sizeof row, "  %-11s %-28s %-26s %10s  %s\n", kind, builtin.c_str(), instruction.c_str(),
                  times.c_str(), where.c_str());
    text += row;
  };
  text += "bang fidelity: " + plural(list.size(), "operation") + " used: " + std::to_string(counts[0]) + " exact, " +
          std::to_string(counts[1]) + " approximate, " + std::to_string(counts[2]) + " chosen\n";
  line("class", "builtin", "instruction", "times", "first at");
  for (const Used *entry : list) {
    line(kClassNames[unsigned(entry->fidelity)], entry->builtin, entry->instruction, std::to_string(entry->count),
         entry->first.where());
    if (entry->fidelity == Fidelity::Exact)
      continue;
    text += std::string("              ") + (entry->reachedHost ? "results depend on it" : "no result depends on it") +
            (entry->fidelity == Fidelity::Approximate ? "; a card's last digits may differ" : "") +
            (entry->note.empty() ? "" : "; " + entry->note) + "\n";
  }
  if (!hostReads && !printed)
    return text + "bang fidelity: the host copied nothing back\n";
  text += std::string("bang fidelity: what ") + (hostReads ? "the host copied back" : "") +
          (hostReads && printed ? " or " : "") + (printed ? "kernels printed" : "") + " depends on ";
  if (reached[1] + reached[2])
    text += plural(reached[1], "approximate operation") + " and " + plural(reached[2], "chosen one") + "\n";
  else
    text += "exact operations only\n";
  return text;
}

} // namespace

std::unique_ptr<FidelityObserver> makeFidelityObserver() { return std::make_unique<Recorder>(); }

} // namespace dlp::fidelity
