// ProfileJson.cpp: the report as JSON. Fields are only ever added; "version" counts incompatible changes.
#include "simulator/timing/Profile.h"
#include "simulator/timing/ProfileReport.h"

#include "simulator/core/Exec.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace dlp::timing {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char *kStallNames[kStalls] = {"io", "move", "compute", "queue_full", "barrier", "result", "lock"};

// Times with a thousandth of a nanosecond, shares with six digits: enough for everyone, and short.
double rounded(double value, double steps) { return std::round(value * steps) / steps; }

class Writer {
public:
  Writer(const MachineConfig &machine, const Parameters &p) : machine(machine), p(p) {}

  Json kernel(const KernelProfile &k) const {
    const double used = double(std::max<size_t>(1, coresUsed(k, machine)));
    const double seconds = p.nanoseconds(k.cycles) * 1e-9;
    uint64_t offChip = 0;
    for (Space space : {Space::Gdram, Space::Ldram, Space::Rom, Space::Param})
      offChip += k.traffic.read[unsigned(space)] + k.traffic.written[unsigned(space)];
    const Utilisation u = utilisationOf(k);
    Json json = {{"name", k.name},
                 {"task_type", k.taskType},
                 {"launches", k.launches},
                 {"tasks", k.tasks},
                 {"instructions", k.instructions},
                 {"time_us", us(k.cycles)},
                 {"fastest_us", us(k.fastest)},
                 {"slowest_us", us(k.slowest)},
                 {"cycles", rounded(k.cycles, 1)},
                 {"bound", k.bound},
                 {"bound_text", k.boundText},
                 {"theory_io_bytes", offChip},
                 {"theory_ops", rounded(2 * k.traffic.products + k.traffic.elements, 1)},
                 {"io_efficiency", share(double(offChip) / std::max(1e-12, seconds * p.gdramBandwidth * 1e9))},
                 {"compute_efficiency", share(k.traffic.ideal / std::max(1.0, k.cycles * double(machine.clusters) *
                                                                                  double(machine.coresPerCluster)))},
                 {"cores_used", uint64_t(used)}};
    json["utilisation"] = {{"scalar", share(u.scalar)},
                           {"vector", share(u.vector)},
                           {"tensor", share(u.tensor)},
                           {"io", share(u.io)},
                           {"move", share(u.move)}};
    Json &stalls = json["stalls"] = Json::object();
    const std::vector<bool> isUsed = usedCores(k, machine);
    double starved = 0, meanEnd = 0, lastEnd = 0;
    for (unsigned s = 0; s < kStalls; ++s) {
      double sum = 0;
      for (size_t i = 0; i < k.cores.size(); ++i)
        sum += isUsed[i] ? k.cores[i].stalls[s] : 0;
      stalls[kStallNames[s]] = share(sum / used / std::max(1.0, k.cycles));
    }
    for (size_t i = 0; i < k.cores.size(); ++i) {
      if (isUsed[i]) {
        starved += k.cores[i].starved;
        meanEnd += k.cores[i].end / used;
        lastEnd = std::max(lastEnd, k.cores[i].end);
      }
    }
    stalls["bandwidth"] = share(starved / used / std::max(1.0, k.cycles));
    stalls["instruction_cache"] = share(k.scalarCache / used / std::max(1.0, k.cycles));
    Json &bytes = json["bytes"] = Json::object();
    for (Space space : {Space::Nram, Space::Wram, Space::Sram, Space::Ldram, Space::Gdram}) {
      std::string name = spaceName(space);
      std::transform(name.begin(), name.end(), name.begin(), [](char c) { return char(c | 0x20); });
      bytes[name + "_read"] = k.traffic.read[unsigned(space)];
      bytes[name + "_written"] = k.traffic.written[unsigned(space)];
    }
    bytes["off_chip_moved"] = k.traffic.moved;
    json["nram"] = {{"placed", k.nramPlaced}, {"touched", k.traffic.nramEnd}, {"size", k.nramBytes}};
    Json &variables = json["nram"]["variables"] = Json::array();
    for (const NramVariable &variable : k.nramVariables)
      variables.push_back({{"name", variable.name}, {"offset", variable.offset}, {"bytes", variable.bytes}});
    json["imbalance"] = share(meanEnd > 0 ? lastEnd / meanEnd - 1 : 0);
    json["pmu"] = counters(k);
    Json &whatIf = json["what_if"] = Json::array();
    for (const WhatIfResult &result : k.whatIf)
      whatIf.push_back({{"name", result.name},
                        {"summary", result.summary},
                        {"time_us", us(result.cycles * k.cycles / std::max(1.0, k.firstCycles))}});
    Json &cores = json["cores"] = Json::array();
    for (size_t i = 0; i < k.cores.size(); ++i)
      if (k.cores[i].tasks)
        cores.push_back(core(i, k.cores[i]));
    json["lines"] = lines(k);
    if (k.timeline)
      json["timeline"] = timeline(k);
    Json &hints = json["hints"] = Json::array();
    for (const Hint &hint : k.hints)
      hints.push_back({{"kind", hint.kind},
                       {"file", k.lines[hint.line].file},
                       {"line", k.lines[hint.line].line},
                       {"gain", share(hint.gain / std::max(1.0, k.cycles))},
                       {"text", hint.text}});
    return json;
  }

private:
  double us(double cycles) const { return rounded(p.nanoseconds(cycles) / 1e3, 1e6); }
  static double share(double value) { return rounded(value, 1e6); }

