// Trace.cpp: slices, flows and counters of the Chrome trace format.
#include "simulator/timing/Trace.h"

#include "simulator/core/Launch.h"
#include "simulator/timing/Timeline.h"

#include <nlohmann/json.hpp>

#include <array>
#include <unordered_map>

namespace dlp::timing {
namespace {

using Json = nlohmann::ordered_json;

constexpr unsigned kTracks = 4; // io, move, compute, scalar
constexpr const char *kTrackNames[kTracks] = {"io", "move", "compute", "scalar"};

} // namespace

class TraceWriter::Sink : public TraceSink {
public:
  Sink(TraceWriter &writer, const std::string &kernel, const LaunchRecord &record, double begin, double end,
       int64_t core, const std::function<std::string(uint64_t)> &place)
      : writer(writer), kernel(kernel), record(record), first(begin), last(end), only(core), place(place),
        program(record.launch.runningProgram()), table(*program.blockTable()) {}

  void work(uint32_t core, Unit unit, const Event &event, double begin, double end) override {
    if (!wanted(core, begin, end))
      return;
    Json slice = slice_(core, unsigned(unit), nameOf(event.site), begin, end);
    Json &args = slice["args"];
    args["line"] = placeOf(event.site);
    if (event.bytes)
      args["bytes"] = event.bytes;
    writer.event(slice.dump());
    if (unit != Unit::Compute)
      pendingFlows[core * kUnits + unsigned(unit)].push_back({begin, end});
  }

  void stall(uint32_t core, Stall why, uint32_t site, double begin, double end) override {
    if (!wanted(core, begin, end))
      return;
    Json slice = slice_(core, kTracks - 1, stallName(why), begin, end);
    slice["args"]["line"] = placeOf(site);
    writer.event(slice.dump());
    // The copies that this wait is for point to its end.
    for (unsigned unit = 0; unit < kUnits; ++unit) {
      if (unit != unsigned(Unit::Compute) && (why == Stall::Io ? unit == 0 : why == Stall::Move && unit == 1)) {
        for (auto [copyBegin, copyEnd] : pendingFlows[core * kUnits + unit])
          flow(core, unit, copyBegin, end);
        pendingFlows[core * kUnits + unit].clear();
      }
    }
  }

  void task(uint32_t core, uint64_t order, double begin, double end) override {
    if (!wanted(core, begin, end))
      return;
    Json slice = slice_(core, kTracks, kernel + " " + std::to_string(order), begin, end);
    writer.event(slice.dump());
  }

  void bandwidth(double time, double bytesPerCycle) override {
    if (time < first || time > last)
      return;
    Json counter = {{"ph", "C"}, {"name", "off-chip GB/s"}, {"pid", 0}, {"tid", 0}, {"ts", microseconds(time)}};
    counter["args"]["GB/s"] = bytesPerCycle * record.parameters.clock;
    writer.event(counter.dump());
  }

private:
  bool wanted(uint32_t core, double begin, double end) const {
    return end > first && begin < last && (only < 0 || core == uint64_t(only));
  }
  double microseconds(double cycles) const { return (record.begin + record.parameters.nanoseconds(cycles)) / 1e3; }
  uint32_t coresInCluster() const { return writer.machine.coresPerCluster + writer.machine.memoryCore; }
  Json slice_(uint32_t core, unsigned track, const std::string &name, double begin, double end) const {
    const double from = microseconds(begin), to = microseconds(end);
    return {{"ph", "X"},
            {"name", name},
            {"pid", core / coresInCluster() + 1},
            {"tid", core % coresInCluster() * (kTracks + 1) + track + 1},
            {"ts", from},
            {"dur", to - from}};
  }
  void flow(uint32_t core, unsigned unit, double begin, double end) {
    const uint64_t id = writer.nextFlow++;
    const uint32_t pid = core / coresInCluster() + 1, tid = core % coresInCluster() * (kTracks + 1) + 1;
    Json start = {{"ph", "s"},         {"name", "copy"},           {"cat", "copy"}, {"id", id}, {"pid", pid},
                  {"tid", tid + unit}, {"ts", microseconds(begin)}};
    Json finish = {{"ph", "f"}, {"bp", "e"},  {"name", "copy"},           {"cat", "copy"},
                   {"id", id},  {"pid", pid}, {"tid", tid + kTracks - 1}, {"ts", microseconds(end)}};
    writer.event(start.dump());
    writer.event(finish.dump());
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
  std::unordered_map<uint32_t, std::vector<std::pair<double, double>>> pendingFlows;
};

TraceWriter::TraceWriter(const MachineConfig &machine, const Parameters &parameters, const std::string &path)
    : machine(machine), p(parameters), file(std::fopen(path.c_str(), "w")) {
  if (!file)
    return;
  std::fputs("{\"displayTimeUnit\":\"ns\",\"otherData\":{\"machine\":", file);
  std::fputs(Json(machine.name).dump().c_str(), file);
  std::fputs("},\"traceEvents\":[\n", file);
  const uint32_t coresInCluster = machine.coresPerCluster + machine.memoryCore;
  auto name = [&](const char *what, uint32_t pid, uint32_t tid, const std::string &text) {
    event(Json({{"ph", "M"}, {"name", what}, {"pid", pid}, {"tid", tid}, {"args", {{"name", text}}}}).dump());
  };
  name("process_name", 0, 0, "card");
  for (uint32_t cluster = 0; cluster < machine.clusters; ++cluster) {
    name("process_name", cluster + 1, 0, "cluster " + std::to_string(cluster));
    for (uint32_t core = 0; core < coresInCluster; ++core)
      for (unsigned track = 0; track <= kTracks; ++track) {
        std::string who = core == machine.coresPerCluster ? "memory core" : "core " + std::to_string(core);
        const uint32_t tid = core * (kTracks + 1) + track + 1;
        name("thread_name", cluster + 1, tid, who + " " + (track < kTracks ? kTrackNames[track] : "task"));
      }
  }
}

TraceWriter::~TraceWriter() { finish(); }

void TraceWriter::event(const std::string &json) {
  if (!first)
    std::fputs(",\n", file);
  first = false;
  std::fwrite(json.data(), 1, json.size(), file);
}

void TraceWriter::add(const std::string &kernel, const LaunchRecord &record, double begin, double end, int64_t core,
                      const std::function<std::string(uint64_t)> &place) {
  if (!file || !record.again)
    return;
  Sink sink(*this, kernel, record, begin, end, core, place);
  record.again({}, &sink);
}

void TraceWriter::finish() {
  if (!file)
    return;
  std::fputs("\n]}\n", file);
  std::fclose(file);
  file = nullptr;
}

} // namespace dlp::timing
