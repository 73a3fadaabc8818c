// Trace.cpp: replays a launch for its trace.
#include "simulator/timing/Trace.h"

#include "simulator/core/Launch.h"
#include "simulator/timing/Timeline.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <unordered_map>

namespace dlp::timing {
namespace {

constexpr size_t kMostJsonEvents = 1000000; // viewers fail near 300 MB of JSON
constexpr unsigned kTracks = 4;             // io, move, compute, scalar
constexpr const char *kTrackNames[kTracks] = {"io", "move", "compute", "scalar"};

} // namespace

class TraceWriter::Sink : public TraceSink {
public:
  Sink(TraceWriter &writer, const std::string &kernel, const LaunchRecord &record, double begin, double end,
       int64_t core, const std::function<std::string(uint64_t)> &place)
      : writer(writer), kernel(kernel), record(record), first(begin), last(end), only(core), place(place),
        program(record.launch.runningProgram()), table(*program.blockTable()) {
    for (unsigned i = 0; i < kStalls; ++i)
      stallNames[i] = stallName(Stall(i));
  }

  void work(uint32_t core, Unit unit, const Event &event, double begin, double end) override {
    if (!wanted(core, begin, end))
      return;
    TraceSlice slice = sliceAt(core, unsigned(unit), nameOf(event.site), begin, end);
    slice.line = &placeOf(event.site);
    slice.bytes = event.bytes;
    std::vector<TraceFlow> used;
    if (unit == Unit::Compute) {
      used = usesOf(core, event);
      slice.used = used;
    } else {
      slice.flow = writer.nextFlow++;
      pending[core * kUnits + unsigned(unit)].push_back({{slice.flow, slice.at, slice.begin, brings(event)}, event});
    }
    writer.file->slice(slice);
  }

  void stall(uint32_t core, Stall why, uint32_t site, double begin, double end) override {
    if (!wanted(core, begin, end))
      return;
    TraceSlice slice = sliceAt(core, kTracks - 1, stallNames[unsigned(why)], begin, end);
    slice.line = &placeOf(site);
    // The copies that this wait is for point to it.
    std::vector<TraceFlow> flows;
    if (why == Stall::Io || why == Stall::Move) {
      auto &copies = pending[core * kUnits + unsigned(why == Stall::Io ? Unit::Io : Unit::Move)];
      auto &list = landed[core];
      for (Copy &copy : copies) {
        flows.push_back(copy.flow);
        if (copy.flow.goesOn)
          list.push_back(std::move(copy));
      }
      while (list.size() > kMostLanded)
        list.pop_front();
      copies.clear();
      slice.awaited = flows;
    }
    writer.file->slice(slice);
  }

  void task(uint32_t core, uint64_t order, double begin, double end) override {
    if (!wanted(core, begin, end))
      return;
    const std::string name = kernel + " " + std::to_string(order);
    writer.file->slice(sliceAt(core, kTracks, name, begin, end));
  }

  void bandwidth(double time, double bytesPerCycle) override {
    if (time >= first && time <= last)
      writer.file->bandwidth(nanoseconds(time), bytesPerCycle * record.parameters.clock);
  }

private:
  struct Copy {
    TraceFlow flow;
    Event event;
  };
  static constexpr size_t kMostLanded = 32; // what has not been used by then is not waited for any more