  // The vendor's names, where a counter means the same.
  Json counters(const KernelProfile &k) const {
    double scalar = 0, vector = 0, tensor = 0, move = 0, total = 0, io = 0;
    for (const CoreTime &core : k.cores) {
      scalar += core.scalar;
      tensor += core.tensor;
      vector += core.busy[unsigned(Unit::Compute)] - core.tensor;
      move += core.busy[unsigned(Unit::Move)];
      io += core.busy[unsigned(Unit::Io)];
      total += core.end;
    }
    auto whole = [](double cycles) { return uint64_t(std::llround(cycles)); };
    const auto dram = unsigned(Space::Gdram);
    return {{"tp_core__lt_cycles", whole(tensor)},
            {"tp_core__vfu_computing_cycles", whole(vector)},
            {"tp_core__alu_cycles", whole(scalar)},
            {"tp_core__mv_inst_cycles", whole(move)},
            {"tp_core__dram_cycles", whole(io)},
            {"tp_core__read_bytes", k.traffic.read[dram]},
            {"tp_core__write_bytes", k.traffic.written[dram]},
            {"tp_core__inst_cache_miss", whole(k.scalarCache / std::max(1.0, p.icacheMiss))},
            {"tp_core__working_total_cycles", whole(total)}};
  }

  Json core(size_t index, const CoreTime &core) const {
    const size_t perCluster = machine.coresPerCluster + machine.memoryCore;
    Json json = {{"cluster", index / perCluster},
                 {"core", index % perCluster},
                 {"memory_core", isMemoryCore(index, machine)},
                 {"tasks", core.tasks},
                 {"end_us", us(core.end)},
                 {"scalar_us", us(core.scalar)},
                 {"vector_us", us(core.busy[unsigned(Unit::Compute)] - core.tensor)},
                 {"tensor_us", us(core.tensor)},
                 {"io_us", us(core.busy[unsigned(Unit::Io)])},
                 {"move_us", us(core.busy[unsigned(Unit::Move)])}};
    Json &stalls = json["stalls_us"] = Json::object();
    for (unsigned s = 0; s < kStalls; ++s)
      stalls[kStallNames[s]] = us(core.stalls[s]);
    return json;
  }

  std::string coreName(size_t core) const {
    const size_t perCluster = machine.coresPerCluster + machine.memoryCore;
    return "cluster " + std::to_string(core / perCluster) +
           (isMemoryCore(core, machine) ? " memory core" : " core " + std::to_string(core % perCluster));
  }

  // Rows that were touched, as words with a letter for each piece of the time: read, written or both, or a point.
  Json nramMap(const Timeline &timeline) const {
    Json map = {{"rows", kNramRows}, {"columns", Timeline::kNramColumns}, {"cores", Json::array()}};
    for (const auto &[core, cells] : timeline.nram) {
      Json rows = Json::array();
      for (unsigned row = 0; row < kNramRows; ++row) {
        std::string word;
        for (unsigned column = 0; column < Timeline::kNramColumns; ++column)
          word += ".rwb"[cells[row * Timeline::kNramColumns + column]];
        if (word.find_first_not_of('.') != std::string::npos)
          rows.push_back({row, word});
      }
      map["cores"].push_back({{"core", coreName(core)}, {"touched", rows}});
    }
    return map;
  }

