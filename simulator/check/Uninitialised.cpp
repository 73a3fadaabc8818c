// Uninitialised.cpp: uses of bytes that nothing has written since the task, the union or the allocation began.
//
// Copies carry the state of each byte along. So do instructions that work lane by lane: kernels compute whole units and
// store fewer elements, so an unwritten tail is no mistake until something depends on it. Pools do it channel by
// channel, and a selection of elements depends on those its mask chooses. Reported are: an operand of which no byte was
// ever written, an unwritten byte in an operand that is summed, pooled or multiplied as a whole, a scalar load, and the
// host reading results that were computed from unwritten bytes. After a report the results count as written, so that
// one mistake is told once.
//
// The stack is not followed, nor are __mlu_device__ variables, which start as zero.
#include "simulator/check/Check.h"

#include "simulator/check/Flow.h"
#include "simulator/check/Shadow.h"
#include "simulator/check/ValidBits.h"

#include <algorithm>

namespace dlp::check {
namespace {

// Bytes whose state is known: offsets in one memory. Memory that is not followed counts as written.
struct Range : ShadowRange<ValidBits> {
  Range(const ShadowRange<ValidBits> &range = {}) : ShadowRange(range) {}
  bool all() const { return !bits || bits->all(offset, bytes); }
  bool none() const { return bits && bits->none(offset, bytes); }
};

// Where unwritten bytes were copied to.
struct Origin {
  const ValidBits *bits;
  bool onChip;
  uint64_t offset, bytes;
  Place copy;
  std::string kernel, who;
  uint64_t iteration;
  std::vector<Note> notes;
};

class UninitialisedCheck : public Check {
public:
  using Check::Check;
  bool watchesScalar() const override { return true; }

  void allocated(uint64_t base, uint64_t bytes) override { shadow.allocated(base, bytes); }
  void released(uint64_t base, uint64_t) override {
    if (const ValidBits *bits = shadow.allocation(base))
      std::erase_if(origins, [&](const Origin &o) { return o.bits == bits; });
    shadow.released(base);
  }
  void hostWrote(uint64_t address, uint64_t bytes) override {
    if (Range r = shadow.inGdram(address, bytes); r.bits)
      r.bits->set(r.offset, r.bytes);
  }
  void hostCopied(uint64_t dst, uint64_t src, uint64_t bytes) override {
    copyState(shadow.inGdram(dst, bytes), shadow.inGdram(src, bytes));
  }

  // What the host reads must not come from bytes that were never written.
  void hostRead(uint64_t address, uint64_t bytes) override {
    Range r = shadow.inGdram(address, bytes);
    if (!r.bits || r.all())
      return;
    for (const Origin &origin : origins) {
      uint64_t first = std::max(r.offset, origin.offset),
               end = std::min(r.offset + bytes, origin.offset + origin.bytes);
      if (origin.bits != r.bits || first >= end)
        continue;
      uint64_t bad = r.bits->firstWith(false, first, end - first);
      if (bad == end - first)
        continue;
      Finding f;
      f.kind = Kind::Uninitialised;
      f.place = origin.copy;
      f.kernel = origin.kernel;
      f.who = origin.who;
      f.iteration = origin.iteration;
      f.object = "host";
      f.what = "the host reads " + std::to_string(end - first - bad) +
               " bytes of device memory that this line stored without their ever having been written";
      f.notes = origin.notes;
      f.fix = "store only what was computed, or fill the buffer first";
      context.report.add(std::move(f));
    }
  }

  void launchBegins(Launch &launch) override {
    // What on-chip memories held is gone; device memory keeps its history.
    std::erase_if(origins, [&](const Origin &o) { return o.onChip; });
    shadow.launchBegins(launch);
  }

  void taskBegins(Core &core) override {
    shadow.taskBegins(core);
    for (const InitRecord &init : context.launch().runningKernel().inits)
      if (Range r = shadow.resolve(core, init.dst, init.size, core.clusterIndex()); r.bits)
        r.bits->set(r.offset, r.bytes);
  }

  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) override {
    Range r = shadow.resolve(core, address, bytes, core.clusterIndex());
    if (!r.bits)
      return;
    if (write)
      return r.bits->set(r.offset, r.bytes);
    if (r.all())
      return;
    report(core, address, address, r, "a load", "");
    r.bits->set(r.offset, r.bytes);
  }