  static bool brings(const Event &copy) {
    return std::any_of(copy.nram.begin(), copy.nram.begin() + copy.nramPieces,
                       [](const NramPiece &piece) { return piece.write; });
  }
  // Is something that the copy wrote read? Rows of NRAM are compared.
  static bool uses(const Event &event, const Event &copy) {
    for (unsigned i = 0; i < event.nramPieces; ++i)
      for (unsigned k = 0; k < copy.nramPieces; ++k)
        if (!event.nram[i].write && copy.nram[k].write && event.nram[i].first <= copy.nram[k].last &&
            copy.nram[k].first <= event.nram[i].last)
          return true;
    return false;
  }
  // The flows of copies that the event is the first to use.
  std::vector<TraceFlow> usesOf(uint32_t core, const Event &event) {
    std::vector<TraceFlow> used;
    std::erase_if(landed[core], [&](const Copy &copy) {
      const bool isUsed = uses(event, copy.event);
      if (isUsed)
        used.push_back(copy.flow);
      return isUsed;
    });
    return used;
  }
  bool wanted(uint32_t core, double begin, double end) const {
    return end > first && begin < last && (only < 0 || core == uint64_t(only));
  }
  double nanoseconds(double cycles) const { return record.begin + record.parameters.nanoseconds(cycles); }
  uint32_t coresInCluster() const { return writer.machine.coresPerCluster + writer.machine.memoryCore; }
  TraceSlice sliceAt(uint32_t core, unsigned track, const std::string &name, double begin, double end) const {
    return {.at = {core / coresInCluster() + 1, core % coresInCluster() * (kTracks + 1) + track + 1},
            .name = name,
            .begin = nanoseconds(begin),
            .end = nanoseconds(end)};
  }
  const std::string &nameOf(uint32_t site) {
    auto [it, fresh] = names.try_emplace(site);
    if (fresh && site) {
      const BlockTable::Block &block = table.blocks[site];
      const Op *op = program.opAt(block.pc + block.bytes - 8);
      const XdlpInsn &insn = program.xdlp(op);
      it->second = fullMnemonic(insn.word.id, insn.word.variant);
    }
    return it->second;
  }
  const std::string &placeOf(uint32_t site) {
    auto [it, fresh] = places.try_emplace(site);
    if (fresh)
      it->second = site ? place(table.blocks[site].pc + table.blocks[site].bytes - 8) : "the end of the task";
    return it->second;
  }

  TraceWriter &writer;
  const std::string &kernel;
  const LaunchRecord &record;
  const double first, last;
  const int64_t only;
  const std::function<std::string(uint64_t)> &place;
  Program &program;
  const BlockTable &table;
  std::unordered_map<uint32_t, std::string> names, places;
  std::unordered_map<uint32_t, std::vector<Copy>> pending; // by core and unit: nobody has waited for them
  std::unordered_map<uint32_t, std::deque<Copy>> landed;   // by core: nobody has used them
  std::array<std::string, kStalls> stallNames;
};

TraceWriter::TraceWriter(const MachineConfig &machine, const std::string &path)
    : machine(machine), binary(path.ends_with(kPerfettoEnding)) {
  file = binary ? openPerfettoTrace(path) : openJsonTrace(path, machine.name);
  if (!file)
    return;
  const uint32_t coresInCluster = machine.coresPerCluster + machine.memoryCore;
  file->process(0, "card");
  for (uint32_t cluster = 0; cluster < machine.clusters; ++cluster) {
    file->process(cluster + 1, "cluster " + std::to_string(cluster));
    for (uint32_t core = 0; core < coresInCluster; ++core)
      for (unsigned track = 0; track <= kTracks; ++track) {
        std::string who = core == machine.coresPerCluster ? "memory core" : "core " + std::to_string(core);
        file->thread({cluster + 1, core * (kTracks + 1) + track + 1},
                     who + " " + (track < kTracks ? kTrackNames[track] : "task"));
      }
  }
}

void TraceWriter::add(const std::string &kernel, const LaunchRecord &record, double begin, double end, int64_t core,
                      bool part, const std::function<std::string(uint64_t)> &place) {
  if (!file)
    return;
  if (!record.again || (!binary && !part && record.events > kMostJsonEvents)) {
    std::fprintf(stderr, "bang prof: a launch of '%s' with %zu events is not in the trace, expected %s\n",
                 kernel.c_str(), record.events,
                 record.again ? "at most a million in JSON; choose a part with --window, or write a file.pftrace"
                              : "fewer; make the launch smaller");
    return;
  }
  Sink sink(*this, kernel, record, begin, end, core, place);
  record.again({}, &sink);
}

void TraceWriter::finish() {
  if (file)
    file->finish();
}

} // namespace dlp::timing