  // Spans are [track, begin us, length us, index in names, source line].
  Json timeline(const KernelProfile &k) const {
    constexpr const char *units[Timeline::kTracks] = {"io", "move", "compute", "scalar"};
    const double last = std::min(k.firstCycles, k.timeline->end);
    Json json = {{"begin_us", us(std::min(last, k.timeline->begin))},
                 {"end_us", us(last)},
                 {"tracks", Json::array()},
                 {"names", k.timeline->names}};
    Json &spans = json["spans"] = Json::array();
    for (const auto &[track, list] : k.timeline->spans) {
      const char *unit = units[track % Timeline::kTracks];
      for (const Timeline::Span &span : list)
        spans.push_back({json["tracks"].size(), rounded(p.nanoseconds(span.begin) / 1e3, 1e3),
                         rounded(p.nanoseconds(span.end - span.begin) / 1e3, 1e3), span.name, span.line});
      const std::string name = coreName(track / Timeline::kTracks);
      json["tracks"].push_back({{"name", name + " " + unit}, {"core", name}, {"unit", unit}});
    }
    json["nram"] = nramMap(*k.timeline);
    return json;
  }

  // The lines that cost most come first. Shares of the time of all cores that had a task add up to 1.
  Json lines(const KernelProfile &k) const {
    double all = 0;
    std::vector<const LineProfile *> order;
    for (const LineProfile &line : k.lines) {
      order.push_back(&line);
      all += line.cost();
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const LineProfile *a, const LineProfile *b) { return a->cost() > b->cost(); });
    Json json = Json::array();
    for (const LineProfile *line : order) {
      if (line->cost() <= 0 && line->engine <= 0)
        continue;
      Json row = {{"file", line->file},
                  {"line", line->line},
                  {"text", line->text},
                  {"share", share(line->cost() / std::max(1.0, all))},
                  {"scalar_us", us(line->scalar)},
                  {"blamed_us", us(line->blamed)},
                  {"waited_us", us(line->waited)},
                  {"engine_us", us(line->engine)},
                  {"instructions", line->executed},
                  {"count", line->count}};
      if (!line->operation.empty())
        row["operation"] = line->operation;
      if (line->access > 0)
        row["scalar_access_us"] = us(line->access);
      if (line->traffic.bytes)
        row["bytes"] = line->traffic.bytes;
      if (line->traffic.useful) {
        row["off_chip_bytes"] = line->traffic.useful;
        row["off_chip_moved"] = line->traffic.moved;
        row["rows"] = line->traffic.rows;
      }
      const double scale = k.cycles / std::max(1.0, k.firstCycles);
      if (line->withoutSync > 0)
        row["without_sync_us"] = us(line->withoutSync * scale);
      if (line->free > 0)
        row["free_us"] = us(line->free * scale);
      json.push_back(std::move(row));
    }
    return json;
  }

  const MachineConfig &machine;
  const Parameters &p;
};

} // namespace

std::string profileJson(const std::vector<KernelProfile> &kernels, const MachineConfig &machine, const Parameters &p,
                        double deviceNanoseconds) {
  Json json = {{"tool", "bang prof"}, {"version", 1}};
  Json &m = json["machine"] = {
      {"name", machine.name},
      {"title", machine.title},
      {"clock_ghz", p.clock},
      {"clusters", machine.clusters},
      {"cores_per_cluster", machine.coresPerCluster},
      {"gdram_gbps", p.gdramBandwidth},
      {"fp32_gflops", rounded(2 * p.macFp32 * p.clock * machine.clusters * machine.coresPerCluster, 10)},
      {"vector_gops", rounded(p.vectorWidth / 4 * p.clock * machine.clusters * machine.coresPerCluster, 10)}};
  Json &set = m["settings"] = Json::object();
  for (const auto &[key, parameter] : machine.timing)
    if (parameter.basis == "set")
      set[key] = parameter.value;
  json["accuracy"] =
      "a calibrated model, not a card: on the published ladders each rung is within 20 % and scalar code "
      "within 5 % (docs/timing.md)";
  json["device_us"] = rounded(deviceNanoseconds / 1e3, 1e6);
  json["launch_us"] = p.launch;
  Json &list = json["kernels"] = Json::array();
  const Writer writer(machine, p);
  for (const KernelProfile &kernel : kernels)
    list.push_back(writer.kernel(kernel));
  return json.dump(1) + "\n";
}

} // namespace dlp::timing