  void reaches(const Core &core, ScalarReach &reach) override {
    Range r = shadow.resolve(core, reach.begin, reach.bytes, core.clusterIndex());
    reach.written = r.bits;
    reach.writtenBase = reach.begin - r.offset;
  }

  void done(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces) override {
    bool allValid = true;
    for (const MemoryPiece &piece : pieces)
      if (!piece.write)
        allValid = allValid && range(core, piece).all();
    if (!allValid)
      return propagate(core, instruction, pieces);
    for (const MemoryPiece &piece : pieces)
      if (piece.write)
        if (Range r = range(core, piece); r.bits)
          r.bits->set(r.offset, r.bytes);
  }

private:
  Range range(const Core &core, const MemoryPiece &piece) { return shadow.resolve(core, piece); }

  void copyState(const Range &dst, const Range &src) {
    if (!dst.bits)
      return;
    if (src.all())
      return dst.bits->set(dst.offset, dst.bytes);
    std::vector<bool> state(src.bytes);
    for (uint64_t i = 0; i < src.bytes; ++i)
      state[i] = src.bits->test(src.offset + i);
    dst.bits->clear(dst.offset, dst.bytes);
    for (uint64_t i = 0; i < std::min(dst.bytes, src.bytes); ++i)
      if (state[i])
        dst.bits->set(dst.offset + i, 1);
  }

  // Some byte that the instruction read was never written.
  void propagate(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces) {
    Flow flow = flowOf(*instruction.insn.info);
    uint64_t readBytes = 0, writtenBytes = 0;
    for (const MemoryPiece &piece : pieces)
      (piece.write ? writtenBytes : readBytes) += piece.bytes;
    if (flow == Flow::Copy && readBytes == writtenBytes)
      return copyPieces(core, instruction, pieces);
    bool reported = reportOperands(core, instruction, pieces, flow);
    if (!reported && flow == Flow::Lanes)
      return lanes(core, instruction, pieces);
    if (!reported && flow == Flow::Channels)
      return channels(core, instruction, pieces);
    for (const MemoryPiece &piece : pieces)
      if (piece.write)
        if (Range r = range(core, piece); r.bits)
          r.bits->set(r.offset, r.bytes);
  }

  // Pieces of source and destination hold the same bytes in the same order.
  void copyPieces(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces) {
    std::vector<bool> state;
    const MemoryPiece *firstBad = nullptr;
    for (const MemoryPiece &piece : pieces) {
      if (piece.write)
        continue;
      Range r = range(core, piece);
      bool all = r.all();
      if (!all && !firstBad)
        firstBad = &piece;
      for (uint64_t i = 0; i < piece.bytes; ++i)
        state.push_back(all || r.bits->test(r.offset + i));
    }
    uint64_t at = 0;
    for (const MemoryPiece &piece : pieces) {
      if (!piece.write)
        continue;
      Range r = range(core, piece);
      bool whole = true;
      for (uint64_t i = 0; i < piece.bytes; ++i)
        whole = whole && state[at + i];
      if (r.bits && whole)
        r.bits->set(r.offset, r.bytes);
      else if (r.bits) {
        r.bits->clear(r.offset, r.bytes);
        for (uint64_t i = 0; i < piece.bytes; ++i)
          if (state[at + i])
            r.bits->set(r.offset + i, 1);
        remember(core, instruction, r, *firstBad);
      }
      at += piece.bytes;
    }
  }

  // Keeps where unwritten bytes went, for the reports that follow.
  void remember(Core &core, const Instruction &instruction, const Range &r, const MemoryPiece &source) {
    std::erase_if(origins, [&](const Origin &o) {
      return o.bits == r.bits && o.offset >= r.offset && o.offset + o.bytes <= r.offset + r.bytes;
    });
    constexpr size_t kMost = 4096;
    if (origins.size() >= kMost)
      origins.erase(origins.begin());
    const uint64_t pc = instruction.insn.pc;
    Origin origin{r.bits,
                  shadow.isOnChip(r.bits),
                  r.offset,
                  r.bytes,
                  context.placeOf(pc),
                  context.kernelName(),
                  Context::who(core),
                  context.executionOf(core, pc),
                  {}};
    Range from = range(core, source);
    origin.notes = notesFor(core, baseOf(instruction, source), from);
    origins.push_back(std::move(origin));
  }

  // Why a range is unwritten: what was copied there, and the variable it lies in.
  std::vector<Note> notesFor(const Core &core, uint64_t base, const Range &r) {
    std::vector<Note> notes;
    for (auto it = origins.rbegin(); it != origins.rend() && notes.empty(); ++it)
      if (it->bits == r.bits && it->offset < r.offset + r.bytes && r.offset < it->offset + it->bytes) {
        notes.push_back({"unwritten bytes were copied there", it->copy});
        notes.insert(notes.end(), it->notes.begin(), it->notes.end());
      }
    if (const Object *object = context.objectAt(base); object && notes.empty()) {
      if (object->declared.line)
        notes.push_back({object->name + " is declared here, and nothing filled these bytes", object->declared});
      else
        notes.push_back({object->name + " was allocated, and nothing was copied to these bytes", {}});
    }
    return notes;
  }

  void report(const Core &core, uint64_t base, uint64_t address, const Range &r, const std::string &operation,
              const char *operand) {
    uint64_t pc = core.currentPc();
    if (context.report.foundAt(Kind::Hazard, pc))
      return; // the copy that fills it is still on its way
    Finding f = context.findingAt(Kind::Uninitialised, core, pc);
    const Object *object = context.objectAt(base);
    uint64_t good = r.bits->firstWith(false, r.offset, r.bytes);
    f.object = object ? object->name : "";
    std::string name = object ? object->describe() : std::string(spaceName(CoreView::spaceOf(address)));
    f.what =
        (operation.empty() ? context.operationAt(f.place, core) : operation) + " uses " + std::to_string(r.bytes) +
        (r.bytes == 1 ? " byte of " : " bytes of ") + name + ", of which " +
        (r.none() ? "none was ever written" : "those from byte " + std::to_string(good) + " on were not all written");
    f.notes = notesFor(core, base, r);
    f.fix = object && object->space == Space::Gdram
                ? "fill the memory with cnrtMemcpy or cnrtMemset, or by a kernel before"
                : "fill it before this line: copy to it, or set it";
    if (object && good && object->elementBytes() > 1 && good * object->elementBytes() == r.bytes)
      f.fix = "only " + std::to_string(good) +
              " bytes were filled: copies take bytes, so multiply the number of elements "
              "by their sizeof";
    context.report.add(std::move(f));
  }

  // Reports operands that a use of unwritten bytes makes wrong whatever is stored. True: at least one.
  bool reportOperands(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces, Flow flow) {
    bool reported = false;
    for (const MemoryPiece &piece : pieces) {
      if (piece.write)
        continue;
      Range r = range(core, piece);
      if (!r.bits || r.all() || ((flow == Flow::Lanes || flow == Flow::Order || flow == Flow::Copy) && !r.none()))
        continue;
      if (flow == Flow::Channels && !r.none() && !channelsOf(instruction, r).mixed)
        continue;
      if (std::string_view(instruction.insn.info->mnemonic).starts_with("vcollect") && !r.none() &&
          !collectsUnwritten(core, instruction, pieces, r))
        continue;
      report(core, baseOf(instruction, piece), piece.address, r, "", piece.operand);
      reported = true;
    }
    return reported;
  }

  static uint64_t valueOf(const Instruction &instruction, std::string_view operand) {
    uint64_t value = 0;
    unsigned at = 0;
    for (const OperandInfo &info : instruction.insn.info->operands) {
      if (operand == info.name)
        value = instruction.operands[at];
      ++at;
    }
    return value;
  }
  static unsigned widthOf(const Instruction &instruction) {
    return Suffix(instruction.insn.word.variant.e0) == Suffix::F32 ? 4 : 2;
  }

  // Kernels pool whole units of channels and store fewer, so a channel without any written element is no mistake yet.
  struct Channels {
    std::vector<bool> unwritten;
    bool mixed = false; // one has written elements and others
  };
  static Channels channelsOf(const Instruction &instruction, const Range &r) {
    const uint64_t count = std::max<uint64_t>(1, valueOf(instruction, "c")), width = widthOf(instruction);
    std::vector<bool> written(count);
    Channels channels{std::vector<bool>(count), false};
    for (uint64_t i = 0; i < r.bytes / width; ++i)
      if (r.bits->all(r.offset + i * width, width))
        written[i % count] = true;
      else
        channels.unwritten[i % count] = true;
    for (uint64_t channel = 0; channel < count; ++channel)
      channels.mixed = channels.mixed || (written[channel] && channels.unwritten[channel]);
    return channels;
  }

  void channels(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces) {
    const uint64_t width = widthOf(instruction);
    std::vector<bool> bad(std::max<uint64_t>(1, valueOf(instruction, "c")));
    for (const MemoryPiece &piece : pieces)
      if (Range r = piece.write ? Range{} : range(core, piece); !r.all()) {
        const Channels found = channelsOf(instruction, r);
        for (size_t channel = 0; channel < bad.size(); ++channel)
          bad[channel] = bad[channel] || found.unwritten[channel];
      }
    for (const MemoryPiece &piece : pieces) {
      Range r = piece.write ? range(core, piece) : Range{};
      for (uint64_t i = 0; r.bits && i < r.bytes / width; ++i)
        bad[i % bad.size()] ? r.bits->clear(r.offset + i * width, width) : r.bits->set(r.offset + i * width, width);
    }
  }

  // Does a mask choose elements whose place in `operand`, the source or the mask itself, nobody has written?
  bool collectsUnwritten(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces,
                         const Range &operand) {
    const bool bits = std::string_view(instruction.insn.info->mnemonic) == "vcollectb";
    const uint64_t elements = valueOf(instruction, "n"), width = widthOf(instruction);
    for (const MemoryPiece &piece : pieces) {
      if (piece.write || std::string_view(piece.operand) != (bits ? "bits" : "mask"))
        continue;
      const std::span<uint8_t> mask = core.view.memoryFrom(piece.address).first(piece.bytes);
      for (uint64_t i = 0; i < elements; ++i) {
        const bool ofMask = operand.bytes < elements * width; // packed bits
        const uint64_t place = ofMask ? i / 8 : i * width, bytes = ofMask ? 1 : width;
        if (place + bytes > operand.bytes || operand.bits->all(operand.offset + place, bytes))
          continue;
        bool chosen = false;
        for (uint64_t b = 0; b < width && !bits; ++b)
          chosen = chosen || mask[i * width + b];
        if (chosen || (bits && (mask[i / 8] >> i % 8 & 1)))
          return true;
      }
      return false;
    }
    return true;
  }

  // Element i of the destination is written if element i of every source is; a source of fewer elements repeats.
  void lanes(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces) {
    uint64_t elements = 0;
    unsigned at = 0, outputs = 0;
    for (const OperandInfo &operand : instruction.insn.info->operands) {
      if (std::string_view(operand.name) == "n")
        elements = instruction.operands[at];
      ++at;
    }
    for (const MemoryPiece &piece : pieces)
      outputs += piece.write;
    for (const MemoryPiece &out : pieces) {
      Range dst = out.write ? range(core, out) : Range{};
      if (!dst.bits)
        continue;
      uint64_t width = elements ? dst.bytes / elements : 0;
      if (outputs != 1 || !width) { // segments: judged as a whole, in favour of the kernel
        dst.bits->set(dst.offset, dst.bytes);
        continue;
      }
      std::vector<bool> state(elements, true);
      for (const MemoryPiece &in : pieces) {
        Range src = in.write ? Range{} : range(core, in);
        if (src.all())
          continue;
        uint64_t from = src.bytes % elements == 0 ? src.bytes / elements : width;
        for (uint64_t i = 0; i < elements && from; ++i)
          state[i] = state[i] && src.bits->all(src.offset + i * from % src.bytes, from);
      }
      for (uint64_t i = 0; i < elements; ++i)
        state[i] ? dst.bits->set(dst.offset + i * width, width) : dst.bits->clear(dst.offset + i * width, width);
    }
  }

  Shadow<ValidBits> shadow;
  std::vector<Origin> origins;
};

} // namespace

std::unique_ptr<Check> makeUninitialisedCheck(Context &context) {
  return std::make_unique<UninitialisedCheck>(context);
}

} // namespace dlp::check
